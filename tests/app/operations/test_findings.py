"""A supervisor puts what is found to an official; it is answered by its day, returned, closed, and never taken back."""

import json
import zipfile
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from app.clock import WIB
from app.operations import acting, case_export, finding_files, finding_lists, findings
from app.operations.demo.invented import paper
from app.operations.finding_files import Sent
from app.operations.finding_lists import Wanted
from app.operations.findings import Found
from app.store import transaction
from engine.errors import NotAllowed, NotFound, Refused, SubmissionInvalid
from tests.app.operations.test_flows import inbox_of

BODY = "Janji layanan lewat tanpa sebab yang tercatat"


def found(office, **other):
    today = office.at.astimezone(WIB).date()
    given = {"category": "waktu", "severity": "sedang", "body": BODY, "ground": "Pasal 16"}
    return Found(**given | {"to_person": office.people["kasi"], "due_on": today + timedelta(days=9)} | other)


def record(office, **other):
    return findings.record(found(office, **other), office.people["pengawas"], office.at)


def listed(office, login="pengawas", **wanted):
    register = finding_lists.register(Wanted(**wanted), office.people[login], office.at)
    return [one.row.id for one in register.lines]


def told(office, login):
    """Subjects of what waits to be sent to somebody."""
    with transaction() as store:
        waiting = store.session.execute(text("select payload from outbox order by created_at, id"))
        payloads = [json.loads(one.payload) for one in waiting]
    return [one["subject"] for one in payloads if one.get("to") == str(office.people[login])]


def test_a_finding_is_numbered_by_year_told_to_whom_it_is_put_and_stands_in_the_offices_chain(office):
    first, second = record(office), record(office, severity="tinggi")
    with transaction() as store:
        assert [findings.numbered(store.findings.one(one)) for one in (first, second)] == ["T-2026-001", "T-2026-002"]
        assert [one.kind for one in store.calendars.office_chain()[-2:]] == ["finding_recorded"] * 2
    assert listed(office) == [second, first]
    assert listed(office, "kasi") == [second, first]
    assert listed(office, "loket") == [], "nobody else reads what is put to another"
    awaited = inbox_of(office, "kasi").awaited
    assert [(one.kind, one.title) for one in awaited] == [("finding", "T-2026-001"), ("finding", "T-2026-002")]


def test_an_answer_is_returned_with_a_reason_answered_again_and_closed(office):
    id = record(office)
    people, at = office.people, office.at
    findings.answer(id, "Pemohon meminta waktu", people["kasi"], at)
    findings.answer(id, "Pemohon meminta waktu", people["kasi"], at)
    with pytest.raises(Refused):
        findings.answer(id, "Satu lagi jawaban", people["kasi"], at)
    findings.decide(id, "RETURN", "Permintaannya tidak tercatat", people["pengawas"], at)
    assert listed(office, state="terbuka") == [id]
    findings.answer(id, "Suratnya sudah dipindai", people["kasi"], at)
    assert listed(office, state="dijawab") == [id]
    findings.decide(id, "CLOSE", "Dapat diterima", people["pengawas"], at)
    findings.decide(id, "CLOSE", "Dapat diterima", people["pengawas"], at)
    page = finding_lists.page(id, people["kasi"], at)
    assert [one.kind for one in page.entries] == ["ANSWER", "RETURN", "ANSWER", "CLOSE"]
    assert (page.line.state, page.may_answer, page.may_decide) == ("ditutup", False, False)
    assert listed(office, state="ditutup") == [id]
    for verdict in ("RETURN", "CLOSE"):
        with pytest.raises(Refused):
            findings.decide(id, verdict, "Dibuka lagi saja", people["pengawas"], at)


def test_only_the_supervisor_records_and_decides_and_only_whom_it_is_put_to_answers(office):
    id, people = record(office), office.people
    with pytest.raises(NotAllowed):
        findings.record(found(office, to_person=people["loket"]), people["kasi"], office.at)
    with pytest.raises(NotAllowed):
        findings.answer(id, "Bukan urusan saya", people["pengawas"], office.at)
    with pytest.raises(NotAllowed):
        findings.decide(id, "CLOSE", "Sudah beres", people["kadis"], office.at)
    for act in (
        lambda: findings.answer(id, "Sudah dibetulkan", people["loket"], office.at),
        lambda: finding_lists.page(id, people["loket"], office.at),
        lambda: finding_lists.register(Wanted(), people["pemohon"], office.at),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(Refused):
        findings.decide(id, "RETURN", "Belum ada jawabannya", people["pengawas"], office.at)


def test_what_is_wrong_with_a_finding_is_told_at_every_field_at_once(office):
    yesterday = office.at.astimezone(WIB).date() - timedelta(days=1)
    wrong = found(
        office, category="x", severity="y", body="x", ground="z" * 201, to_person=None, due_on=yesterday, case="tiada"
    )
    with pytest.raises(SubmissionInvalid) as error:
        findings.record(wrong, office.people["pengawas"], office.at)
    assert {*error.value.errors} == {"golongan", "bobot", "uraian", "dasar", "kepada", "tenggat", "berkas"}
    for other in ({"to_person": office.people["pengawas"]}, {"to_person": office.people["pemohon"]}):
        with pytest.raises(SubmissionInvalid) as error:
            record(office, **other)
        assert {*error.value.errors} == {"kepada"}
    for other in ({"sample_id": UUID(int=7)}, {"declaration_id": UUID(int=7)}):
        with pytest.raises(SubmissionInvalid) as error:
            record(office, **other)
        assert {*error.value.errors} == {""}
    assert listed(office) == []


def test_the_term_that_is_proposed_is_counted_in_working_days_of_the_offices_calendar(office):
    offered = finding_lists.offered(office.people["pengawas"], office.at)
    with transaction() as store:
        days = store.deployments.active().catalogue.settings["temuan"]["hari_kerja"]
        calendar = store.calendars.world().calendar.as_known(office.at)
        day, counted = office.at.astimezone(WIB).date(), 0
        while counted < days:
            day += timedelta(days=1)
            counted += bool(calendar.windows(day))
    assert offered.due_on == day


def test_a_finding_about_a_file_stands_on_its_card_for_those_who_may_read_it(office):
    case_id = office.registered()
    number = office.case(case_id).number
    id = record(office, case=number)

    def shown(login):
        with transaction() as store:
            who = acting.actor(store, office.people[login], office.at)
            return [one.row.id for one in finding_lists.of_case(store, case_id, who, office.at)]

    assert {login: shown(login) for login in ("pengawas", "kasi", "loket", "pemohon")} == {
        "pengawas": [id], "kasi": [id], "loket": [], "pemohon": [],
    }  # fmt: skip


def test_who_owes_an_answer_is_reminded_once_a_day_from_two_days_before_its_term(office):
    id = record(office)
    due = office.at + timedelta(days=9)
    assert findings.remind(due - timedelta(days=3)) == 0
    assert findings.remind(due - timedelta(days=2)) == 1
    assert findings.remind(due - timedelta(days=2, hours=-1)) == 1
    assert findings.remind(due + timedelta(days=1)) == 1
    assert listed(office, state="lewat") == []
    office.at = due + timedelta(days=1)
    assert listed(office, state="lewat") == [id]
    subjects = [one for one in told(office, "kasi") if "T-2026-001" in one]
    assert len([one for one in subjects if "mendekati" in one]) == 1, "twice the same day is one reminder"
    assert len([one for one in subjects if "lewat" in one]) == 1
    findings.answer(id, "Sudah dibetulkan", office.people["kasi"], office.at)
    assert findings.remind(office.at) == 0


def test_the_register_goes_on_page_by_page_without_losing_or_repeating_one(office):
    made = []
    for _ in range(finding_lists.PAGE + 3):
        made.append(record(office))
        office.later(minutes=1)
    first = finding_lists.register(Wanted(), office.people["pengawas"], office.at)
    second = finding_lists.register(Wanted(after=first.more), office.people["pengawas"], office.at)
    assert [one.row.id for one in (*first.lines, *second.lines)] == made[::-1]
    assert second.more is None
    assert len(finding_lists.table(Wanted(), office.people["pengawas"], office.at).lines) == len(made)


def test_a_finding_that_is_sent_twice_is_recorded_once(office):
    key = UUID("01890000-0000-7000-8000-000000000001")
    first = findings.record(found(office), office.people["pengawas"], office.at, key)
    assert findings.record(found(office), office.people["pengawas"], office.at, key) == first
    assert listed(office) == [first]


# --- evidence


def test_evidence_stands_with_the_finding_and_with_its_answer_for_those_who_may_read_it(office):
    id = findings.record(
        found(office), office.people["pengawas"], office.at, sent=[Sent("foto.pdf", paper()), Sent("lagi.pdf", paper())]
    )
    findings.answer(id, "Sudah dibetulkan", office.people["kasi"], office.at, [Sent("surat.pdf", paper())])
    page = finding_lists.page(id, office.people["kasi"], office.at)
    assert [one.name for one in page.files(0)] == ["foto.pdf", "lagi.pdf"]
    [answered] = page.files(page.entries[0].place)
    assert answered.name == "surat.pdf"
    got = finding_files.download(answered.id, office.people["pengawas"], office.at)
    assert (got.name, got.media_type, got.content[:4]) == ("surat.pdf", "application/pdf", b"%PDF")
    for login in ("loket", "pemohon"):
        with pytest.raises(NotFound):
            finding_files.download(answered.id, office.people[login], office.at)
    with transaction() as store:
        told_with = [json.loads(one.body).get("files") for one in store.calendars.office_chain()[-2:]]
    assert told_with == [[one.sha256 for one in page.files(0)], [answered.sha256]]


def test_what_is_no_paper_is_refused_beside_the_other_faults_and_nothing_is_kept(office):
    before = listed(office)
    with pytest.raises(SubmissionInvalid) as refused:
        findings.record(
            found(office, body="x"), office.people["pengawas"], office.at, sent=[Sent("virus.exe", b"MZ\x90")]
        )
    assert refused.value.errors.keys() == {"uraian", "lampiran"}
    assert "virus.exe" in str(refused.value.errors["lampiran"])
    assert listed(office) == before
    id = record(office)
    many = [Sent(f"{n}.pdf", paper()) for n in range(finding_files.MOST + 1)]
    with pytest.raises(SubmissionInvalid) as refused:
        findings.answer(id, "Sudah dibetulkan", office.people["kasi"], office.at, many)
    assert refused.value.errors.keys() == {"lampiran"}
    assert listed(office, state="terbuka") == [id]


def test_the_exported_file_carries_the_evidence_of_findings_that_its_reader_may_read(office):
    case_id = office.registered()
    with transaction() as store:
        number = store.case_lists.case_row(case_id).number
    id = findings.record(
        found(office, case=number), office.people["pengawas"], office.at, sent=[Sent("foto.pdf", paper())]
    )
    findings.answer(id, "Sudah dibetulkan", office.people["kasi"], office.at, [Sent("surat.pdf", paper())])

    def taken(login):
        with case_export.export(case_id, "Diminta inspektorat", office.people[login], office.at).file as file:
            pack = zipfile.ZipFile(file)
            return pack.namelist(), json.loads(pack.read("berkas.json"))["temuan"]

    names, [told_of] = taken("pengawas")
    assert [one for one in names if one.startswith("temuan/")] == [
        "temuan/T-2026-001-01-foto.pdf",
        "temuan/T-2026-001-02-surat.pdf",
    ]
    assert [one["nama"] for one in told_of["lampiran"]] == ["foto.pdf", "surat.pdf"]
    assert [one["bunyi"] for one in told_of["tanggapan"]] == ["Sudah dibetulkan"]
    assert told_of["tanggapan"][0]["oleh"] == told_of["kepada"] != ""
    names, none = taken("kabid")
    assert (none, [one for one in names if one.startswith("temuan/")]) == ([], [])
