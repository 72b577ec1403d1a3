"""What disturbed the service in a period: declarations of keadaan kahar (Pasal 16), failures of central systems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, Literal
from uuid import UUID

State = Literal["berlaku", "pulih", "dibatalkan"]


@dataclass(frozen=True)
class Paper:
    """A decree or record of a declaration: which act ("DECLARE", "AMEND", "EXTEND", "RECOVER", "REVOKE"), its day."""

    act: str
    number: str
    day: date


@dataclass(frozen=True)
class Rescue:
    """A late file that a decision within the period made timely ("diselamatkan"); instants aware.

    `permit`: code of its permit type.  `late_at`: when it was registered as late, `timely_at`: when the decision was
    established.  `proposer`, `establisher`: of that decision; `handled`: who of the two had worked on the file.
    """

    case: UUID
    number: str
    permit: str
    late_at: datetime
    timely_at: datetime
    decree: str
    proposer: str
    establisher: str
    handled: tuple[str, ...]


@dataclass(frozen=True)
class Declared:
    """A declaration as it stood when this was told; instants aware, `until` None while no end is known.

    `scope`: label of a dimension and the names it is limited to, empty for the whole service.  `papers`: oldest first.
    `minutes`: service minutes of the period that it suspends, for whomever; None when it lies outside the period and
    was only decided upon within it.  `elsewhere`: then the codes of the periods in which it lies.  `rescued`: by
    their numbers; None of what was frozen before reports told of it.
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
    rescued: tuple[Rescue, ...] | None = None
    elsewhere: tuple[str, ...] = ()

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

    @property
    def rescued(self) -> tuple[tuple[str, Rescue], ...]:
        """Every file that was made timely, with the code of its declaration."""
        return tuple((one.code, each) for one in self.declared for each in one.rescued or ())

    def share(self, minutes: Fraction | None) -> Fraction | None:
        """What part of the period's service time some minutes are; None where there is nothing to measure."""
        return None if minutes is None or not self.service else minutes / self.service


@dataclass(frozen=True)
class Touched:
    """Files behind a declaration or a failure, and the working days it took out of their count."""

    cases: int
    hk: Fraction


def disruptions_as_json(found: Disruptions) -> dict[str, Any]:
    """Plain JSON without floats, fractions as "7/2", instants as they are written in UTC."""
    return {
        "service": str(found.service),
        "suspended": str(found.suspended),
        "declared": [declared_as_json(one) for one in found.declared],
        "failures": [failure_as_json(one) for one in found.failures],
    }


def declared_as_json(one: Declared) -> dict[str, Any]:
    """What a declaration does not know of itself is left out: one that was frozen before is written as it was."""
    papers = [{"act": each.act, "number": each.number, "day": each.day.isoformat()} for each in one.papers]
    found = _plain(one) | {"scope": [[label, list(names)] for label, names in one.scope], "papers": papers}
    found["rescued"] = None if one.rescued is None else [_rescue(each) for each in one.rescued]
    found["elsewhere"] = list(one.elsewhere) or None
    return {name: value for name, value in found.items() if value is not None or name not in ("rescued", "elsewhere")}


def _rescue(one: Rescue) -> dict[str, Any]:
    return _plain(one) | {"case": str(one.case), "handled": list(one.handled)}


def failure_as_json(one: Failure) -> dict[str, Any]:
    return _plain(one)


def _plain(one: Declared | Failure | Rescue) -> dict[str, Any]:
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
        tuple(declared_from_json(one) for one in found["declared"]),
        tuple(failure_from_json(one) for one in found["failures"]),
    )


def declared_from_json(one: Mapping[str, Any]) -> Declared:
    """What `declared_as_json` wrote, also before a declaration knew what it rescued."""
    scope = tuple((label, tuple(names)) for label, names in one["scope"])
    papers = tuple(Paper(each["act"], each["number"], date.fromisoformat(each["day"])) for each in one["papers"])
    read: dict[str, Any] = {"scope": scope, "papers": papers, "minutes": _fraction(one["minutes"])}
    if "rescued" in one:
        read["rescued"] = tuple(_read_rescue(each) for each in one["rescued"])
    return Declared(**{**one, **_span(one), **read, "elsewhere": tuple(one.get("elsewhere", ()))})


def _fraction(value: str | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _read_rescue(one: Mapping[str, Any]) -> Rescue:
    instants = {name: datetime.fromisoformat(one[name]) for name in ("late_at", "timely_at")}
    return Rescue(**{**one, **instants, "case": UUID(one["case"]), "handled": tuple(one["handled"])})


def failure_from_json(one: Mapping[str, Any]) -> Failure:
    """What `failure_as_json` wrote."""
    return Failure(**{**one, **_span(one), "minutes": Fraction(one["minutes"])})


def _span(one: Mapping[str, Any]) -> dict[str, datetime | None]:
    return {name: datetime.fromisoformat(one[name]) if one[name] else None for name in ("since", "until")}
