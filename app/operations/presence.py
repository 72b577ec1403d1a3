"""Who else has a task's page open: told by the page's pulse, forgotten after a minute, no part of any record."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from app.operations import acting
from app.operations.open_tasks import reaches
from app.operations.retrying import retried
from app.store import transaction
from engine.errors import NotFound

FORGOTTEN = timedelta(minutes=1)


@retried
def here(task_id: UUID, by: UUID, at: datetime) -> tuple[str, ...]:
    """Note that an official has the page of an open task before him; the names of the others there, by name.

    Raises NotFound unless he is an official who may reach the task; of a task that is done nobody is told.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        row = store.cases.task_row(task_id)
        held = store.cases.see(row.case_id) if row else None
        if who.kind != "official" or held is None or not reaches(who, held.case):
            raise NotFound("Tugas tidak ditemukan.")
        if held.case.task(str(task_id)) is None:
            return ()
        store.desks.seen(task_id, by, at, at - FORGOTTEN)
        return store.desks.present(task_id, by, at - FORGOTTEN)
