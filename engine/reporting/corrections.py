"""What later became known of a period that was reported already: per file, and what it does to the figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from engine.reporting.facts import CaseFacts, measured
from engine.reporting.figures import FIGURES, Lines, Value, figures


@dataclass(frozen=True)
class Change:
    """A file as it was told and as it is known now; None: it was not, or is no longer, part of the period."""

    case: UUID
    before: CaseFacts | None
    after: CaseFacts | None

    @property
    def number(self) -> str:
        known = self.after or self.before
        return known.number if known else ""

    @property
    def permit(self) -> str:
        known = self.after or self.before
        return known.permit if known else ""


@dataclass(frozen=True)
class Difference:
    """A figure that changed; `permit` "": that of all permits together."""

    permit: str
    code: str
    old: Value
    new: Value


def changes(told: Iterable[CaseFacts], known: Iterable[CaseFacts]) -> tuple[Change, ...]:
    """The files of which something measured is known otherwise than it was told, by their numbers."""
    old, new = ({one.case: one for one in facts} for facts in (told, known))
    found = (Change(case, old.get(case), new.get(case)) for case in old.keys() | new.keys())
    return tuple(sorted((one for one in found if _differs(one)), key=lambda one: (one.number, one.case)))


def _differs(one: Change) -> bool:
    """Facts of which nothing is counted are as good as none."""
    return _counting(one.before) != _counting(one.after)


def _counting(facts: CaseFacts | None) -> CaseFacts | None:
    bare = measured(facts) if facts else None
    return None if bare is None or bare.empty else bare


def applied(told: Iterable[CaseFacts], changed: Iterable[Change]) -> tuple[CaseFacts, ...]:
    """The facts once the changes are told as well."""
    found = {one.case: one for one in told}
    for one in changed:
        found.pop(one.case, None)
        if one.after is not None:
            found[one.case] = one.after
    return tuple(found.values())


def differences(told: Sequence[CaseFacts], known: Sequence[CaseFacts]) -> tuple[Difference, ...]:
    """Figures that are otherwise, those of all permits first."""
    old, new = figures(told), figures(known)
    pairs = ((permit, code) for permit in sorted(old.keys() | new.keys()) for code in FIGURES)
    found = (Difference(permit, code, *(_of(lines, permit, code) for lines in (old, new))) for permit, code in pairs)
    return tuple(one for one in found if one.old != one.new)


def _of(lines: Lines, permit: str, code: str) -> Value:
    """Of a permit that has no line every sum is nothing."""
    nothing = 0 if FIGURES[code].how == "sum" else None
    return lines[permit][code] if permit in lines else nothing
