"""How technical agencies answered what they were asked in a period: exact counts and times."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
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
    """Of one agency: how many requests stand behind each figure, working days of those answered in the period.

    `oldest`: the request that has been open for longest when the period ends, `waited`: for how many working days.
    """

    unit: str
    counts: Mapping[str, int]
    median: Fraction | None
    ninetieth: Fraction | None
    oldest: Request | None = None
    waited: Fraction | None = None

    def count(self, figure: str) -> int:
        return self.counts.get(figure, 0)

    @property
    def share(self) -> Fraction | None:
        """Answered in time, of those answered that had a term."""
        judged = self.count("tepat") + self.count("terlambat")
        return Fraction(self.count("tepat"), judged) if judged else None


def _asked(one: Request, begin: datetime, end: datetime) -> bool:
    return begin <= one.asked_at < end


def _answered(one: Request, begin: datetime, end: datetime) -> bool:
    return one.answered_at is not None and begin <= one.answered_at < end


def _open(one: Request, begin: datetime, end: datetime) -> bool:
    return one.answered_at is None or one.answered_at >= end


# Whether a request stands behind a figure of a period.
FIGURES: Mapping[str, Callable[[Request, datetime, datetime], bool]] = {
    "diminta": _asked,
    "dijawab": _answered,
    "tepat": lambda one, begin, end: _answered(one, begin, end) and one.late is False,
    "terlambat": lambda one, begin, end: _answered(one, begin, end) and one.late is True,
    "terbuka": _open,
}


def behind(requests: Iterable[Request], figure: str, begin: datetime, end: datetime) -> list[Request]:
    """The requests behind a figure of a period."""
    return [one for one in requests if FIGURES[figure](one, begin, end)]


def performances(
    requests: Iterable[Request],
    begin: datetime,
    end: datetime,
    days: Callable[[datetime, datetime], Fraction],
    seen: datetime,
) -> tuple[Performance, ...]:
    """By agency; `days`: working days from one instant to another, `seen`: until when an open request has waited."""
    found: dict[str, list[Request]] = {}
    for one in requests:
        found.setdefault(one.unit, []).append(one)
    return tuple(_performance(unit, found[unit], (begin, end), days, seen) for unit in sorted(found))


def _performance(
    unit: str,
    requests: list[Request],
    span: tuple[datetime, datetime],
    days: Callable[[datetime, datetime], Fraction],
    seen: datetime,
) -> Performance:
    ranked = Ranked(days(one.asked_at, one.answered_at or seen) for one in behind(requests, "dijawab", *span))
    counts = {figure: len(behind(requests, figure, *span)) for figure in FIGURES}
    oldest = min(behind(requests, "terbuka", *span), key=lambda one: (one.asked_at, one.number), default=None)
    waited = days(oldest.asked_at, seen) if oldest else None
    return Performance(unit, counts, ranked.median(), ranked.ninetieth(), oldest, waited)


def performance_as_json(one: Performance) -> dict[str, Any]:
    """Plain JSON without floats, fractions as "7/2"."""
    numbers = {name: _plain(getattr(one, name)) for name in ("median", "ninetieth", "waited")}
    return {"unit": one.unit, "counts": dict(one.counts), **numbers, "oldest": _request(one.oldest)}


def _plain(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _request(one: Request | None) -> dict[str, Any] | None:
    if one is None:
        return None
    answered = one.answered_at.isoformat() if one.answered_at else None
    plain = {"case": str(one.case), "asked_at": one.asked_at.isoformat(), "answered_at": answered}
    return {"number": one.number, "permit": one.permit, "unit": one.unit, "late": one.late, **plain}


def performance_from_json(found: Mapping[str, Any]) -> Performance:
    """What `performance_as_json` wrote."""
    numbers = {name: _fraction(found[name]) for name in ("median", "ninetieth", "waited")}
    oldest = _read_request(found["oldest"]) if found["oldest"] else None
    return Performance(
        found["unit"], found["counts"], numbers["median"], numbers["ninetieth"], oldest, numbers["waited"]
    )


def _fraction(value: str | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _read_request(found: Mapping[str, Any]) -> Request:
    answered = datetime.fromisoformat(found["answered_at"]) if found["answered_at"] else None
    asked = datetime.fromisoformat(found["asked_at"])
    return Request(UUID(found["case"]), found["number"], found["permit"], found["unit"], asked, answered, found["late"])
