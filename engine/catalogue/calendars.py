"""The shape of an installation's first calendar (`calendar.json`): hours, days, years, each with its decree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, TypeAlias

from engine.errors import Finding

Fault: TypeAlias = tuple[str, str, str]  # file, element, sentence
FILE = "calendar.json"
_NO_WINDOWS = "punya jam yang kosong, terbalik, atau bertindihan"


def faults(calendar: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with the calendar's lists; nothing for an absent file, which is told elsewhere."""
    for word in sorted(calendar.keys() - {"weeks", "days", "years"}):
        yield FILE, word[:80], "Kata ini tidak dikenal; yang dikenal: weeks, days, years."
    for name, test in (("weeks", _week), ("days", _day), ("years", _year)):
        rows = calendar.get(name, [])
        if not isinstance(rows, list):
            yield FILE, name, "Harus berupa daftar."
            continue
        for number, row in enumerate(rows, 1):
            sentence = test(row) if isinstance(row, Mapping) else Finding("harus berupa objek")
            if sentence:
                yield FILE, f"{name} {number}", Finding("Baris kalender ini %(sentence)s.", sentence=sentence)


def _basis(row: Mapping[str, Any]) -> str:
    """Its decree, and when the office learned of it: without that day it is known only from the installation on."""
    if not (isinstance(row.get("decree"), str) and row["decree"]):
        return Finding("harus menyebut keputusannya (decree)")
    return "" if _is_instant(row.get("recorded_at")) else Finding("punya recorded_at yang bukan saat dengan zona waktu")


def _week(row: Mapping[str, Any]) -> str:
    hours = row.get("hours")
    if not _is_day(row.get("since")) or not (row.get("until") is None or _is_day(row["until"])):
        return Finding("harus punya tanggal since (dan until)")
    if not isinstance(hours, Mapping) or not set(hours) <= set("0123456"):
        return Finding("harus punya jam per hari, 0 (Senin) sampai 6 (Minggu)")
    return _basis(row) if all(map(_is_windows, hours.values())) else Finding(_NO_WINDOWS)


def _day(row: Mapping[str, Any]) -> str:
    if not _is_day(row.get("since")):
        return Finding("harus punya tanggal since")
    if not _is_windows(row.get("hours")):
        return Finding(_NO_WINDOWS)
    return _basis(row)


def _year(row: Mapping[str, Any]) -> str:
    year = row.get("year")
    return _basis(row) if isinstance(year, int) and 2000 <= year <= 2200 else Finding("harus menyebut tahun")


def _is_instant(value: Any) -> bool:
    if value is None:
        return True
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_windows(value: Any) -> bool:
    """A list of ["07:30", "12:00"] in order and apart; an empty list is a closed day."""
    if not isinstance(value, list):
        return False
    latest = time(0)
    for one in value:
        opens, closes = (_time(text) for text in one) if isinstance(one, list) and len(one) == 2 else (None, None)
        if opens is None or closes is None or not latest <= opens < closes:
            return False
        latest = closes
    return True


def _time(value: Any) -> time | None:
    try:
        return time.fromisoformat(value) if isinstance(value, str) and len(value) == 5 else None
    except ValueError:
        return None
