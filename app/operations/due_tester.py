"""“Diterima sekarang, janji kapan?”: what a file of some permit would be promised, and its steps at the counter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from app.clock import WIB
from app.operations import calendar_draft
from app.operations.calendar_page import FIRST_YEAR, LAST_YEAR
from app.operations.counter_steps import CounterStep, counter_steps
from app.operations.force_majeure_register import officials_only
from app.operations.retrying import retried
from app.store import transaction
from engine.catalogue import channels
from engine.clocks import Budget, Calendar, Clock, ClockEvent, DayEntry, Explanation, World, YearEntry, explain
from engine.errors import Sentence, SubmissionInvalid

YEARS_AHEAD = 3


@dataclass(frozen=True)
class Due:
    """One clock: its allowed time and basis, the lines of its date, and an estimate where none can be promised.

    `estimate`: the date if the missing lists of holidays read as the draft does; it is no promise.  `missing`: the
    years whose list that date needs.  `supposed`: days of service that the draft takes out of its count.
    """

    kind: str  # "L" | "H"; at the counter "T" | "V"
    budget: str
    basis: str
    explanation: Explanation
    estimate: datetime | None
    missing: tuple[int, ...]
    supposed: tuple[DayEntry, ...] = ()
    step: CounterStep | None = None  # what is to be done at the counter


@dataclass(frozen=True)
class Tested:
    """The permits to choose from, and the clocks of the one asked about."""

    permits: tuple[tuple[str, str], ...]
    clocks: tuple[Due, ...]


@retried
def test(permit: str, received: datetime, by: UUID, at: datetime) -> Tested:
    """Clocks L and H of a permit found complete at `received`, and its steps at the counter opened then; none for "".

    For every official, whoever is asked at a desk; it reads only.  Raises NotFound for anybody else, and
    SubmissionInvalid at `izin` for a permit that is none, at `diterima` for a date outside the calendar that is shown.
    """
    with transaction() as store:
        officials_only(store, by, at)
        release, world = store.deployments.active(), store.calendars.world()
    catalogue = release.catalogue
    errors = _outside(received)
    if permit and permit not in catalogue.permits:
        errors["izin"] = Sentence("Jenis izin “%(typed)s” tidak dikenal; pilih dari daftarnya", typed=permit)
    if errors:
        raise SubmissionInvalid(errors)
    permits = tuple((one.code, one.name) for one in catalogue.permits.values() if one.active)
    if not permit:
        return Tested(permits, ())
    found, day = catalogue.permits[permit], received.astimezone(WIB).date()
    asked = (("L", found.standard_on(day)), ("H", found.legal_limit_on(day)))
    whole = (Asked(kind, one.budget, one.basis) for kind, one in asked if one is not None)
    steps = (Asked(one.kind, one.budget, one.basis, one) for one in counter_steps(release, permit))
    return Tested(permits, tuple(_due(one, permit, received, world) for one in (*whole, *steps)))


def _outside(received: datetime) -> dict[str, str]:
    if FIRST_YEAR <= received.astimezone(WIB).year <= LAST_YEAR:
        return {}
    told = Sentence("tanggal di luar tahun %(a)s sampai %(b)s", a=FIRST_YEAR, b=LAST_YEAR)
    return {"diterima": Sentence("%(label)s: %(fault)s", label="Diterima", fault=told)}


class Asked(NamedTuple):
    """One clock to begin: its kind, the time it has and its basis, and the step that it measures."""

    kind: str
    budget: str
    basis: str
    step: CounterStep | None = None


def _due(asked: Asked, permit: str, received: datetime, world: World) -> Due:
    kind, budget, basis, step = asked
    start = ClockEvent(1, "START", received, received, source="" if step else "berkas lengkap")
    calendar = channels.COUNTER if step else ""
    clock = Clock(kind, Budget.parse(budget), kind != "H", (start,), permit_type=permit, calendar=calendar)
    explained = explain(clock, world, received)
    years = _missing(world, received) if explained.no_promise_because == "YEAR_NOT_OFFICIAL" else ()
    drafted = _drafted(world, years, received)
    estimate = explain(clock, _supposing(world, drafted, years), received).promised_at if years else None
    missing = tuple(year for year in years if estimate is None or year <= estimate.astimezone(WIB).year)
    supposed = _between(world, drafted, received, estimate)
    return Due(kind, budget, basis, explained, estimate, missing, supposed, step)


def _missing(world: World, received: datetime) -> tuple[int, ...]:
    first = received.astimezone(WIB).year
    odometer = world.calendar.as_known()
    return tuple(year for year in range(first, first + YEARS_AHEAD) if not odometer.is_official(year))


def _drafted(world: World, years: tuple[int, ...], received: datetime) -> tuple[DayEntry, ...]:
    """The days that a draft closes in those years; what was recorded of a date stands before any draft."""
    odometer, last = (
        world.calendar.as_known(),
        max((one.recorded_at for one in world.calendar.entries), default=received),
    )
    days = (one for year in years for one in calendar_draft.supposed(year, last))
    return tuple(one for one in days if odometer.exception(one.day) is None)


def _supposing(world: World, drafted: tuple[DayEntry, ...], years: tuple[int, ...]) -> World:
    """The world if the missing years were adopted as the draft has them."""
    entries = world.calendar.entries
    last = max((one.recorded_at for one in (*entries, *drafted)), default=None)
    adopted = (YearEntry(year, last, calendar_draft.SOURCE) for year in years if last is not None)
    return replace(world, calendar=Calendar((*entries, *drafted, *adopted)))


def _between(
    world: World, drafted: tuple[DayEntry, ...], received: datetime, estimate: datetime | None
) -> tuple[DayEntry, ...]:
    if estimate is None:
        return ()
    first, last = (one.astimezone(WIB).date() for one in (received, estimate))
    odometer = world.calendar.as_known()
    return tuple(one for one in drafted if first <= one.day <= last and odometer.windows(one.day))
