"""Where a file stayed while its service clock ran: each step with its service time, held against its standard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from engine.clocks import Budget, Odometer, PastSpells, Spell
from engine.clocks.ageing import working_days_between
from engine.clocks.instants import instant, micros

MOST = 3


@dataclass(frozen=True)
class Stay:
    """`step`: its name; `minutes`, `hk`: service time it stood open, however many people had it at once.

    `standard`: what it is allowed each of its `times`, as "4 jam"; "" where it has none.
    """

    step: str
    minutes: Fraction
    hk: Fraction
    standard: str
    times: int

    @property
    def over(self) -> bool:
        """Whether it took longer than all its openings together are allowed."""
        if not self.standard:
            return False
        budget = Budget.parse(self.standard)
        if not budget.in_service_time:
            return False
        return (self.hk if budget.unit == "hk" else self.minutes) > budget.amount * self.times


def stays(
    spells: Iterable[Spell | PastSpells],
    steps: Mapping[str, tuple[str, str]],
    span: tuple[datetime, datetime],
    odometer: Odometer,
) -> tuple[Stay, ...]:
    """The steps that took longer than they may, the longest first; where none did, the one that took longest.

    `steps`: id -> name and standard; `span`: from the start of the clock until its end, or now.
    """
    found = [one for one in _all(spells, steps, span, odometer) if one.minutes]
    longest = sorted(found, key=lambda one: (-one.hk, one.step))
    return tuple([one for one in longest if one.over][:MOST] or longest[:1])


def _all(
    spells: Iterable[Spell | PastSpells],
    steps: Mapping[str, tuple[str, str]],
    span: tuple[datetime, datetime],
    odometer: Odometer,
) -> Iterator[Stay]:
    for step, stretches in _by_step(spells, span).items():
        name, standard = steps.get(step, (step, ""))
        open_for = [(instant(begin), instant(end)) for begin, end in _apart(stretches)]
        minutes = sum((Fraction(odometer.minutes_between(*one)) for one in open_for), Fraction(0))
        hk = sum((working_days_between(odometer, *one) for one in open_for), Fraction(0))
        yield Stay(name, minutes, hk, standard, len(stretches))


def _by_step(spells: Iterable[Spell | PastSpells], span: tuple[datetime, datetime]) -> dict[str, list[tuple[int, int]]]:
    """The stretches of each step that lie within the span, cut to it."""
    begin, end = map(micros, span)
    found: dict[str, list[tuple[int, int]]] = {}
    for spell in spells:
        for since, until in spell.stretches():
            inside = max(since, begin), min(end if until is None else until, end)
            if spell.step and inside[0] < inside[1]:
                found.setdefault(spell.step, []).append(inside)
    return found


def _apart(stretches: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same time without what was open twice at once."""
    reached = 0
    for begin, end in sorted(stretches):
        if end > max(begin, reached):
            yield max(begin, reached), end
        reached = max(reached, end)
