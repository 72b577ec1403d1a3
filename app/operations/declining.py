"""Not taking a task: it stays with the group, who refused it and why is kept, and he is not offered it again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from app.operations import acting
from app.operations.carrying_out import carry_out
from app.operations.open_tasks import open_task
from app.operations.retrying import retried
from app.store import transaction
from engine import case as engine
from engine import reasons, reserved

FIELD = reserved.DECLINED


@retried
def decline_task(task_id: UUID, reason: str, by: UUID, at: datetime) -> UUID:
    """Refuse to take a task, or put down one that was handed to oneself; sent twice it stands once.

    Raises NotAllowed, TaskNotOpen, TaskTaken, NotFound, SubmissionInvalid at `alasan_menolak`.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        held, task = open_task(store, task_id, who)
        step = engine.decline_task(held.case, task.id, who, at)
        why = reasons.require(reason, FIELD, "Mengapa tugas ini tidak diambil")
        if store.task_refusals.add(task_id, by, why, at):
            carry_out(store, held, step, at)
            store.steps.give_reason(held.id, held.seq + 1, why)
        return held.id
