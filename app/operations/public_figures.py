"""What everybody may know of how the office keeps its promises: shares, never a file, nothing of fewer than five."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from app.operations import counted_facts
from app.operations.clock_views import waited
from app.operations.counted_facts import Progress
from app.operations.report_disruptions import disruptions_of
from app.operations.report_living import choices, usual
from app.operations.report_words import value_of
from app.operations.retrying import retried
from app.operations.service_reports import survey
from app.store import Store, transaction
from engine import access
from engine.reporting import Period, Value
from engine.satisfaction import Index

LEAST = 5  # files behind a figure that is published
PERIODS = 12  # months that can be chosen, and the quarters and years within reach


@dataclass(frozen=True)
class Line:
    """Of a permit, "" for all: decided files, in time by what is counted, days; None where too few were decided."""

    permit: str
    done: int | None
    share: Value
    share_gross: Value
    median: Value
    ninetieth: Value


@dataclass(frozen=True)
class Published:
    """`lines`: all permits first; `kahar`: share of decided files whose time keadaan kahar touched, `only_kahar`: of
    those that were in time for no other reason; `queue`: payments that wait for validation, None for one to four;
    `oldest`: for how long.  `told_at` None: still being counted, see `counting`."""

    period: Period
    periods: tuple[Period, ...]
    told_at: datetime | None
    counting: Progress
    lines: tuple[Line, ...]
    kahar: Value
    only_kahar: Value
    queue: int | None
    oldest: str
    index: Index | None  # None: too few answers
    names: dict[str, str]


def offered(at: datetime) -> tuple[Period, ...]:
    """Periods that are over, so that nothing of today can be guessed from them."""
    return tuple(one for one in choices(at) if one.over(at))[: PERIODS * 3]


@retried
def published(code: str, at: datetime) -> Published:
    """A period that is over, the last month where none of that code is."""
    periods = offered(at)
    period = next((one for one in periods if one.code == code), usual(at))
    found, asks = _published(period, periods, at)
    if asks:
        _ask(period, at)
    return found


def _published(period: Period, periods: tuple[Period, ...], at: datetime) -> tuple[Published, bool]:
    with transaction(snapshot=True) as store:
        asked = counted_facts.asked_of(store, period, at, disruptions_of(store, period, at))
        told, asks = counted_facts.telling(store, asked), counted_facts.must_ask(store, asked, period)
        lines = told.told["figures"] if told else {}
        catalogue = store.deployments.active().catalogue
        names = {one.code: one.name for one in catalogue.permits.values()}
        number, oldest = _queue(store, at)
        index = survey(store, period, at)
        found = Published(
            period,
            periods,
            told.at if told else None,
            counted_facts.progress(store, asked) if told is None else Progress(0, 0),
            tuple(_line(permit, row) for permit, row in lines.items() if not permit or _done(row) >= LEAST),
            _part(lines, "kahar_berkas"),
            _part(lines, "kahar_tepat"),
            number,
            oldest,
            index if index and index.enough else None,
            names,
        )
        return found, asks


def _ask(period: Period, at: datetime) -> None:
    with transaction() as store:
        store.kept_facts.ask(period.code, at)


def _done(row: dict[str, object]) -> int:
    return int(str(row["selesai"]))


def _line(permit: str, row: dict[str, object]) -> Line:
    if _done(row) < LEAST:
        return Line(permit, None, None, None, None, None)
    codes = ("persen_tepat", "persen_tepat_kotor", "median_bersih", "p90_bersih")
    return Line(permit, _done(row), *(value_of(row[code]) for code in codes))


def _part(lines: dict[str, dict[str, object]], code: str) -> Value:
    """The share of decided files; None where too few were decided."""
    row = lines.get("")
    return Fraction(int(str(row[code])), _done(row)) if row is not None and _done(row) >= LEAST else None


def _queue(store: Store, at: datetime) -> tuple[int | None, str]:
    """How many payments wait for validation and how long the oldest; of one to four neither."""
    number, oldest = store.stuck_tasks.queue(access.PROVING)
    if oldest is None or not number:
        return 0, ""
    return (number, waited(oldest, store.calendars.world(), at)) if number >= LEAST else (None, "")
