"""“Diterima sekarang, janji kapan?”: what a file of some permit would be promised, by the clocks' own reading."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.clock import WIB
from app.operations import acting
from app.operations.retrying import retried
from app.store import transaction
from engine import access
from engine.clocks import Budget, Calendar, Clock, ClockEvent, Explanation, World, YearEntry, explain
from engine.errors import NotFound

YEARS_AHEAD = 3


@dataclass(frozen=True)
class Due:
    """One clock: its allowed time and basis, the lines of its date, and an estimate where none can be promised.

    `estimate`: the date if the lists of holidays still missing brought nothing
    new; it is no promise.  `missing`: the years whose list that date needs.
    """

    kind: str  # "L" | "H"
    budget: str
    basis: str
    explanation: Explanation
    estimate: datetime | None
    missing: tuple[int, ...]


@dataclass(frozen=True)
class Tested:
    """The permits to choose from, and the clocks of the one asked about."""

    permits: tuple[tuple[str, str], ...]
    clocks: tuple[Due, ...]


@retried
def test(permit: str, received: datetime, by: UUID, at: datetime) -> Tested:
    """Clocks L and H of a permit found complete at `received`; none for "".  Raises NotFound, NotAllowed."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_settings")
        catalogue, world = store.deployments.active().catalogue, store.calendars.world()
    permits = tuple((one.code, one.name) for one in catalogue.permits.values() if one.active)
    if not permit:
        return Tested(permits, ())
    if permit not in catalogue.permits:
        raise NotFound("Izin tidak ditemukan.")
    found, day = catalogue.permits[permit], received.astimezone(WIB).date()
    asked = (("L", found.standard_on(day)), ("H", found.legal_limit_on(day)))
    return Tested(
        permits,
        tuple(_due(kind, one.budget, one.basis, permit, received, world) for kind, one in asked if one is not None),
    )


def _due(kind: str, budget: str, basis: str, permit: str, received: datetime, world: World) -> Due:
    start = ClockEvent(1, "START", received, received, source="berkas lengkap")
    clock = Clock(kind, Budget.parse(budget), pausable=kind != "H", events=(start,), permit_type=permit)
    explained = explain(clock, world, received)
    years = _missing(world, received) if explained.no_promise_because == "YEAR_NOT_OFFICIAL" else ()
    estimate = explain(clock, _supposed(world, years, received), received).promised_at if years else None
    missing = tuple(year for year in years if estimate is None or year <= estimate.astimezone(WIB).year)
    return Due(kind, budget, basis, explained, estimate, missing)


def _missing(world: World, received: datetime) -> tuple[int, ...]:
    first = received.astimezone(WIB).year
    odometer = world.calendar.as_known()
    return tuple(year for year in range(first, first + YEARS_AHEAD) if not odometer.is_official(year))


def _supposed(world: World, years: tuple[int, ...], at: datetime) -> World:
    """The world if the missing years were adopted as they stand."""
    entries = world.calendar.entries
    last = max((one.recorded_at for one in entries), default=at)
    supposed = (YearEntry(year, last, "perkiraan") for year in years)
    return replace(world, calendar=Calendar((*entries, *supposed)))
