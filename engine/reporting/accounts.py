"""What a period's report tells of disruptions, item by item with its counts, and what of it is known otherwise later.

A declaration that is decided when its period was reported already, one that was corrected, ended or cancelled since,
and a failure that was recorded late or withdrawn: each is told anew by the next report, beside what was told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from engine.reporting.disruptions import (
    Declared,
    Disruptions,
    Failure,
    declared_as_json,
    declared_from_json,
    failure_as_json,
    failure_from_json,
)
from engine.reporting.services import ALL
from engine.reporting.sums import NOTHING, Sums

How = Literal["baru", "ditarik", "dibatalkan", "berakhir", "dikoreksi", "dihitung ulang"]


@dataclass(frozen=True)
class Standing:
    """A declaration or a failure with its counts in a period.

    `cases`: files it stopped, or that were under way during a failure; `hk`: working days it took out of their count.
    None where it has none: a declaration outside of the period has neither, a failure never stops a day.
    """

    of: Declared | Failure
    cases: int | None
    hk: Fraction | None

    @property
    def measured(self) -> tuple[object, ...]:
        """What two tellings are compared by; of one that is only mentioned nothing but the files it rescued."""
        one = self.of
        if isinstance(one, Failure):
            return one.since, one.until, one.minutes, self.cases
        rescued = frozenset(each.case for each in one.rescued or ())
        if one.minutes is None:
            return (rescued,)
        said = one.event_kind, one.effect, one.since, one.until, one.state == "dibatalkan"
        return (*said, one.minutes, self.cases, self.hk, rescued)


@dataclass(frozen=True)
class Whole:
    """A period's service minutes, those suspended for whomever, and what all declarations together stopped."""

    service: Fraction
    suspended: Fraction
    cases: int
    hk: Fraction

    def share(self, minutes: Fraction | None) -> Fraction | None:
        """What part of the service time some minutes are; None where there is nothing to measure."""
        return None if minutes is None or not self.service else minutes / self.service


@dataclass(frozen=True)
class Account:
    """`whole` None: the report told of no disruptions at all; `standings`: by code."""

    whole: Whole | None
    standings: Mapping[str, Standing]


@dataclass(frozen=True)
class Retold:
    """One declaration or failure as it was told and as it is known now; None: not told, or no longer known."""

    code: str
    before: Standing | None
    after: Standing | None

    @property
    def of(self) -> Declared | Failure:
        known = self.after or self.before
        assert known is not None  # one of the two is always there
        return known.of

    @property
    def how(self) -> How:
        """In one word what happened to it since it was told."""
        if self.before is None:
            return "baru"
        return "ditarik" if self.after is None else _how(self.before.of, self.after.of)


def _how(old: Declared | Failure, new: Declared | Failure) -> How:
    if _cancelled(new) and not _cancelled(old):
        return "dibatalkan"
    if old.until is None and new.until is not None:
        return "berakhir"
    return "dihitung ulang" if _said(old) == _said(new) else "dikoreksi"


def _cancelled(one: Declared | Failure) -> bool:
    return isinstance(one, Declared) and one.state == "dibatalkan"


def _said(one: Declared | Failure) -> tuple[object, ...]:
    """Without what is counted."""
    kinds = (one.event_kind, one.effect) if isinstance(one, Declared) else ()
    return (one.since, one.until, *kinds)


@dataclass(frozen=True)
class Anew:
    """What a later report tells anew of a period's disruptions; `before` None: nothing of them was told.

    `changes`: by code; they may be none where only the whole is measured otherwise, as after a change of calendar.
    """

    before: Whole | None
    after: Whole
    changes: tuple[Retold, ...]

    def tells(self, code: str) -> bool:
        """Whether it is about a declaration or a failure."""
        return any(one.code == code for one in self.changes)


def account(found: Disruptions | None, counts: Sums) -> Account:
    """What a report tells; `counts`: of the files of its period, as it has them."""
    if found is None:
        return Account(None, {})
    every = counts.touched.get(ALL, NOTHING)
    standings = (
        *(_declared(one, counts) for one in found.declared),
        *(Standing(one, counts.met.get(one.code, 0), None) for one in found.failures),
    )
    whole = Whole(found.service, found.suspended, every.cases, every.hk)
    return Account(whole, {one.of.code: one for one in standings})


def _declared(one: Declared, counts: Sums) -> Standing:
    if one.minutes is None:
        return Standing(one, None, None)
    found = counts.touched.get(one.code, NOTHING)
    return Standing(one, found.cases, found.hk)


def anew(told: Account, known: Account) -> Anew | None:
    """What must be told anew; None when all was told as it is known."""
    assert known.whole is not None  # what is known now is always measured
    changes = tuple(_changes(told, known))
    if not changes and not _measured_otherwise(told, known):
        return None
    return Anew(told.whole, known.whole, changes)


def _changes(told: Account, known: Account) -> Iterator[Retold]:
    for code in sorted(told.standings.keys() | known.standings.keys()):
        old, new = told.standings.get(code), known.standings.get(code)
        if _measured(old) != _measured(new):
            yield Retold(code, old, new)


def _measured(one: Standing | None) -> tuple[object, ...] | None:
    """A mention without figures and without a rescued file is as good as none."""
    if one is None or one.measured == (frozenset(),):
        return None
    return one.measured


def _measured_otherwise(told: Account, known: Account) -> bool:
    """Whether shares that were told are otherwise; where nothing was or is declared there are none."""
    counted = (one.of for one in (*told.standings.values(), *known.standings.values()))
    declared = any(isinstance(one, Declared) and one.minutes is not None for one in counted)
    return declared and told.whole is not None and told.whole != known.whole


def told_with(told: Account, found: Anew) -> Account:
    """What is told once the correction is told as well."""
    standings = dict(told.standings)
    for one in found.changes:
        standings.pop(one.code, None)
        if one.after is not None:
            standings[one.code] = one.after
    return Account(found.after, standings)


def anew_as_json(found: Anew) -> dict[str, Any]:
    """Plain JSON without floats, as `disruptions_as_json` writes it."""
    changes = [
        {"code": one.code, "before": _standing(one.before), "after": _standing(one.after)} for one in found.changes
    ]
    return {"before": _whole(found.before), "after": _whole(found.after), "changes": changes}


def _whole(one: Whole | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "service": str(one.service), "suspended": str(one.suspended), "cases": one.cases, "hk": str(one.hk)
    }  # fmt: skip


def _standing(one: Standing | None) -> dict[str, Any] | None:
    if one is None:
        return None
    if isinstance(one.of, Failure):
        return {"failure": failure_as_json(one.of), "cases": one.cases}
    return {
        "declared": declared_as_json(one.of), "cases": one.cases, "hk": None if one.hk is None else str(one.hk)
    }  # fmt: skip


def anew_from_json(found: Mapping[str, Any]) -> Anew:
    """What `anew_as_json` wrote."""
    after = _read_whole(found["after"])
    assert after is not None  # as written
    changes = (
        Retold(one["code"], _read_standing(one["before"]), _read_standing(one["after"])) for one in found["changes"]
    )
    return Anew(_read_whole(found["before"]), after, tuple(changes))


def _read_whole(one: Mapping[str, Any] | None) -> Whole | None:
    if one is None:
        return None
    return Whole(Fraction(one["service"]), Fraction(one["suspended"]), one["cases"], Fraction(one["hk"]))


def _read_standing(one: Mapping[str, Any] | None) -> Standing | None:
    if one is None:
        return None
    if "failure" in one:
        return Standing(failure_from_json(one["failure"]), one["cases"], None)
    return Standing(
        declared_from_json(one["declared"]), one["cases"], None if one["hk"] is None else Fraction(one["hk"])
    )
