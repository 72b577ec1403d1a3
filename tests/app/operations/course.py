"""The course of a file through the non-retribution flow: element, role, what is filled in."""

NOTHING_NEEDED = {"butuh_tinjauan": False, "butuh_kajian": False, "butuh_rekomendasi": False}
COURSE = (
    ("verifikasi_keabsahan", "verifikator", {}),
    ("tentukan_jalur", "kasi", NOTHING_NEEDED),
    ("susun_naskah", "pengolahan", {}),
    ("paraf_kasi", "kasi", {}),
    ("paraf_kabid", "kabid", {}),
    ("penomoran", "penomoran", {}),
    ("tanda_tangan", "kadis", {"cara": "peragaan"}),
    ("serahkan", "penyerahan", {"penerima_adalah": "pemohon"}),
)


def along(office, case_id, steps):
    """Take a case along some steps of the course."""
    for element, by, fixed in steps:
        office.do(case_id, element, by, **fixed)
    return case_id
