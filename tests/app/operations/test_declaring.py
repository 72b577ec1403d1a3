"""The papers of a declaration and what is told of it: each act has its own paper, number, words and notes."""

from datetime import timedelta

import pytest

from app.operations import background, documents
from app.store import transaction
from app.store.encoding import parse
from engine.case import read_clock
from tests.app.operations.test_force_majeure import (
    TUESDAY,
    WEDNESDAY,
    correct,
    declare,
    promise,
    proposal,
    recover,
    running,
    undo,
)

__all__ = ["running"]
EVENT = "Petir merusak perangkat pusat data kota."


def letters(id):
    with transaction() as store:
        return store.documents.letters_of_declaration(id)


def paper(row):
    return parse(row.values)["kahar"]


def told(superuser, case_id):
    """What the applicant of a file was told of the declaration, as it was put into the outbox."""
    rows = superuser(
        "select payload from outbox where case_id = %s and kind = 'message' order by created_at", [case_id]
    )
    found = [parse(payload) if isinstance(payload, str) else payload for (payload,) in rows]
    return [one for one in found if one.get("notice") == "kahar"]


def test_each_act_issues_the_paper_of_its_own(office, running):
    id = declare(office, proposal(TUESDAY, None), "003/KEP")
    correct(office, id, TUESDAY + timedelta(hours=1), None, "004/KEP")
    recover(office, id, WEDNESDAY, "001/BA")
    correct(office, id, None, WEDNESDAY - timedelta(hours=2), "005/KEP")
    undo(office, id, "006/KEP")
    kinds = ["sk_kahar", "sk_kahar_perubahan", "ba_pemulihan", "sk_kahar_perubahan", "sk_kahar_pencabutan"]
    assert [one.kind for one in letters(id)] == kinds


def test_a_correction_of_the_end_is_no_recovery_and_takes_the_number_of_a_decree(office, running):
    id = declare(office, proposal(TUESDAY, WEDNESDAY), "")
    correct(office, id, None, WEDNESDAY - timedelta(hours=2))
    first, second = letters(id)
    assert (first.number, second.number) == ("001/KEP/DPMPTSP/2026", "002/KEP/DPMPTSP/2026")
    assert paper(second)["asal"]["nomor"] == first.number
    assert paper(second)["semula"] == {"mulai": TUESDAY.isoformat(), "selesai": WEDNESDAY.isoformat()}
    assert paper(second)["asal"]["mulai"] == TUESDAY.isoformat()
    assert paper(second)["asal"]["uraian"] == "Petir merusak perangkat pusat data kota."
    assert paper(second)["selesai"] == (WEDNESDAY - timedelta(hours=2)).isoformat()
    assert paper(second)["alasan"] == "Catatan PLN menyebut jam lain"


def test_a_recovery_keeps_the_event_beside_its_end(office, running):
    id = declare(office, proposal(TUESDAY, None), "")
    recover(office, id, WEDNESDAY)
    record = letters(id)[-1]
    assert record.number == "001/BA-PULIH/DPMPTSP/2026"
    assert (paper(record)["uraian"], paper(record)["alasan"]) == (EVENT, "Layanan stabil dua jam kerja")


def test_a_revocation_names_what_it_revokes_and_how_many_files_it_touches(office, running):
    id = declare(office, proposal(TUESDAY, None), "003/KEP")
    seen = undo(office, id, "005/KEP")
    values = paper(letters(id)[-1])
    assert values["asal"]["nomor"] == "003/KEP"
    assert values["semula"] == {"mulai": TUESDAY.isoformat(), "selesai": ""}
    assert (values["akibat"]["terkena"], values["akibat"]["bergeser"]) == (seen.touched, seen.moved) == (1, 1)


def test_the_papers_of_a_revoked_declaration_are_withdrawn_and_its_revocation_stands(office, running):
    id = declare(office, proposal(TUESDAY, None), "003/KEP")
    recover(office, id, WEDNESDAY, "001/BA")
    undo(office, id, "005/KEP")
    *gone, stands = (documents.verify_letter(one.verification_code) for one in letters(id))
    assert [one.withdrawn_because for one in gone] == ["dicabut dengan keputusan nomor 005/KEP"] * 2
    assert all(one.withdrawn_at for one in gone)
    assert stands.withdrawn_at is None


def test_a_scope_is_printed_in_names(office, running):
    id = declare(office, proposal(TUESDAY, WEDNESDAY, scope={"permit_types": ["SIPB"], "systems": ["loket"]}))
    assert paper(letters(id)[0])["cakupan"] == {"permit_types": ["Surat Izin Praktik Bidan"], "systems": ["Loket"]}


def test_the_applicant_is_told_that_the_declaration_was_revoked_and_the_date_of_now(
    office, running, database_superuser
):
    before = promise(running, office.at)
    id = declare(office, proposal(TUESDAY, WEDNESDAY), "003/KEP")
    undo(office, id, "005/KEP")
    message = told(database_superuser, running)[-1]
    assert message["subject"].startswith("Keadaan kahar dicabut")
    assert "003/KEP dicabut dengan keputusan 005/KEP: Dinyatakan keliru" in message["body"]
    assert f"janji sekarang {before.day} Agustus 2026" in message["body"]
    assert "terganggu" not in message["body"]


def test_the_applicant_is_told_of_a_recovery_with_the_event_that_is_over(office, running, database_superuser):
    id = declare(office, proposal(TUESDAY, None), "003/KEP")
    recover(office, id, WEDNESDAY, "001/BA")
    first, second = told(database_superuser, running)
    assert "janji sekarang belum dapat dijanjikan" in first["body"]
    assert "berakhir menurut 001/BA: Layanan stabil" in second["body"]
    assert "(Petir merusak perangkat pusat data kota)" in second["body"]
    assert "Janji semula belum dapat dijanjikan" in second["body"]


@pytest.fixture
def excused(office, running, database_superuser):
    """A file whose promise was broken two hours ago, and a declaration that excuses it."""
    office.at = promise(running, office.at) + timedelta(hours=2)
    background.warn_due(office.at)
    id = declare(office, proposal(office.at - timedelta(days=6), office.at - timedelta(hours=1)), "003/KEP")
    return id, lambda: database_superuser(
        "select annotation, annotated_at is not null from rungs_fired f join clocks c on c.id = f.clock_id "
        "where rung = 100 and c.name = 'L' and f.case_id = %s",
        [running],
    )[0]


def test_a_step_that_a_declaration_excuses_keeps_its_breach_with_a_note_that_an_undoing_takes_back(
    office, running, database_superuser
):
    with transaction() as store:
        case = store.cases.see(running).case
        one = next(found for found in case.clocks if found.kind == "T" and found.running)
        late = read_clock(case, one, store.calendars.world(), office.at).promised_at + timedelta(hours=1)
    office.at = late
    background.warn_due(office.at)
    told = f"select annotation from rungs_fired where rung = 100 and clock_id = '{one.id}'"
    assert database_superuser(told) == [("",)]
    id = declare(office, proposal(office.at - timedelta(days=3), office.at - timedelta(minutes=5)), "003/KEP")
    assert database_superuser(told) == [("tepat waktu setelah koreksi kahar (003/KEP)",)]
    undo(office, id, "005/KEP")
    assert database_superuser(told) == [("kembali terlambat: 003/KEP dicabut oleh 005/KEP",)]


def test_a_breach_stands_again_when_its_excuse_is_revoked(office, excused):
    id, note = excused
    assert note() == ("tepat waktu setelah koreksi kahar (003/KEP)", True)
    seen = undo(office, id, "005/KEP")
    assert seen.figures.relapsed == 1
    assert note() == ("kembali terlambat: 003/KEP dicabut oleh 005/KEP", False)
    declare(office, proposal(office.at - timedelta(days=6), office.at - timedelta(hours=1)), "006/KEP")
    assert note() == ("tepat waktu setelah koreksi kahar (006/KEP)", True)


def test_a_breach_stands_again_when_the_promise_that_came_of_its_excuse_is_broken_too(office, excused, running):
    _, note = excused
    office.at = promise(running, office.at)
    background.warn_due(office.at)
    assert note()[1], "the new promise is not broken yet"
    background.warn_due(office.later(minutes=1))
    assert note() == ("kembali terlambat: janji yang baru pun terlewati", False)
    assert background.warn_due(office.later(minutes=1)) == 0, "nothing is due any more"


def test_a_breach_stands_again_when_its_excuse_is_cut_short(office, excused):
    id, note = excused
    begin = office.at - timedelta(days=3)
    correct(office, id, begin, begin + timedelta(minutes=5), "005/KEP")
    assert note() == ("kembali terlambat: 003/KEP diubah dengan 005/KEP", False)
