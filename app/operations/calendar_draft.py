"""The holidays of a year that nobody has adopted, as the library `holidays` expects them: a draft, no law."""

from __future__ import annotations

from datetime import date, datetime

from holidays.countries.indonesia import Indonesia

from engine.clocks import DayEntry

SOURCE = "perkiraan"


def _expected(year: int) -> list[tuple[date, str]]:
    found = Indonesia(years=year, language="id", categories=("public", "government"))
    return sorted((day, " / ".join(found.get_list(day))) for day in found)


def drafted(year: int) -> str:
    """Lines of a change to begin with.

    Dates that follow the moon are marked as estimated, and no such line is
    accepted before somebody has compared it with the decree and taken the mark away.
    The last line is the one that adopts the year: without it the days would be closed
    and still no promise could be given in it.
    """
    days = [f"libur;{day:%d/%m/%Y};;;{name.replace(';', ',')}" for day, name in _expected(year)]
    return "\n".join([*days, f"tahun;{year};;;"])


def supposed(year: int, at: datetime) -> tuple[DayEntry, ...]:
    """The same days as closed dates, recorded at `at`: for an estimate, never for a promise."""
    return tuple(DayEntry(day, (), at, SOURCE, name) for day, name in _expected(year))
