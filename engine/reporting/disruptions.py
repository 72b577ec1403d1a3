"""What disturbed the service in a period: declarations of keadaan kahar (Pasal 16), failures of central systems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, Literal

from engine.reporting.facts import CaseFacts
from engine.reporting.services import ALL

State = Literal["berlaku", "pulih", "dibatalkan"]


@dataclass(frozen=True)
class Paper:
    """A decree or record of a declaration: which act ("DECLARE", "AMEND", "EXTEND", "RECOVER", "REVOKE"), its day."""

    act: str
    number: str
    day: date


@dataclass(frozen=True)
class Declared:
    """A declaration as it stood when this was told; instants aware, `until` None while no end is known.

    `scope`: label of a dimension and the names it is limited to, empty for the whole service.  `papers`: oldest first.
    `minutes`: service minutes of the period that it suspends, for whomever; None when it lies outside the period and
    was only decided upon within it.
    """

    code: str
    event_kind: str
    event: str
    effect: str
    scope: tuple[tuple[str, tuple[str, ...]], ...]
    since: datetime
    until: datetime | None
    proposer: str
    establisher: str
    state: State
    papers: tuple[Paper, ...]
    minutes: Fraction | None

    @property
    def paper(self) -> Paper:
        """The decree that declared it."""
        return self.papers[0]

    @property
    def recovered(self) -> Paper | None:
        """The last record of recovery (Berita Acara Pemulihan); None where a correction took its end away again."""
        return (
            None if self.until is None else next((one for one in reversed(self.papers) if one.act == "RECOVER"), None)
        )


@dataclass(frozen=True)
class Failure:
    """A failure of a central system; `minutes`: service minutes of the period in which it lasted."""

    code: str
    system: str
    cause: str
    since: datetime
    until: datetime | None
    minutes: Fraction


@dataclass(frozen=True)
class Disruptions:
    """`service`: service minutes of the whole period by the office's calendar; `suspended`: those that declarations
    suspend for whomever, overlaps counted once."""

    service: Fraction
    suspended: Fraction
    declared: tuple[Declared, ...]
    failures: tuple[Failure, ...]

    @property
    def measured(self) -> tuple[object, ...]:
        """What two tellings are compared by: names, which a release may change, are left out."""
        declared = ((one.code, one.papers, one.since, one.until, one.minutes) for one in self.declared)
        failures = ((one.code, one.since, one.until, one.minutes) for one in self.failures)
        return self.service, self.suspended, tuple(declared), tuple(failures)

    def share(self, minutes: Fraction | None) -> Fraction | None:
        """What part of the period's service time some minutes are; None where there is nothing to measure."""
        return None if minutes is None or not self.service else minutes / self.service


@dataclass(frozen=True)
class Touched:
    """Files behind a declaration or a failure, and the working days it took out of their count."""

    cases: int
    hk: Fraction


def touched(facts: Iterable[CaseFacts], code: str = ALL) -> Touched:
    """Files whose count a declaration stopped within the period; ALL: any of them, overlaps counted once."""
    found = [one.stopped[code] for one in facts if code in one.stopped]
    return Touched(len(found), sum(found, Fraction(0)))


def met(facts: Iterable[CaseFacts], code: str) -> int:
    """Files that were under way during a failure."""
    return sum(code in one.met for one in facts)


def disruptions_as_json(found: Disruptions) -> dict[str, Any]:
    """Plain JSON without floats, fractions as "7/2", instants as they are written in UTC."""
    return {
        "service": str(found.service),
        "suspended": str(found.suspended),
        "declared": [_declared(one) for one in found.declared],
        "failures": [_plain(one) for one in found.failures],
    }


def _declared(one: Declared) -> dict[str, Any]:
    papers = [{"act": each.act, "number": each.number, "day": each.day.isoformat()} for each in one.papers]
    return _plain(one) | {"scope": [[label, list(names)] for label, names in one.scope], "papers": papers}


def _plain(one: Declared | Failure) -> dict[str, Any]:
    return {name: _written(value) for name, value in vars(one).items()}


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, Fraction) else value


def disruptions_from_json(found: Mapping[str, Any]) -> Disruptions:
    """What `disruptions_as_json` wrote."""
    return Disruptions(
        Fraction(found["service"]),
        Fraction(found["suspended"]),
        tuple(_read_declared(one) for one in found["declared"]),
        tuple(Failure(**{**one, **_span(one), "minutes": Fraction(one["minutes"])}) for one in found["failures"]),
    )


def _read_declared(one: Mapping[str, Any]) -> Declared:
    scope = tuple((label, tuple(names)) for label, names in one["scope"])
    papers = tuple(Paper(each["act"], each["number"], date.fromisoformat(each["day"])) for each in one["papers"])
    minutes = None if one["minutes"] is None else Fraction(one["minutes"])
    return Declared(**{**one, **_span(one), "scope": scope, "papers": papers, "minutes": minutes})


def _span(one: Mapping[str, Any]) -> dict[str, datetime | None]:
    return {name: datetime.fromisoformat(one[name]) if one[name] else None for name in ("since", "until")}
