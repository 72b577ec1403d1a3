"""Who may use which page: written from the domain paper (roles, 2.2), the access rules and nothing else.

A role is a login of the furnished office; `PM` owns the case in question, `PM2` is a stranger; `TT`, `KT` belong to
the agency the case was given to, `TT2`, `KT2` to another.  A route that is not here fails the test.
"""

OFFICE = frozenset("FO CS VB KS PP PR BP KB SD KD TU PS AR SV".split())  # may open any case
ASSIGNED = frozenset({"TT", "KT"})
STRANGERS = frozenset({"TT2", "KT2"})
ADMINISTRATORS = frozenset({"AP", "AS"})  # no rights on live cases
OFFICIALS = OFFICE | ASSIGNED | STRANGERS | ADMINISTRATORS
APPLICANTS = frozenset({"PM", "PM2"})
PEOPLE = OFFICIALS | APPLICANTS
NOBODY: frozenset[str] = frozenset()  # a machine's token opens it, no person
EVERYBODY = PEOPLE | {"-"}  # "-": a visitor
SEES_CASE = OFFICE | ASSIGNED | {"PM"}
OFFICIAL_SEES_CASE = OFFICE | ASSIGNED
WRITES_NOTES = OFFICE - {"SV"}

TABLE = {
    # everybody: the front of the house
    "umum.beranda": EVERYBODY,
    "umum.izin": EVERYBODY,
    "umum.satu_izin": EVERYBODY,
    "umum.alur": EVERYBODY,
    "umum.bagian_alur": EVERYBODY,
    "umum.lacak": EVERYBODY,
    "umum.lacak_kirim": EVERYBODY,
    "umum.periksa": EVERYBODY,
    "umum.periksa_kode": EVERYBODY,
    "umum.simulasi": EVERYBODY,
    "umum.simulasi_izin": EVERYBODY,
    "umum.simulasi_hitung": EVERYBODY,
    "akun.masuk": EVERYBODY,
    "akun.masuk_kirim": EVERYBODY,
    "akun.daftar": EVERYBODY,
    "akun.daftar_kirim": EVERYBODY,
    "akun.daftar_terkirim": EVERYBODY,
    "akun.aktivasi": EVERYBODY,
    "akun.aktivasi_kirim": EVERYBODY,
    "akun.lupa": EVERYBODY,
    "akun.lupa_kirim": EVERYBODY,
    "akun.sandi_baru": EVERYBODY,
    "akun.sandi_baru_kirim": EVERYBODY,
    "akun.pilih_bahasa": EVERYBODY,
    "akun.pilih_tema": EVERYBODY,
    "akun.keluar": EVERYBODY,
    "kesehatan.alive": EVERYBODY,
    "kesehatan.ready": EVERYBODY,
    "kesehatan.measured": NOBODY,
    "static": EVERYBODY,
    # whoever is logged in: what is his own
    "akun.profil": PEOPLE,
    "akun.ganti_sandi": PEOPLE,
    "akun.akhiri_sesi": PEOPLE,
    "pesan.daftar": PEOPLE,
    "pesan.satu": frozenset({"PM", "FO", "CS", "SV", "AS"}),
    # applicants, and the counter in their place
    "permohonan.saya": APPLICANTS,
    "permohonan.baru": APPLICANTS | {"FO"},
    "permohonan.baru_kirim": APPLICANTS | {"FO"},
    "permohonan.berkas": frozenset({"PM", "FO"}),
    "permohonan.cabut": frozenset({"PM", "FO"}),
    "permohonan.jawab": frozenset({"PM", "FO"}),
    "permohonan.tunda": frozenset({"PM", "FO"}),
    "permohonan.loket": frozenset({"FO"}),
    "permohonan.pemohon": frozenset({"FO"}),
    "permohonan.daftarkan": frozenset({"FO"}),
    "permohonan.belum_disampaikan": frozenset({"FO"}),
    "permohonan.sampaikan": frozenset({"FO"}),
    # the desk
    "tugas.kotak": OFFICIALS,
    "tugas.denyut": OFFICIALS,
    "tugas.berikutnya": OFFICIALS,
    "tugas.beberapa": OFFICIALS,
    "kerja.tugas": OFFICIAL_SEES_CASE | {"PM"},
    "kerja.kirim": frozenset({"KT"}),
    "tugas.ambil": frozenset({"KT"}),
    "tugas.tanya": frozenset({"KT"}),
    "tugas.lepas": frozenset({"KT", "KS", "KB", "KD"}),
    "tugas.alihkan": frozenset({"KS", "KB", "KD"}),
    # one case
    "berkas.daftar": OFFICIALS,
    "berkas.kartu": SEES_CASE,
    "berkas.mengapa": SEES_CASE,
    "berkas.penjelasan": SEES_CASE,
    "berkas.catatan": WRITES_NOTES,
    "berkas.nik": frozenset("FO CS VB KS KB KD PS BP PM".split()),
    "berkas.cabut": frozenset({"PM", "FO"}),
    "berkas.tunda": frozenset({"PM", "FO"}),
    "berkas.putuskan_penundaan": frozenset({"KS"}),
    "berkas.buka_kembali": frozenset({"KB"}),
    "berkas.pindaian": frozenset({"BP"}),
    "dokumen.lihat": SEES_CASE,
    "dokumen.halaman": SEES_CASE,
    "dokumen.unduh": SEES_CASE,
    "dokumen.surat": SEES_CASE,
    "dokumen.surat_bertanda_tangan": SEES_CASE,
    "dokumen.gambar_surat": SEES_CASE,
    "dokumen.rancangan": OFFICIAL_SEES_CASE,
    "dokumen.gambar_rancangan": OFFICIAL_SEES_CASE,
    # supervision, money, force majeure
    "jam.papan": frozenset("SV KB KD SD KS".split()),
    "jam.unduh": frozenset("SV KB KD SD KS".split()),
    "bendahara.halaman": frozenset("BP SV KD".split()),
    "bendahara.mutasi": frozenset({"BP"}),
    "kahar.daftar": OFFICIALS,
    "kahar.pernyataan": OFFICIALS,
    "kahar.bukti": OFFICIALS,
    "kahar.unggah_bukti": frozenset("KB SD KS".split()),
    "kahar.pindaian": frozenset({"KD"}),
    "kahar.usul": frozenset("KB SD KS".split()),
    "kahar.usul_kirim": frozenset("KB SD KS".split()),
    "kahar.ubah": frozenset("KB SD KS".split()),
    "kahar.tetapkan": frozenset({"KD"}),
    "kahar.tolak": frozenset({"KD"}),
    # administration
    "kelola.pegawai": frozenset({"AS"}),
    "kelola.satu_pegawai": frozenset({"AS"}),
    "kelola.tambah_pegawai": frozenset({"AS"}),
    "kelola.beri_peran": frozenset({"AS"}),
    "kelola.cabut_peran": frozenset({"AS"}),
    "kelola.aktifkan": frozenset({"AS"}),
    "kelola.nonaktifkan": frozenset({"AS"}),
    "kelola.pengaturan": frozenset("AS AP SV KB KD".split()),
    "kelola.ubah_pengaturan": frozenset({"AS"}),
    "kelola.kalender": frozenset("AS AP SV KB KD".split()),
    "kelola.katalog": frozenset("AS AP SV KB KD".split()),
    "kelola.nomor": frozenset("AS AP SV KB KD".split()),
    "kelola.mulai_nomor": frozenset({"AS"}),
    "kelola.proses": frozenset("AP AS SV KB KD".split()),
    "kelola.satu_proses": frozenset("AP AS SV KB KD".split()),
    "kelola.setujui": frozenset({"AP"}),
    "kelola.kesehatan": frozenset("AP AS SV".split()),
    "kelola.periksa_buku_jejak": frozenset("AP AS SV".split()),
    "kelola.tutup_gangguan": frozenset({"AP", "AS"}),
    "perbaikan.meja": frozenset("AP AS SV".split()),
    "perbaikan.ulangi": frozenset({"AP", "AS"}),
    "perbaikan.lewati": frozenset({"AS"}),
    "perbaikan.perbaiki": frozenset({"AS"}),
    "kelola.ulangi_kiriman": frozenset({"AP", "AS"}),
}
