"""Stretches of a file that several tests carry it through."""

from app.store import transaction


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


def decided(office, permit):
    """A registered file whose verifier and Kasi decided that nothing but its levy is needed."""
    case_id = office.registered(permit)
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=False, butuh_kajian=False, butuh_rekomendasi=False)
    return case_id


def owed(case_id):
    with transaction() as store:
        return int(store.payments.assessment(case_id, "SKRD").principal)


def skrd(office, case_id, **inputs):
    office.do(case_id, "hitung_retribusi", "penghitung", kendaraan=1, prasarana=0, tahun=1, **inputs)


def to_payment(office, case_id):
    office.do(case_id, "cek_retribusi", "kasi")
    office.do(case_id, "paraf_skrd", "kabid")
    office.do(case_id, "terbit_skrd", "kadis")
    office.do(case_id, "sampaikan_skrd", "bendahara")


def pay(office, case_id, amount, reference="BLM20260803"):
    day = office.at.strftime("%d/%m/%Y")
    office.do(
        case_id,
        "bayar",
        "pemohon",
        "sudah_bayar",
        jumlah=amount,
        referensi=reference,
        tanggal_bayar=day,
        kanal="bank",
        bukti=True,
    )


def billed(office, permit="TRY"):
    """A file whose SKRD was delivered: its applicant is to pay."""
    case_id = decided(office, permit)
    skrd(office, case_id)
    to_payment(office, case_id)
    return case_id


def path_decided_by_kasi(office, case_id):
    """The Kasi sends the file on without visit, study or recommendation."""
    flags = {"butuh_tinjauan": False, "butuh_kajian": False, "butuh_rekomendasi": False}
    office.do(case_id, "tentukan_jalur", "kasi", **flags)
