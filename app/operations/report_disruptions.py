"""What a report tells of keadaan kahar (Pasal 16) and of failures of central systems in its period, gathered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations.disturbances import System, settings_of, systems
from app.operations.force_majeure_register import established
from app.operations.force_majeure_scope import limits
from app.store import Store
from app.store.encoding import parse
from engine.clocks import World, suspended
from engine.deployment import Deployment
from engine.reporting import Declared, Disruptions, Failure, Paper, Period, alone
from engine.reporting.disruptions import State

Span = tuple[datetime, datetime]


def disruptions_of(store: Store, period: Period, at: datetime) -> Disruptions:
    """By all that is known now; of a period that lasts, what happened in it until `at`.

    A declaration belongs to the periods that any of its established versions meets, and to those in which one was
    established: one found out late is told of when it is decided.
    """
    begin, end = period.span
    world, span = store.calendars.world(), (begin, max(min(end, at), begin))
    return Disruptions(
        world.calendar.as_known(None).minutes_between(begin, end),
        suspended(world, *span).some,
        _all_declared(store, world, period, span, at),
        tuple(_failure(one, world, span) for one in _failures(store, span)),
    )


def _all_declared(store: Store, world: World, period: Period, span: Span, at: datetime) -> tuple[Declared, ...]:
    found = established(store.calendars.versions(), at).values()
    told = [rows for rows in found if any(_meets(one, span) or _within(one.approved_at, period.span) for one in rows)]
    names = store.people.names({one for rows in told for one in (rows[-1].proposed_by, rows[-1].approved_by)})
    alones, deployment = alone(world), store.deployments.active()
    declared = (_declared(deployment, rows, names, alones[rows[0].code], span, at) for rows in told)
    return tuple(sorted(declared, key=lambda one: (one.since, one.code)))


def _within(at: datetime, span: Span) -> bool:
    return span[0] <= at < span[1]


def _meets(row: Any, span: Span) -> bool:
    return bool(row.since < span[1] and (row.until is None or row.until > span[0]))


def _declared(
    deployment: Deployment, rows: list[Any], names: Mapping[UUID, str], by_itself: World, span: Span, at: datetime
) -> Declared:
    """`rows`: established versions, newest first; one that was undone keeps the span it had."""
    last, first = rows[0], rows[-1]
    lies = any(_meets(one, span) for one in rows)
    return Declared(
        last.code,
        last.event_kind,
        last.event,
        last.effect,
        tuple((str(label), tuple(map(str, chosen))) for label, chosen in limits(deployment, parse(last.scope))),
        last.since,
        last.until,
        names.get(first.proposed_by, ""),
        names.get(first.approved_by, ""),
        _state(last, at),
        tuple(Paper(one.kind, one.decree, one.approved_at.astimezone(WIB).date()) for one in reversed(rows)),
        suspended(by_itself, *span).some if lies else None,
    )


def _state(last: Any, at: datetime) -> State:
    if last.kind == "REVOKE":
        return "dibatalkan"
    return "pulih" if last.until is not None and last.until <= at else "berlaku"


def _failures(store: Store, span: Span) -> list[tuple[Any, System]]:
    """Records that stand and meet the period, oldest first."""
    rows = sorted(
        (one for one in store.disturbances.standing() if _meets(one, span)), key=lambda one: (one.since, one.code)
    )
    known = systems(settings_of(store)) if rows else {}
    return [(one, known.get(one.system) or System(one.system, one.system, False)) for one in rows]


def _failure(recorded: tuple[Any, System], world: World, span: Span) -> Failure:
    """Its service minutes are those of the period in which it lasted."""
    row, system = recorded
    cut = max(row.since, span[0]), min(row.until or span[1], span[1])
    return Failure(
        row.code, system.name, row.cause, row.since, row.until, world.calendar.as_known(None).minutes_between(*cut)
    )
