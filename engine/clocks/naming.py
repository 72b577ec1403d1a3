"""What people call the clocks that diagrams and the office name."""

NAMES = {
    "L": "Jam Layanan",
    "H": "Batas Hukum",
    "T": "Waktu tugas",
    "VALIDASI": "Validasi pembayaran",
    "P": "Tenggat pemohon",
    "P_DRAF": "Tenggat mengirim rancangan",
    "P_KELENGKAPAN": "Tenggat melengkapi berkas",
    "P_PERBAIKAN": "Tenggat memperbaiki berkas",
    "P_BAYAR": "Tenggat membayar retribusi",
    "P_TEGURAN": "Tenggat melunasi setelah Surat Teguran",
    "P_STRD": "Tenggat melunasi STRD",
    "P_AMBIL": "Tenggat mengambil dokumen",
    "P_AMBIL_KEDUA": "Tenggat mengambil dokumen, peringatan kedua",
    "P_SKM": "Tenggat mengisi survei kepuasan",
    "P_ESKALASI": "Tenggat validasi sebelum naik ke Kepala Bidang",
}


def clock_name(name: str) -> str:
    """The name of a clock in Indonesian, its own where nobody gave it one."""
    return NAMES.get(name, name)
