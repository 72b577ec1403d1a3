"""A clock and its world written as a clock case: everything a reading depends on, and nothing else.

`cases_input.case` reads it back to equal values.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from engine.clocks.calendar import Calendar, DayEntry, Entry, Hours, WeekEntry
from engine.clocks.force_majeure import Declaration, DeclarationVersion, Scope, World
from engine.clocks.instants import micros
from engine.clocks.ledger import Clock, ClockEvent, PastSpells, Spell
from engine.clocks.policy import FLAGS, Policy
from engine.clocks.term import Budget, BudgetVersion

Written = dict[str, object]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DIMENSIONS = ("permit_types", "areas", "units", "systems", "steps")


def facts(clock: Clock, world: World) -> Written:
    """The keys `clock`, `facts`, `calendar`, `ledger`, `declarations`, `tasks` of a clock case, `policies` if any, and
    `hours`: those of the unit by which the clock is counted, if it has its own.

    Versions of declarations that no second person approved never count, and
    are nobody's business yet: they are left out.
    """
    return {
        "clock": _clock(clock),
        "facts": {"permit_type": clock.permit_type, "area": clock.area},
        "calendar": list(_calendar(world.calendar)),
        "ledger": [_event(one) for one in clock.events],
        "declarations": [one for declared in world.declarations if (one := _declaration(declared))["versions"]],
        "tasks": [_spell(one) for one in sorted(_apart(clock), key=lambda one: micros(one.since))],
        **({"policies": [_policy(one) for one in world.policies]} if world.policies else {}),
        **({"hours": own} if (own := [_dated(one) for one in world.hours if one.unit == clock.calendar]) else {}),
    }


def _policy(policy: Policy) -> Written:
    told = {"valid_from": policy.valid_from.isoformat(), "recorded_at": _at(policy.recorded_at)}
    flags = {name: getattr(policy, name) for name in FLAGS}
    steps = {"rungs": list(policy.rungs), "limit_days": list(policy.limit_days), "near": policy.near}
    return {**told, "source": policy.source, **flags, **steps}


def _clock(clock: Clock) -> Written:
    budgets = clock.budgets
    given = _budget(budgets) if isinstance(budgets, Budget) else [_budget_version(one) for one in budgets]
    by = {"calendar": clock.calendar} if clock.calendar else {}
    return {"name": clock.name, "budget": given, "pausable": clock.pausable, "settled": clock.settled, **by}


def _budget(budget: Budget) -> Written:
    rolls = {} if budget.rolls_forward else {"rolls_forward": False}
    return {budget.unit: str(budget.amount), **rolls}


def _budget_version(version: BudgetVersion) -> Written:
    told = {"valid_from": version.valid_from.isoformat(), "recorded_at": _at(version.recorded_at)}
    return {**_budget(version.budget), **told, "source": version.source}


def _at(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _calendar(calendar: Calendar) -> Iterator[Written]:
    return map(_dated, calendar.entries)


def _dated(entry: Entry) -> Written:
    return {**_entry(entry), "recorded_at": _at(entry.recorded_at), "source": entry.source}


def _entry(entry: Entry) -> Written:
    if isinstance(entry, WeekEntry):
        hours = {WEEKDAYS[day]: _hours(windows) for day, windows in enumerate(entry.by_weekday) if windows}
        until = None if entry.until is None else entry.until.isoformat()
        told: Written = {"kind": "WEEK", "from": entry.since.isoformat(), "to": until, "hours": hours}
        return told | ({"unit": entry.unit} if entry.unit else {})
    if isinstance(entry, DayEntry):
        windows = None if entry.hours is None else _hours(entry.hours)
        return {"kind": "DAY", "date": entry.day.isoformat(), "hours": windows, "label": entry.label}
    return {"kind": "YEAR", "year": entry.year}


def _hours(windows: Hours) -> list[list[str]]:
    return [[_time(opens), "24:00" if closes == time(0) else _time(closes)] for opens, closes in windows]


def _time(at: time) -> str:
    return at.isoformat("seconds" if at.second else "minutes")


def _event(event: ClockEvent) -> Written:
    told: Written = {"seq": event.seq, "kind": event.kind, "effective_at": _at(event.effective_at)}
    told["recorded_at"] = _at(event.recorded_at)
    more = {"cause": event.cause, "supersedes": event.supersedes, "source": event.source or None}
    more["until"] = None if event.until is None else event.until.isoformat()
    return told | {name: value for name, value in more.items() if value is not None}


def _apart(clock: Clock) -> Iterator[Spell]:
    """Every spell for itself, those that are kept packed too."""
    for one in clock.spells:
        yield from one.apart() if isinstance(one, PastSpells) else (one,)


def _spell(spell: Spell) -> Written:
    told: Written = {"unit": spell.unit, "system": spell.system, "step": spell.step}
    return told | {"from": _at(spell.since), "to": _at(spell.until), "agency": spell.agency}


def _declaration(declared: Declaration) -> dict[str, object]:
    counting = [one for one in declared.versions if one.approved_at is not None]
    return {"id": declared.id, "versions": [_version(one) for one in counting]}


def _version(version: DeclarationVersion) -> Written:
    told: Written = {"version": version.version, "kind": version.kind, "recorded_at": _at(version.recorded_at)}
    told |= {"approved_at": _at(version.approved_at), "source": version.source}
    if version.kind == "REVOKE":
        return told
    content = {"from": _at(version.since), "to": _at(version.until), "effect": version.effect}
    return told | content | {"scope": _scope(version.scope)}


def _scope(scope: Scope) -> Written:
    chosen = {name: getattr(scope, name) for name in DIMENSIONS}
    return {name: sorted(values) for name, values in chosen.items() if values is not None}
