"""Declarations to look at: the register, and those in force at an instant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import acting
from app.operations.force_majeure_scope import Limit, limits
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.encoding import parse
from engine.access import Actor
from engine.deployment import Deployment
from engine.errors import NotFound


def officials_only(store: Store, by: UUID, at: datetime) -> Actor:
    """The acting official; raises NotFound for anybody else."""
    who = acting.actor(store, by, at)
    if who.kind != "official":
        raise NotFound("Halaman tidak ditemukan.")
    return who


@retried
def register(by: UUID, at: datetime) -> tuple[tuple[Any, ...], Mapping[UUID, str], Mapping[UUID, Any]]:
    """Every declaration's versions, newest first, who proposed and decided, and the report on each that is closed."""
    with transaction() as store:
        officials_only(store, by, at)
        rows = store.calendars.versions()
        people = {one for row in rows for one in (row.proposed_by, row.approved_by) if one}
        return rows, store.people.names(people), closed(rows, store.declaration_states.closings())


def closed(rows: Iterable[Any], closings: Iterable[Any]) -> Mapping[UUID, Any]:
    """Declarations whose version in force was reported, with that report; `rows`: newest first."""
    latest: dict[UUID, Any] = {}
    for row in rows:
        if row.approved_at is not None:
            latest.setdefault(row.declaration_id, row)
    reports = {(one.declaration_id, one.version): one for one in closings}
    found = {id: reports.get((id, row.version)) for id, row in latest.items()}
    return {id: report for id, report in found.items() if report is not None}


@dataclass(frozen=True)
class Period:
    """A declared time as the public may know it; instants aware, `until` None while it lasts.

    `papers`: number of each decree or record, its kind, and when it was given, oldest first.
    """

    event_kind: str
    event: str
    since: datetime
    until: datetime | None
    effect: str
    limits: tuple[Limit, ...]
    revoked: bool
    papers: tuple[tuple[str, str, datetime], ...]


@retried
def periods(at: datetime) -> tuple[Period, ...]:
    """Every declaration that was established, newest first, for everybody: no names, no evidence, nothing proposed."""
    with transaction() as store:
        deployment = store.deployments.active()
        return tuple(_period(rows, deployment) for rows in established(store.calendars.versions(), at).values())


def established(rows: Iterable[Any], at: datetime) -> Mapping[UUID, list[Any]]:
    """Declarations with their versions that were established by an instant, in the order of `rows`."""
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        if row.approved_at is not None and row.approved_at <= at:
            found.setdefault(row.declaration_id, []).append(row)
    return found


def _period(rows: list[Any], deployment: Deployment) -> Period:
    """`rows`: established versions of one declaration, newest first; a revoked one keeps what it had declared."""
    last = next((one for one in rows if one.kind != "REVOKE"), rows[-1])
    papers = tuple((one.kind, one.decree, one.approved_at) for one in reversed(rows))
    scope = limits(deployment, parse(last.scope))
    revoked = rows[0].kind == "REVOKE"
    return Period(last.event_kind, last.event, last.since, last.until, last.effect, scope, revoked, papers)


def covering(store: Store, at: datetime) -> tuple[Any, ...]:
    """The last approved versions that cover `at` and are not revoked."""
    latest: dict[UUID, Any] = {}
    for row in store.calendars.versions():
        if row.approved_at is not None:
            latest.setdefault(row.declaration_id, row)
    return tuple(
        one
        for one in latest.values()
        if one.kind != "REVOKE" and one.since <= at and (one.until is None or at < one.until)
    )


@retried
def in_force(at: datetime) -> tuple[Any, ...]:
    """Declarations in force now, for the banner."""
    with transaction() as store:
        return covering(store, at)
