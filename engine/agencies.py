"""How technical agencies answered what they were asked in a period: exact counts and times."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from engine.reporting.figures import Ranked


@dataclass(frozen=True)
class Request:
    """A recommendation an agency was asked for; `late` None: its step had no term of its own."""

    case: UUID
    number: str
    permit: str
    unit: str
    asked_at: datetime
    answered_at: datetime | None
    late: bool | None


@dataclass(frozen=True)
class Performance:
    """Of one agency: figure -> its requests; `median`, `ninetieth`: working days of those answered in the period."""

    unit: str
    requests: Mapping[str, tuple[Request, ...]]
    median: Fraction | None
    ninetieth: Fraction | None

    def count(self, figure: str) -> int:
        return len(self.requests[figure])

    @property
    def share(self) -> Fraction | None:
        """Answered in time, of those answered that had a term."""
        judged = self.count("tepat") + self.count("terlambat")
        return Fraction(self.count("tepat"), judged) if judged else None

    @property
    def oldest(self) -> Request | None:
        """The one that has been open for longest when the period ends."""
        return min(self.requests["terbuka"], key=lambda one: (one.asked_at, one.number), default=None)


FIGURES = ("diminta", "dijawab", "tepat", "terlambat", "terbuka")


def performances(
    requests: Iterable[Request], begin: datetime, end: datetime, lasted: Callable[[Request], Fraction]
) -> tuple[Performance, ...]:
    """By agency; `lasted`: working days from asking to answering."""
    found: dict[str, list[Request]] = {}
    for one in requests:
        found.setdefault(one.unit, []).append(one)
    return tuple(_performance(unit, found[unit], begin, end, lasted) for unit in sorted(found))


def _performance(
    unit: str, requests: list[Request], begin: datetime, end: datetime, lasted: Callable[[Request], Fraction]
) -> Performance:
    answered = tuple(one for one in requests if one.answered_at is not None and begin <= one.answered_at < end)
    ranked = Ranked(lasted(one) for one in answered)
    parts = {
        "diminta": tuple(one for one in requests if begin <= one.asked_at < end),
        "dijawab": answered,
        "tepat": tuple(one for one in answered if one.late is False),
        "terlambat": tuple(one for one in answered if one.late),
        "terbuka": tuple(one for one in requests if one.answered_at is None or one.answered_at >= end),
    }
    return Performance(unit, parts, ranked.median(), ranked.ninetieth())
