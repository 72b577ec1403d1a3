"""Values as the operations freeze them, for every letter of the office."""

import copy

KANTOR = {
    "public_url": "https://perizinan.example.id",
    "kertas": "a4",
    "nama": "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu Kota Metro",
    "singkatan": "DPMPTSP Kota Metro",
    "kop": ["PEMERINTAH KOTA METRO", "DINAS PENANAMAN MODAL DAN PELAYANAN TERPADU SATU PINTU"],
    "dinas": "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
    "kota": "Metro",
    "provinsi": "Lampung",
    "alamat": "Jalan A.H. Nasution, Kota Metro, Lampung (contoh)",
    "kode_pos": "34111",
    "telepon": "(0725) 49638",
    "faks": "(0725) 49313",
    "surel": "pmptspkotametro@gmail.com",
    "laman": "",
    "bank": "Bank Lampung",
    "rekening_kas_daerah": "380.00.00.00000.0 (contoh)",
    "peraturan": "Peraturan Walikota Metro Nomor 76 Tahun 2018 tentang Penyelenggaraan Sistem Elektronik dalam "
    "Pelayanan Perizinan",
    "pelimpahan": "Peraturan Walikota Metro Nomor 6 Tahun 2017 tentang Pelimpahan Sebagian Kewenangan Walikota Metro "
    "di Bidang Perizinan",
    "pengaduan": [
        {"kanal": "Telepon", "alamat": "(0725) 49638"},
        {"kanal": "SP4N-LAPOR!", "alamat": "lapor.go.id"},
    ],
    "keberatan": "Keberatan dapat diajukan secara tertulis kepada Kepala Dinas paling lama 21 hari kerja sejak "
    "keputusan diumumkan atau diketahui (UU 30/2014 Pasal 77).",
}
ANGGOTA = {"a1": "Bambang Irawan, S.T.", "a2": "Dewi Lestari, A.Md.", "a3": "Ir. Made Suardana"}
PEJABAT = {
    "nama": "Dra. Siti Rahmawati, M.M.",
    "nip": "197712022009021002",
    "pangkat": "Pembina Utama Muda",
    "jabatan": "Kepala Dinas",
}
SURAT = {
    "kode": "skrd",
    "judul": "Surat",
    "nomor": "503/014/IMB/DPMPTSP/2026",
    "tanggal": "2026-08-06",
    "kode_verifikasi": "K7WQ2M9XTR4A",
    "alamat_verifikasi": "https://perizinan.example.id/periksa/K7WQ2M9XTR4A",
}
RETRIBUSI = {
    "nomor_skrd": "0012/SKRD/007/VIII/2026",
    "rincian": {
        "baris": [
            {"uraian": "Bangunan, pembangunan baru", "rumus": "100 m² × 0,3125 × 1 × Rp4.500", "jumlah": 140625},
            {"uraian": "Pagar", "rumus": "60 m × 1 × Rp500", "jumlah": 30000},
            {"uraian": "Pengolahan air limbah", "rumus": "Rp12.000", "jumlah": 12000},
            {"uraian": "Formulir", "rumus": "Rp5.000", "jumlah": 5000},
        ],
        "total": 187625,
        "terbilang": "seratus delapan puluh tujuh ribu enam ratus dua puluh lima rupiah",
        "versi_tarif": "imb-2011 (contoh)",
        "dasar": "Perda tentang Retribusi Perizinan Tertentu (contoh)",
    },
    "pokok": 187625,
    "bunga": 3753,
    "bulan": 2,
    "total": 191378,
    "terbilang": "seratus sembilan puluh satu ribu tiga ratus tujuh puluh delapan rupiah",
    "jatuh_tempo": "2026-09-05",
    "tanggal_skrd": "2026-08-06",
    "pembayaran": [{"nomor_referensi": "BL-26081099", "jumlah": 191378, "tanggal": "2026-10-20", "status": "valid"}],
}
TINJAUAN = [
    {
        "perangkat": "PUPR",
        "pemohon_hadir": True,
        "nama_hadir": "Ratna Wulandari",
        "waktu_kunjungan": "2026-08-05T10:05:00+07:00",
        "koordinat_lapangan": "-5.1131, 105.3067",
        "foto": ["0198-dokumen"],
        "ukuran": [{"uraian": "Luas lantai", "dinyatakan": "100.00", "terukur": "100.00", "satuan": "m²"}],
        "temuan": "Bangunan sesuai gambar.",
        "syarat_lapangan": "",
        "pendapat": [{"anggota_tim": "a1", "isi_pendapat": "Dapat disetujui."}],
        "keputusan": "sesuai",
        "alasan": "",
        "oleh": "a1",
        "pada": "2026-08-05T11:20:00+07:00",
    },
    {
        "perangkat": "DISHUB",
        "pemohon_hadir": True,
        "temuan": "Akses kendaraan cukup.",
        "keputusan": "sesuai_catatan",
        "alasan": "Pasang rambu keluar-masuk kendaraan.",
        "oleh": "a3",
        "pada": "2026-08-05T13:05:00+07:00",
    },
]
ISIAN = {
    "ajukan": {"nama": "Ratna Wulandari", "keputusan": "ajukan", "oleh": "a0", "pada": "2026-07-30T09:12:00+07:00"},
    "periksa_kelengkapan": {
        "keputusan": "tidak_lengkap",
        "alasan": "Dua persyaratan belum ada.",
        "oleh": "a2",
        "pada": "2026-08-03T10:00:00+07:00",
    },
    "verifikasi_keabsahan": {"keputusan": "perbaikan", "alasan": "", "oleh": "a2", "pada": "2026-08-04T10:00:00+07:00"},
    "jadwalkan": {
        "waktu": "2026-08-05T10:00:00+07:00",
        "perangkat": ["PUPR", "DISHUB"],
        "anggota": ["a1", "a3"],
        "ketua": "a1",
        "lokasi_tinjauan": "Jalan Melati Nomor 3",
        "narahubung": "Ratna Wulandari",
        "telepon_narahubung": "+6281234567890",
        "perlengkapan": "Meteran, kamera",
        "oleh": "a2",
        "pada": "2026-08-04T15:00:00+07:00",
    },
    "tinjauan": TINJAUAN,
    "bap": {
        "tanggal": "2026-08-05",
        "anggota_hadir": ["a1", "a3"],
        "temuan": "Bangunan sesuai gambar; akses kendaraan cukup.",
        "simpulan": "Bangunan dapat diberi izin dengan catatan.",
        "syarat": "Memasang rambu keluar-masuk kendaraan.",
        "keputusan": "lengkap",
        "oleh": "a1",
        "pada": "2026-08-05T15:10:00+07:00",
    },
    "rekomendasi": {
        "nomor": "503/031/REK/IMB/2026",
        "syarat": "Membuat sumur resapan.\nMenjaga garis sempadan jalan.",
        "pertimbangan": "Sesuai rencana tata ruang.",
        "tanggal": "2026-08-06",
        "keputusan": "bersyarat",
        "alasan": "",
        "oleh": "a1",
        "pada": "2026-08-06T09:00:00+07:00",
    },
    "hitung_retribusi": {
        "kegiatan": "baru",
        "luas": "100.00",
        "fungsi": "hunian",
        "kompleksitas": "sederhana",
        "permanensi": "permanen",
        "risiko_kebakaran": "sedang",
        "zonasi_gempa": "zona_4",
        "lokasi_bangunan": "sedang",
        "ketinggian": "rendah",
        "kepemilikan": "perorangan",
        "waktu": "tetap",
        "prasarana": [{"jenis": "pagar", "volume": "60"}],
        "perhitungan": RETRIBUSI["rincian"],
        "oleh": "a2",
        "pada": "2026-08-06T09:30:00+07:00",
    },
    "susun_naskah": {
        "uraian": "Mendirikan rumah tinggal satu lantai seluas 100 m²",
        "ketentuan": "melaksanakan pembangunan sesuai gambar yang disahkan;\nmenjaga kebersihan lingkungan;",
        "tembusan": "Walikota Metro (sebagai laporan)\nKepala Dinas Pekerjaan Umum dan Tata Ruang",
        "keputusan": "disusun",
        "oleh": "a2",
        "pada": "2026-08-10T09:30:00+07:00",
    },
    "telaah_penolakan": {
        "alasan_penolakan": [
            {
                "alasan": "Lokasi berada di sempadan sungai.",
                "dasar": "Peraturan Daerah tentang Rencana Tata Ruang Wilayah (contoh)",
            },
            {"alasan": "Sertifikat tanah bukan atas nama pemohon.", "dasar": ""},
        ],
        "upaya": "Ajukan lokasi lain di luar garis sempadan sungai.",
        "keputusan": "teruskan",
        "alasan": "",
        "oleh": "a2",
        "pada": "2026-08-06T09:30:00+07:00",
    },
    "serahkan": {
        "penerima_adalah": "kuasa",
        "nama_penerima": "Joko Santoso",
        "nik_penerima": "1872010203850001",
        "identitas_diperiksa": True,
        "tanda_terima_dikembalikan": True,
        "keputusan": "diserahkan",
        "oleh": "a2",
        "pada": "2026-08-12T10:15:00+07:00",
    },
}
BERKAS = {
    "nomor": "00142 007 030826",
    "kode_lacak": "M7K2QX94RD",
    "izin": "IMB",
    "nama_izin": "Izin Mendirikan Bangunan",
    "produk": "Izin Mendirikan Bangunan",
    "dasar_hukum": "Peraturan Daerah Kota Metro tentang Bangunan Gedung (contoh)",
    "berlaku_mulai": "2026-08-06",
    "berlaku_sampai": "",
    "masa_berlaku": "selama bangunan berdiri dan tidak diubah",
    "jenis": "baru",
    "kanal": "daring",
    "diajukan": "2026-07-30T09:12:00+07:00",
    "keadaan": "Terdaftar",
}
PEMOHON = {
    "nama": "Ratna Wulandari",
    "nik": "1872014107900003",
    "alamat": "Jalan Melati Nomor 3",
    "telepon": "+6281234567890",
    "surel": "ratna@example.id",
    "kelurahan_asal": "Imopuro",
    "kecamatan_asal": "Metro Pusat",
    "kabupaten": "Kota Metro",
    "alamat_objek": "Jalan Melati Nomor 3",
    "rt": "004",
    "rw": "002",
    "kelurahan": "18.72.01.1002",
}
KAHAR = {
    "kode": "KHR-2026-003",
    "versi": 1,
    "jenis_versi": "DECLARE",
    "dasar": ["a", "c"],
    "jenis_peristiwa": "bencana_alam",
    "uraian": "Banjir memutus jaringan listrik dan internet gedung pelayanan.",
    "alasan": "Catatan PLN menyebut waktu yang lain.",
    "upaya": "Pelayanan manual di loket darurat.",
    "mulai": "2026-08-04T09:00:00+07:00",
    "selesai": "2026-08-05T14:00:00+07:00",
    "cakupan": {},
    "bukti": ["ba-kerusakan.pdf", "foto-gardu.jpg"],
    "pengusul": "Bambang Irawan, S.T.",
    "penetap": "Dra. Siti Rahmawati, M.M.",
    "asal": {"jenis": "DECLARE", "nomor": "003/KEP/DPMPTSP/2026", "tanggal": "2026-08-06"},
    "sesudahnya": [{"jenis": "RECOVER", "nomor": "001/BA-PULIH/DPMPTSP/2026", "tanggal": "2026-08-07"}],
    "semula": {"mulai": "2026-08-03T08:00:00+07:00", "selesai": "2026-08-06T12:00:00+07:00"},
    "berubah": [{"hal": "Jenis peristiwa", "semula": "Bencana alam", "menjadi": "Kebakaran"}],
    "jenis_semula": "bencana_alam",
    "akibat": {"terkena": 7, "bergeser": 5, "jadi_tepat": 0, "jadi_terlambat": 2},
}
RIWAYAT = [
    {
        "saat": "2026-07-30T09:12:00+07:00",
        "siapa": "Ratna Wulandari",
        "peran": "Pemohon",
        "peristiwa": "Ajukan permohonan",
        "catatan": "",
    },
    {
        "saat": "2026-08-03T10:00:00+07:00",
        "siapa": "Dewi Lestari, A.Md.",
        "peran": "Petugas Pendaftaran",
        "peristiwa": "Periksa kelengkapan: lengkap",
        "catatan": "Dicatat setelah kejadian.",
    },
]
JAM = [
    {
        "nama": "Jam Layanan",
        "standar": "7 hk",
        "mulai": "2026-08-03T10:00:00+07:00",
        "janji": "2026-08-20T16:00:00+07:00",
        "terpakai": "5,27 hari kerja",
        "keadaan": "berhenti",
    }
]
DECLARED = ("sk_kahar", "sk_kahar_perubahan", "sk_kahar_perpanjangan", "sk_kahar_pencabutan", "ba_pemulihan")
REPORT = {
    "nomor": "700/001/LAP/DPMPTSP/2026",
    "nomor_pengantar": "045/001/PENG/DPMPTSP/2026",
    "periode": "Agustus 2026",
    "mulai": "2026-08-01",
    "sampai": "2026-08-31",
    "diketahui": "2026-09-01T09:00:00+07:00",
    "sidik": "4f9a" * 16,
    "catatan": "Kantor pindah loket pada tanggal 12.",
    "penyusun": "Hendra Gunawan, S.T.",
    "pemeriksa": "Ir. Tri Wahyuni, M.M.",
    "ringkasan": [
        {"kelompok": "Berkas", "baris": [{"nama": "Terdaftar", "nilai": "1.204"}, {"nama": "Terbit", "nilai": "–"}]},
        {"kelompok": "Retribusi", "baris": [{"nama": "Retribusi dibayar", "nilai": "Rp1.187.625"}]},
    ],
    "izin": [
        {"nama": "Izin Mendirikan Bangunan", "terdaftar": "12", "ditetapkan": "Rp187.625", "persen_tepat": "87,5%"},
        {"nama": "Izin Praktik Bidan", "terdaftar": "3", "selesai": "2", "median_bersih": "2,5 hk"},
    ],
    "terlambat": [
        {
            "nomor": "00012 IMB 030826",
            "izin": "Izin Mendirikan Bangunan",
            "keadaan": "masih berjalan",
            "lewat": "lewat 2,5 hk",
            "sebab": "Paraf Kepala Bidang; menunggu pembayaran",
        }
    ],
    "alasan": [{"alasan": "KTP: tidak terbaca", "kali": 4}],
    "koreksi": [
        {
            "periode": "Juli 2026",
            "nomor": "700/000/LAP/DPMPTSP/2026",
            "baris": [{"izin": "Semua izin", "nama": "Tepat waktu", "semula": "11", "menjadi": "12"}],
            "berkas": ["00007 IMB 060726"],
            "gangguan": [
                {
                    "nama": "Keadaan kahar KAHAR-2026-001",
                    "perubahan": "baru",
                    "baris": [{"nama": "Waktu dihentikan", "semula": "tidak dilaporkan", "menjadi": "4,5 hari kerja"}],
                }
            ],
        },
        {
            "periode": "Juni 2026",
            "nomor": "700/009/LAP/DPMPTSP/2026",
            "baris": [],
            "berkas": [],
            "gangguan": [
                {
                    "nama": "Gangguan sistem pusat GANGGUAN-2026-001",
                    "perubahan": "ditarik",
                    "baris": [{"nama": "Sistem", "semula": "OSS (contoh)", "menjadi": "tidak tercatat lagi"}],
                }
            ],
        },
    ],
    "gangguan_dimuat": True,
    "kahar": [
        {
            "kode": "KAHAR-2026-001",
            "baris": [
                {"nama": "Nomor SK", "nilai": "003/KEP/DPMPTSP/2026"},
                {"nama": "Cakupan", "nilai": "seluruh pelayanan"},
                {"nama": "Berita Acara Pemulihan", "nilai": ""},
                {"nama": "Waktu dihentikan", "nilai": "4,5 hari kerja"},
            ],
        }
    ],
    "kahar_bersama": [{"nama": "Berkas dihentikan", "nilai": "3 berkas"}],
    "gangguan": [{"kode": "GANGGUAN-2026-001", "baris": [{"nama": "Sistem", "nilai": "OSS (contoh)"}]}],
    "diselamatkan": [
        {
            "kode": "KAHAR-2026-001",
            "sk": "003/KEP/DPMPTSP/2026",
            "nomor": "00007 IMB 060726",
            "izin": "Izin Mendirikan Bangunan",
            "terlambat": "20/08/2026 16.00",
            "diselamatkan": "24/08/2026 09.10",
            "pengusul": "Ir. Tri Wahyuni, M.M.",
            "penetap": "Drs. Suparman",
            "ikut": "Ir. Tri Wahyuni, M.M.",
        }
    ],
}
REPORTED = ("laporan_berkala", "pengantar_laporan")
LETTERS = (
    "tanda_terima",
    "lembar_pengembalian",
    "lembar_perbaikan",
    "surat_tugas",
    "bap",
    "rekomendasi",
    "skrd",
    "sts",
    "ssrd",
    "strd",
    "surat_teguran",
    "naskah_izin",
    "sk_izin",
    "surat_penolakan",
    "bast",
    *DECLARED,
    *REPORTED,
    "kartu_kendali",
)


def requirements(count=4):
    """Rows as the last checks left them; every third is missing, every fifth was found wrong."""
    names = ("Fotokopi KTP pemohon", "Sertifikat tanah", "Gambar rencana bangunan", "Bukti lunas PBB tahun berjalan")
    return [
        {
            "kode": f"S{number}",
            "nama": names[number % 4],
            "status": "tidak_ada" if number % 3 == 2 else "ada",
            "keabsahan": "perbaikan" if number % 5 == 3 else "sah",
            "catatan": "Lampirkan yang terbaru." if number % 3 == 2 else "",
        }
        for number in range(count)
    ]


def sample(letter):
    """What the operations freeze for this letter; a copy of the caller's own."""
    surat = SURAT | {"kode": letter, "judul": letter.replace("_", " ").title()}
    if letter in DECLARED:
        values = {"rancangan": False, "surat": surat, "kantor": KANTOR, "kahar": KAHAR, "penandatangan": PEJABAT}
        return copy.deepcopy(values)
    if letter in REPORTED:
        values = {"rancangan": False, "surat": surat, "kantor": KANTOR, "laporan": REPORT, "penandatangan": PEJABAT}
        return copy.deepcopy(values)
    values = {
        "rancangan": letter == "naskah_izin",
        "surat": surat,
        "kantor": KANTOR,
        "berkas": BERKAS,
        "pemohon": PEMOHON,
        "isian": ISIAN,
        "persyaratan": requirements(),
        "penandatangan": PEJABAT,
        "retribusi": RETRIBUSI,
        "jam": {
            "standar": "7 hk",
            "dasar": "SK standar pelayanan (contoh)",
            "mulai": "2026-08-03T10:00:00+07:00",
            "janji": "2026-08-12T16:00:00+07:00",
            "tanpa_janji": "",
        },
        "perangkat_daerah": {"PUPR": "Dinas Pekerjaan Umum dan Tata Ruang", "DISHUB": "Dinas Perhubungan"},
        "wilayah": {"18.72.01.1002": "Imopuro"},
        "nama_pegawai": ANGGOTA,
    }
    if letter == "kartu_kendali":
        values |= {"riwayat": RIWAYAT, "jam": JAM}
    return copy.deepcopy(values)
