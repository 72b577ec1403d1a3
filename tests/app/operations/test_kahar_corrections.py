"""A declaration is corrected in everything it says, each time by two people; nothing is undone unnoticed."""

from datetime import datetime, timedelta

import pytest

from app.clock import WIB
from app.operations import force_majeure as kahar
from app.operations import force_majeure_changes as changes
from app.operations import force_majeure_page, force_majeure_prolonging, force_majeure_statistics
from app.operations.force_majeure_changes import Nature
from app.operations.force_majeure_impact import KINDS
from app.operations.refreshing import compare
from app.store import transaction
from engine.case import read_clock
from engine.errors import SubmissionInvalid
from tests.app.operations.test_declaring import letters, paper
from tests.app.operations.test_force_majeure import (
    TUESDAY,
    WEDNESDAY,
    cached,
    declare,
    establish,
    promise,
    proposal,
    recover,
    running,
    undo,
)

__all__ = ["running"]
WHY = "Berita acara kedua menyebut hal lain"


def correct(office, id, since=None, until=None, **more):
    return changes.correct(id, since, until, WHY, office.people["kabid"], office.at, **more)


def refused(office, id, **more):
    with pytest.raises(SubmissionInvalid) as error:
        correct(office, id, **more)
    return {name: str(told) for name, told in error.value.errors.items()}


def page(office, id):
    return force_majeure_page.page(id, office.people["kadis"], office.at)


def as_at(case_id, at):
    """Every clock of a file as it is read of one instant, however much later it is looked at."""
    with transaction() as store:
        case, world = store.cases.see(case_id).case, store.calendars.world()
        return [read_clock(case, one, world, at) for one in case.clocks if one.events]


def moved(impact):
    return [(one.clock.id, one.before.promised_at, one.after.promised_at) for one in impact.moves]


def test_a_premature_end_is_emptied_again_and_the_clocks_stand_still_as_if_it_had_never_been_said(office, running):
    id = declare(office, proposal(TUESDAY, None))
    then = office.at
    before = as_at(running, then)
    recover(office, id, WEDNESDAY)
    assert cached(running) is not None
    correct(office, id, lasting=True)
    seen = page(office, id).impact
    done = establish(office, id)
    assert moved(seen) == moved(done)
    assert seen.counts() == done.counts()
    assert cached(running) is None
    last = page(office, id).versions[0]
    assert (last.kind, last.until) == ("AMEND", None)
    assert as_at(running, then) == before
    recover(office, id, office.at - timedelta(minutes=1))
    assert cached(running) == promise(running, office.at) is not None


def test_an_end_that_was_emptied_asks_for_its_extension_anew(office, running):
    id = declare(office, proposal(TUESDAY, WEDNESDAY))
    office.at = datetime(2026, 8, 12, 9, 0, tzinfo=WIB)
    correct(office, id, lasting=True)
    establish(office, id)
    until = force_majeure_prolonging.deadlines(office.people["kadis"], office.at)[id]
    assert until == datetime(2026, 8, 18, 16, 0, tzinfo=WIB)  # three working days after this decree; the 17th is none


def test_an_end_is_either_emptied_or_moved_and_one_that_is_not_there_is_no_correction(office, running):
    id = declare(office, proposal(TUESDAY, WEDNESDAY))
    assert refused(office, id, lasting=True, until=WEDNESDAY - timedelta(hours=1)).keys() == {"sampai"}
    assert page(office, id).impact is None
    open_ended = declare(office, proposal(TUESDAY + timedelta(hours=1), None), "002/KEP")
    assert refused(office, open_ended, lasting=True)["sejak"] == "Koreksi ini tidak mengubah apa pun yang berlaku"


def test_emptying_an_end_that_is_long_past_needs_the_mayors_letter(office, running):
    id = declare(office, proposal(TUESDAY, WEDNESDAY))
    office.later(days=20)
    assert refused(office, id, lasting=True).keys() == {"persetujuan"}
    correct(office, id, lasting=True, letter="100/WK/2026")


@pytest.mark.parametrize(("stands", "becomes"), [("SUSPEND", "ROLL_LAST_DAY"), ("ROLL_LAST_DAY", "SUSPEND")])
def test_another_effect_is_shown_before_counts_as_shown_and_is_undone_exactly(office, running, stands, becomes):
    due = promise(running, office.at)
    office.at = datetime(due.year, due.month, due.day, 23, 30, tzinfo=WIB)
    then = office.at
    untouched = as_at(running, then)
    since = due.replace(hour=8, minute=0) - timedelta(days=1)
    id = declare(office, proposal(since, due.replace(hour=23, minute=0), effect=stands))
    was = promise(running, office.at)
    correct(office, id, nature=Nature(("a",), "bencana_alam", becomes))
    with transaction() as store:
        world = store.calendars.world()
        assert store.cases.promises(running)[-1].promised_at == was
    seen = page(office, id).impact
    done = establish(office, id)
    assert moved(seen) == moved(done)
    assert seen.counts() == done.counts()
    assert [(one.before.promised_at, one.after.promised_at) for one in done.moves] == [
        (was, promise(running, office.at))
    ]
    assert cached(running) == promise(running, office.at) != was
    by_rule(world, done, since, office.at)
    undo(office, id)
    assert as_at(running, then) == untouched


def by_rule(world, done, since, at):
    """What the database compared set by set is what the one rule says clock by clock."""
    with transaction() as store:
        touched = store.readings.clocks_between(since, None, KINDS)
        found = [one for one in compare(store, touched, world, store.calendars.world(), at, KINDS) if one.moved]
    assert [(one.clock.id, one.after.promised_at) for one in found] == [
        (one.clock.id, one.after.promised_at) for one in done.moves if one.moved
    ]


def test_ground_and_kind_of_event_are_corrected_and_move_no_date(office, running):
    id = declare(office, proposal(TUESDAY, WEDNESDAY), "003/KEP")
    before = cached(running)
    correct(office, id, nature=Nature(("c", "a"), "kebakaran", "SUSPEND"))
    assert establish(office, id, "004/KEP").moved == 0
    assert cached(running) == before
    found = page(office, id)
    assert (found.versions[0].grounds, found.versions[0].event_kind) == ("a,c", "kebakaran")
    said = {one.name: (one.old, one.new) for one in found.changes[2]}
    assert said == {"grounds": ("a", "a,c"), "event_kind": ("bencana_alam", "kebakaran")}
    line = force_majeure_statistics.statistics(office.people["kabid"], office.at).lines[0]
    assert line.grounds == ("a", "c")


def test_the_decree_of_a_correction_prints_old_and_new(office, running):
    id = declare(office, proposal(TUESDAY, WEDNESDAY), "003/KEP")
    correct(office, id, nature=Nature(("a",), "kebakaran", "ROLL_LAST_DAY"), scope={"permit_types": ["SIPB"]})
    establish(office, id, "004/KEP")
    values = paper(letters(id)[-1])
    assert {one["hal"]: (one["semula"], one["menjadi"]) for one in values["berubah"]} == {
        "Cakupan": ("seluruh pelayanan", "Jenis izin: Surat Izin Praktik Bidan"),
        "Akibat": ("Waktu tidak dihitung", "Hanya hari terakhir yang bergeser"),
        "Jenis peristiwa": ("Bencana alam", "Kebakaran"),
    }
    assert values["jenis_semula"] == "bencana_alam"


def test_history_shows_of_each_version_what_it_says_otherwise_than_the_one_that_stood(office, running):
    id = declare(office, proposal(TUESDAY, None))
    recover(office, id, WEDNESDAY)
    correct(office, id, lasting=True)
    kahar.reject(id, "Sudah pulih menurut PLN", office.people["kadis"], office.at)
    correct(office, id, since=TUESDAY + timedelta(hours=1))
    said = {
        version: [(one.name, one.old, one.new) for one in ones] for version, ones in page(office, id).changes.items()
    }
    assert said == {
        2: [("until", None, WEDNESDAY)],
        3: [("until", WEDNESDAY, None)],
        4: [("since", TUESDAY, TUESDAY + timedelta(hours=1))],
    }


def test_a_nature_that_cannot_be_is_told_at_every_field_at_once(office, running):
    id = declare(office, proposal(TUESDAY, WEDNESDAY))
    wrong = Nature((), "lainnya", "HAPUS", "pendek")
    assert refused(office, id, nature=wrong, scope={"units": []}).keys() == {"dasar", "tak_terduga", "akibat", "units"}
    assert refused(office, id, nature=Nature(("a",), "gempa", "SUSPEND")).keys() == {"peristiwa"}
    correct(office, id, nature=Nature(("a",), "lainnya", "SUSPEND", "Belum pernah terjadi selama gedung berdiri"))


def test_what_cannot_be_read_is_told_together_with_everything_else(office, running):
    id = declare(office, proposal(TUESDAY, WEDNESDAY))
    unread = {"sejak": "Sejak: tidak terbaca"}
    with pytest.raises(SubmissionInvalid) as error:
        changes.correct(id, None, None, "x", office.people["kabid"], office.at, scope={"units": []}, unread=unread)
    assert {*error.value.errors} == {"sejak", "uraian", "units"}
    assert error.value.errors["sejak"] == unread["sejak"]
    assert page(office, id).impact is None, "nothing is proposed"


def test_the_reading_of_every_clock_is_the_same_in_the_database_and_by_the_rule_after_each_correction(office, running):
    others = [office.registered("PEN"), office.registered("TRY")]
    id = declare(office, proposal(TUESDAY, WEDNESDAY))
    for more in (
        {"lasting": True},
        {"until": WEDNESDAY + timedelta(hours=2)},
        {"nature": Nature(("c",), "kebakaran", "ROLL_LAST_DAY")},
        {"nature": Nature(("c",), "kebakaran", "SUSPEND"), "scope": {"permit_types": ["PEN"]}},
    ):
        correct(office, id, **more)
        establish(office, id)
        for case_id in (running, *others):
            with transaction() as store:
                case, world = store.cases.see(case_id).case, store.calendars.world()
                row = store.case_lists.case_row(case_id)
                assert row.promised_at == read_clock(case, case.clock("L"), world, office.at).promised_at
