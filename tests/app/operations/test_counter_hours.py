"""The counter's own hours as law: its steps are counted in them from their beginning, promises go by the office's."""

from datetime import timedelta

import pytest

from app.clock import WIB
from app.operations import background, calendar_changes, explaining
from app.operations.calendar_changes import Change
from app.operations.clock_views import view
from app.store import transaction
from engine.case import read_clock
from engine.clocks.proof import FORMAT_OF_UNIT, differences
from tests.app.operations.office import MONDAY
from tests.hammer.audit import case_faults

DECREE = "Keputusan Kepala Dinas 14/KEP/2026 (contoh)"
SHORT = "loket;01/08/2026;;Sen-Kam 08.00-11.30, 12.30-14.00 | Jum 08.00-11.00;Jam loket"
SHORTER = "loket;03/08/2026;;Sen-Kam 09.00-10.30, 12.30-14.00 | Jum 08.00-11.00;Jam loket"


def adopt(office, text=SHORT, decree=DECREE):
    change = calendar_changes.propose(Change(text, decree), office.people["admin"], office.at)
    with transaction() as store:
        revision = store.calendars.revision()
    return calendar_changes.adopt(change, revision, office.people["kadis"], office.at)


def waiting(office, **more):
    """A file brought to the counter at ten on a Monday: half an hour to look whether it is complete."""
    case_id = office.open("SIPB", by="loket", applicant="pemohon", **more)
    office.do(case_id, "ajukan", "loket")
    return case_id


def clock(office, case_id, kind="T"):
    """The newest clock of a kind, its reading, and its promise as lists keep it."""
    with transaction() as store:
        case = store.cases.see(case_id).case
        one = [found for found in case.clocks if found.kind == kind][-1]
        kept = {row.clock_id: row for row in store.readings.all_kept()}
        return one, read_clock(case, one, store.calendars.world(), office.at), kept[one.id].promised_at


def sound(office, *files):
    for case_id in files:
        with transaction() as store:
            assert {name: bad for name, bad in case_faults(store, case_id, office.at).items() if bad} == {}


@pytest.fixture
def noon(office):
    """Ten minutes before the counter closes at noon."""
    office.at = MONDAY.replace(hour=11, minute=20)
    return office


def test_a_step_at_the_counter_is_due_in_the_counters_hours_and_the_file_in_the_offices(noon):
    adopt(noon)
    case_id = waiting(noon)
    one, reading, kept = clock(noon, case_id)
    assert (one.calendar, one.budget) == ("LOKET", "30 menit")
    assert reading.promised_at == kept == MONDAY.replace(hour=12, minute=50)
    noon.do(case_id, "periksa_kelengkapan", "loket")
    later, _, _ = clock(noon, case_id)
    assert later.calendar == "", "the verifier works in the office's hours"
    for kind in ("L", "H"):
        promised, reading, _ = clock(noon, case_id, kind)
        assert promised.calendar == ""
        assert reading.promised_at.astimezone(WIB).strftime("%H.%M") in ("16.00", "16.30"), "the office's closing time"
    sound(noon, case_id)


def test_changed_hours_are_previewed_and_move_the_steps_that_run_there_and_no_promise(noon):
    case_id, promised = waiting(noon), noon.registered("SIPB")
    one, reading, kept = clock(noon, case_id)
    assert (one.calendar, reading.promised_at) == ("LOKET", MONDAY.replace(hour=11, minute=50))
    assert kept == reading.promised_at
    service = clock(noon, promised, "L")[2]
    noon.at = MONDAY.replace(hour=11, minute=40)
    seen = calendar_changes.preview(Change(SHORT, DECREE), noon.people["admin"], noon.at).impact
    done = adopt(noon)
    for found in (seen, done):
        (move,) = found.steps
        assert (move.case_id, move.step, move.clock.id) == (case_id, "Periksa kelengkapan", one.id)
        assert (move.before.promised_at, move.after.promised_at) == (kept, MONDAY.replace(hour=12, minute=50))
        assert (found.moved, found.moves, found.terms) == (0, (), ())
        assert found.counts()["langkah_bergeser"] == 1
    _, reading, kept = clock(noon, case_id)
    assert reading.promised_at == kept == MONDAY.replace(hour=12, minute=50)
    assert clock(noon, promised, "L")[2] == service
    sound(noon, case_id, promised)


def test_a_second_change_moves_them_again_and_what_the_first_said_is_still_known(noon):
    case_id = waiting(noon)
    adopt(noon)
    first = noon.at
    noon.later(minutes=5)
    adopt(noon, SHORTER, "Keputusan Kepala Dinas 15/KEP/2026 (contoh)")
    with transaction() as store:
        case, world = store.cases.see(case_id).case, store.calendars.world()
        one = case.clocks[-1]
        dates = [read_clock(case, one, world, noon.at, known).promised_at for known in (first, noon.at)]
    assert dates == [MONDAY.replace(hour=12, minute=50), MONDAY.replace(hour=13)]
    assert clock(noon, case_id)[2] == dates[1]
    sound(noon, case_id)


def test_a_clock_begun_before_counters_were_told_apart_stays_with_the_office(noon, database_superuser):
    case_id = waiting(noon)
    database_superuser("update clocks set calendar = '' where kind = 'T' returning 1")
    kept = clock(noon, case_id)[2]
    assert adopt(noon).steps == ()
    _, reading, now = clock(noon, case_id)
    assert reading.promised_at == now == kept == MONDAY.replace(hour=11, minute=50)


def test_a_late_step_that_new_hours_excuse_keeps_its_breach_with_a_note(noon, database_superuser):
    case_id = waiting(noon)
    noon.later(minutes=45)
    assert background.warn_due(noon.at) > 0
    (move,) = adopt(noon).steps
    assert move.rescued
    told = database_superuser("select rung, annotation from rungs_fired where rung = 100")
    assert told == [(100, f"tepat waktu setelah perubahan kalender ({DECREE})")]
    assert not clock(noon, case_id)[1].late


def test_a_step_at_the_counter_warns_in_its_hours(noon, database_superuser):
    adopt(noon)
    waiting(noon)
    count = "select array_agg(rung order by rung) from rungs_fired"
    noon.at = MONDAY.replace(hour=12, minute=20)
    background.warn_due(noon.at)
    assert database_superuser(count) == [(None,)], "ten of thirty minutes; the counter is closed"
    noon.at = MONDAY.replace(hour=12, minute=45)
    background.warn_due(noon.at)
    assert database_superuser(count) == [([50, 75],)]


def test_what_ticks_on_a_page_and_what_is_left_go_by_the_counters_hours(noon):
    adopt(noon)
    case_id = waiting(noon)
    noon.later(minutes=5)
    with transaction() as store:
        case, world = store.cases.see(case_id).case, store.calendars.world()
    shown = view(case, case.clocks[-1], world, noon.at)
    file = noon.case(noon.registered("SIPB")).case
    service = view(file, file.clock("L"), world, noon.at)
    assert shown.minutes_left == 25
    assert [one.strftime("%H.%M") for pair in shown.windows for one in pair] == ["08.00", "11.30", "12.30", "14.00"]
    assert service.windows is None


def test_the_derivation_and_its_proof_name_the_counters_hours(noon):
    adopt(noon)
    case_id = waiting(noon)
    one = clock(noon, case_id)[0]
    why = explaining.page(case_id, one.id, noon.people["loket"], noon.at)
    assert why.explanation.lines[0].note == "mulai; jangka waktu 30 menit; menurut jam loket"
    assert any(paper.startswith("jam loket sejak 01/08/2026: Jam loket:") for paper in why.grounds.papers)
    text = explaining.proof(case_id, one.id, noon.people["loket"], noon.at)
    assert FORMAT_OF_UNIT in text
    assert differences(text) == []


def test_hours_the_counter_was_told_of_do_not_move_what_was_over_before_them(noon):
    case_id = waiting(noon)
    noon.do(case_id, "periksa_kelengkapan", "loket")
    with transaction() as store:
        done = next(one for one in store.cases.see(case_id).case.clocks if one.kind == "T" and not one.running)
    noon.later(days=1)
    tomorrow = f"loket;{noon.at + timedelta(days=1):%d/%m/%Y};;Sen-Jum 08.00-09.00;Jam loket"
    assert adopt(noon, tomorrow).steps == ()
    assert done.calendar == "LOKET"
    sound(noon, case_id)
