"""What is known of one file within a period: the line behind every figure, as frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any
from uuid import UUID

from engine.reporting.stays import Stay

NONE: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Finished:
    """The service clock of a file that was decided in the period; working days and service minutes, exact.

    `late`: as the law counts.  `late_gross`: had nothing been taken out of the count.  `late_unexcused`: were there no
    keadaan kahar.  `net`: counted working days, `gross`: all between start and stop; `pauses`: minutes by cause.
    `on`: the day of the decision in WIB as "2026-07-31"; "" in what was frozen before it was told.
    """

    late: bool
    late_gross: bool
    late_unexcused: bool
    net: Fraction
    gross: Fraction
    kahar: Fraction
    pauses: Mapping[str, Fraction] = field(default_factory=dict)
    on: str = ""


@dataclass(frozen=True)
class Overdue:
    """A promise that was broken: of a file still under way when the period ended, or decided late within it.

    `over`: by how much, in `unit` ("hk" or "minutes", ...); `steps`: names of the steps that were open, `paused`: what
    the clock waited for, `said`: reasons that officials gave; `stays`: where its service time went.
    """

    over: Fraction
    unit: str
    running: bool
    steps: tuple[str, ...] = ()
    paused: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    stays: tuple[Stay, ...] = ()


@dataclass(frozen=True)
class CaseFacts:
    """One file in a period.  `counts`: what happened, by code, zeros left out; `reasons`: why it was sent back.

    `stopped`: working days of its service clock within the period that each declaration of keadaan kahar took out of
    the count, by the declaration's code, and under "" what all of them took together, overlaps counted once.
    `met`: codes of the failures of central systems that happened while its service clock ran.
    """

    case: UUID
    number: str
    permit: str
    area: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    finished: Finished | None = None
    overdue: Overdue | None = None
    reasons: tuple[str, ...] = ()
    stopped: Mapping[str, Fraction] = field(default_factory=dict)
    met: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the period knows nothing of it."""
        told = self.counts or self.finished or self.overdue or self.reasons or self.stopped or self.met
        return not told

    def count(self, code: str) -> int:
        return self.counts.get(code, 0)


def measured(facts: CaseFacts) -> CaseFacts:
    """What of the facts figures are made of: words, which may be erased or added later, are left out.

    So is what declarations and failures touched, of which each report tells by itself, and the day of a decision,
    which those that were frozen earlier do not know.
    """
    done = replace(facts.finished, on="") if facts.finished else None
    late = replace(facts.overdue, steps=(), paused=(), said=(), stays=()) if facts.overdue else None
    return replace(facts, number="", reasons=(), finished=done, overdue=late, stopped={}, met=())


def as_json(facts: CaseFacts) -> dict[str, Any]:
    """Plain JSON without floats: fractions as "7/2"; what is empty is left out."""
    found: dict[str, Any] = {"case": str(facts.case), "number": facts.number, "permit": facts.permit}
    parts = {"area": facts.area, "counts": dict(facts.counts), "reasons": list(facts.reasons)}
    parts |= {"stopped": {code: str(hk) for code, hk in facts.stopped.items()}, "met": list(facts.met)}
    found |= {name: part for name, part in parts.items() if part}
    if facts.finished is not None:
        found["finished"] = _finished(facts.finished)
    if facts.overdue is not None:
        found["overdue"] = _overdue(facts.overdue)
    return found


def _finished(one: Finished) -> dict[str, Any]:
    flags = {"late": one.late, "late_gross": one.late_gross, "late_unexcused": one.late_unexcused}
    amounts = {"net": str(one.net), "gross": str(one.gross), "kahar": str(one.kahar)}
    day = {"on": one.on} if one.on else {}
    return {**flags, **amounts, **day, "pauses": {cause: str(minutes) for cause, minutes in one.pauses.items()}}


def _overdue(one: Overdue) -> dict[str, Any]:
    words: dict[str, Any] = {"steps": list(one.steps), "paused": list(one.paused), "said": list(one.said)}
    if one.stays:
        words["stays"] = [[each.step, str(each.minutes), str(each.hk), each.standard, each.times] for each in one.stays]
    return {"over": str(one.over), "unit": one.unit, "running": one.running, **words}


@lru_cache(65_536)
def fraction(written: str) -> Fraction:
    """ "7/2" as a number; a year of files repeats the same few thousand."""
    return Fraction(written)


def from_json(found: Mapping[str, Any]) -> CaseFacts:
    """The facts that `as_json` wrote."""
    done, late = found.get("finished"), found.get("overdue")
    return CaseFacts(
        UUID(found["case"]),
        found["number"],
        found["permit"],
        found.get("area", ""),
        dict(found.get("counts", NONE)),
        _read_finished(done) if done else None,
        _read_overdue(late) if late else None,
        tuple(found.get("reasons", ())),
        {code: fraction(hk) for code, hk in found.get("stopped", NONE).items()},
        tuple(found.get("met", ())),
    )


def _read_finished(one: Mapping[str, Any]) -> Finished:
    net, gross, kahar = (fraction(one[name]) for name in ("net", "gross", "kahar"))
    pauses = {cause: fraction(minutes) for cause, minutes in one["pauses"].items()}
    return Finished(one["late"], one["late_gross"], one["late_unexcused"], net, gross, kahar, pauses, one.get("on", ""))


def _read_overdue(one: Mapping[str, Any]) -> Overdue:
    steps, paused, said = (tuple(one[name]) for name in ("steps", "paused", "said"))
    stays = (
        Stay(step, fraction(minutes), fraction(hk), standard, times)
        for step, minutes, hk, standard, times in one.get("stays", ())
    )
    return Overdue(fraction(one["over"]), one["unit"], one["running"], steps, paused, said, tuple(stays))
