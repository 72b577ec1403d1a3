"""Keadaan per tanggal: the page of an instant says later what it said then, whatever has happened since."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from app.clock import WIB
from app.operations import (
    background,
    case_page,
    cases,
    extending,
    looking_back,
    migrating,
    personal,
    recalling,
    suspending,
    tasks,
)
from app.store import transaction
from engine.errors import NotFound, SubmissionInvalid
from tests.app.operations.flowing import billed, handed_over, owed, path_decided, pay, skrd, to_payment, to_signature
from tests.app.operations.remembering import Diary
from tests.app.operations.test_force_majeure import declare, proposal

WHY = "Alasan yang cukup panjang"


def opened(office, permit):
    diary = Diary(office, office.open(permit))
    diary.note()
    office.do(diary.case_id, "ajukan", "pemohon")
    diary.note()
    return diary


def taken(office, case_id, element, by):
    tasks.claim_task(UUID(office.task(case_id, element).id), office.people[by], office.at)


def page_then(office, case_id, at, by="pengawas"):
    return looking_back.page_then(case_id, at, office.people[by], office.at)


def test_a_levied_file_with_returns_payments_and_a_hold_reads_at_every_instant_as_it_did_then(office):
    diary = opened(office, "TRY")
    case_id = diary.case_id
    office.do(case_id, "periksa_kelengkapan", "loket", "tidak_lengkap", kelengkapan__ktp__status="tidak_terbaca")
    diary.note(days=1)
    office.do(case_id, "lengkapi", "pemohon", nama="Sri Rahayu")
    diary.note()
    office.do(case_id, "periksa_kelengkapan", "loket")
    diary.note()
    taken(office, case_id, "verifikasi_keabsahan", "verifikator")
    diary.note()
    tasks.release_task(
        UUID(office.task(case_id, "verifikasi_keabsahan").id), office.people["verifikator"], office.at, "Sedang cuti"
    )
    diary.note()
    hold = cases.ask_hold(case_id, "Sedang di luar kota", None, office.people["pemohon"], office.at)
    diary.note()
    cases.decide_hold(hold, True, office.at + timedelta(days=2), "", office.people["kasi"], office.at)
    diary.note(days=4)
    cases.add_note(case_id, "Diperiksa bersama", office.people["kasi"], office.at)
    diary.note()
    path_decided(office, case_id)
    diary.note()
    skrd(office, case_id)
    diary.note()
    to_payment(office, case_id)
    diary.note(days=1)
    pay(office, case_id, owed(case_id) - 1, "BLM1")
    diary.note()
    office.do(case_id, "validasi_bayar", "bendahara", "kurang_bayar")
    diary.note()
    pay(office, case_id, 1, "BLM2")
    diary.note()
    office.do(case_id, "validasi_bayar", "bendahara", "sah")
    diary.note()
    to_signature(office, case_id)
    diary.note()
    handed_over(office, case_id)
    diary.note(days=3)
    assert diary.differences() == {}


def test_a_file_taken_back_suspended_moved_and_extended_reads_at_every_instant_as_it_did_then(office):
    from tests.app.operations.test_migrating import release, renamed, replaced

    diary = opened(office, "SIPB")
    case_id = diary.case_id
    office.do(case_id, "periksa_kelengkapan", "loket")
    diary.note()
    taken(office, case_id, "verifikasi_keabsahan", "verifikator")
    diary.note()
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    diary.note()
    recalling.recall(case_id, office.people["verifikator"], office.at, WHY)
    diary.note()
    suspending.suspend(case_id, WHY, office.people["proses"], office.at)
    diary.note(days=1)
    suspending.resume(case_id, WHY, office.people["proses"], office.at)
    diary.note()
    target = release(office, renamed)
    migrating.migrate(case_id, target, WHY, office.people["proses"], office.at)
    diary.note()
    another, choice = release(office, replaced), {office.task(case_id, "verifikasi_keabsahan").id: "verifikasi_ulang"}
    diary.note()
    migrating.migrate(case_id, another, WHY, office.people["proses"], office.at, choice)
    diary.note()
    migrating.put_back(case_id, office.people["proses"], office.at)
    diary.note()
    office.do(case_id, "verifikasi_keabsahan", "verifikator")
    diary.note()
    day = (office.at + timedelta(days=22)).date()
    asked = extending.propose(case_id, day, WHY, office.people["kasi"], office.at)
    diary.note()
    extending.answer(asked, True, "", office.people["pemohon"], office.at)
    diary.note(days=2)
    cases.withdraw(case_id, office.people["pemohon"], office.at)
    diary.note(days=1)
    assert diary.differences() == {}


def test_a_declaration_established_later_with_an_earlier_begin_did_not_move_the_promise_before(office):
    case_id = office.registered("SIPB")
    diary = Diary(office, case_id)
    diary.note()
    begin = office.at - timedelta(hours=1)
    office.later(days=2)
    diary.note()
    before = office.at - timedelta(minutes=1)
    old = case_page.case_page(case_id, office.people["kasi"], office.at).service.promised_at
    declare(office, proposal(begin, begin + timedelta(days=1)))
    new = case_page.case_page(case_id, office.people["kasi"], office.at).service.promised_at
    assert new > old
    diary.note()
    assert page_then(office, case_id, before).service.promised_at == old
    assert page_then(office, case_id, office.at).service.promised_at == new
    assert diary.differences() == {}


def test_a_step_done_on_paper_is_known_only_from_the_moment_it_was_entered(office):
    from tests.app.operations.test_afterwards import BEGIN, END, ENTERED, at, enter

    case_id = office.registered("SIPB")
    diary = Diary(office, case_id)
    diary.note()
    office.at = at(11)
    diary.note()
    office.at = ENTERED
    declare(office, proposal(BEGIN, END))
    with transaction() as store:
        office.code = store.calendars.versions()[0].code
    diary.note()
    enter(office, case_id, "verifikasi_keabsahan", "verifikator", at(9))
    diary.note(days=1)
    assert [one.element for one in page_then(office, case_id, at(11)).open_tasks] == ["verifikasi_keabsahan"]
    assert [one.element for one in page_then(office, case_id, office.at).open_tasks] == ["tentukan_jalur"]
    assert diary.differences() == {}


def test_an_instant_that_has_not_come_or_at_which_there_was_no_file_is_told_at_its_field(office):
    case_id = office.open("SIPB")
    for at in (office.at + timedelta(seconds=1), office.at - timedelta(seconds=1)):
        with pytest.raises(SubmissionInvalid) as refused:
            page_then(office, case_id, at)
        assert list(refused.value.errors) == ["per"]


def test_who_may_not_see_a_file_sees_nothing_of_its_past_and_leaves_no_record(office):
    case_id, at = office.open("SIPB"), office.at
    for act in (
        lambda: page_then(office, case_id, at, "pemohon2"),
        lambda: looking_back.compared(case_id, at, None, office.people["pemohon2"], office.later(hours=1)),
    ):
        with pytest.raises(NotFound):
            act()
    with transaction() as store:
        assert store.people.access_to(case_id, personal.LOOKED_BACK) == ()


def test_every_look_into_the_past_is_recorded_with_the_instant(office):
    case_id, at = office.open("SIPB"), office.at
    office.later(hours=2)
    looking_back.page_then(case_id, at, office.people["pengawas"], office.at, "10.0.0.7")
    looking_back.compared(case_id, at, None, office.people["pengawas"], office.at, "10.0.0.7")
    with transaction() as store:
        first, second = store.people.access_to(case_id, personal.LOOKED_BACK)
    assert first.why == "per 03/08/2026 10.00.00"
    assert second.why == "03/08/2026 10.00.00 dibandingkan dengan 03/08/2026 12.00.00"
    assert {first.address, second.address} == {"10.0.0.7"}


def test_nothing_can_be_done_from_a_page_of_the_past(office):
    case_id, at = office.registered("SIPB"), office.at
    office.later(hours=1)
    then, now = page_then(office, case_id, at, "kasi"), case_page.case_page(case_id, office.people["kasi"], office.at)
    assert now.may_decide_hold
    for name in ("may_withdraw", "may_reopen", "may_ask_hold", "may_decide_hold", "may_export", "own", "scannable"):
        assert not getattr(then, name), name
    assert then.held.case.waiting == ()


def test_an_applicant_sees_of_the_past_what_he_sees_of_the_present(office):
    case_id, at = office.registered("SIPB"), office.at
    cases.add_note(case_id, "Hati-hati", office.people["kasi"], at)
    office.later(hours=1)
    page = page_then(office, case_id, at, "pemohon")
    assert page.notes == ()
    assert {one.by for one in page.submissions} == {office.people["pemohon"]}


def test_two_instants_are_compared_in_their_order(office):
    case_id, at = office.open("SIPB"), office.at
    office.later(hours=1)
    for since, until, name in ((office.at, at, "sampai"), (office.at, None, "dari"), (at, at, "sampai")):
        with pytest.raises(SubmissionInvalid) as refused:
            looking_back.compared(case_id, since, until, office.people["pengawas"], office.at)
        assert list(refused.value.errors) == [name]


def test_the_applicants_unfinished_file_is_reminded_and_lapses_as_it_was_known_at_each_instant(office):
    diary = opened(office, "TRY")
    office.do(diary.case_id, "periksa_kelengkapan", "loket", "tidak_lengkap", kelengkapan__ktp__status="tidak_ada")
    for _ in range(4):
        diary.note(days=9)
        background.warn_due(office.at)
        while background.wake_one(office.at):
            pass
    diary.note()
    assert diary.differences() == {}


def test_a_file_that_waits_for_a_visit_reads_at_every_instant_as_it_did_then(office):
    diary = opened(office, "IMB")
    case_id = diary.case_id
    office.do(case_id, "periksa_kelengkapan", "loket")
    diary.note()
    path_decided(office, case_id, butuh_tinjauan=True)
    diary.note()
    when = datetime(2026, 8, 5, 9, 0, tzinfo=WIB)
    office.do(case_id, "jadwalkan", "kabid", waktu=f"{when:%d/%m/%Y %H.%M}", perangkat=["PUPR", "PERKIM"])
    diary.note()
    office.at = when + timedelta(hours=1)
    task = office.task(case_id, "tinjauan")
    tasks.claim_task(UUID(task.id), office.people[f"tim-{task.unit.lower()}"], office.at)
    diary.note()
    assert page_then(office, case_id, when).visit is not None
    assert diary.differences() == {}


def test_money_that_was_given_back_was_valid_until_then(office):
    case_id = billed(office)
    office.later(minutes=1)
    diary = Diary(office, case_id)
    pay(office, case_id, owed(case_id))
    diary.note()
    office.do(case_id, "validasi_bayar", "bendahara", "sah")
    diary.note(days=1)
    cases.withdraw(case_id, office.people["pemohon"], office.at)
    diary.note(days=1)
    given = {"hasil_pengembalian": "dikembalikan", "nomor_keputusan": "900/12/2026", "rekening_tujuan": "1234567890"}
    day = office.at.strftime("%d/%m/%Y")
    office.do(case_id, "proses_pengembalian", "bendahara", tanggal_kembali=day, **given)
    diary.note()
    statuses = [page["payments"][0]["status"] for (_, reader), page in diary.pages.items() if reader == "pengawas"]
    assert statuses == ["claimed", "valid", "valid", "refunded"]
    assert diary.differences() == {}
