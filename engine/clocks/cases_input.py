"""A clock case in JSON (one object) read into the values that `read` and `sweep` take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar, cast

from engine.clocks.calendar import Calendar, DayEntry, Entry, Hours, WeekEntry, YearEntry
from engine.clocks.force_majeure import Declaration, DeclarationKind, DeclarationVersion, Effect, Scope, World
from engine.clocks.ledger import Clock, ClockEvent, Kind, Spell
from engine.clocks.located import CaseFault, Located
from engine.clocks.policy import FLAGS, Policy
from engine.clocks.term import Budget, BudgetVersion, Unit, parse_amount

T = TypeVar("T")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_UNITS: tuple[Unit, ...] = ("hk", "minutes", "days", "months")
_DIMENSIONS = ("permit_types", "areas", "units", "systems", "steps")


@dataclass(frozen=True)
class Question:
    """An instant asked about, as written and as read."""

    written: tuple[str, str | None]
    at: datetime
    known_at: datetime | None


@dataclass(frozen=True)
class Case:
    """A clock, its world, what is asked, and the sweeps to play (None: none asked for)."""

    clock: Clock
    world: World
    questions: tuple[Question, ...]
    sweeps: tuple[tuple[str, datetime], ...] | None


def case(document: object) -> Case:
    """The case of one JSON object; raises CaseFault, with the place, for anything that cannot be read."""
    root = Located(document)
    sweeps = root.get("sweeps")
    return Case(
        clock=_clock(root),
        world=_world(root),
        questions=tuple(_question(q) for q in root.get("questions").items()),
        sweeps=None if sweeps.absent else tuple((s.text(), s.instant()) for s in sweeps.items()),
    )


def _question(node: Located) -> Question:
    at, known = node.get("at"), node.get("known_at")
    return Question((at.text(), known.text_or_none()), at.instant(), known.instant_or_none())


def _made(node: Located, make: Callable[[], T]) -> T:
    """What `make` builds; a refusal of the value itself gets this node's place."""
    try:
        return make()
    except CaseFault:
        raise
    except ValueError as reason:
        raise node.fault(str(reason)) from reason


def _clock(root: Located) -> Clock:
    node, facts = root.get("clock"), root.get("facts")
    return _made(
        node,
        lambda: Clock(
            name=node.get("name").text_or_empty(),
            budgets=_budgets(node.get("budget")),
            pausable=node.get("pausable").flag(True),
            events=tuple(_event(e) for e in root.get("ledger").items()),
            permit_type=None if facts.absent else facts.get("permit_type").text_or_none(),
            area=None if facts.absent else facts.get("area").text_or_none(),
            spells=tuple(_spell(t) for t in root.get("tasks").items()),
            settled=node.get("settled").flag(False),
            calendar=node.get("calendar").text_or_empty(),
        ),
    )


def _budgets(node: Located) -> tuple[BudgetVersion, ...] | Budget:
    if not isinstance(node.value, list):
        return _budget(node)
    return tuple(
        BudgetVersion(
            _budget(v), v.get("valid_from").day(), v.get("recorded_at").instant(), v.get("source").text_or_empty()
        )
        for v in node.items()
    )


def _budget(node: Located) -> Budget:
    units = [unit for unit in _UNITS if not node.get(unit).absent]
    if len(units) != 1:
        raise node.fault("harus menyebut tepat satu dari hk, minutes, days, months")
    amount = node.get(units[0])
    rolls = node.get("rolls_forward")
    return _made(amount, lambda: Budget(units[0], parse_amount(_amount_text(amount)), rolls.flag(True)))


def _amount_text(node: Located) -> str:
    return str(node.value) if type(node.value) is int else node.text()


def _event(node: Located) -> ClockEvent:
    supersedes = node.get("supersedes")
    return _made(
        node,
        lambda: ClockEvent(
            seq=node.get("seq").whole(),
            kind=cast(Kind, node.get("kind").text()),
            effective_at=node.get("effective_at").instant_or_none(),
            recorded_at=node.get("recorded_at").instant(),
            cause=node.get("cause").text_or_none(),
            supersedes=None if supersedes.absent else supersedes.whole(),
            source=node.get("source").text_or_empty(),
            until=None if node.get("until").absent else node.get("until").day(),
        ),
    )


def _spell(node: Located) -> Spell:
    return Spell(
        unit=node.get("unit").text_or_empty(),
        system=node.get("system").text_or_none(),
        step=node.get("step").text_or_none(),
        since=node.get("from").instant(),
        until=node.get("to").instant_or_none(),
        agency=node.get("agency").flag(False),
    )


def _world(root: Located) -> World:
    calendar = Calendar(_entry(e) for e in root.get("calendar").items())
    declarations = root.get("declarations")
    policies = tuple(_policy(one) for one in root.get("policies").items())
    hours = tuple(_own(one) for one in root.get("hours").items())
    declared = tuple(_declaration(d) for d in declarations.items())
    return _made(declarations, lambda: World(calendar, declared, policies, hours))


def _own(node: Located) -> WeekEntry:
    """Hours of a unit that differ from the office's."""
    if node.get("kind").text() != "WEEK":
        raise node.get("kind").fault("jam unit harus WEEK")
    unit = node.get("unit").text()
    if not unit:
        raise node.get("unit").fault("jam unit harus menyebut unitnya")
    return replace(_made(node, lambda: _week(node)), unit=unit)


def _policy(node: Located) -> Policy:
    return _made(
        node,
        lambda: Policy(
            valid_from=node.get("valid_from").day(),
            recorded_at=node.get("recorded_at").instant(),
            source=node.get("source").text_or_empty(),
            rungs=tuple(one.whole() for one in node.get("rungs").items()),
            limit_days=tuple(one.whole() for one in node.get("limit_days").items()),
            near=node.get("near").whole(),
            **{name: node.get(name).flag(False) for name in FLAGS},
        ),
    )


def _entry(node: Located) -> Entry:
    kinds: dict[str, Callable[[Located], Entry]] = {"WEEK": _week, "DAY": _day, "YEAR": _year}
    kind = node.get("kind")
    if kind.text() not in kinds:
        raise kind.fault(f"{kind.value!r} bukan WEEK, DAY atau YEAR")
    return _made(node, lambda: kinds[kind.text()](node))


def _week(node: Located) -> WeekEntry:
    until, hours = node.get("to"), node.get("hours")
    return WeekEntry(
        since=node.get("from").day(),
        until=None if until.absent else until.day(),
        hours={number: _hours(hours.get(name)) for number, name in enumerate(_WEEKDAYS)},
        recorded_at=node.get("recorded_at").instant(),
        source=node.get("source").text_or_empty(),
    )


def _day(node: Located) -> DayEntry:
    hours = node.get("hours")
    return DayEntry(
        day=node.get("date").day(),
        hours=None if hours.absent else _hours(hours),
        recorded_at=node.get("recorded_at").instant(),
        source=node.get("source").text_or_empty(),
        label=node.get("label").text_or_empty(),
    )


def _year(node: Located) -> YearEntry:
    return YearEntry(node.get("year").whole(), node.get("recorded_at").instant(), node.get("source").text_or_empty())


def _hours(node: Located) -> Hours:
    return tuple(window.window() for window in node.items())


def _declaration(node: Located) -> Declaration:
    return Declaration(node.get("id").text(), tuple(_version(v) for v in node.get("versions").items()))


def _version(node: Located) -> DeclarationVersion:
    revoked = node.get("kind").text() == "REVOKE"
    return _made(
        node,
        lambda: DeclarationVersion(
            version=node.get("version").whole(),
            kind=cast(DeclarationKind, node.get("kind").text()),
            recorded_at=node.get("recorded_at").instant(),
            approved_at=node.get("approved_at").instant_or_none(),
            since=None if revoked else node.get("from").instant(),
            until=None if revoked else node.get("to").instant_or_none(),
            effect=None if revoked else cast(Effect, node.get("effect").text()),
            scope=Scope() if revoked else _scope(node.get("scope")),
            source=node.get("source").text_or_empty(),
        ),
    )


def _scope(node: Located) -> Scope:
    if node.absent:
        return Scope()
    chosen = {name: node.get(name) for name in _DIMENSIONS if not node.get(name).absent}
    return _made(node, lambda: Scope(**{name: frozenset(t.text() for t in n.items()) for name, n in chosen.items()}))
