"""What the editor of diagrams says by itself, in the reader's language; %n, %v, %p, %a, %b are filled in there."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from app.web.words import counted, translated
from engine.errors import office_word
from engine.services.called import PARAMETERS


def editor_words() -> dict[str, Any]:
    return _style() | _work() | _calls() | _flows() | _events() | _mends() | {"papan": keyboard_words()}


def page_words() -> dict[str, Any]:
    """What every editor's page says: of saving, of turns, of problems."""
    return {
        "simpanan": {
            "diubah": _("diubah, belum disimpan"),
            "menyimpan": _("menyimpan …"),
            "tersimpan": _("tersimpan pukul %(p)s, versi %(v)s", p="%p", v="%v"),
            "terputus": _("belum tersimpan: sambungan terputus; dicoba lagi"),
            "ditolak": _("belum tersimpan"),
            "rusak": _("belum tersimpan"),
        },
        "rusak": _(
            "Ubahan tadi gagal di tengah jalan dan tidak dapat dilanjutkan. Muat ulang: yang tersimpan tetap ada."
        ),
        "keluar": _("Anda sudah keluar. Masuk lagi di tab lain; isinya tetap di sini dan disimpan sesudahnya."),
        "dipegang": _("%(n)s sedang mengubah berkas ini; Anda membacanya.", n="%n"),
        "giliran_diminta": _("Anda sudah meminta giliran; halaman pemegangnya memberi tahu dia sekarang."),
        "menunggu_giliran": _("%(n)s sudah meminta giliran.", n="%n"),
        "diminta": _("%(n)s meminta giliran mengubah berkas ini sekarang.", n="%n"),
        "asing": _("Bagian berikut tidak dikenal standarnya dan tidak ikut disimpan:"),
        "tidak_terbaca": _("Berkas ini tidak dapat dibuka di sini; perbaiki sebagai teks."),
        "cela": _faults(),
        "masalah_jumlah": _("Masalah: %(a)s, %(b)s", a="%a", b="%b"),
        "menghalangi": counted("%(n)s menghalangi"),
        "peringatan": counted("%(n)s peringatan"),
        "baris": _("(baris %(n)s)", n="%n"),
        "halaman": _("Halaman"),
        "tanpa_masalah": _("Pemeriksa tidak menemukan masalah."),
        "tingkat": {"error": _("galat"), "warning": _("peringatan"), "style": _("gaya")},
    }


def _faults() -> dict[str, str]:
    """What the browser's reader of BPMN and DMN may say of a file."""
    return {
        "isi": _("isi %(a)s tidak dapat dibaca (baris %(b)s, kolom %(c)s)", a="%a", b="%b", c="%c"),
        "rujukan": _("rujukan %(a)s tidak ada dalam berkas", a="%a"),
        "atribut": _("atribut %(a)s tidak dikenal", a="%a"),
        "unsur": _("unsur %(a)s tidak dikenal", a="%a"),
        "id_salah": _("id %(a)s tidak dapat dipakai", a="%a"),
        "id_dua": _("id %(a)s dipakai dua kali", a="%a"),
        "gambar_dua": _("%(a)s %(b)s digambar dua kali", a="%a", b="%b"),
        "gambar_tanpa": _("gambar %(b)s tidak menyebut unsurnya", b="%b"),
        "belum": _("%(b)s yang disebut %(d)s tidak digambar", b="%b", d="%d"),
        "ujung": _("alur %(b)s tidak menyebut asal atau tujuannya", b="%b"),
        "tempel": _("peristiwa tepi %(b)s tidak menempel pada apa pun", b="%b"),
        "kosong": _("tidak ada yang dapat digambar dalam berkas ini"),
        "bukan": _("berkas ini bukan %(a)s", a="%a"),
        "versi": _("DMN %(a)s terlalu lama; simpan sebagai DMN 1.3", a="%a"),
    }


def _style() -> dict[str, Any]:
    return {
        "gaya": {
            "label-required": _("Elemen ini belum bernama."),
            "no-gateway-join-fork": _("Gerbang ini menyatukan dan membagi sekaligus; pisahkan menjadi dua."),
            "no-overlapping-elements": _("Elemen ini menutupi elemen lain."),
            "superfluous-gateway": _("Gerbang ini berjalan masuk satu dan keluar satu; tidak diperlukan."),
            "superfluous-termination": _("Akhir yang menutup semuanya tidak diperlukan di sini."),
        },
    }


def _work() -> dict[str, Any]:
    return {
        "ganti_nama": _("Ganti nama langkah ini"),
        "id_tetap": _(
            "Id langkah yang sudah ada dalam terbitan diganti lewat Ganti nama; semua yang menyebutnya mengikuti."
        ),
        "pekerjaan": _("Pekerjaan langkah ini"),
        "peran": _("Peran"),
        "peran_asing": _("peran yang tidak dikenal"),
        "tanpa_peran": _("tidak berada dalam lajur; dikerjakan pengelola proses"),
        "formulir": _("Formulir"),
        "formulir_kosong": _("kosong: formulir umum"),
        "lihat_formulir": _("Lihat formulir ini"),
        "pratinjau_formulir": _("Pratinjau formulir"),
        "lihat": {
            "tutup": _("Tutup"),
            "jaringan": _("Kantor tidak terjangkau; coba lagi sebentar."),
            "bukan_formulir": _("Formulir ini belum dapat digambar; bukalah untuk melihat galatnya."),
        },
        "waktu_standar": _("Waktu standar"),
        "waktu_daring": _("Waktu standar permohonan daring"),
        "waktu_contoh": _("misalnya 30 menit, 2 jam, atau 1 hk; hk: hari kerja"),
        "waktu_salah": _("Tulis misalnya 30 menit, 2 jam, atau 1 hk (hari kerja), bukan nol"),
        "dasar_hukum": _("Dasar hukum"),
        "pemisahan": _("Pemisahan tugas"),
        "bukan_orang_sama": _("Tidak boleh oleh orang yang mengerjakan"),
        "tanpa_tugas_lain": _("Tidak ada tugas lain dalam diagram ini."),
        "ditunjuk": _("Hanya yang ditunjuk dalam"),
        "ditunjuk_contoh": _("daftar orang dalam data, misalnya jadwalkan.anggota"),
        "keadaan": _("Keadaan berkas"),
        "keadaan_terbuka": _("selama tugas terbuka"),
        "keadaan_diambil": _("setelah diambil"),
        "keadaan_lagi": _("ketika tugas muncul lagi"),
    }


def _calls() -> dict[str, Any]:
    return {
        "layanan": _("Layanan"),
        "layanan_nama": {
            "clock.start": _("Jam mulai"),
            "clock.stop": _("Jam berhenti"),
            "clock.pause": _("Jam layanan dijeda"),
            "clock.resume": _("Jam layanan dilanjutkan"),
            "clock.reopen": _("Jam yang berhenti dilanjutkan"),
            "letter.issue": _("Terbitkan surat"),
            "number.reserve": _("Ambil nomor"),
            "notice.send": _("Kirim pesan"),
            "case.state": _("Ubah keadaan berkas"),
            "case.close": _("Tutup berkas"),
            "round.next": _("Hitung satu ronde"),
            "outcome.set": _("Catat hasil"),
            "outcome.first": _("Hasil pertama dari dua"),
            "levy.assess": _("Tetapkan retribusi"),
            "refund.open": _("Buka pengembalian retribusi"),
            "visit.outcome": _("Simpulkan kunjungan"),
        },
        "parameter_nama": {name: translated(office_word(word)) for name, word in PARAMETERS.items()},
        "nama_hasil": _("Nama hasil"),
        "nama_hasil_kosong": _("kosong: id elemen"),
        "tulis_ungkapan": _("Tulis sebagai ungkapan"),
        "pilih_daftar": _("Pilih dari daftar"),
        "ungkapan": _("ungkapan; teks tetap ditulis dalam tanda petik"),
        "tabel": _("Tabel keputusan"),
        "baris_tabel": _("Baris"),
        "menu_tabel": _("Menu tabel"),
        "tanda_tabel": {
            "table-overlap": _("tumpang tindih"),
            "table-shadowed": _("tidak pernah menjawab"),
            "unknown-word": _("kata tidak dikenal"),
            "unquoted-text": _("tanpa tanda petik"),
            "table-row": _("belum diisi"),
            "table-gap": _("celah"),
        },
        "ke_baris_akhir": _("Lihat di tabel"),
        "proses_dipanggil": _("Proses yang dipanggil"),
        "lajur": _("Lajur"),
        "peran_lajur": _("mengganti nama lajur menjadi nama dan kode peran"),
    }


def _flows() -> dict[str, Any]:
    return {
        "syarat": _("Syarat jalan ini"),
        "jalan_bawaan": _("Jalan bila tidak ada syarat lain yang benar"),
        "jalan_bawaan_arti": _("tanpa syarat; satu untuk setiap gerbang"),
        "syarat_teks": _("Sebagai teks"),
        "syarat_teks_saja": _("Syarat ini lebih dari yang dapat dipilih; ubah sebagai teks."),
        "gabung": _("Gabungan"),
        "semua_benar": _("semua benar"),
        "salah_satu": _("salah satu benar"),
        "tambah_syarat": _("Tambah syarat"),
        "hapus_syarat": _("Hapus syarat ini"),
        "data": _("Data"),
        "perbandingan": _("Perbandingan"),
        "nilai": _("Nilai"),
        "uji": {
            "==": _("adalah"),
            "!=": _("bukan"),
            "<": _("kurang dari"),
            "<=": _("paling banyak"),
            ">": _("lebih dari"),
            ">=": _("paling sedikit"),
        },
        "ya": _("ya"),
        "tidak": _("tidak"),
        "keputusan": _("keputusan"),
    }


def _events() -> dict[str, Any]:
    return {
        "peristiwa": _("Peristiwa"),
        "dibawa": _("Yang dibawa"),
        "dibawa_contoh": _('ungkapan, misalnya {"nomor": terbit.nomor}'),
        "untuk_siapa": _("Untuk siapa"),
        "untuk_siapa_contoh": _("misalnya kode = dinas.kode"),
        "waktu": _("Waktu"),
        "jenis_waktu": _("Jenis waktu"),
        "lama": _("Lama"),
        "lama_contoh": _("misalnya 30 menit, 4 jam, 2 hari, atau 1 hari 4 jam; hari kalender, bukan hari kerja"),
        "saat": _("Saat"),
        "saat_contoh": _("misalnya 31/12/2026 16.00, tanggal dan jam WIB"),
        "keadaan_berkas": _("Keadaan berkas"),
        "anggota_daftar": _("Untuk setiap anggota daftar"),
        "daftar": _("Daftar"),
        "daftar_contoh": _("jalur dalam data, misalnya tentukan.instansi"),
        "anggota": _("Nama satu anggota"),
        "kumpulan": _("Nama kumpulan hasil"),
        "hasil_anggota": _("Hasil tiap anggota"),
        "ulang": _("Diulang"),
        "ulang_selama": _("selama"),
        "ulang_terbanyak": _("paling banyak"),
        "uji_dahulu": _("diuji sebelum putaran pertama"),
        "angka_bulat": _("Tulis angka bulat"),
    }


def _mends() -> dict[str, Any]:
    return {
        "perbaikan": {
            "jadikan_bawaan": _("Jadikan jalan bawaan"),
            "hapus_syarat": _("Hapus syaratnya"),
            "formulir_umum": _("Pakai formulir umum"),
            "jadikan_tugas": _("Jadikan tugas orang"),
            "jadikan_layanan": _("Jadikan tugas layanan"),
            "hapus_elemen": _("Hapus elemen ini"),
            "tambah_baris": _("Tambah baris untuk ini"),
        },
    }


def keyboard_words() -> dict[str, Any]:
    """What drawing by keyboard says, and the list of its keys."""
    return {
        "kanvas": _("Gambar proses"),
        "tanpa_nama": _("tanpa nama"),
        "dari_ke": _("dari %(a)s ke %(b)s", a="%a", b="%b"),
        "banyak": _("%(n)s elemen dipilih", n="%n"),
        "tidak_ada": _("Tidak ada elemen yang dipilih"),
        "cari": _("Cari dengan beberapa huruf"),
        "tidak_ditemukan": _("Tidak ada yang cocok."),
        "ke_mana": _("Pergi ke elemen"),
        "tambah": _("Tambah elemen"),
        "sambungkan": _("Sambungkan %(n)s ke", n="%n"),
        "tanpa_tujuan": _("Tidak ada elemen yang dapat disambungkan dari sini."),
        "jumlah": _("%(n)s elemen", n="%n"),
        "ditempel": _("Ditempel: %(n)s. Panah menggesernya.", n="%n"),
        "belum_disalin": _("Belum ada yang disalin."),
        "tak_tersalin": _("Yang dipilih tidak dapat disalin sendiri: pilih juga langkahnya."),
        "lajur_tak_tersalin": _("Lajur tidak dapat disalin sendiri: pilih kolam atau subproses yang memuatnya."),
        "tanpa_tempat": _("Yang disalin tidak dapat ditempel di sini."),
        "tetap": {
            "lajur": _("Lajur tidak digeser sendiri: pilih kolam atau subproses yang memuatnya, atau pilih semua."),
            "tepi": _("Peristiwa di tepi tugas digeser bersama tugasnya: pilih juga tugasnya."),
            "alur": _("Alur mengikuti langkah di kedua ujungnya: geser langkahnya."),
        },
        "pilih_dua": _("Pilih dua elemen atau lebih dengan Shift dan Page Down."),
        "luar_kolam": _("Langkah harus berada di dalam kolam; tidak ada yang diubah."),
        "bantuan": {
            "judul": _("Tombol papan ketik"),
            "tutup": _("Tutup"),
            "baca": _keys_of_reading(),
            "ubah": _keys_of_drawing(),
        },
    }


Keys = list[tuple[str, str]]


def _keys_of_reading() -> Keys:
    """Keys with blanks between them, and what they do."""
    return [
        ("PageDown PageUp", _("elemen berikutnya atau sebelumnya, menurut alurnya; dengan Shift ikut memilih")),
        ("Home", _("elemen pertama")),
        ("G", _("pergi ke elemen menurut namanya")),
        ("Ctrl+↑ Ctrl+↓", _("geser kanvas")),
        ("?", _("daftar ini")),
    ]


def _keys_of_drawing() -> Keys:
    return [
        ("A", _("tambah elemen sesudah yang dipilih, di tengah alur yang dipilih, atau di tempat kosong")),
        ("C", _("sambungkan yang dipilih ke elemen lain")),
        ("E", _("tulis nama di gambar; Enter selesai")),
        ("F2 Enter", _("nama dan sifat lain di panel; Esc kembali ke gambar")),
        ("R", _("ganti jenis")),
        ("← ↑ → ↓", _("geser yang dipilih; dengan Shift lebih jauh")),
        ("T", _("ratakan elemen yang dipilih")),
        ("Delete", _("hapus yang dipilih")),
        ("Ctrl+Z Ctrl+Y", _("urungkan, ulangi")),
        ("Ctrl+C Ctrl+X", _("salin; potong")),
        ("Ctrl+V", _("tempel di sebelah yang dipilih, atau di tengah yang terlihat; juga ke diagram lain")),
        ("Ctrl+D", _("gandakan yang dipilih di sebelahnya")),
        ("Ctrl+A", _("pilih semua")),
        ("Ctrl+F", _("cari dalam gambar")),
        ("Ctrl+S", _("simpan sekarang")),
    ]
