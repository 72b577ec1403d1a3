"""What a change of the calendar is said to move is what it moves: promises, terms, steps and legal limits alike."""

from datetime import timedelta

import pytest

from app.operations import background, calendar_changes, calendar_versions, due_tester
from app.operations.calendar_changes import Change
from app.store import transaction
from tests.app.operations.office import MONDAY
from tests.hammer.audit import case_faults

DECREE = "SK Walikota 9/2026"
COUNTER = "loket;01/08/2026;;Sen-Kam 08.00-11.30, 12.30-14.00 | Jum 08.00-11.00;Jam loket"


def kept():
    """The date of every clock that runs, as lists keep it."""
    with transaction() as store:
        return {row.clock_id: row.promised_at for row in store.readings.all_kept() if row.running}


def moving(found):
    """Clock -> its date before and after, of everything that runs and is said to move."""
    told = (*found.moves, *found.terms, *found.steps, *found.limits)
    return {
        one.clock.id: (one.before.promised_at, one.after.promised_at) for one in told if one.moved and one.clock.running
    }


def adopt(office, text, decree=DECREE):
    change = calendar_changes.propose(Change(text, decree), office.people["admin"], office.at)
    with transaction() as store:
        revision = store.calendars.revision()
    return calendar_changes.adopt(change, revision, office.people["kadis"], office.at)


@pytest.fixture
def busy(office):
    """Files at every kind of clock: at the counter, with the verifier, with the applicant, and sent back."""
    office.at = MONDAY.replace(hour=11, minute=20)
    office.files = [
        office.open("SIPB", by="loket", applicant="pemohon"),
        office.registered("SIPB"),
        office.open("SIPB"),
    ]
    office.do(office.files[0], "ajukan", "loket")
    back = office.open("SIPB")
    office.do(back, "ajukan", "pemohon")
    office.do(back, "periksa_kelengkapan", "loket", "tidak_lengkap", kelengkapan__ktp__status="tidak_ada")
    office.files.append(back)
    return office


def lines(office):
    day, other = (f"{office.at + timedelta(days=n):%d/%m/%Y}" for n in (0, 1))
    yield "closed", f"libur;{day};{other};;Keputusan kota"
    yield "half", f"jam;{other};;07.30-07.45;Setengah hari"
    yield "week", f"minggu;{day};;Sen-Kam 09.00-12.00 | Jum 09.00-11.00;Jam baru"
    yield "counter", COUNTER
    yield "both", f"{COUNTER}\nlibur;{other};;;Keputusan kota"


@pytest.mark.parametrize("which", ["closed", "half", "week", "counter", "both"])
def test_every_date_that_a_change_moves_stands_in_its_preview_with_the_old_and_the_new_one(busy, which):
    text = dict(lines(busy))[which]
    before = kept()
    seen = calendar_changes.preview(Change(text, DECREE), busy.people["admin"], busy.at).impact
    assert kept() == before
    done = adopt(busy, text)
    after = kept()
    changed = {id: (before[id], after[id]) for id in before if before[id] != after[id]}
    assert changed
    assert moving(seen) == moving(done) == changed
    assert done.counts() == {**seen.counts(), "revisi": done.revision}
    for case_id in busy.files:
        with transaction() as store:
            assert {name: bad for name, bad in case_faults(store, case_id, busy.at).items() if bad} == {}


def test_a_change_of_the_offices_calendar_tells_counter_steps_office_steps_and_limits_in_groups(busy):
    seen = calendar_changes.preview(Change(dict(lines(busy))["closed"], DECREE), busy.people["admin"], busy.at).impact
    assert {one.step for one in seen.at_counter} == {"Periksa kelengkapan"}
    assert {one.step for one in seen.elsewhere} == {"Verifikasi keabsahan"}
    assert {one.case_id for one in seen.limits} == {busy.files[1]}
    assert all(one.after.promised_at > one.before.promised_at for one in (*seen.steps, *seen.limits))
    counts = seen.counts()
    assert (counts["langkah_bergeser"], counts["batas_bergeser"]) == (len(seen.steps), 1)


def test_hours_of_the_counter_alone_move_no_promise_no_limit_and_no_step_of_the_office(busy):
    found = calendar_changes.preview(Change(COUNTER, DECREE), busy.people["admin"], busy.at).impact
    assert (found.moves, found.terms, found.limits, found.elsewhere) == ((), (), (), ())
    assert {one.case_id for one in found.at_counter} == {busy.files[0]}


@pytest.mark.parametrize("kind", ["T", "H"])
def test_a_step_and_a_legal_limit_that_a_late_holiday_excuses_keep_their_breach_with_a_note(
    busy, database_superuser, kind
):
    with transaction() as store:
        case = store.cases.see(busy.files[1]).case
    one = [found for found in case.clocks if found.kind == kind and found.running][-1]
    busy.at = kept()[one.id] + timedelta(minutes=1)
    background.warn_due(busy.at)
    first, last = MONDAY + timedelta(days=1), min(busy.at, MONDAY + timedelta(days=25))
    done = adopt(busy, f"libur;{first:%d/%m/%Y};{last:%d/%m/%Y};;Keputusan kota")
    assert one.id in {found.clock.id for found in (*done.steps, *done.limits) if found.rescued}
    told = f"select annotation from rungs_fired where rung = 100 and clock_id = '{one.id}'"
    assert database_superuser(told) == [(f"tepat waktu setelah perubahan kalender ({DECREE})",)]


def test_a_preview_and_a_comparison_say_from_when_the_counters_hours_change_and_what_they_were(busy):
    admin = busy.people["admin"]
    seen = calendar_changes.preview(Change(COUNTER, DECREE), admin, busy.at)
    (one,) = seen.differences.counter
    assert (f"{one.since:%d/%m/%Y}", one.until, one.old) == ("01/08/2026", None, None)
    assert one.words == ("", "Senin–Kamis 08.00–11.30, 12.30–14.00; Jumat 08.00–11.00")
    assert len(one.touched) == 1
    adopt(busy, COUNTER)
    busy.later(minutes=5)
    ramadan = "loket;08/02/2027;09/03/2027;Sen-Jum 09.00-11.00;Loket Ramadan"
    adopt(busy, ramadan, "SE 2/2027 (contoh)")
    found = calendar_versions.comparison(0, 0, admin, busy.at)
    (span,) = found.found.counter
    assert (f"{span.since:%d/%m/%Y}", f"{span.until:%d/%m/%Y}") == ("08/02/2027", "09/03/2027")
    assert span.words == ("Senin–Kamis 08.00–11.30, 12.30–14.00; Jumat 08.00–11.00", "Senin–Jumat 09.00–11.00")
    assert (found.found.lines, found.moves) == ((), ())
    assert [words for _week, words in found.new.counter] == ["Senin–Jumat 09.00–11.00"]
    first = calendar_versions.comparison(found.old.number - 1, found.old.number, admin, busy.at)
    assert len(first.steps) == len(first.found.counter[0].touched) == 1
    back = calendar_versions.comparison(found.new.number, found.old.number, admin, busy.at).found.counter[0]
    assert back.words == tuple(reversed(span.words))


def test_the_tester_tells_of_a_permit_its_steps_at_the_counter_by_both_ways_a_file_comes(busy):
    adopt(busy, COUNTER)
    received = MONDAY.replace(hour=11, minute=20)
    found = due_tester.test("SIPB", received, busy.people["loket"], busy.at).clocks
    steps = {(one.step.name, one.step.online): one.explanation for one in found if one.step}
    by_hand, online = steps["Periksa kelengkapan", False], steps["Periksa kelengkapan", True]
    assert by_hand.promised_at == MONDAY.replace(hour=12, minute=50), "ten minutes until the counter closes at noon"
    assert online.promised_at == (MONDAY + timedelta(days=1)).replace(hour=14), "the counter's closing time"
    assert by_hand.lines[0].note == "mulai; jangka waktu 30 menit; menurut jam loket"
    assert [one.kind for one in found[:2]] == ["L", "H"]
    assert all(one.step is None for one in found[:2])
