"""Photographs of a visit as a phone sends them: one by one, each under a key of its own, so that a lost answer costs
nothing; what they show; and what the phone asks before it sends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.operations import acting, uploading
from app.operations.lists_for_forms import file_key
from app.operations.open_tasks import gone, open_task
from app.operations.retrying import retried
from app.operations.uploading import Paper
from app.store import Store, transaction
from app.store.cases import Held
from engine import access, reserved
from engine.access import Actor
from engine.errors import EngineError, NotFound

DEVICE = reserved.DEVICE  # the field of a draft that says which phone wrote it
CLOCK_RUNS_AHEAD = timedelta(minutes=10)
LONGEST_UNSENT = timedelta(days=60)  # a phone that says it was longer ago has a wrong clock


@dataclass(frozen=True)
class Standing:
    """How a task stands for the phone that works at it.

    `refused`: why nothing can be sent, None while it can; `arrived`: the documents by
    the keys under which they were sent;
    `version`, `device`: of the draft that is kept here.
    """

    refused: EngineError | None
    version: int
    device: str
    arrived: Mapping[UUID, UUID]


@retried
def keep(task_id: UUID, paper: Paper, by: UUID, at: datetime) -> UUID:
    """Keep a photograph under the key it brings; the same key again gives the document it made, whatever came since.

    Raises SubmissionInvalid with a sentence at its field, TaskNotOpen, TaskTaken, NotAllowed, NotFound, and Refused
    for a key that stands for another paper.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        before = store.documents.sent_under(paper.key) if paper.key else None
        if before is not None and before.uploaded_by == who.id and before.field == f"{task_id}/{paper.name}":
            id: UUID = before.id
            return id
    return uploading.upload_all(task_id, [paper], by, at)[0]


def taken(at: datetime | None, now: datetime) -> datetime | None:
    """When a phone says it took a picture, None when its clock cannot be right."""
    return at if at is not None and now - LONGEST_UNSENT < at < now + CLOCK_RUNS_AHEAD else None


@retried
def call(task_id: UUID, captions: Mapping[UUID, str], by: UUID, at: datetime) -> int:
    """Write down what photographs of an open task show; those of other tasks are left alone.

    Returns how many captions changed.
    """
    if not captions:
        return 0
    with transaction() as store:
        who = acting.actor(store, by, at)
        held, task = open_task(store, task_id, who)
        acting.require_task(store, who, task, held.case)
        prefix, changed = file_key(task, ""), 0
        for row in store.documents.of_case(held.id):
            wanted = uploading.called(captions.get(row.id, row.caption))
            if row.field.startswith(prefix) and wanted != row.caption:
                store.documents.call(row.id, wanted)
                changed += 1
        return changed


@retried
def standing(task_id: UUID, by: UUID, at: datetime) -> Standing:
    """What a phone asks before it sends.  Raises NotFound for a task the person may not see."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        row = store.cases.task_row(task_id)
        held = acting.held(store.cases.see(row.case_id)) if row is not None else None
        if held is None or not access.may_see(who, held.case):
            raise NotFound("Tugas tidak ditemukan.")
        found = store.documents.of_case(held.id)
        arrived = {one.sent_key: one.id for one in found if one.sent_key and one.field.startswith(f"{task_id}/")}
        draft = store.task_drafts.of(by, task_id)
        device = (draft[0].get(DEVICE) or [""])[0] if draft else ""
        return Standing(_refusal(store, held, task_id, who), draft[2] if draft else 0, device, arrived)


def _refusal(store: Store, held: Held, task_id: UUID, who: Actor) -> EngineError | None:
    task = held.case.task(str(task_id))
    if task is None:
        return gone(store, task_id)
    try:
        acting.require_task(store, who, task, held.case)
    except EngineError as refused:
        return refused
    return None
