"""Words of the regulation on keadaan kahar: its grounds, what proves each, the kinds of events it names."""

# Pasal 16 a-c, and the event kinds of Pasal 1 number 16.
GROUNDS = {
    "a": "Kerusakan infrastruktur jaringan karena keadaan kahar",
    "b": "Admin atau operator teknologi informasi tidak dapat bekerja akibat keadaan kahar",
    "c": "Proses pelayanan terhenti sampai kondisi stabil",
}
# What usually proves each ground, and what is none of it (domain 6.2).
PROOF = {
    "a": "Berita acara kerusakan; laporan atau tiket penyedia internet, PLN, atau Diskominfo; catatan pemantauan; "
    "foto. Bukan: pemeliharaan terjadwal, migrasi, tagihan internet yang menunggak, beban biasa, kesalahan program.",
    "b": "Daftar petugas yang terkena; bukti ketidakhadirannya (BPBD, rumah sakit, surat edaran Walikota); jumlah "
    "paling sedikit yang diperlukan dan yang hadir. Bukan: cuti, mutasi, pelatihan, sakit biasa, jabatan kosong.",
    "c": "Berita acara penghentian layanan; keterangan BPBD, Damkar, Polri, atau BMKG. Bukan: hari libur, upacara, "
    "formulir habis.",
}
EVENT_KINDS = {
    "bencana_alam": "Bencana alam",
    "pemberontakan": "Pemberontakan",
    "huru_hara": "Huru-hara",
    "perang": "Perang",
    "kebakaran": "Kebakaran",
    "sabotase": "Sabotase",
    "pemogokan_umum": "Pemogokan umum",
    "lainnya": "Lainnya, dengan alasan tidak dapat diduga",
}
OTHER = "lainnya"
