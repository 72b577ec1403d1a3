"""Versions of the calendar: what was adopted together is one, with its decree, its people, and its days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting, calendar_feed
from app.operations.calendar_between import between, known_by
from app.operations.calendar_differences import Differences
from app.operations.calendar_effect import first_day
from app.operations.calendar_page import FIRST_YEAR, LAST_YEAR, deciding, week_words
from app.operations.calendar_text import CounterHours
from app.operations.calendar_written import decrees_of
from app.operations.force_majeure_impact import WORK
from app.operations.refreshing import Move, compare
from app.operations.retrying import retried
from app.store import Store, transaction
from engine import access
from engine.clocks import Entry, WeekEntry, World
from engine.errors import NotFound


@dataclass(frozen=True)
class Version:
    """Entries recorded at one instant, `number` from 1; of the counter's own hours those that name their unit.

    `decrees`: what they rest on; `since`: the first date they speak of; `change`: the proposal they were adopted
    from, None for what the installation began with; `proposed_by`, `adopted_by`: names, "" where there is none.
    """

    number: int
    recorded_at: datetime
    decrees: tuple[str, ...]
    since: date
    entries: tuple[Entry, ...]
    change: UUID | None = None
    proposed_by: str = ""
    proposed_at: datetime | None = None
    adopted_by: str = ""

    @property
    def office(self) -> tuple[Entry, ...]:
        return tuple(one for one in self.entries if not _unit(one))

    @property
    def counter(self) -> tuple[tuple[WeekEntry, str], ...]:
        """Hours that it gives the counter, and the same in words."""
        return tuple((one, week_words(one)) for one in self.entries if isinstance(one, WeekEntry) and one.unit)


def _unit(one: Entry) -> str:
    return one.unit if isinstance(one, WeekEntry) else ""


@dataclass(frozen=True)
class Comparison:
    """Two versions side by side; `moves`: running files, and those whose judgement turns, that read otherwise."""

    versions: tuple[Version, ...]
    old: Version
    new: Version
    found: Differences
    moves: tuple[Move, ...]
    steps: tuple[Move, ...] = ()  # work that is counted otherwise

    @property
    def moved(self) -> int:
        return sum(one.moved for one in self.moves)


@retried
def register(by: UUID, at: datetime) -> tuple[Version, ...]:
    """Every version known by `at`, oldest first.  Raises NotAllowed."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_settings")
        return _versions(store, at)


def _versions(store: Store, at: datetime) -> tuple[Version, ...]:
    together: dict[datetime, list[Entry]] = {}
    world = store.calendars.world()
    for one in (*world.calendar.entries, *world.hours):
        if one.recorded_at <= at:
            together.setdefault(one.recorded_at, []).append(one)
    adopted = {row.approved_at: row for row in store.calendar_changes.all() if row.approved_at is not None}
    people = {one for row in adopted.values() for one in (row.proposed_by, row.approved_by)}
    names = store.people.names(people)
    return tuple(
        _version(number, recorded_at, found, adopted.get(recorded_at), names)
        for number, (recorded_at, found) in enumerate(sorted(together.items()), 1)
    )


def _version(
    number: int, recorded_at: datetime, found: Sequence[Entry], row: Any, names: Mapping[UUID, str]
) -> Version:
    decrees = (row.decree,) if row is not None else tuple(dict.fromkeys(one.source for one in found))
    made = Version(number, recorded_at, decrees, min(map(first_day, found)), tuple(found))
    if row is None:
        return made
    proposed, adopted = names.get(row.proposed_by, ""), names.get(row.approved_by, "")
    return Version(number, recorded_at, decrees, made.since, made.entries, row.id, proposed, row.recorded_at, adopted)


@retried
def comparison(old: int, new: int, by: UUID, at: datetime) -> Comparison:
    """What version `new` says otherwise than `old`, and the promises each difference touches; 0, 0: the last two.

    Raises NotFound for a version that is not there, NotAllowed.
    """
    with transaction(snapshot=True) as store:
        access.require(acting.actor(store, by, at), "see_settings")
        versions = _versions(store, at)
        if not versions:
            raise NotFound("Belum ada kalender.")
        before, after = _chosen(versions, old, new)
        lying = _lying(versions, before, after)
        known = known_by(store.calendars.world(), at)
        worlds = known_by(known, before.recorded_at), known_by(known, after.recorded_at)
        moves, steps = _moves(store, worlds, lying, at) if lying else ((), ())
        office, at_counter = (
            tuple(one for one in lying if not _unit(one)),
            tuple(one for one in steps if one.clock.calendar),
        )
        return Comparison(versions, before, after, between(*worlds, office, moves, at_counter), moves, steps)


def _chosen(versions: tuple[Version, ...], old: int, new: int) -> tuple[Version, Version]:
    last = len(versions)
    old, new = old or max(1, (new or last) - 1), new or last
    if not (1 <= old <= last and 1 <= new <= last):
        raise NotFound("Versi kalender ini tidak ada.")
    return versions[old - 1], versions[new - 1]


def _lying(versions: tuple[Version, ...], old: Version, new: Version) -> tuple[Entry, ...]:
    first, last = sorted((old.number, new.number))
    return tuple(entry for one in versions[first:last] for entry in one.entries)


def _moves(
    store: Store, worlds: tuple[World, World], lying: tuple[Entry, ...], at: datetime
) -> tuple[tuple[Move, ...], tuple[Move, ...]]:
    """Promises that read otherwise, and the work that does; entries of the counter alone move no promise."""
    since = datetime.combine(min(map(first_day, lying)), datetime.min.time(), WIB)
    units = None if any(not _unit(one) for one in lying) else {_unit(one) for one in lying}
    kinds = ("L", *WORK) if units is None else WORK
    found = list(compare(store, store.readings.clocks_between(since, None, kinds, units), *worlds, at, kinds))
    moves = (one for one in found if one.clock.kind == "L" and (one.before.state != "STOPPED" or one.turned))
    steps = (one for one in found if one.clock.kind in WORK and ((one.moved and one.clock.running) or one.turned))
    return tuple(moves), tuple(steps)


@retried
def feed(year: int, version: int, by: UUID, at: datetime) -> bytes:
    """A year as iCalendar, as a version knew it; 0: as it is now.  Raises NotFound, NotAllowed."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_settings")
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise NotFound("Tahun ini di luar kalender.")
        versions = _versions(store, at)
        known_at = _chosen(versions, version, version)[0].recorded_at if version else at
        return feed_of(store, (year,), known_at)


def feed_of(store: Store, years: Sequence[int], known_at: datetime) -> bytes:
    """Some years as iCalendar, as they were known at an instant."""
    known = known_by(store.calendars.world(), known_at)
    weeks = deciding([one for one in known.calendar.entries if isinstance(one, WeekEntry)], *years)
    counter = map(CounterHours, deciding(known.hours, *years))
    made: bytes = calendar_feed.written(
        known.calendar.as_known(), years, (*weeks, *counter), known_at, decrees_of(store)
    )
    return made
