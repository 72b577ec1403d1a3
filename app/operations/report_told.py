"""Everything a report says, as pages and papers tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from uuid import UUID

from app.operations import report_words as words
from engine.catalogue import Catalogue
from engine.reporting import ALL, Anew, CaseFacts, Declared, Difference, Disruptions, Lines, Period, Sums, Touched
from engine.reporting.tables import Retabled, Tables


@dataclass(frozen=True)
class Corrected:
    """A correction as it is told: the number and period of the report, its figures, the files by id and number.

    `disrupted`: what of keadaan kahar and central systems is told anew of that period; None for nothing.  `retabled`:
    what of the tables beside its figures; `files`: how many, of which `cases` names the first where no more are shown.
    """

    number: str
    period: Period
    differences: tuple[Difference, ...]
    cases: tuple[tuple[UUID, str], ...]
    disrupted: Anew | None = None
    retabled: tuple[Retabled, ...] = ()
    files: int = 0


@dataclass(frozen=True)
class Contents:
    """Everything a report says: figures by permit, the files behind them, what it corrects, what disturbed service.

    `facts`: of a large period only those of which a line is shown; what all of them add up to stands in `sums`.
    `disruptions` None: of a report that was frozen before reports told of them.  `tables`: beside the figures, by code;
    `elements`: what the survey asks, by field.
    """

    label: str
    code: str  # of the period
    figures: Lines
    facts: tuple[CaseFacts, ...]
    corrected: tuple[Corrected, ...]
    catalogue: Catalogue
    sums: Sums
    disruptions: Disruptions | None = None
    tables: Tables = field(default_factory=dict)
    elements: Mapping[str, str] = field(default_factory=dict)

    def permit(self, code: str) -> str:
        found = self.catalogue.permits.get(code)
        return found.name if found else code

    def elsewhere(self, one: Declared) -> tuple[tuple[Period, bool], ...]:
        """Where the figures of a declaration stand that lies outside of the period: in which others, and whether this
        report tells them itself, as a correction."""
        anew = {each.period.code: each.disrupted for each in self.corrected if each.disrupted}
        found = (period for code in one.elsewhere if (period := Period.read(code)) is not None)
        return tuple((each, each.code in anew and anew[each.code].tells(one.code)) for each in found)

    def reasons(self) -> list[tuple[str, int]]:
        return [(words.reason(self.catalogue, code), n) for code, n in self.sums.reasons]

    def touched(self, code: str = ALL) -> Touched:
        """Files whose count a declaration stopped within the period, and by how much; of all of them without a code."""
        return self.sums.touched.get(code, Touched(0, Fraction(0)))

    def met(self, code: str) -> int:
        """Files that were under way during a failure."""
        return self.sums.met.get(code, 0)

    def late(self) -> list[CaseFacts]:
        """Files whose promise was broken, those under way first."""
        found = [one for one in self.facts if one.overdue is not None]
        return sorted(found, key=lambda one: (not (one.overdue and one.overdue.running), one.number, one.case))
