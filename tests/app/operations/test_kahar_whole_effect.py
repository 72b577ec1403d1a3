"""A preview leaves nothing out: its counts and each of its dates are those kept and registered afterwards."""

from datetime import timedelta
from uuid import UUID

from app.operations import calendar_changes, force_majeure_impact, force_majeure_page
from app.operations import force_majeure as kahar
from app.operations import force_majeure_changes as changes
from tests.app.operations import year_end
from tests.app.operations.test_calendar_changes import adopt
from tests.app.operations.test_calendar_changes import propose as propose_calendar
from tests.app.operations.test_force_majeure import establish, proposal
from tests.app.operations.test_kept_readings import YEAR

STRUCK = year_end.BEGIN.replace(hour=8, minute=0)


def foreseen(office, id):
    """Every move on every page of a proposal's preview, and its figures."""
    found, after = [], None
    while True:
        part = force_majeure_page.page(id, office.people["kadis"], office.at, after).impact
        found += [*part.moves, *part.terms, *part.steps]
        if part.following is None:
            return found, part.figures
        after = part.following


def dates(moves):
    """By kind and clock: the old and the new date of what moves."""
    return {
        (one.clock.kind, one.clock.id): (one.before.promised_at, one.after.promised_at) for one in moves if one.moved
    }


def kept():
    return {id: (row["promised_at"], row["running"]) for id, row in year_end.rows().items()}


def moved(before, kinds):
    now = kept()
    return {(kinds[id], id): (before[id][0], date) for id, (date, _running) in now.items() if date != before[id][0]}


def effect(office, id):
    """Establish a proposal and hold what it did against what its preview said; the figures, and the moves."""
    moves, figures = foreseen(office, id)
    before, lines = kept(), year_end.register()
    found = establish(office, id)
    assert found.figures == figures
    assert dates(moves) == moved(before, year_end.kinds())
    registered = {line[0]: line[1] for line in year_end.register()[len(lines) :]}
    given = {id: new for (kind, id), (_, new) in dates(moves).items() if kind in ("L", "P")}
    assert registered == given
    counted = [kind for kind, _ in dates(moves)]
    assert counted.count("L") == figures.moved_clocks
    assert len(counted) == figures.moved_clocks + figures.terms + figures.steps + figures.counter
    through = [one for one in moves if one.clock.kind == "L" and one.moved and not one.clock.running]
    assert len(through) == figures.moved_finished
    return figures, moves


def test_what_a_preview_says_of_every_clock_is_what_is_kept_and_registered_afterwards(office_after, monkeypatch):
    office = office_after(year_end.stock)
    monkeypatch.setattr(force_majeure_impact, "SHOWN", 7)
    office.at = year_end.BEGIN + timedelta(days=2)
    adopt(office, propose_calendar(office, YEAR))
    kabid = office.people["kabid"]

    figures, moves = effect(office, _proposed(office, STRUCK, STRUCK + timedelta(hours=28)))
    assert figures.moved_finished > 0, "files that were through"
    assert figures.finished >= figures.moved_finished
    assert figures.told == figures.moved_clocks - figures.moved_finished
    assert figures.terms > figures.terms_told > 0
    assert {one.clock.kind for one in moves} >= {"L", "P", "T"}
    assert [one for one in moves if one.clock.kind == "T" and not one.clock.running]

    rolling = _proposed(
        office, STRUCK + timedelta(hours=30), None, effect="ROLL_LAST_DAY", scope={"units": ["DPMPTSP"]}
    )
    assert effect(office, rolling)[0].steps > 0
    changes.recover(rolling, office.at - timedelta(hours=2), "Layanan stabil dua jam kerja", kabid, office.at)
    assert effect(office, rolling)[0].steps > 0

    here = _proposed(office, STRUCK + timedelta(hours=26), STRUCK + timedelta(hours=33), scope={"units": ["DPMPTSP"]})
    effect(office, here)
    changes.correct(here, None, STRUCK + timedelta(hours=31), "Catatan PLN menyebut jam lain", kabid, office.at)
    effect(office, here)
    changes.revoke(here, "Dinyatakan keliru: jaringan tidak terputus", kabid, office.at)
    assert effect(office, here)[0].steps > 0


def _proposed(office, since, until, **more) -> UUID:
    return kahar.propose(proposal(since, until, **more), office.people["kabid"], office.at)


def test_a_change_of_the_calendar_shows_files_that_are_through_and_tells_only_who_still_waits(office_after):
    office = office_after(year_end.stock)
    office.at = year_end.BEGIN + timedelta(days=2)
    adopt(office, propose_calendar(office, YEAR))
    before, lines = kept(), year_end.register()
    days = "\n".join(f"libur;{STRUCK + timedelta(days=more):%d/%m/%Y};;;Keputusan kota" for more in (0, 1))
    change = propose_calendar(office, days, decree="SK Walikota 10/2026")
    seen = calendar_changes.page(change, office.people["kadis"], office.at).impact
    done = adopt(office, change)
    assert done.figures == seen.figures
    assert done.figures.moved_finished > 0
    promised = dates(one for one in (*done.moves, *done.terms, *done.steps) if one.clock.kind in ("L", "P"))
    assert promised.items() <= moved(before, year_end.kinds()).items()
    assert {line[0]: line[1] for line in year_end.register()[len(lines) :]} == {
        id: new for (_kind, id), (_, new) in promised.items()
    }
