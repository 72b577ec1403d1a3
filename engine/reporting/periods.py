"""The span a report speaks of: a month, a quarter or a year of the calendar, in WIB."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from engine.clocks import WIB
from engine.errors import Sentence

KINDS: Mapping[str, int] = {"bulanan": 1, "triwulan": 3, "tahunan": 12}  # kind -> months
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
QUARTERS = ("I", "II", "III", "IV")
CODE = re.compile(r"(20[0-9]{2})(?:-(?:(0[1-9]|1[0-2])|T([1-4])))?", re.ASCII)


@dataclass(frozen=True, order=True)
class Period:
    """`since`: its first day; `until`: the day after its last."""

    since: date
    until: date
    kind: str  # "bulanan" | "triwulan" | "tahunan"

    @classmethod
    def of(cls, kind: str, year: int, number: int) -> Period:
        """The month or quarter `number` (from 1) of a year, or as 1 the year itself.

        Raises KeyError, ValueError for what is none.
        """
        months = KINDS[kind]
        first = (number - 1) * months
        return cls(_first_of(year, first), _first_of(year, first + months), kind)

    @classmethod
    def read(cls, code: str) -> Period | None:
        """`2026-07` is a month, `2026-T3` a quarter, `2026` a year; None for anything else."""
        found = CODE.fullmatch(code)
        if found is None:
            return None
        year, month, quarter = found.groups()
        if month:
            return cls.of("bulanan", int(year), int(month))
        return cls.of("triwulan", int(year), int(quarter)) if quarter else cls.of("tahunan", int(year), 1)

    @classmethod
    def around(cls, kind: str, day: date) -> Period:
        """The period of that kind in which a day lies."""
        return cls.of(kind, day.year, (day.month - 1) // KINDS[kind] + 1)

    @property
    def number(self) -> int:
        """Of the month or quarter within its year, from 1; of a year 1."""
        return (self.since.month - 1) // KINDS[self.kind] + 1

    @property
    def code(self) -> str:
        year = str(self.since.year)
        parts = {"bulanan": f"-{self.number:02}", "triwulan": f"-T{self.number}"}
        return year + parts.get(self.kind, "")

    @property
    def label(self) -> Sentence:
        """ "Juli 2026", "Triwulan III 2026" or "Tahun 2026", translatable."""
        if self.kind == "bulanan":
            return Sentence("%(month)s %(year)s", month=MONTHS[self.number - 1], year=self.since.year)
        if self.kind == "tahunan":
            return Sentence("Tahun %(year)s", year=self.since.year)
        return Sentence("Triwulan %(roman)s %(year)s", roman=QUARTERS[self.number - 1], year=self.since.year)

    @property
    def span(self) -> tuple[datetime, datetime]:
        """`[begin, end)` in WIB."""
        return datetime.combine(self.since, time(), WIB), datetime.combine(self.until, time(), WIB)

    def before(self) -> Period:
        """The period of the same kind just before."""
        first = self.since.year * 12 + self.since.month - 1 - KINDS[self.kind]
        return self.of(self.kind, first // 12, first % 12 // KINDS[self.kind] + 1)

    def over(self, at: datetime) -> bool:
        return self.span[1] <= at


def _first_of(year: int, month: int) -> date:
    """`month` counts from 0 and may run into the next year."""
    return date(year + month // 12, month % 12 + 1, 1)
