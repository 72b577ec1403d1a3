"""Versions of the calendar: what was adopted together is one, with its decree, its people, and its days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting, calendar_feed
from app.operations.calendar_differences import Differences, differences, years_of
from app.operations.calendar_page import FIRST_YEAR, LAST_YEAR
from app.operations.refreshing import Move, compare
from app.operations.retrying import retried
from app.store import Store, transaction
from engine import access
from engine.clocks import Calendar, DayEntry, Entry, Odometer, WeekEntry, World
from engine.errors import NotFound


@dataclass(frozen=True)
class Version:
    """Entries recorded at one instant, `number` from 1.

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


@dataclass(frozen=True)
class Comparison:
    """Two versions side by side; `moves`: running files, and those whose judgement turns, that read otherwise."""

    versions: tuple[Version, ...]
    old: Version
    new: Version
    found: Differences
    moves: tuple[Move, ...]

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
    for one in store.calendars.world().calendar.entries:
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
    made = Version(number, recorded_at, decrees, min(_first(one) for one in found), tuple(found))
    if row is None:
        return made
    proposed, adopted = names.get(row.proposed_by, ""), names.get(row.approved_by, "")
    return Version(number, recorded_at, decrees, made.since, made.entries, row.id, proposed, row.recorded_at, adopted)


def _first(one: Entry) -> date:
    if isinstance(one, DayEntry):
        return one.day
    return one.since if isinstance(one, WeekEntry) else date(one.year, 1, 1)


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
        between = _between(versions, before, after)
        moves = _moves(store, before, after, between, at) if between else ()
        calendar = store.calendars.world().calendar
        one, other = calendar.as_known(before.recorded_at), calendar.as_known(after.recorded_at)
        return Comparison(versions, before, after, differences(one, other, years_of(between), moves), moves)


def _chosen(versions: tuple[Version, ...], old: int, new: int) -> tuple[Version, Version]:
    last = len(versions)
    old, new = old or max(1, (new or last) - 1), new or last
    if not (1 <= old <= last and 1 <= new <= last):
        raise NotFound("Versi kalender ini tidak ada.")
    return versions[old - 1], versions[new - 1]


def _between(versions: tuple[Version, ...], old: Version, new: Version) -> tuple[Entry, ...]:
    first, last = sorted((old.number, new.number))
    return tuple(entry for one in versions[first:last] for entry in one.entries)


def _moves(store: Store, old: Version, new: Version, between: tuple[Entry, ...], at: datetime) -> tuple[Move, ...]:
    world = store.calendars.world()
    before, after = (_world(world, one) for one in (old, new))
    since = datetime.combine(min(_first(one) for one in between), datetime.min.time(), WIB)
    touched = store.readings.clocks_between(since, None)
    moves = compare(store, touched, before, after, at, since)
    return tuple(one for one in moves if one.before.state != "STOPPED" or one.rescued or one.relapsed)


def _world(world: World, version: Version) -> World:
    known = (one for one in world.calendar.entries if one.recorded_at <= version.recorded_at)
    return replace(world, calendar=Calendar(known))


def holding(odometer: Odometer, entries: Iterable[Entry]) -> tuple[WeekEntry, ...]:
    """Those hours that decide at least one date; what was replaced as a whole is left out."""
    weeks = (one for one in entries if isinstance(one, WeekEntry) and one.until is not None)
    return tuple(one for one in weeks if any(odometer.entry(day) is one for day in _span(one)))


def _span(one: WeekEntry) -> Iterable[date]:
    last = one.until or one.since
    return (
        date.fromordinal(n)
        for n in range(one.since.toordinal(), min(last.toordinal(), one.since.toordinal() + 800) + 1)
    )


@retried
def feed(year: int, version: int, by: UUID, at: datetime) -> bytes:
    """A year as iCalendar, as a version knew it; 0: as it is now.  Raises NotFound, NotAllowed."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_settings")
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise NotFound("Tahun ini di luar kalender.")
        versions = _versions(store, at)
        known_at = _chosen(versions, version, version)[0].recorded_at if version else at
        return _feed(store, (year,), known_at)


def _feed(store: Store, years: Sequence[int], known_at: datetime) -> bytes:
    calendar = store.calendars.world().calendar
    odometer = calendar.as_known(known_at)
    known = [one for one in calendar.entries if one.recorded_at <= known_at]
    return calendar_feed.written(odometer, years, holding(odometer, known), known_at)
