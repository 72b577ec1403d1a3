"""Visits: arranged in time, manned, reported by those who were sent, and recorded without contradiction."""

import json
from uuid import UUID

import pypdfium2
import pytest

from app.operations import applications, cases, desk, documents, handing_on, tasks
from app.operations.case_then import at_instant
from app.store import transaction
from app.store.ids import uuid7
from app.store.task_lists import InboxFilter
from engine.errors import NotAllowed, Refused, SubmissionInvalid
from tests.app.operations.flowing import path_decided

AGENCIES = ["PUPR", "PERKIM"]
TUESDAY, WEDNESDAY, FRIDAY = "04/08/2026 09.00", "05/08/2026 09.00", "07/08/2026 09.00"


def to_schedule(office):
    case_id = office.registered("IMB")
    path_decided(office, case_id, butuh_tinjauan=True)
    return case_id


def arranged(office, waktu=WEDNESDAY, perangkat=("PUPR",), **more):
    case_id = to_schedule(office)
    office.do(case_id, "jadwalkan", "kabid", waktu=waktu, perangkat=list(perangkat), **more)
    return case_id


def refused(office, *given, **fixed):
    with pytest.raises(SubmissionInvalid) as found:
        office.do(*given, **fixed)
    return found.value.errors


def pages(content):
    found = pypdfium2.PdfDocument(content)
    return "\n".join(found[number].get_textpage().get_text_range() for number in range(len(found)))


def at_the_visit(office):
    office.at = office.at.replace(day=5, hour=9, minute=40)


# --- arranging


def test_the_applicant_hears_of_a_visit_one_working_day_ahead(office):
    case_id = to_schedule(office)
    for evening, day in (("Friday", 7), ("Sunday", 9)):
        office.at = office.at.replace(day=day, hour=20)
        wrong = refused(office, case_id, "jadwalkan", "kabid", waktu="10/08/2026 09.00", perangkat=["PUPR"])
        assert "11/08/2026" in wrong["waktu"], evening
    office.do(case_id, "jadwalkan", "kabid", waktu="11/08/2026 09.00", perangkat=["PUPR"])


def test_a_visit_arranged_on_a_working_day_may_be_on_the_next_one(office):
    case_id = to_schedule(office)
    assert set(refused(office, case_id, "jadwalkan", "kabid", waktu="03/08/2026 15.00", perangkat=["PUPR"])) == {
        "waktu"
    }
    office.do(case_id, "jadwalkan", "kabid", waktu=TUESDAY, perangkat=["PUPR"])


def test_a_surat_tugas_names_a_member_of_every_agency_it_sends(office):
    case_id = to_schedule(office)
    sent = {"waktu": WEDNESDAY, "perangkat": AGENCIES, "ketua": str(office.people["tim-pupr"])}
    wrong = refused(office, case_id, "jadwalkan", "kabid", anggota=[str(office.people["tim-pupr"])], **sent)
    assert "Perumahan" in wrong["anggota"]
    leaders = [str(office.people[one]) for one in ("tim-pupr", "ketua-perkim")]
    assert "Perumahan" in refused(office, case_id, "jadwalkan", "kabid", anggota=leaders, **sent)["anggota"]


def test_the_leader_of_a_team_is_one_of_its_members(office):
    case_id = to_schedule(office)
    member, leader = (str(office.people[one]) for one in ("tim-pupr", "ketua-pupr"))
    sent = {"waktu": WEDNESDAY, "perangkat": ["PUPR"], "anggota": [member]}
    assert set(refused(office, case_id, "jadwalkan", "kabid", ketua=leader, **sent)) == {"ketua"}
    office.do(case_id, "jadwalkan", "kabid", ketua=member, **sent)


# --- who goes


@pytest.fixture
def colleague(office):
    """A second member of the agency's team whom no Surat Tugas names."""
    found = office.people["ketua-pupr"]
    with transaction() as store:
        since = office.at.date().replace(year=2025)
        store.people.add_grant(uuid7(), office.at, person_id=found, role="TT", unit="PUPR", since=since, basis="SK 9")
    return found


def test_an_inspection_is_found_taken_and_reported_by_those_named_only(office, colleague):
    member = office.people["tim-pupr"]
    case_id = arranged(office, anggota=[str(member)], ketua=str(member))
    task = UUID(office.task(case_id, "tinjauan").id)
    assert found_by(office, member) == [task]
    assert found_by(office, colleague) == []
    at_the_visit(office)
    assert tasks.next_task(colleague, office.at) is None
    with pytest.raises(NotAllowed) as barred:
        tasks.claim_task(task, colleague, office.at)
    assert "Surat Tugas" in str(barred.value)
    with pytest.raises(NotAllowed):
        tasks.complete_task(task, {}, "sesuai", colleague, office.at)


def test_a_substitute_is_named_by_handing_the_inspection_on(office, colleague):
    member = office.people["tim-pupr"]
    case_id = arranged(office, anggota=[str(member)], ketua=str(member))
    task = UUID(office.task(case_id, "tinjauan").id)
    handing_on.hand_on(task, colleague, "Sedang di lapangan", office.people["kabid"], office.at)
    tasks.release_task(task, colleague, office.at, "Sedang cuti")
    assert found_by(office, colleague) == [task]
    at_the_visit(office)
    office.do(case_id, "tinjauan", "ketua-pupr", pemohon_hadir=True)


def test_a_member_gives_his_inspection_to_nobody_but_another_member_and_the_past_keeps_who_was_named(office, colleague):
    member, outsider, leader = office.people["tim-pupr"], office.people["informasi"], colleague
    with transaction() as store:
        since = office.at.date().replace(year=2025)
        store.people.add_grant(
            uuid7(), office.at, person_id=outsider, role="TT", unit="PUPR", since=since, basis="SK 9"
        )
    case_id = arranged(office, anggota=[str(member), str(leader)], ketua=str(member))
    task = UUID(office.task(case_id, "tinjauan").id)
    at_the_visit(office)
    tasks.claim_task(task, member, office.at)
    before = office.at
    office.later(minutes=5)
    with pytest.raises(Refused):
        handing_on.hand_on(task, outsider, "Sedang di lapangan", member, office.at)
    handing_on.hand_on(task, leader, "Sedang di lapangan", member, office.at)
    with transaction() as store:
        held = store.cases.see(case_id)
        assert held.case.task(str(task)).assignee == leader
        assert held.case.task(str(task)).named == {str(member), str(leader)}
        (then,) = [one for one in at_instant(store, held, before).tasks if one.id == str(task)]
        assert then.named == {str(member), str(leader)}


def found_by(office, person):
    with transaction() as store:
        who = store.people.actor(person, office.at.date())
        rows = store.task_lists.inbox(who, InboxFilter(view="kelompok"))
        return [one.id for one in rows]


# --- reporting


def test_nobody_reports_of_a_visit_before_its_appointed_time(office):
    case_id = arranged(office)
    office.at = office.at.replace(day=5, hour=8, minute=20)
    wrong = refused(office, case_id, "tinjauan", "tim-pupr", pemohon_hadir=True)
    assert "05/08/2026 09.00" in wrong["waktu_kunjungan"]
    office.later(minutes=25)
    office.do(case_id, "tinjauan", "tim-pupr", pemohon_hadir=True)


def test_a_report_says_when_the_visit_was(office):
    case_id = arranged(office)
    at_the_visit(office)
    wrong = refused(office, case_id, "tinjauan", "tim-pupr", pemohon_hadir=True, waktu_kunjungan="")
    assert set(wrong) == {"waktu_kunjungan"}


def test_an_applicant_is_not_present_and_missed_at_one_visit(office):
    case_id = arranged(office)
    at_the_visit(office)
    assert set(refused(office, case_id, "tinjauan", "tim-pupr", "tidak_hadir", pemohon_hadir=True)) == {"pemohon_hadir"}
    for outcome in ("sesuai", "sesuai_catatan", "tidak_sesuai"):
        assert set(refused(office, case_id, "tinjauan", "tim-pupr", outcome, pemohon_hadir=False)) == {"pemohon_hadir"}


# --- a hold over a visit


def held_back(office, case_id, until=10):
    """A hold granted now, to the end of a day of August."""
    end = office.at.replace(day=until, hour=23, minute=59)
    hold = cases.ask_hold(case_id, "Sedang di luar kota", end, office.people["pemohon"], office.at)
    cases.decide_hold(hold, True, end, "", office.people["kasi"], office.at)
    return end


def absent_now(office, case_id):
    now = f"{office.at:%d/%m/%Y %H.%M}"
    office.do(case_id, "tinjauan", "tim-pupr", "tidak_hadir", pemohon_hadir=False, waktu_kunjungan=now)


def test_a_visit_that_a_hold_covers_goes_back_to_scheduling_before_its_hour(office):
    case_id = arranged(office)
    before = office.case(case_id).case
    now = {"pemohon_hadir": False, "waktu_kunjungan": f"{office.at:%d/%m/%Y %H.%M}"}
    assert set(refused(office, case_id, "tinjauan", "tim-pupr", "tidak_hadir", **now)) & {"keputusan"}
    end = held_back(office, case_id)
    assert applications.page(case_id, office.people["pemohon"], office.at).visit.held_until == end
    absent_now(office, case_id)
    assert applications.page(case_id, office.people["pemohon"], office.at).visit is None
    office.do(case_id, "jadwalkan", "kabid", waktu="12/08/2026 09.00", perangkat=["PUPR"])
    assert applications.page(case_id, office.people["pemohon"], office.at).visit.held_until is None
    assert office.case(case_id).case.state == before.state


def test_a_visit_after_a_hold_is_missed_only_after_its_hour(office):
    case_id = arranged(office, waktu=FRIDAY)
    held_back(office, case_id, until=6)
    now = {"pemohon_hadir": False, "waktu_kunjungan": f"{office.at:%d/%m/%Y %H.%M}"}
    assert set(refused(office, case_id, "tinjauan", "tim-pupr", "tidak_hadir", **now)) & {"keputusan"}


def test_the_record_does_not_say_that_the_applicant_missed_a_visit_he_was_excused_from(office):
    case_id = arranged(office)
    held_back(office, case_id)
    absent_now(office, case_id)
    office.do(case_id, "jadwalkan", "kabid", waktu="12/08/2026 09.00", perangkat=["PUPR"])
    office.at = office.at.replace(day=12, hour=10)
    office.do(case_id, "tinjauan", "tim-pupr", pemohon_hadir=True)
    office.do(case_id, "bap", "ketua-pupr")
    with transaction() as store:
        record = store.documents.letters_of(case_id, "bap")[0]
    text = " ".join(pages(documents.letter(record.id, office.people["kasi"], office.at).content).split())
    assert "5 Agustus 2026, tidak dilaksanakan karena penundaan yang dikabulkan" in text
    assert "pemohon tidak hadir" not in text


# --- who is told


def test_the_applicant_is_told_when_where_and_by_whom(office, database_superuser):
    case_id = arranged(office, lokasi_tinjauan="Gerbang utara, Jl. Melati 3")
    rows = database_superuser("select payload from outbox where case_id = %s and kind = 'message'", (str(case_id),))
    sent = next(one for (text,) in rows if (one := json.loads(text))["notice"] == "jadwal_tinjauan")
    for said in ("Rabu, 5 Agustus 2026 pukul 09.00 WIB", "Gerbang utara, Jl. Melati 3", "Budi Hartono, S.T."):
        assert said in sent["body"], said


def test_the_applicants_page_shows_a_visit_while_it_is_due(office):
    case_id = arranged(office, lokasi_tinjauan="Gerbang utara")
    for who in ("pemohon", "loket"):
        visit = applications.page(case_id, office.people[who], office.at).visit
        assert (visit.at.strftime("%d/%m/%Y %H.%M"), visit.place) == (WEDNESDAY, "Gerbang utara")
    at_the_visit(office)
    office.do(case_id, "tinjauan", "tim-pupr")
    assert applications.page(case_id, office.people["pemohon"], office.at).visit is None


def test_the_form_of_an_inspection_holds_what_the_applicant_declared(office):
    case_id = arranged(office)
    task = UUID(office.task(case_id, "tinjauan").id)
    page = desk.task_page(task, office.people["tim-pupr"], office.at)
    with transaction() as store:
        applied = store.cases.submissions(case_id, "ajukan")[-1].values
    assert page.visit.place
    declared = dict(zip(column(page, "uraian"), column(page, "dinyatakan"), strict=True))
    assert declared["Luas lantai bangunan"] == f"{applied['luas_bangunan']}"


def column(page, name):
    rows = int(page.typed["ukuran.n"][0])
    return [page.typed[f"ukuran.{row}.{name}"][0] for row in range(rows)]


# --- recording


@pytest.mark.parametrize("day", ["04/08/2026", "01/01/2020", "06/08/2026"])
def test_a_record_is_dated_neither_before_the_visit_nor_ahead(office, day):
    case_id = arranged(office)
    at_the_visit(office)
    office.do(case_id, "tinjauan", "tim-pupr", pemohon_hadir=True)
    assert set(refused(office, case_id, "bap", "ketua-pupr", tanggal=day)) == {"tanggal"}
    office.do(case_id, "bap", "ketua-pupr", tanggal="05/08/2026")


def test_a_record_of_a_study_is_not_older_than_the_application(office):
    case_id = office.registered("IMB")
    path_decided(office, case_id, butuh_kajian=True, perangkat=["PUPR"])
    office.do(case_id, "kajian", "tim-pupr")
    assert set(refused(office, case_id, "bap", "ketua-pupr", tanggal="02/08/2026")) == {"tanggal"}
    office.do(case_id, "bap", "ketua-pupr", tanggal="03/08/2026")


def test_the_record_after_a_no_show_tells_of_the_visit_that_took_place(office):
    case_id = arranged(office)
    at_the_visit(office)
    office.do(case_id, "tinjauan", "tim-pupr", "tidak_hadir", pemohon_hadir=False, temuan="Pagar terkunci")
    office.do(case_id, "jadwalkan", "kabid", waktu=FRIDAY, perangkat=["PUPR"])
    office.at = office.at.replace(day=7)
    office.do(case_id, "tinjauan", "tim-pupr", pemohon_hadir=True, temuan="Sesuai gambar")
    office.do(case_id, "bap", "ketua-pupr")
    with transaction() as store:
        record = store.documents.letters_of(case_id, "bap")[0]
    text = " ".join(pages(documents.letter(record.id, office.people["kasi"], office.at).content).split())
    assert "Sesuai gambar" in text
    assert "Pagar terkunci" not in text
    assert "Pemohon hadir: Tidak" not in text
    assert "5 Agustus 2026, ditunda karena pemohon tidak hadir" in text
