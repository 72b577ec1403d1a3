"""Which promises of the next working days will be broken by present speed: an estimate, with its hit rate beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, TypeAlias
from uuid import UUID

from app.clock import WIB
from app.operations import acting
from app.operations.retrying import retried
from app.store import Store, transaction
from engine import access
from engine.access import APPLICANT
from engine.clocks import Odometer
from engine.clocks.ageing import after_service, working_days_from
from engine.foresight import EVEN, History, Hits, Outlook, Place, Trail, hits, outlook

HORIZONS = (3, 5, 10)  # working days ahead that can be asked for
REMEMBERED = timedelta(days=180)
MOST_FILES = 1500  # of the history and of what runs
MOST_FORETOLD = 150  # nearest promises
DAYS_TRIED = 10  # past working days on which it is tried
TRIED = 60  # files of each
FEW = 10  # trials from which a hit rate says something
LIKELY = Fraction(4, 5)
Trails: TypeAlias = list[tuple[datetime, Trail]]  # when a file was through, and its trail


@dataclass(frozen=True)
class Foretold:
    """`chance`: of the promise being broken; `usual`, `slow`: by when half, and four in five, of the courses are
    through.  All None where too little history is known."""

    case_id: UUID
    number: str
    permit: str
    steps: tuple[str, ...]
    promised_at: datetime
    chance: Fraction | None
    usual: datetime | None
    slow: datetime | None

    @property
    def late(self) -> bool:
        return self.chance is not None and self.chance >= EVEN


@dataclass(frozen=True)
class Forecast:
    """`lines`: the likeliest first; `trails`: finished files it rests on; `hits`: of the trials on past days.

    `unset`: years in which something of it lies and whose holidays are not adopted: there every weekday counts.
    """

    days: int
    until: datetime
    lines: tuple[Foretold, ...]
    waiting: int  # files with such a promise that wait for their applicant: nothing is foretold of them
    trails: int
    hits: Hits
    tried: tuple[datetime, ...]
    unset: tuple[int, ...] = ()

    @property
    def late(self) -> int:
        return sum(1 for one in self.lines if one.late)

    @property
    def meaningful(self) -> bool:
        return self.hits.all >= FEW


@dataclass(frozen=True)
class _Course:
    """A file's course as stored: the row of its clock, its tasks, its promises (made, promised)."""

    row: Any
    tasks: Sequence[Any]
    promises: Sequence[tuple[datetime, datetime | None]]

    def promised(self, at: datetime) -> datetime | None:
        """As it was known then."""
        known = [one for made, one in self.promises if made <= at]
        return known[-1] if known else None

    def runs(self, at: datetime) -> bool:
        return bool(self.row.started_at <= at and (self.row.running or self.row.stopped_at > at))

    def late(self, at: datetime) -> bool | None:
        """Whether its promise was broken, by what holds now; None while that is open."""
        if not self.row.running:
            return bool(self.row.late)
        return True if self.row.promised_at is not None and self.row.promised_at < at else None


@retried
def forecast(by: UUID, at: datetime, days: int = HORIZONS[1]) -> Forecast:
    """`days`: one of HORIZONS.  Raises NotAllowed."""
    with transaction(snapshot=True) as store:
        access.require(acting.actor(store, by, at), "see_board")
        odometer = store.calendars.world().calendar.as_known(at)
        courses = _courses(store, at)
        until = working_days_from(odometer, at, days)
        trails = _trails(courses, odometer)
        history = _known(courses, trails, odometer, at)
        names = {code: one.name for code, one in store.deployments.active().catalogue.permits.items()}
        due = [one for one in courses if one.row.running and one.row.promised_at and at < one.row.promised_at <= until]
        due.sort(key=lambda one: (one.row.promised_at, one.row.id))
        told = [_foretold(one, history, odometer, at, names) for one in due[:MOST_FORETOLD]]
        tried = _past_days(odometer, at, days)
        unset = _unset(odometer, until, told)
        return Forecast(
            days,
            until,
            tuple(sorted((one for one in told if one), key=lambda one: (-(one.chance or 0), one.promised_at))),
            sum(1 for one in told if one is None),
            len(history.trails),
            hits(pair for day in tried for pair in _trials(courses, trails, odometer, day, days, at)),
            tried,
            unset,
        )


def _unset(odometer: Odometer, until: datetime, told: Sequence[Foretold | None]) -> tuple[int, ...]:
    """Years of the instants that are told, without a calendar of their own."""
    found = [until, *(at for one in told if one for at in (one.usual, one.slow) if at)]
    years = {at.astimezone(WIB).year for at in found}
    return tuple(sorted(year for year in years if not odometer.is_official(year)))


def _courses(store: Store, at: datetime) -> list[_Course]:
    rows = [row for row in store.queues.courses(at - REMEMBERED, MOST_FILES) if row.running or row.stopped_at]
    ids = [row.id for row in rows]
    tasks, promises = defaultdict(list), defaultdict(list)
    for one in store.queues.steps(ids):
        tasks[one.case_id].append(one)
    for one in store.queues.promised(ids):
        promises[one.case_id].append((one.made_at, one.promised_at))
    return [_Course(row, tasks[row.id], promises[row.id]) for row in rows]


def _trails(courses: Sequence[_Course], odometer: Odometer) -> Trails:
    """Of the files that are through."""
    over = (one for one in courses if not one.row.running)
    return [(one.row.stopped_at, found) for one in over if (found := _trail(one, odometer)).steps]


def _known(courses: Sequence[_Course], trails: Trails, odometer: Odometer, at: datetime) -> History:
    """What was finished by then, and what lay."""
    lying = [place for one in courses if one.runs(at) for place in _places(one, odometer, at)]
    return History([trail for stopped, trail in trails if stopped <= at], lying)


def _trail(course: _Course, odometer: Odometer) -> Trail:
    """Time in which the file lay with its applicant is nobody's step: it ends where he acted."""
    last, steps = course.row.started_at, []
    for one in course.tasks:
        if one.closed_at is None or not course.row.started_at < one.closed_at <= course.row.stopped_at:
            continue
        if one.role != APPLICANT:
            steps.append((one.element, _seconds(odometer, last, one.closed_at)))
        last = one.closed_at
    return Trail(course.row.permit, tuple(steps))


def _seconds(odometer: Odometer, a: datetime, b: datetime) -> int:
    return int(odometer.minutes_between(a, b) * 60)


def _outlook(course: _Course, history: History, odometer: Odometer, at: datetime) -> Outlook | None:
    places = _places(course, odometer, at)
    return outlook(course.row.permit, places, history, f"{course.row.id}:{at.astimezone(WIB).date().isoformat()}")


def _places(course: _Course, odometer: Odometer, at: datetime) -> list[Place]:
    return [Place(one.element, _seconds(odometer, one.opened_at, at)) for one in _open(course, at)]


def _open(course: _Course, at: datetime) -> list[Any]:
    """The officials' steps at which the file stood."""
    here = (one for one in course.tasks if one.opened_at <= at and (one.closed_at is None or one.closed_at > at))
    return [one for one in here if one.role != APPLICANT]


def _foretold(
    course: _Course, history: History, odometer: Odometer, at: datetime, permits: Mapping[str, str]
) -> Foretold | None:
    """None for a file that waits for its applicant."""
    row, steps = course.row, _open(course, at)
    if not steps:
        return None
    found = _outlook(course, history, odometer, at)
    known = (row.id, row.number or row.applicant_name, permits.get(row.permit, row.permit))
    named = tuple(one.name for one in steps)
    if found is None:
        return Foretold(*known, named, row.promised_at, None, None, None)
    usual, slow = (after_service(odometer, at, found.at_most(share)) for share in (EVEN, LIKELY))
    return Foretold(*known, named, row.promised_at, found.chance(_seconds(odometer, at, row.promised_at)), usual, slow)


# --- trials on past days


def _past_days(odometer: Odometer, at: datetime, days: int) -> tuple[datetime, ...]:
    """Instants of past working days of which by now everything is known that was foretold."""
    return tuple(working_days_from(odometer, at, -days - back) for back in range(1, DAYS_TRIED + 1))


def _trials(
    courses: Sequence[_Course], trails: Trails, odometer: Odometer, day: datetime, days: int, at: datetime
) -> list[tuple[bool, bool]]:
    """(foretold late, came late) of the files with a promise in the days after `day`, with nothing but what was known
    then."""
    until, history = working_days_from(odometer, day, days), _known(courses, trails, odometer, day)
    due = ((one, one.promised(day)) for one in courses if one.runs(day))
    near = sorted((promised, one.row.id, one) for one, promised in due if promised and day < promised <= until)
    found = []
    for promised, _id, one in near[:TRIED]:
        seen, came = _outlook(one, history, odometer, day), one.late(at)
        if seen is not None and came is not None:
            found.append((seen.chance(_seconds(odometer, day, promised)) >= EVEN, came))
    return found
