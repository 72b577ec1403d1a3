"""The lines of a walk: each stretch the count went through, cut by date, and each stop between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Literal

from engine.clocks import calendar_term
from engine.clocks.calendar import DayEntry
from engine.clocks.instants import DAY, MINUTE, day_of, instant, micros, midnight
from engine.clocks.spans import Source, Span, Stretch
from engine.clocks.walk import Begun, stretches, ticks
from engine.clocks.wording import UNITS, date_words, four_decimals, papers, stop_words

ZERO = Fraction(0)
NOTES = re.compile(r"; (?![^()]*(?:\([^()]*\)[^()]*)*\))")  # between notes, not within the brackets of their papers
LineKind = Literal[
    "START", "COUNTED", "CLOSED", "STOPPED", "TERM", "EXTENDED", "MOVED", "ROLLED", "PROMISE", "NO_PROMISE"
]


@dataclass(frozen=True)
class Line:
    """One line: a date or span, the windows counted in it, the amount they add, and what the line rests on.

    `minutes` of `of_minutes` service minutes of that date were counted; `full`:
    whole dates.  `amount` and `total` are in the budget's unit, `withheld` is
    service time that a stop kept out of the count.
    """

    kind: LineKind
    since: datetime
    until: datetime | None
    windows: tuple[tuple[datetime, datetime], ...] = ()
    minutes: Fraction = ZERO
    of_minutes: Fraction = ZERO
    full: bool = False
    amount: Fraction = ZERO
    total: Fraction = ZERO
    withheld: Fraction = ZERO
    note: str = ""
    sources: tuple[Source, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The line with exact fractions as text."""
        return {
            "kind": self.kind,
            "from": self.since.isoformat(),
            "to": None if self.until is None else self.until.isoformat(),
            "windows": [[opens.isoformat(), closes.isoformat()] for opens, closes in self.windows],
            "minutes": str(self.minutes),
            "of_minutes": str(self.of_minutes),
            "amount": str(self.amount),
            "total": str(self.total),
            "withheld": str(self.withheld),
            "note": self.note,
            "sources": [source._asdict() for source in self.sources],
        }


def start_line(known: Begun) -> Line:
    """Where the count begins, and on which budget."""
    sources: tuple[Source, ...] = (known.start.source,)
    if known.version is not None:
        sources += (Source("BUDGET", f"{known.version.valid_from}", known.version.source),)
    at = instant(known.start.at)
    unit = known.odometer.unit
    hours = f"; menurut jam {unit.lower()}" if unit else ""
    return Line("START", at, at, note=f"mulai{papers(sources)}; jangka waktu {known.budget}{hours}", sources=sources)


def counted_lines(known: Begun) -> list[Line]:
    """The walk of a clock in service time, from the start to the last counted instant or to where it is blocked."""
    counted, due = stretches(known, ticks(known))
    lines: list[Line] = []
    for begin, end in counted:
        lines += _merged(_dates(known, begin, end))
        stop = next((s for s in known.united if s[0] == end and (due.at is None or end < due.at)), None)
        lines += [] if stop is None else [_stopped(known, stop)]
    return lines if due.at is None else _exact(known, lines)


def _exact(known: Begun, lines: list[Line]) -> list[Line]:
    """The last counted line gets what was missing: an instant is a whole second, an amount is exact."""
    last = max(number for number, line in enumerate(lines) if line.kind == "COUNTED")
    before = sum((line.amount for line in lines[:last]), ZERO)
    amount = known.budget.amount - before
    minutes = amount if known.budget.unit == "minutes" else amount * lines[last].of_minutes
    note = lines[last].note or f"kuota habis pukul {instant(micros(lines[last].windows[-1][1])):%H.%M}"
    whole = lines[last].full
    lines[last] = replace(lines[last], amount=amount, minutes=lines[last].minutes if whole else minutes, note=note)
    return lines


def _dates(known: Begun, begin: int, end: int) -> Iterator[Line]:
    """A line a date: counted, or closed; a date whose service lies outside the stretch has none."""
    day = day_of(begin)
    while midnight(day) < end:
        windows = known.odometer.windows(day)
        cut = [(max(o, instant(begin)), min(c, instant(end))) for o, c in windows]
        inside = tuple((o, c) for o, c in cut if o < c)
        if inside:
            yield _counted(known, day, inside, inside == windows)
        elif not windows:
            yield _closed(known, day)
        day += timedelta(days=1)


def _counted(known: Begun, day: date, windows: tuple[tuple[datetime, datetime], ...], full: bool) -> Line:
    minutes = sum((Fraction(micros(c) - micros(o), MINUTE) for o, c in windows), ZERO)
    of_minutes = known.odometer.weighing_minutes(day)
    amount = minutes / of_minutes if known.budget.unit == "hk" else minutes
    return Line(
        "COUNTED",
        windows[0][0],
        windows[-1][1],
        windows,
        minutes,
        of_minutes,
        full,
        amount,
        note=_special(known, day),
        sources=_calendar(known, day),
    )


def _special(known: Begun, day: date) -> str:
    """What is special about an open date: a half day or other exception."""
    entry = known.odometer.exception(day)
    return "" if entry is None else f"{entry.label or 'jam khusus'}{papers(_calendar(known, day))}"


def _closed(known: Begun, day: date) -> Line:
    entry = known.odometer.exception(day)
    sources = _calendar(known, day) if entry else ()
    note = _closed_words(entry, day) + papers(sources)
    since = instant(midnight(day))
    return Line("CLOSED", since, since + timedelta(days=1), note=note, sources=sources)


def _closed_words(entry: DayEntry | None, day: date) -> str:
    if entry is not None:
        return entry.label or "libur"
    return "akhir pekan" if day.weekday() >= 5 else "tidak ada jam layanan"


def _calendar(known: Begun, day: date) -> tuple[Source, ...]:
    entry = known.odometer.entry(day)
    if entry is None:
        return ()
    if isinstance(entry, DayEntry):
        return (Source("CALENDAR", f"DAY {entry.day}", entry.source),)
    return (Source("CALENDAR", f"WEEK {entry.since} {entry.unit}".strip(), entry.source),)


def _merged(lines: Iterable[Line]) -> list[Line]:
    """Neighbouring whole dates of the same hours become one line, and so do neighbouring closed dates."""
    merged: list[Line] = []
    for line in lines:
        if merged and _alike(merged[-1], line):
            merged[-1] = _joined(merged[-1], line)
        else:
            merged.append(line)
    return merged


def _alike(one: Line, other: Line) -> bool:
    if one.kind == other.kind == "CLOSED":
        return True
    whole = one.full and other.full and one.kind == other.kind
    neighbours = other.since.date().toordinal() - instant(micros(one.until or one.since) - 1).date().toordinal() == 1
    return whole and neighbours and one.sources == other.sources and one.note == other.note


def _joined(one: Line, other: Line) -> Line:
    notes = "; ".join(dict.fromkeys(note for note in (*NOTES.split(one.note), *NOTES.split(other.note)) if note))
    return replace(
        one,
        until=other.until,
        windows=one.windows + other.windows,
        minutes=one.minutes + other.minutes,
        of_minutes=one.of_minutes + other.of_minutes,
        amount=one.amount + other.amount,
        note=notes,
        sources=tuple(dict.fromkeys(one.sources + other.sources)),
    )


def _stopped(known: Begun, stop: Stretch) -> Line:
    """One line for united stops: everything that stood still then, counted once."""
    begin, end = stop
    within = [s for s in known.stops if (end is None or s.begin < end) and (s.end is None or s.end > begin)]
    withheld = _withheld(known, begin, end)
    overlap = sum(_withheld(known, s.begin, s.end) for s in within) > withheld and end is not None
    sources = tuple(dict.fromkeys(source for s in within for source in s.sources))
    unit = UNITS[known.budget.unit if known.budget.in_service_time else "days"]
    words = "seluruhnya" if end is None else f"{four_decimals(withheld)} {unit}"
    return Line(
        "STOPPED",
        instant(begin),
        None if end is None else instant(end),
        withheld=withheld,
        note=stop_words(_in_order(within), words, overlap),
        sources=sources,
    )


def _in_order(stops: list[Span]) -> list[Span]:
    return sorted(stops, key=lambda stop: (stop.begin, stop.cause))


def _withheld(known: Begun, begin: int, end: int | None) -> Fraction:
    if end is None:
        return ZERO
    if not known.budget.in_service_time:
        return Fraction(end - begin, MINUTE * 1440)
    until, since = known.table.reading(end), known.table.reading(begin)
    if known.budget.unit == "hk":
        return Fraction(until.hk - since.hk, known.odometer.scale)
    return Fraction(until.work - since.work, MINUTE)


def term_lines(known: Begun) -> list[Line]:
    """A term in calendar days or months: its last day, what prolonged it, and the move to a service day."""
    nominal = calendar_term.after(day_of(known.start.at), known.budget)
    begin, end = instant(known.start.at), instant(midnight(nominal + timedelta(days=1)))
    words = (
        f"{known.budget} kalender, hari mulai tidak dihitung; hari terakhir {date_words(instant(midnight(nominal)))}"
    )
    last = calendar_term.last_day(known)
    term = Line("TERM", begin, end, amount=known.budget.amount if last else ZERO, note=words)
    reach = None if last is None else last.end
    stops = [_stopped(known, s) for s in known.united if reach is None or s[0] < reach]
    return [term, *stops, *_moved(known, last)]


def _moved(known: Begun, last: calendar_term.LastDay | None) -> Iterator[Line]:
    if last is None:
        return
    end = instant(last.end)
    if last.prolonged:
        day = instant(last.end - DAY)
        yield Line("TERM", day, end, note=f"diperpanjang {last.prolonged} hari: berakhir {date_words(day)}")
    due = calendar_term.due(known)
    if due.day_end is not None and due.day_end > last.end:
        yield Line("TERM", end, instant(due.day_end), note="hari terakhir tutup: bergeser ke hari layanan berikutnya")
