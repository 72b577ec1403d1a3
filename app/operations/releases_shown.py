"""Releases as pages show them: the list, and one with its files, its problems, its law and its effect."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting, examining, impact_rounds
from app.operations.impact_rounds import Known
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.deployments import DeploymentRow
from engine import access, drafting, rewriting, spots
from engine.catalogue.comparing import LawChange, law_changes
from engine.deployment import Deployment
from engine.errors import NotFound, Problem
from engine.titles import titles

CALLED_OFF = "deployment_called_off"
WITHDRAWN = "deployment_withdrawn"


@dataclass(frozen=True)
class Told:
    """A line of a release's history: `kind` of the event, who did it, why, on what decree, from when."""

    kind: str
    at: datetime
    who: str  # "" for the command line
    why: str = ""
    decree: str = ""
    effective_at: datetime | None = None


@dataclass(frozen=True)
class Releases:
    rows: tuple[DeploymentRow, ...]
    names: Mapping[UUID, str]
    active: Deployment
    running: Mapping[UUID, int]
    by_process: Mapping[UUID, tuple[tuple[str, int], ...]]  # of each release: process, how many open cases
    process_names: Mapping[str, str]
    called_off: frozenset[int]  # numbers of those that were approved and called off before their instant
    withdrawn: frozenset[int]  # numbers of those that were taken back by whoever proposed them


@retried
def releases(by: UUID, at: datetime) -> Releases:
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        rows = store.deployments.all()
        people = {one for row in rows for one in (row.proposed_by, row.approved_by) if one}
        running = store.deployments.running_cases()
        active, by_process = store.deployments.active(), {}
        for id in running:
            by_process[id] = store.deployments.running_by_process(id)
        names = {key: active.definition.name_of(key) for key in active.definition.processes}
        last = {one.number: one.kind for one in store.deployments.told([row.number for row in rows])}
        off, back = (
            frozenset(number for number, kind in last.items() if kind == ended) for ended in (CALLED_OFF, WITHDRAWN)
        )
        return Releases(rows, store.people.names(people), active, running, by_process, names, off, back)


@dataclass(frozen=True)
class Release:
    """One release with what its files are and what the checker says of them."""

    row: DeploymentRow
    files: tuple[tuple[str, int], ...]  # name, bytes
    titles: Mapping[str, str]  # name -> what the file is called, those of the release in effect too
    problems: tuple[Problem, ...]
    running: int
    changed: tuple[tuple[str, str], ...]  # against the one in effect: file, "baru" | "berubah" | "dihapus"
    law: tuple[LawChange, ...]  # what it changes in the law it carries, against the one in effect
    may_approve: bool
    impact: Known | None = None  # of one that waits for its approval or its instant
    may_call_off: bool = False
    may_bring_back: bool = False
    may_withdraw: bool = False
    draft: UUID | None = None  # what it was proposed from
    may_reopen: bool = False
    history: tuple[Told, ...] = ()
    stops: tuple[Problem, ...] = ()  # where files may stop that did not before: whoever approves says that he knows

    @property
    def called_off(self) -> bool:
        """Whether it was approved and did not come into effect."""
        return self._ended == CALLED_OFF

    @property
    def withdrawn(self) -> bool:
        """Whether whoever proposed it took the proposal back."""
        return self._ended == WITHDRAWN

    @property
    def _ended(self) -> str:
        return self.history[-1].kind if self.history else ""


@retried
def release(id: UUID, by: UUID, at: datetime) -> Release:
    """Raises NotFound."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "see_deployments")
        row = store.deployments.row(id)
        if row is None:
            raise NotFound("Terbitan tidak ditemukan.")
        files = store.deployments.files(id)
        active = store.deployments.files(store.deployments.active().id)
        return Release(
            row,
            tuple((name, len(content)) for name, content in sorted(files.items())),
            titles({**active, **files}),
            spots.told(_faults(row, active, files, at), files, spots.gone(files, active)),
            store.deployments.running_cases().get(id, 0),
            _changes(active, files),
            law_changes(store.deployments.active().catalogue, store.deployments.get(id).catalogue),
            row.status == "draft" and access.may(who, "deploy") and row.proposed_by != by,
            impact_rounds.known(store, row.checksum, id) if row.status in ("draft", "planned") else None,
            row.status == "planned" and access.may(who, "deploy"),
            row.status in ("superseded", "rejected") and access.may(who, "deploy"),
            row.status == "draft" and row.proposed_by == by and access.may(who, "deploy"),
            store.studio.proposed_as(id),
            bool(row.rejected_because) and access.may(who, "deploy"),
            _history(store, row),
            examining.stops(active, files) if row.status == "draft" else (),
        )


def _faults(
    row: DeploymentRow, active: Mapping[str, bytes], files: Mapping[str, bytes], at: datetime
) -> tuple[Problem, ...]:
    """What the checker says of a release; of one to come, also what is lost, or changed under a date in force."""
    coming = row.status in ("draft", "planned")
    found = examining.examined(files, None, spots.gone(files, active) if coming else None)[0]
    if not coming:
        return found
    today = at.astimezone(WIB).date()
    return (
        *found,
        *rewriting.unserved(files, today),
        *drafting.lost(active, files),
        *rewriting.warnings(active, files, today),
    )


def _history(store: Store, row: DeploymentRow) -> tuple[Told, ...]:
    """What the office's own chain tells of a release, oldest first."""
    events = store.deployments.told([row.number])
    names = store.people.names({one.by for one in events if one.by})
    return tuple(_told(one, names) for one in events)


def _told(event: Any, names: Mapping[UUID, str]) -> Told:
    said = json.loads(event.body)
    since = datetime.fromisoformat(said["effective_at"]) if said.get("effective_at") else None
    why = said.get("because") or said.get("note", "")
    at_once = event.kind == "deployed" and said.get("status") == "active"  # the first of an office, or in development
    return Told(
        "in_force_at_once" if at_once else event.kind,
        event.at,
        names.get(event.by, ""),
        why,
        said.get("decree", ""),
        since,
    )


def _changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[tuple[str, str], ...]:
    gone = [(name, "dihapus") for name in before if name not in after]
    came = [(name, "baru" if name not in before else "berubah") for name in after if before.get(name) != after[name]]
    return tuple(sorted(gone + came))
