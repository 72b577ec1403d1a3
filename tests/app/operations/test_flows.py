"""Whole files through the operations, letters really rendered, clocks looked at on the way."""

from datetime import timedelta
from uuid import UUID

import pytest

from app.operations import (
    applications,
    auditing,
    background,
    cases,
    desk,
    documents,
    inbox,
    tasks,
    treasury,
    uploading,
)
from app.operations.demo.invented import paper
from app.store import transaction
from engine.case import read_clock
from engine.errors import NotAllowed, SubmissionInvalid
from tests.app.operations.course import COURSE, along
from tests.app.operations.flowing import billed, handed_over, owed, pay, skrd, to_payment, to_signature


def clock(office, case_id, name="L"):
    with transaction() as store:
        held, world = store.cases.see(case_id), store.calendars.world()
        return read_clock(held.case, held.case.clock(name), world, office.at)


def letters(case_id):
    with transaction() as store:
        return [one.kind for one in store.documents.letters_of(case_id)]


def test_a_midwifes_permit_goes_from_application_to_handover(office):
    case_id = office.registered("SIPB")
    assert clock(office, case_id).state == "RUNNING"
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=False, butuh_kajian=False, butuh_rekomendasi=True)
    unit = office.task(case_id, "rekomendasi_opd").unit
    office.do(case_id, "rekomendasi_opd", f"ketua-{unit.lower()}", "disetujui")
    to_signature(office, case_id)
    assert clock(office, case_id).state == "STOPPED"
    assert clock(office, case_id, "H").state == "STOPPED"
    handed_over(office, case_id)
    found = office.case(case_id)
    assert found.case.state == "SELESAI"
    assert found.number.startswith("0000")
    assert {"tanda_terima", "rekomendasi", "sk_izin", "bast"} <= set(letters(case_id))
    with transaction() as store:
        permit = store.documents.letters_of(case_id, "sk_izin")[0]
    assert permit.signed
    assert permit.signing_way == "basah"
    assert permit.signed_sha256
    shown = documents.verify_letter(permit.verification_code)
    assert shown.number == permit.number
    assert "•" in shown.name
    assert shown.valid_until is not None
    assert shown.valid_until > permit.signed_at.date()
    assert documents.letter(permit.id, office.people["pemohon"], office.at).content.startswith(b"%PDF")
    assert auditing.verify(case_id).faults == ()


def test_a_route_permit_waits_for_its_levy_and_the_clock_stands_still_meanwhile(office):
    case_id = office.registered("TRY")
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=False, butuh_kajian=False, butuh_rekomendasi=False)
    skrd(office, case_id)
    to_payment(office, case_id)
    assert clock(office, case_id).paused_by == ("MENUNGGU_PEMBAYARAN",)
    before = clock(office, case_id).elapsed
    office.later(days=2)
    assert clock(office, case_id).elapsed == before
    pay(office, case_id, owed(case_id))
    assert clock(office, case_id).state == "RUNNING"
    assert clock(office, case_id, "VALIDASI").state == "RUNNING"
    office.later(minutes=30)
    office.do(case_id, "validasi_bayar", "bendahara", "sah")
    to_signature(office, case_id)
    handed_over(office, case_id)
    assert {"skrd", "sts", "ssrd"} <= set(letters(case_id))
    assert office.case(case_id).paid


def test_a_payment_of_another_sum_is_not_accepted_as_valid(office):
    case_id = office.registered("TRY")
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=False, butuh_kajian=False, butuh_rekomendasi=False)
    skrd(office, case_id)
    to_payment(office, case_id)
    pay(office, case_id, owed(case_id) - 1)
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "validasi_bayar", "bendahara", "sah")
    assert "tidak sama dengan" in refused.value.errors["keputusan"]
    arrived = office.at
    office.later(hours=1)
    office.do(case_id, "validasi_bayar", "bendahara", "tidak_sah")
    ledger = office.case(case_id).case.clock("L").events
    assert ledger[-1].kind == "PAUSE"
    assert ledger[-1].effective_at == arrived


def test_the_checker_of_a_levy_cannot_agree_with_a_sum_that_is_not_his_own(office):
    case_id = office.registered("TRY")
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=False, butuh_kajian=False, butuh_rekomendasi=False)
    skrd(office, case_id)
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "cek_retribusi", "kasi", jumlah_hitung_ulang=2)
    assert "Rp2" in refused.value.errors["jumlah_hitung_ulang"]
    office.do(case_id, "cek_retribusi", "kasi", "tidak_sesuai", jumlah_hitung_ulang=2)
    assert office.task(case_id, "hitung_ulang")


def test_nobody_collects_a_permit_as_the_applicant_with_another_identity_card(office):
    case_id = office.registered()
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=False, butuh_kajian=False, butuh_rekomendasi=False)
    to_signature(office, case_id)
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "serahkan", "penyerahan", penerima_adalah="pemohon", nik_penerima="1872010101900009")
    assert "Penerima kuasa" in refused.value.errors["nik_penerima"]
    proxy = {"nama_penerima": "Dewi", "nik_penerima": "1872010101900009", "surat_kuasa_ambil": True}
    office.do(case_id, "serahkan", "penyerahan", penerima_adalah="kuasa", **proxy)


def test_a_permit_is_handed_over_by_download_only_when_its_applicant_downloaded_it(office):
    case_id = office.registered()
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=False, butuh_kajian=False, butuh_rekomendasi=False)
    to_signature(office, case_id)
    with transaction() as store:
        permit, receipt = (store.documents.letters_of(case_id, one)[0].id for one in ("sk_izin", "tanda_terima"))
    documents.letter(permit, office.people["penyerahan"], office.at)
    documents.letter(receipt, office.people["pemohon"], office.at)
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "serahkan", "penyerahan", penerima_adalah="unduh")
    assert "belum mengunduh" in refused.value.errors["penerima_adalah"]
    documents.letter(permit, office.people["pemohon"], office.at, signed=True)
    office.do(case_id, "serahkan", "penyerahan", penerima_adalah="unduh")


@pytest.mark.parametrize("day", ["03/08/2026", "01/01/2030"])
def test_nobody_applies_who_is_not_yet_born(office, day):
    case_id = office.open("SIPB")
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "ajukan", "pemohon", tanggal_lahir=day)
    assert set(refused.value.errors) == {"tanggal_lahir"}


def test_a_midwife_licence_is_for_midwives_only(office):
    case_id = office.open("SIPB")
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "ajukan", "pemohon", profesi="Dokter")
    assert set(refused.value.errors) == {"profesi"}


def test_a_registration_that_has_run_out_licenses_nobody(office):
    case_id = office.open("SIPB")
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "ajukan", "pemohon", str_seumur_hidup=False, str_berlaku_sampai="02/08/2026")
    assert set(refused.value.errors) == {"str_berlaku_sampai"}


@pytest.mark.parametrize(
    ("up", "down", "field"),
    [
        ("02/08/2026", "10/09/2026", "tanggal_pasang"),
        ("10/08/2026", "10/08/2026", "tanggal_bongkar"),
        ("10/08/2026", "09/08/2026", "tanggal_bongkar"),
    ],
)
def test_an_advertisement_is_not_put_up_in_the_past_nor_taken_down_before(office, up, down, field):
    case_id = office.open("RKL")
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "ajukan", "pemohon", tanggal_pasang=up, tanggal_bongkar=down)
    assert set(refused.value.errors) == {field}
    office.do(case_id, "ajukan", "pemohon", tanggal_pasang="03/08/2026", tanggal_bongkar="04/08/2026")


def test_a_new_permit_is_not_asked_for_the_one_before(office):
    asked = {}
    for kind in ("baru", "perpanjangan"):
        task = UUID(office.task(office.open("PEN", kind), "ajukan").id)
        fields = desk.task_page(task, office.people["pemohon"], office.at).form.fields()
        asked[kind] = "nomor_izin_lama" in {one.name for one in fields}
    assert asked == {"baru": False, "perpanjangan": True}


def test_a_bank_reference_is_valid_once_only(office):
    first, second = office.registered("TRY"), office.registered("TRY")
    for case_id in (first, second):
        office.do(case_id, "verifikasi_keabsahan", "verifikator")
        office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=False, butuh_kajian=False, butuh_rekomendasi=False)
        skrd(office, case_id)
        to_payment(office, case_id)
    pay(office, first, owed(first), "BLM777777")
    office.do(first, "validasi_bayar", "bendahara", "sah")
    with pytest.raises(SubmissionInvalid) as refused:
        pay(office, second, owed(second), "BLM777777")
    assert "sudah dipakai" in refused.value.errors["referensi"]


def test_a_bank_line_without_a_claim_is_shown_as_paid_but_not_matched(office):
    treasury.enter_bank_line("BLM999", "Rp150.000", "03/08/2026", "Slamet", office.people["bendahara"], office.at)
    office.later(days=3)
    page = treasury.page(office.people["bendahara"], office.at)
    assert [(one.row.reference, one.age) for one in page.unmatched] == [("BLM999", timedelta(days=3))]
    with pytest.raises(SubmissionInvalid):
        treasury.enter_bank_line("BLM999", "1", "03/08/2026", "", office.people["bendahara"], office.at)
    with pytest.raises(NotAllowed):
        treasury.enter_bank_line("BLM998", "1", "03/08/2026", "", office.people["loket"], office.at)


def test_a_building_permit_with_two_agencies_a_no_show_and_a_repair_round(office):
    case_id = office.registered("IMB")
    office.do(case_id, "verifikasi_keabsahan", "verifikator", "perbaikan", keabsahan__ktp__hasil="perbaikan")
    assert clock(office, case_id).paused_by == ("MENUNGGU_PERBAIKAN",)
    office.later(days=1)
    office.do(case_id, "perbaikan", "pemohon")
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=True, butuh_kajian=False, butuh_rekomendasi=True)
    agencies = list(office.case(case_id).case.deployment.catalogue.permits["IMB"].agencies)[:2]
    assert len(agencies) == 2
    office.do(case_id, "jadwalkan", "kabid", waktu="05/08/2026 09.00", perangkat=agencies)
    office.later(days=1, hours=1)
    _visit(office, case_id, agencies[0], "sesuai")
    _visit(office, case_id, agencies[1], "tidak_hadir")
    assert "KETIDAKHADIRAN_PEMOHON" in clock(office, case_id).paused_by
    office.do(case_id, "jadwalkan", "kabid", waktu="07/08/2026 09.00", perangkat=agencies)
    office.at = office.at.replace(day=7, hour=10)
    assert clock(office, case_id).state == "RUNNING"
    for agency in agencies:
        _visit(office, case_id, agency, "sesuai")
    office.do(case_id, "bap", f"ketua-{office.task(case_id, 'bap').unit.lower()}", "lengkap")
    skrd(office, case_id)
    unit = office.task(case_id, "rekomendasi").unit
    office.do(case_id, "rekomendasi", f"ketua-{unit.lower()}", "disetujui")
    to_payment(office, case_id)
    _pay_late_with_interest(office, case_id)
    to_signature(office, case_id)
    handed_over(office, case_id)
    assert {"surat_tugas", "bap", "rekomendasi", "skrd", "surat_teguran", "strd", "ssrd", "sk_izin"} <= set(
        letters(case_id)
    )
    assert auditing.verify(case_id).faults == ()


def _visit(office, case_id, agency, outcome):
    task = next(one for one in office.case(case_id).case.tasks if one.element == "tinjauan" and one.unit == agency)
    from app.operations import tasks
    from app.operations.demo.answers import fill
    from app.operations.lists_for_forms import form_of, lists

    with transaction() as store:
        held = store.cases.see(case_id)
        filling = fill(
            form_of(held, task),
            lists(store, held, office.at.date()),
            office.rng,
            office.at,
            {"pemohon_hadir": outcome != "tidak_hadir"},
        )
    typed = {**filling.typed, "alasan_keputusan": ["Alasan yang cukup"]}
    tasks.complete_task(UUID(task.id), typed, outcome, office.people[f"tim-{agency.lower()}"], office.at)


def _pay_late_with_interest(office, case_id):
    """Nobody pays until the reminder, then the bill with interest; then both are paid together."""
    office.later(days=32)
    while background.wake_one(office.at):
        pass
    office.do(case_id, "teguran", "bendahara")
    office.later(days=9)
    while background.wake_one(office.at):
        pass
    office.do(case_id, "strd", "bendahara")
    with transaction() as store:
        bill = store.payments.assessment(case_id, "STRD")
    assert bill.months >= 1
    assert bill.interest > 0
    pay(office, case_id, int(bill.principal) + int(bill.interest), "BLM555555")
    office.do(case_id, "validasi_bayar", "bendahara", "sah")


def test_nobody_is_warned_while_the_proof_of_payment_is_being_judged(office):
    case_id = office.registered("TRY")
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    office.do(case_id, "tentukan_jalur", "kasi", butuh_tinjauan=False, butuh_kajian=False, butuh_rekomendasi=False)
    skrd(office, case_id)
    to_payment(office, case_id)
    office.later(days=32)
    while background.wake_one(office.at):
        pass
    pay(office, case_id, owed(case_id))
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "teguran", "bendahara")
    assert "sedang divalidasi" in refused.value.errors[""]
    office.do(case_id, "validasi_bayar", "bendahara", "tidak_sah")
    office.do(case_id, "teguran", "bendahara")


def test_withdrawing_after_payment_opens_a_refund_request(office):
    case_id = proof_given(office)
    office.do(case_id, "validasi_bayar", "bendahara", "sah")
    cases.withdraw(case_id, office.people["pemohon"], office.at)
    assert office.case(case_id).case.state == "DICABUT"
    wanted = owed(case_id)
    with transaction() as store:
        assert [int(one.amount) for one in store.payments.refunds(case_id)] == [wanted]
    office.do(case_id, "proses_pengembalian", "bendahara")
    assert office.case(case_id).case.closed


def proof_given(office):
    """A file whose applicant sent a proof that nobody has judged yet."""
    case_id = billed(office)
    pay(office, case_id, owed(case_id))
    return case_id


@pytest.mark.parametrize(("result", "status"), [("dikembalikan", "refunded"), ("tidak_dikembalikan", "invalid")])
def test_a_proof_that_nobody_judged_is_put_up_for_refund_when_the_file_is_withdrawn(office, result, status):
    """The treasurer looks for the money first; nothing stays behind as claimed for ever."""
    case_id = proof_given(office)
    cases.withdraw(case_id, office.people["pemohon"], office.at)
    wanted = owed(case_id)
    with transaction() as store:
        assert [int(one.amount) for one in store.payments.refunds(case_id)] == [wanted]
    office.do(case_id, "proses_pengembalian", "bendahara", hasil_pengembalian=result, nomor_keputusan="900/12/2026",
              tanggal_kembali=office.at.strftime("%d/%m/%Y"), rekening_tujuan="1234567890")  # fmt: skip
    assert office.case(case_id).case.closed
    with transaction() as store:
        assert [one.status for one in store.payments.of_case(case_id)] == [status]
        assert case_id not in {one.case_id for one in store.payments.unfound_claims()}


def bank_line(office, case_id, amount=None):
    """The bank's line of the last proof of a file, entered by the treasurer's office."""
    with transaction() as store:
        claim = store.payments.of_case(case_id)[-1]
    day = office.at.strftime("%d/%m/%Y")
    bookkeeper = office.people["bendahara"]
    treasury.enter_bank_line(claim.reference, str(amount or int(claim.amount)), day, "Budi", bookkeeper, office.at)
    return claim.reference


def unmatched(office):
    return {one.row.reference for one in treasury.page(office.people["bendahara"], office.at).unmatched}


def test_money_that_was_given_back_no_longer_waits_for_an_owner_at_the_treasurers(office):
    case_id = proof_given(office)
    reference = bank_line(office, case_id)
    cases.withdraw(case_id, office.people["pemohon"], office.at)
    assert reference in unmatched(office)
    office.do(case_id, "proses_pengembalian", "bendahara", hasil_pengembalian="dikembalikan",
              nomor_keputusan="900/12/2026", tanggal_kembali=office.at.strftime("%d/%m/%Y"),
              rekening_tujuan="1234567890")  # fmt: skip
    assert unmatched(office) == set()


def test_a_bank_line_entered_after_its_payment_was_found_belongs_to_it_at_once(office):
    case_id = proof_given(office)
    office.do(case_id, "validasi_bayar", "bendahara", "sah")
    bank_line(office, case_id)
    assert unmatched(office) == set()


def test_a_bank_line_that_disagrees_with_a_payment_already_found_stays_on_the_treasurers_list(office):
    case_id = proof_given(office)
    office.do(case_id, "validasi_bayar", "bendahara", "sah")
    reference = bank_line(office, case_id, amount=1_000)
    (line,) = treasury.page(office.people["bendahara"], office.at).unmatched
    assert (line.row.reference, line.row.amount, line.row.case_id) == (reference, 1_000, case_id)
    assert int(line.row.claimed) == owed(case_id)


def test_a_proof_and_a_bank_line_of_different_sums_are_not_called_the_same_money(office):
    case_id = proof_given(office)
    bank_line(office, case_id, amount=1_000)
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "validasi_bayar", "bendahara", "sah")
    assert "Rp1.000" in refused.value.errors["keputusan"]


def test_a_withdrawn_file_shows_its_applicant_the_open_refund_and_no_late_validation(office):
    case_id = proof_given(office)
    cases.withdraw(case_id, office.people["pemohon"], office.at)
    office.later(days=2)
    page = applications.page(case_id, office.people["pemohon"], office.at)
    assert page.state.code == "DICABUT"
    assert [one.label for one in page.clocks] == []
    assert [one.closed_at for one in page.refunds] == [None]


def told(office, case_id):
    while background.deliver_one(lambda *_: "dikirim", office.at, ("message",)):
        pass
    with transaction() as store:
        return [one.notice for one in store.outbox.messages(case_id=case_id, limit=50)]


REFUND = {"hasil_pengembalian": "dikembalikan", "nomor_keputusan": "900/12/2026", "rekening_tujuan": "1234567890"}


def test_a_refund_dated_before_the_payment_or_tomorrow_is_refused_and_its_result_is_told(office):
    case_id = proof_given(office)
    cases.withdraw(case_id, office.people["pemohon"], office.at)
    for day in ("01/01/2020", (office.at + timedelta(days=1)).strftime("%d/%m/%Y")):
        with pytest.raises(SubmissionInvalid) as refused:
            office.do(case_id, "proses_pengembalian", "bendahara", tanggal_kembali=day, **REFUND)
        assert set(refused.value.errors) == {"tanggal_kembali"}
    assert "dicabut" in told(office, case_id)
    office.do(case_id, "proses_pengembalian", "bendahara", tanggal_kembali=office.at.strftime("%d/%m/%Y"), **REFUND)
    assert "pengembalian_diputus" in told(office, case_id)


def test_who_paid_too_little_reads_the_day_of_his_paper_and_the_day_of_his_new_term(office):
    case_id = billed(office)
    pay(office, case_id, owed(case_id) - 500)
    office.do(case_id, "validasi_bayar", "bendahara", "kurang_bayar")
    page = applications.page(case_id, office.people["pemohon"], office.at)
    (paper,) = page.assessments
    assert page.pay_by.date() < paper.due_at.date()


def test_a_hold_lasts_no_longer_than_the_office_allows(office):
    case_id = office.registered("SIPB")
    with pytest.raises(SubmissionInvalid) as refused:
        cases.ask_hold(
            case_id, "Sedang di luar negeri", office.at + timedelta(days=400), office.people["pemohon"], office.at
        )
    assert refused.value.errors == {"sampai": "Penundaan paling lama 90 hari"}
    hold = cases.ask_hold(case_id, "Sedang di luar negeri", None, office.people["pemohon"], office.at)
    with pytest.raises(SubmissionInvalid):
        cases.decide_hold(hold, True, office.at + timedelta(days=400), "", office.people["kasi"], office.at)


def test_a_second_wish_for_a_hold_is_told_at_its_field_while_the_first_waits(office):
    case_id = office.registered("SIPB")
    cases.ask_hold(case_id, "Sedang di luar negeri", None, office.people["pemohon"], office.at)
    with pytest.raises(SubmissionInvalid) as refused:
        cases.ask_hold(case_id, "Sakit sampai akhir bulan", None, office.people["pemohon"], office.at)
    assert refused.value.errors == {"alasan": "Permintaan penundaan sebelumnya belum dijawab"}


def test_a_hold_that_is_granted_ends_tomorrow_at_the_earliest_as_one_that_is_asked_for(office):
    case_id = office.registered("SIPB")
    hold = cases.ask_hold(case_id, "Sedang di luar negeri", None, office.people["pemohon"], office.at)
    today = office.at.replace(hour=23, minute=59)
    with pytest.raises(SubmissionInvalid) as refused:
        cases.decide_hold(hold, True, today, "", office.people["kasi"], office.at)
    assert refused.value.errors == {"sampai": "Penundaan berakhir paling cepat besok"}
    cases.decide_hold(hold, True, today + timedelta(days=1), "", office.people["kasi"], office.at)


def test_whoever_signs_may_send_the_draft_back_without_saying_how_he_would_have_signed(office):
    case_id = along(office, office.registered("PEN"), COURSE[:6])
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "tanda_tangan", "kadis", "ditandatangani", cara=None)
    assert "cara" in refused.value.errors
    office.do(case_id, "tanda_tangan", "kadis", "kembalikan", cara=None)
    assert "tanda_tangan" not in {one.element for one in office.case(case_id).case.tasks}


def test_the_counter_withdraws_a_file_only_on_the_applicants_written_request(office):
    case_id = office.registered("SIPB")
    with pytest.raises(SubmissionInvalid) as refused:
        cases.withdraw(case_id, office.people["loket"], office.at)
    assert set(refused.value.errors) == {"alasan_cabut", "surat_cabut"}
    cases.withdraw(case_id, office.people["loket"], office.at, reason="Usaha batal", letter="Surat 3 Agustus 2026")
    with transaction() as store:
        noted = store.cases.notes(case_id)[-1].body
    assert noted == "Dicabut loket atas surat pemohon Surat 3 Agustus 2026: Usaha batal"


def test_a_withdrawn_file_was_neither_in_time_nor_late(office):
    case_id = office.registered("SIPB")
    cases.withdraw(case_id, office.people["pemohon"], office.at)
    page = desk.case_page(case_id, office.people["pengawas"], office.at)
    assert page.service.left == "tidak dinilai"


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"ditemukan_di": "", "tanggal_masuk": ""}, {"ditemukan_di", "tanggal_masuk"}),
        ({"ditemukan_di": "belum", "tanggal_masuk": "03/08/2026"}, {"ditemukan_di"}),
        ({"ditemukan_di": "rekening", "tanggal_masuk": "02/08/2026"}, {"tanggal_masuk"}),
        ({"ditemukan_di": "rekening", "tanggal_masuk": "04/08/2026"}, {"tanggal_masuk"}),
    ],
)
def test_money_is_called_received_only_with_where_and_when_it_was_found(office, typed, fields):
    case_id = proof_given(office)
    with pytest.raises(SubmissionInvalid) as refused:
        office.do(case_id, "validasi_bayar", "bendahara", "sah", **typed)
    assert set(refused.value.errors) == fields


def test_who_decides_on_a_hold_is_told_of_the_request_and_the_applicant_of_the_answer(office):
    case_id = office.registered("SIPB")
    hold = cases.ask_hold(case_id, "Sedang di luar negeri", None, office.people["pemohon"], office.at)
    asked = {name: inbox_of(office, name).awaited for name in ("kasi", "kabid")}
    assert [(one.kind, one.about) for one in asked["kasi"]] == [("hold", case_id)]
    assert asked["kabid"] == ()
    until = office.at + timedelta(days=10)
    cases.decide_hold(hold, True, until, "", office.people["kasi"], office.at)
    assert inbox_of(office, "kasi").awaited == ()
    while background.deliver_one(lambda *_: "disimpan", office.at, kinds=("message",)):
        pass
    with transaction() as store:
        told = {(one.notice, one.to_person) for one in store.outbox.messages(case_id=case_id, limit=50)}
    assert ("penundaan_diminta", office.people["kasi"]) in told
    assert ("penundaan_dijawab", office.people["pemohon"]) in told


def inbox_of(office, name):
    return inbox.inbox(office.people[name], inbox.InboxFilter(), office.at)


def test_a_closed_file_is_opened_again_by_the_kabid_with_the_same_count(office):
    case_id = office.registered("SIPB")
    office.do(case_id, "verifikasi_keabsahan", "verifikator", "perbaikan", keabsahan__ktp__hasil="perbaikan")
    office.later(days=20)
    while background.wake_one(office.at):
        pass
    assert office.case(case_id).case.state == "DITUTUP"
    with pytest.raises(NotAllowed):
        cases.reopen(case_id, "Pemohon sakit", office.people["loket"], office.at)
    counted = clock(office, case_id).elapsed
    office.later(days=1)
    cases.reopen(case_id, "Pemohon dirawat di rumah sakit", office.people["kabid"], office.at)
    assert clock(office, case_id).state in ("RUNNING", "PAUSED")
    assert clock(office, case_id).elapsed == counted
    assert office.task(case_id, "verifikasi_keabsahan")


def test_a_file_that_was_sent_back_comes_with_another_paper_for_each_that_was_flagged(office):
    case_id = office.open("PEN")
    office.do(case_id, "ajukan", "pemohon")
    code = "proposal"
    flagged = {f"kelengkapan__{code}__status": "tidak_terbaca"}
    office.do(case_id, "periksa_kelengkapan", "loket", "tidak_lengkap", **flagged)
    task = UUID(office.task(case_id, "lengkapi").id)
    page = desk.task_page(task, office.people["pemohon"], office.at)
    assert page.form.sections[0].title == "Berkas persyaratan"
    assert page.lists["requirements"][0][0] == code
    unchanged = {**page.typed, "kebenaran_data": ["ya"], "pemrosesan_data": ["ya"]}
    with pytest.raises(SubmissionInvalid) as refused:
        tasks.complete_task(task, unchanged, "diajukan", office.people["pemohon"], office.at)
    assert set(refused.value.errors) == {f"berkas.{code}.unggahan"}
    uploading.upload(task, f"berkas.{code}.unggahan", "baru.pdf", paper(), office.people["pemohon"], office.at)
    tasks.complete_task(task, unchanged, "diajukan", office.people["pemohon"], office.at)
    assert office.case(case_id).case.state == "DIAJUKAN"
