"""A calendar change as lines of text, one entry a line: typed in the form, read from a CSV, written to one.

`kind;date;until;hours;label`, dates as 17/08/2026, hours as 07.30-12.00, 13.00-16.00:

    libur;17/08/2026;;;Hari Kemerdekaan           closed (until another date: every day to it)
    jam;24/12/2026;;07.30-11.30;Setengah hari     a half day, or a Saturday worked
    biasa;05/10/2026;;;Libur dibatalkan           the exception is withdrawn
    minggu;08/02/2027;09/03/2027;Sen-Kam 08.00-12.00, 12.30-15.00 | Jum 08.00-11.30, 12.30-15.30;Ramadan
    tahun;2027;;;                                 the list of holidays of that year is adopted
    loket;04/01/2027;;Sen-Kam 08.00-15.00;Loket   when the counter receives people; its own steps are counted by it
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from app.operations.calendar_once import Placed, contradictions
from app.operations.calendar_rows import Row, rows
from engine.catalogue import channels
from engine.clocks import DayEntry, Entry, WeekEntry, YearEntry
from engine.clocks.calendar import Hours, Unfit
from engine.clocks.instants import FIRST_YEAR, LAST_YEAR
from engine.errors import Sentence, SubmissionInvalid
from engine.forms.values import Unreadable, date_of

DAYS = ("sen", "sel", "rab", "kam", "jum", "sab", "min")
DAY_NAMES = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MOST_LINES = 400
MOST_DAYS = 62  # of one line of holidays
MOST_YEARS = 10  # of hours with an end: a longer span is a slip of the pen, or hours that have none
ESTIMATED = "(perkiraan)"
_WINDOW = re.compile(r"(\d{1,2})[.:](\d{2})\s*[-–]\s*(\d{1,2})[.:](\d{2})", re.ASCII)
_SPAN = re.compile(r"([a-z]{3})[a-z]*(?:\s*[-–]\s*([a-z]{3})[a-z]*)?\s+(.+)", re.ASCII | re.DOTALL)


@dataclass(frozen=True)
class CounterHours:
    """Hours in which a unit that faces the public receives people, and in which the clocks of its work are counted."""

    week: WeekEntry
    unit: str = channels.COUNTER


class _Wrong(Exception):
    """What is wrong with a line, in a sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class _Line:
    """One line as its columns, with the decree and instant its entries are recorded under."""

    cells: Sequence[str]
    decree: str
    at: datetime

    @property
    def label(self) -> str:
        return self.cells[4]


def entries_of(text: str, decree: str, at: datetime) -> tuple[Entry, ...]:
    """Those entries of a change that every clock counts by; raises as `read`."""
    return read(text, decree, at)[0]


def own_hours(text: str, decree: str, at: datetime) -> tuple[WeekEntry, ...]:
    """The hours of units that a change tells, each naming its unit; raises as `read`."""
    return tuple(replace(one.week, unit=one.unit) for one in read(text, decree, at)[1])


def read(text: str, decree: str, at: datetime) -> tuple[tuple[Entry, ...], tuple[CounterHours, ...]]:
    """The entries of a change, and the counter's hours it tells.

    Raises SubmissionInvalid at `baris`, with the number of every line at fault.
    """
    counted, received = numbered(text, decree, at)
    return tuple(one for _line, one in counted), tuple(CounterHours(one) for _line, one in received)


def numbered(text: str, decree: str, at: datetime) -> tuple[list[Placed], list[tuple[int, WeekEntry]]]:
    """As `read`, each entry with the number of its line, from 1."""
    lines = list(rows(text))
    if not lines:
        raise SubmissionInvalid({"baris": "Tulis paling sedikit satu baris perubahan"})
    if len(lines) > MOST_LINES:
        raise SubmissionInvalid({"baris": Sentence("Paling banyak %(n)s baris dalam satu perubahan", n=MOST_LINES)})
    counted: list[Placed] = []
    received: list[tuple[int, WeekEntry]] = []
    faults: list[str] = []
    for row in lines:
        try:
            for one in _read(row, decree, at):
                if isinstance(one, CounterHours):
                    received.append((row.number, one.week))
                else:
                    counted.append((row.number, one))
        except SubmissionInvalid as invalid:
            faults += invalid.errors.values()
    faults += contradictions(counted, received)
    if faults:
        raise SubmissionInvalid({"baris": _all(faults)})
    return counted, received


def each(text: str, at: datetime) -> list[tuple[Row, tuple[Entry | CounterHours, ...]]]:
    """Every line that says something, and what it says: nothing where it cannot be read."""
    return [(row, _said(row, at)) for row in rows(text)]


def _said(row: Row, at: datetime) -> tuple[Entry | CounterHours, ...]:
    try:
        return tuple(_read(row, "", at))
    except SubmissionInvalid:
        return ()


def _all(faults: Sequence[str]) -> str:
    """One sentence after the other, the first ten."""
    if len(faults) == 1:
        return faults[0]
    return Sentence(
        "; ".join(f"%(f{n})s" for n in range(len(faults[:10]))), **{f"f{n}": one for n, one in enumerate(faults[:10])}
    )


def _read(row: Row, decree: str, at: datetime) -> Iterable[Entry | CounterHours]:
    kind = row.cells[0].lower()
    if row.fault:
        raise _at(row.number, row.fault)
    if kind not in KINDS:
        told = Sentence("Baris %(n)s: jenis harus libur, jam, biasa, minggu, tahun, atau loket", n=row.number)
        raise SubmissionInvalid({"baris": told})
    try:
        return KINDS[kind](_Line(row.cells, decree, at))
    except _Wrong as fault:
        raise _at(row.number, fault.sentence) from fault
    except Unfit as fault:  # what the calendar itself refuses
        raise _at(row.number, Sentence(fault.pattern, **fault.values)) from fault


def _at(number: int, sentence: str) -> SubmissionInvalid:
    return SubmissionInvalid({"baris": Sentence("Baris %(n)s: %(fault)s", n=number, fault=sentence)})


def _date(text: str, otherwise: date | None = None) -> date:
    if not text and otherwise is not None:
        return otherwise
    try:
        day = date_of(text)
    except Unreadable as fault:
        raise _Wrong(fault.sentence) from fault
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _Wrong(Sentence("tanggal di luar tahun %(a)s sampai %(b)s", a=FIRST_YEAR, b=LAST_YEAR))
    return day


def _closed(line: _Line) -> list[Entry]:
    first = _date(line.cells[1])
    last = _date(line.cells[2], first)
    if not timedelta(0) <= last - first < timedelta(days=MOST_DAYS):
        raise _Wrong(Sentence("libur paling banyak %(n)s hari berturut-turut, dan berakhir sesudah mulai", n=MOST_DAYS))
    if not line.label:
        raise _Wrong("sebutkan nama liburnya")
    if ESTIMATED in line.label.lower():
        raise _Wrong("masih perkiraan; cocokkan dengan keputusannya, lalu hapus tandanya")
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [DayEntry(day, (), line.at, line.decree, line.label) for day in days]


def _special(line: _Line) -> list[Entry]:
    hours = _windows(line.cells[3])
    return [DayEntry(_date(line.cells[1]), hours, line.at, line.decree, line.label or "jam khusus")]


def _usual(line: _Line) -> list[Entry]:
    return [DayEntry(_date(line.cells[1]), None, line.at, line.decree, line.label)]


def _week(line: _Line) -> list[Entry]:
    return [_hours_of_week(line)]


def _counter(line: _Line) -> list[CounterHours]:
    return [CounterHours(_hours_of_week(line))]


def _hours_of_week(line: _Line) -> WeekEntry:
    since, until = _lasting(line)
    hours: dict[int, Hours] = {}
    for part in line.cells[3].lower().split("|"):
        said = _days(part.strip())
        for day in said.keys() & hours.keys():
            raise _Wrong(Sentence("%(day)s disebut dua kali; tulis jam sehari dipisahkan koma", day=DAY_NAMES[day]))
        hours |= said
    if not hours:
        raise _Wrong("sebutkan jam per hari, misalnya Sen-Kam 08.00-12.00, 12.30-15.00 | Jum 08.00-11.30")
    return WeekEntry(since, until, hours, line.at, _named(line))


def _lasting(line: _Line) -> tuple[date, date | None]:
    """From when to when hours hold."""
    since, until = _date(line.cells[1]), _date(line.cells[2]) if line.cells[2] else None
    if until is not None and (until.year - MOST_YEARS, until.month, until.day) >= (since.year, since.month, since.day):
        raise _Wrong(Sentence("jam berlaku paling lama %(n)s tahun; kosongkan sampai bila tanpa akhir", n=MOST_YEARS))
    return since, until


def _named(line: _Line) -> str:
    """A week has no label of its own: what it is called stands with its decree."""
    return f"{line.label}: {line.decree}" if line.label else line.decree


def _days(part: str) -> dict[int, Hours]:
    found = _SPAN.fullmatch(part)
    names = [found[1], found[2] or found[1]] if found else []
    if found is None or any(one not in DAYS for one in names):
        raise _Wrong("hari ditulis Sen, Sel, Rab, Kam, Jum, Sab, Min, lalu jamnya")
    first, last = (DAYS.index(one) for one in names)
    if last < first:
        raise _Wrong("urutan hari terbalik")
    return dict.fromkeys(range(first, last + 1), _windows(found[3]))


def _windows(text: str) -> Hours:
    parts = [one.strip() for one in text.split(",") if one.strip()]
    found = [_WINDOW.fullmatch(one) for one in parts]
    if not parts or None in found:
        raise _Wrong("jam ditulis 07.30-12.00, 13.00-16.00")
    return tuple((_time(one[1], one[2]), _time(one[3], one[4])) for one in found if one)


def _time(hour: str, minute: str) -> time:
    if (hour, minute) == ("24", "00"):
        return time(0)
    try:
        return time(int(hour), int(minute))
    except ValueError as fault:
        raise _Wrong("jam ditulis 07.30-12.00, 13.00-16.00") from fault


def _year(line: _Line) -> list[Entry]:
    text = line.cells[1]
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise _Wrong("tahun ditulis empat angka, misalnya 2027")
    return [YearEntry(int(text), line.at, line.decree)]


KINDS: dict[str, Callable[[_Line], list[Entry] | list[CounterHours]]] = {
    "libur": _closed,
    "jam": _special,
    "biasa": _usual,
    "minggu": _week,
    "tahun": _year,
    "loket": _counter,
}
