"""A file's service clock as a report tells of it: by what the law counts, by the wall, and without keadaan kahar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

from engine.clocks import FORCE_MAJEURE, WIB, Clock, PastSpells, Reading, Spell, World, read
from engine.clocks.instants import micros
from engine.reporting.facts import Finished, Overdue
from engine.reporting.stays import Stay


def finished(clock: Clock, reading: Reading, world: World) -> Finished:
    """Of a clock that stopped; `reading`: of that clock in that world."""
    at, known = reading.at, reading.known_at
    kahar, rolled = reading.split_hk.kahar, bool(reading.rolled_by)
    paused = {cause: one for cause, one in reading.paused_minutes_by_cause.items() if one}
    # Where nothing was taken out of the count the readings without pauses and without kahar say the same: half of the
    # work of a year's report.
    whole = not (kahar or rolled or paused)
    wall = reading if whole else read(replace(clock, pausable=False), world, at, known)
    bare = read(clock, replace(world, declarations=()), at, known) if kahar or rolled else reading
    causes = {cause: one for cause, one in paused.items() if cause != FORCE_MAJEURE}
    day = reading.stopped_at.astimezone(WIB).date().isoformat() if reading.stopped_at else ""
    return Finished(reading.late, wall.late, bare.late, reading.elapsed_hk, wall.elapsed_hk, kahar, causes, day)


def overdue(
    reading: Reading, steps: Iterable[str] = (), said: Iterable[str] = (), stays: Iterable[Stay] = ()
) -> Overdue | None:
    """None while the promise is kept; by how much it was broken in the unit of its standard.

    `stays` is only gone through where it was broken.
    """
    if not reading.late:
        return None
    over = max(reading.elapsed - reading.quota, Fraction(0))
    running = reading.state != "STOPPED"
    return Overdue(over, reading.budget.unit, running, tuple(steps), reading.paused_by, tuple(said), tuple(stays))


def open_steps(spells: Iterable[Spell | PastSpells], at: datetime) -> tuple[str, ...]:
    """Ids of officials' steps that were open at an instant, each once."""
    now = micros(at)
    found = (one.step for one in spells if one.step and _open(one, now))
    return tuple(dict.fromkeys(str(step) for step in found))


def _open(one: Spell | PastSpells, now: int) -> bool:
    return any(begin <= now and (end is None or now < end) for begin, end in one.stretches())


ALL = ""  # all declarations together, overlaps counted once
INSTANT = timedelta(microseconds=1)


def alone(world: World) -> dict[str, World]:
    """For each declaration by its code the world in which it is the only one."""
    return {one.id: replace(world, declarations=(one,)) for one in world.declarations}


def stopped(clock: Clock, worlds: Mapping[str, World], begin: datetime, seen: datetime) -> dict[str, Fraction]:
    """Working days from `begin` up to and with `seen` that declarations took out of a clock's count.

    `worlds`: code -> the world with that declaration alone, ALL -> that with all of them; zeros are left out.
    """
    found = {code: _taken(clock, world, begin, seen) for code, world in worlds.items() if _hits(clock, world)}
    return {code: hk for code, hk in found.items() if hk}


def _taken(clock: Clock, world: World, begin: datetime, seen: datetime) -> Fraction:
    before, after = (read(clock, world, at).split_hk.kahar for at in (begin - INSTANT, seen))
    return after - before


def _hits(clock: Clock, world: World) -> bool:
    """Whether any declaration may concern the file at all: most do not, and reading is dear."""
    return any(one.scope.hits_case(clock.permit_type, clock.area) for one in world.in_force(None))


def lived_through(reading: Reading, since: datetime, until: datetime | None) -> bool:
    """Whether a service clock had begun, and was not yet over, at some instant of [since, until)."""
    begun = reading.started_at is not None and (until is None or reading.started_at < until)
    return begun and (reading.stopped_at is None or reading.stopped_at > since)
