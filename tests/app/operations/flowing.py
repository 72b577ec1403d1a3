"""Stretches of a file that several tests carry it through."""


def to_signature(office, case_id):
    """From a drafted permit to its signature, each by another official."""
    office.do(case_id, "susun_naskah", "pengolahan")
    office.do(case_id, "paraf_kasi", "kasi")
    office.do(case_id, "paraf_kabid", "kabid")
    if any(one.element == "paraf_sekretaris" for one in office.case(case_id).case.tasks):
        office.do(case_id, "paraf_sekretaris", "sekretaris")
    office.do(case_id, "penomoran", "penomoran")
    office.do(case_id, "tanda_tangan", "kadis", cara="basah", pindaian=True)


def handed_over(office, case_id):
    office.do(case_id, "serahkan", "penyerahan", penerima_adalah="pemohon")
    office.do(case_id, "arsip", "arsip")


def path_decided(office, case_id, **steps):
    """Found valid, and sent the way the Kasi chose: no visit, study or recommendation but those named."""
    flags = {"butuh_tinjauan": False, "butuh_kajian": False, "butuh_rekomendasi": False}
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", **flags | steps)
