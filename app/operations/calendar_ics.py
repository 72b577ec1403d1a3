"""iCalendar read into the lines of a change (`calendar_text`): what other programs call a calendar is a draft here.

Nothing is adopted from a file: its events become lines that a person compares with the decree, with the same
preview and the same second person as lines that were typed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import Any

from icalendar import Calendar, Component, Event, Journal

from app.clock import WIB
from app.operations.calendar_rows import one_line
from app.operations.calendar_text import ESTIMATED, MOST_DAYS, MOST_LINES
from engine.errors import Sentence, SubmissionInvalid

BEGINNING = b"BEGIN:VCALENDAR"
LARGEST = 256 * 1024  # bytes
LONGEST_UID = 60
MOST_TOLD = 10  # faults in one answer
FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_WEEKS = (LAST_YEAR - FIRST_YEAR + 2) * 366  # days: hours by weekday last as long as the calendar
KIND, HOURS = "X-EPZ-JENIS", "X-EPZ-JAM"  # what an exported event says beyond the standard, so that it reads back
NAMELESS = "X-EPZ-TANPA-NAMA"  # of hours without a label: what stands in its place, as long as nobody changes it
CALLED = {"minggu": "Jam layanan", "loket": "Jam loket"}
KINDS = ("libur", "jam", "minggu", "loket")
LASTING = ("minggu", "loket", "tahun")  # of a journal entry: from its date on
BEGINNINGS = (b"BEGIN:VEVENT", b"BEGIN:VJOURNAL")
REPEATING = ("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
NOT_READ = "Berkas ini bukan iCalendar (.ics) yang dapat dibaca"


class _Wrong(Exception):
    """What is wrong with an event, in a sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class _Place:
    """Where an event stands: its number in the file and the line it begins on, both from 1, and its UID."""

    number: int
    line: int
    uid: str


def is_calendar(content: bytes) -> bool:
    """Whether a file says of itself that it is iCalendar."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[: len(BEGINNING)].upper() == BEGINNING


def lines_of(content: bytes) -> str:
    """The lines of a change that the events of a file amount to, one an event, in the file's order.

    Raises SubmissionInvalid at `berkas` with a sentence for every event at fault, with its number, line and UID.
    """
    events = _events(content)
    faults: list[str] = []
    target = StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\n")
    for place, event in events:
        try:
            writer.writerow(_lasting(event) if isinstance(event, Journal) else _cells(event))
        except _Wrong as wrong:
            faults.append(_at(place, wrong.sentence))
    if faults:
        raise SubmissionInvalid({"berkas": _all(faults)})
    return target.getvalue().rstrip("\n")


def _events(content: bytes) -> list[tuple[_Place, Event | Journal]]:
    if len(content) > LARGEST:
        raise SubmissionInvalid({"berkas": Sentence("Berkas iCalendar paling besar %(n)s KB", n=LARGEST // 1024)})
    try:
        found = Calendar.from_ical(content.removeprefix(b"\xef\xbb\xbf")).walk()
    except (ValueError, RecursionError, IndexError, KeyError) as fault:
        raise SubmissionInvalid({"berkas": NOT_READ}) from fault
    events = [(place, one) for place, one in _placed(content, found) if isinstance(one, Event) or KIND in one]
    if not events:
        raise SubmissionInvalid({"berkas": "Berkas iCalendar ini tidak memuat acara"})
    if len(events) > MOST_LINES:
        raise SubmissionInvalid({"berkas": Sentence("Paling banyak %(n)s acara dalam satu berkas", n=MOST_LINES)})
    return events


def _placed(content: bytes, found: Sequence[Component]) -> Iterator[tuple[_Place, Event | Journal]]:
    """Events, and journal entries, which only mean anything here where they are our own."""
    lines = [n for n, line in enumerate(content.splitlines(), 1) if line.strip().upper() in BEGINNINGS]
    number = 0
    for place, one in enumerate(one for one in found if isinstance(one, Event | Journal)):
        number += isinstance(one, Event) or KIND in one
        uid = " ".join(str(one.get("UID", "")).split())[:LONGEST_UID]
        yield _Place(number, lines[place] if place < len(lines) else 0, uid or "–"), one


def _at(place: _Place, sentence: str) -> str:
    told = "Acara %(n)s (baris %(line)s, UID %(uid)s): %(fault)s"
    return Sentence(told, n=place.number, line=place.line, uid=place.uid, fault=sentence)


def _all(faults: list[str]) -> str:
    """One sentence after the other, the first ten, and how many more there are."""
    told = faults[:MOST_TOLD]
    pattern = "; ".join(f"%(f{n})s" for n in range(len(told)))
    more = len(faults) - len(told)
    if more:
        pattern += "; dan %(more)s acara lain"
    return Sentence(pattern, more=more, **{f"f{n}": one for n, one in enumerate(told)})


def _cells(event: Event) -> tuple[str, ...]:
    """One event as the columns of a line."""
    repeated = next((name for name in REPEATING if name in event), None)
    if repeated:
        raise _Wrong(Sentence("acara berulang (%(name)s) tidak dibaca; tulis setiap tanggalnya", name=repeated))
    kind = _kind(event, KINDS)
    first, last = _span(event, LONGEST_WEEKS if kind in CALLED else MOST_DAYS if kind == "libur" else 1)
    until = f"{last:%d/%m/%Y}" if last != first or kind in CALLED else ""
    if _status(event) == "CANCELLED":
        return "biasa", f"{first:%d/%m/%Y}", until, "", _label(event)
    return kind, f"{first:%d/%m/%Y}", until, _one_line(event.get(HOURS, "")), _label(event) + _doubt(event)


def _lasting(entry: Journal) -> tuple[str, ...]:
    """What holds from a date on, as our own export writes it, as the columns of a line."""
    if _status(entry) == "CANCELLED":
        raise _Wrong("yang berlaku seterusnya tidak dibatalkan dengan acara; tulis ketentuan penggantinya")
    kind, first = _kind(entry, LASTING), _within(_day(_value(entry, "DTSTART"), entry, "DTSTART"))
    if kind == "tahun":
        return kind, str(first.year), "", "", ""
    return kind, f"{first:%d/%m/%Y}", "", _one_line(entry.get(HOURS, "")), _label(entry) + _doubt(entry)


def _kind(event: Component, known: Sequence[str]) -> str:
    kind = str(event.get(KIND, "libur")).lower()
    if kind not in known:
        told = "jenis %(kind)s tidak dikenal; yang dikenal: %(known)s"
        raise _Wrong(Sentence(told, kind=kind[:20], known=", ".join(known)))
    return kind


def _status(event: Component) -> str:
    return str(event.get("STATUS", "")).upper()


def _doubt(event: Component) -> str:
    """What the file itself calls tentative is no law until somebody has compared it."""
    return f" {ESTIMATED}" if _status(event) == "TENTATIVE" else ""


def _label(event: Component) -> str:
    found = _one_line(event.get("SUMMARY", ""))
    if found and found == _one_line(event.get(NAMELESS, "")):
        return ""
    if not found:
        raise _Wrong("acara tanpa nama (SUMMARY)")
    return found


def _one_line(value: object) -> str:
    if isinstance(value, list):
        raise _Wrong("satu isian disebut dua kali")
    return one_line(str(value).replace("\x00", ""))


def _span(event: Event, most: int) -> tuple[date, date]:
    """First and last date, both inclusive."""
    first = _within(_day(_value(event, "DTSTART"), event, "DTSTART"))
    last = _within(_after(event, first)) - timedelta(days=1)
    if last < first:
        raise _Wrong("berakhir sebelum mulai")
    if (last - first).days >= most:
        days = (last - first).days + 1
        raise _Wrong(Sentence("berlangsung %(days)s hari; paling banyak %(n)s hari", days=days, n=most))
    return first, last


def _within(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR + 1:
        raise _Wrong(Sentence("tanggal di luar tahun %(a)s sampai %(b)s", a=FIRST_YEAR, b=LAST_YEAR))
    return day


def _value(event: Component, name: str) -> Any:
    if name not in event:
        raise _Wrong(Sentence("%(name)s tidak ada", name=name))
    if isinstance(event[name], list) or any(broken == name for broken, _why in event.errors):
        raise _Wrong(Sentence("%(name)s tidak dapat dibaca", name=name))
    return getattr(event[name], "dt", None)


def _after(event: Event, first: date) -> date:
    """The day after the last one: a date's end is exclusive, and without one an event lasts its day."""
    if "DTEND" in event:
        return _day(_value(event, "DTEND"), event, "DTEND")
    if "DURATION" not in event:
        return first + timedelta(days=1)
    lasting = _value(event, "DURATION")
    if not isinstance(lasting, timedelta) or lasting <= timedelta(0) or lasting % timedelta(days=1):
        raise _Wrong("DURATION bukan hari penuh")
    try:
        return first + lasting
    except OverflowError as fault:
        raise _Wrong("berlangsung di luar kalender") from fault


def _day(value: Any, event: Component, name: str) -> date:
    """A date; an instant only where it is midnight in Jakarta, which other programs write for whole days."""
    if not isinstance(value, datetime):
        if not isinstance(value, date):
            raise _Wrong(Sentence("%(name)s tidak dapat dibaca", name=name))
        return value
    zone = str(event[name].params.get("TZID", "UTC" if value.tzinfo else ""))
    if value.tzinfo is not None and value.utcoffset() != value.replace(tzinfo=WIB).utcoffset():
        raise _Wrong(Sentence("zona waktu %(zone)s bukan WIB; tulis sebagai tanggal", zone=zone[:40]))
    if value.time() != time(0):
        raise _Wrong("acara berjam bukan jam layanan; tulis baris jam;tanggal;;07.30-11.30;keterangan")
    return value.date()
