"""Readings of a case's clocks, and when the case must be looked at again."""

from __future__ import annotations

from datetime import datetime, timedelta

from engine import clocks
from engine.case.values import Case, CaseClock
from engine.catalogue import channels
from engine.clocks import Budget, Clock, PastSpells, Reading, Spell, World


def legal_clock(case: Case, one: CaseClock) -> Clock:
    """The clock with everything a reading needs: its ledger, the case's facts, what scopes are held against."""
    return Clock(
        name=one.name,
        budgets=Budget.parse(one.budget),
        pausable=one.pausable,
        events=one.events,
        permit_type=case.facts.permit,
        area=case.facts.area,
        spells=_spells(case, one),
        settled=True,
        calendar=one.calendar,
    )


def _spells(case: Case, one: CaseClock) -> tuple[Spell | PastSpells, ...]:
    """Open tasks of officials for the office's clocks; for an applicant's term the channels he needs, all its life.

    A term has neither unit nor step, so a scope that names one never reaches it (ruling 4).
    """
    if one.kind in ("L", "T", "V"):
        return case.spells
    begun = [event.effective_at for event in one.events if event.effective_at]
    if one.kind != "P" or not begun:
        return ()
    needed = channels.of_term(case.deployment.catalogue, one.name, case.facts.channel)
    return (Spell("", needed or None, None, min(begun), None),)


def read_clock(case: Case, one: CaseClock, world: World, at: datetime, known_at: datetime | None = None) -> Reading:
    return clocks.read(legal_clock(case, one), world, at, known_at)


def present(case: Case, at: datetime) -> datetime:
    """The instant at which a case is read for the record: never before what it has already told (ruling 1).

    A machine whose clock is behind would read clocks another one started as not started.
    """
    return max(at, case.last_at) if case.last_at else at


def _watched(case: Case) -> tuple[CaseClock, ...]:
    """Running clocks whose passing the process waits for by the message `<name>.lewat`."""
    names = {one.removesuffix(".lewat") for one in case.waiting if one.endswith(".lewat")}
    return tuple(one for one in case.clocks if one.name in names and one.running)


def overdue_names(case: Case, world: World, at: datetime) -> tuple[str, ...]:
    """Messages `<clock>.lewat` that are due at `at` and awaited."""
    late = (one for one in _watched(case) if read_clock(case, one, world, at).late)
    return tuple(f"{one.name}.lewat" for one in late)


def wake_at(case: Case, world: World, at: datetime) -> datetime | None:
    """The instant the engine must look again: the earliest timer or watched promise, None for never."""
    promises = (read_clock(case, one, world, at).promised_at for one in _watched(case))
    # A promise is kept at its instant and broken just after it.
    due = [one + timedelta(seconds=1) for one in promises if one]
    return min([*due, *([case.timer_at] if case.timer_at else [])], default=None)
