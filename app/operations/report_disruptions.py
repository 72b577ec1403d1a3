"""What a report tells of keadaan kahar (Pasal 16) and of failures of central systems in its period, gathered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations.disturbances import System, settings_of, systems
from app.operations.force_majeure_register import established
from app.operations.force_majeure_rescued import Rescued, rescued
from app.operations.force_majeure_scope import limits
from app.store import Store
from app.store.encoding import parse
from engine.clocks import World, suspended
from engine.deployment import Deployment
from engine.reporting import Declared, Disruptions, Failure, Paper, Period, Rescue, alone
from engine.reporting.disruptions import State

Span = tuple[datetime, datetime]
INSTANT = timedelta(microseconds=1)


def disruptions_of(store: Store, period: Period, at: datetime) -> Disruptions:
    """By all that is known now; of a period that lasts, what happened in it until `at`.

    A declaration belongs to the periods that any of its established versions meets, and to those in which one was
    established: one found out late is told of when it is decided, with the periods in which its figures stand.  A late
    file that was made timely is told of once, in the period in which that was decided.
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
    versions = store.calendars.versions()
    found = established(versions, at).values()
    told = [rows for rows in found if any(_meets(one, span) or _within(one.approved_at, period.span) for one in rows)]
    names = store.people.names({one for rows in told for one in (rows[-1].proposed_by, rows[-1].approved_by)})
    alones, deployment, saved = alone(world), store.deployments.active(), _rescues(store, versions, period)
    made = (_declared(deployment, rows, names, alones[rows[0].code], span, at) for rows in told)
    placed = (_placed(one, rows, period) for one, rows in zip(made, told, strict=True))
    declared = (replace(one, rescued=saved.get(one.code, ())) for one in placed)
    return tuple(sorted(declared, key=lambda one: (one.since, one.code)))


def _rescues(store: Store, versions: Iterable[Any], period: Period) -> Mapping[str, tuple[Rescue, ...]]:
    """Of each declaration by its code the files that a decision within the period made timely, by their numbers."""
    found: dict[str, list[Rescue]] = {}
    for one in rescued(store, versions, period.span):
        found.setdefault(one.code, []).append(_rescue(one))
    return {code: tuple(sorted(some, key=lambda one: (one.number, one.case))) for code, some in found.items()}


def _rescue(one: Rescued) -> Rescue:
    row = one.row
    people = one.proposer, one.establisher, one.handled
    return Rescue(row.case_id, row.number or "", row.permit, row.fired_at, row.annotated_at, one.decree, *people)


def _placed(one: Declared, rows: list[Any], period: Period) -> Declared:
    """One that lies outside of the period says in which periods of the same kind its figures are told."""
    if one.minutes is not None:
        return one
    days = [_days(row) for row in rows]
    first, last = min(day for day, _ in days), max(day for _, day in days)
    return replace(one, elsewhere=tuple(each.code for each in _periods(period.kind, first, last)))


def _days(row: Any) -> tuple[date, date]:
    """The first and the last day of a version, in WIB; of one that has no end only the first is known."""
    until = row.until - INSTANT if row.until else row.since
    return row.since.astimezone(WIB).date(), until.astimezone(WIB).date()


def _periods(kind: str, first: date, last: date) -> tuple[Period, ...]:
    """From that in which the first day lies to that of the last, oldest first."""
    found = [Period.around(kind, max(first, last))]
    while found[-1].since > first:
        found.append(found[-1].before())
    return tuple(reversed(found))


def narrowed(store: Store, found: Disruptions, permit: str, area: str) -> Disruptions:
    """Of the files that were made timely only those of a permit and of a kelurahan or kecamatan; "" for any."""
    if not (permit or area):
        return found
    rows = store.case_lists.case_rows(one.case for _code, one in found.rescued)
    kept = {row.id for row in rows if permit in ("", row.permit) and (row.area or "").startswith(area)}
    return replace(found, declared=tuple(_of_those(one, kept) for one in found.declared))


def _of_those(one: Declared, kept: Set[UUID]) -> Declared:
    return replace(one, rescued=tuple(each for each in one.rescued or () if each.case in kept))


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
