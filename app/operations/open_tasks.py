"""A task as whoever reaches for it finds it: open, in its locked case, or gone, and then by whom and when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.store import Store
from app.store.cases import Held
from app.store.encoding import parse
from engine import access
from engine.access import Actor
from engine.case import Case, Task
from engine.errors import NotFound, TaskNotOpen, office_word


def open_task(store: Store, task_id: UUID, by: Actor) -> tuple[Held, Task]:
    """The locked case and its open task; raises NotFound, or TaskNotOpen with who did it and when."""
    found = store.cases.with_task(task_id)
    if found is None or not reaches(by, found.case):
        raise NotFound("Tugas tidak ditemukan.")
    task = found.case.task(str(task_id))
    if task is None:
        raise gone(store, task_id)
    return found, task


def reaches(by: Actor, case: Case) -> bool:
    """Whether the tasks of a case are there for the actor at all: who may see it, and the counter for applicants."""
    return access.may_see(by, case) or access.may(by, "file_for_applicant")


def gone(store: Store, task_id: UUID) -> TaskNotOpen:
    """Says who finished the task and when."""
    row = store.cases.task_row(task_id)
    who = store.people.names({row.closed_by}).get(row.closed_by, "") if row and row.closed_by else ""
    if row is not None and row.status == "cancelled" and row.closed_at is not None:
        return _cancelled(store, row)
    if not who or row.closed_at is None:
        return TaskNotOpen(about=task_id)
    when = row.closed_at.astimezone(WIB).strftime("%d/%m/%Y %H.%M")
    return TaskNotOpen(
        "Tugas ini sudah diselesaikan oleh %(who)s pada %(when)s WIB.", about=task_id, who=who, when=when
    )


def _cancelled(store: Store, row: Any) -> TaskNotOpen:
    """Who moved the file on so that the task is no longer needed, and when; the office itself when a term passed."""
    told = store.cases.events(row.case_id)
    acts = [one for one in told if one.at == row.closed_at and one.by is not None]
    names = store.people.names({one.by for one in acts})
    when = row.closed_at.astimezone(WIB).strftime("%d/%m/%Y %H.%M")
    who = names.get(acts[0].by, "") if acts else ""
    if not who:
        return TaskNotOpen("Tugas ini tidak diperlukan lagi sejak %(when)s WIB.", about=row.id, when=when)
    if to := _taken_to(acts, str(row.id)):
        sentence = "Tugas ini dipindahkan ke langkah %(step)s oleh %(who)s pada %(when)s WIB."
        return TaskNotOpen(sentence, about=row.id, step=office_word(to), who=who, when=when)
    if any(one.kind == "migration_undone" for one in acts):
        sentence = "Tugas ini tidak ada lagi: pemindahan berkasnya dibatalkan oleh %(who)s pada %(when)s WIB."
        return TaskNotOpen(sentence, about=row.id, who=who, when=when)
    sentence = "Tugas ini tidak diperlukan lagi: berkasnya dilanjutkan atau dicabut oleh %(who)s pada %(when)s WIB."
    return TaskNotOpen(sentence, about=row.id, who=who, when=when)


def _taken_to(acts: Iterable[Any], task: str) -> str:
    """The name of the step at which a file went on in place of a task; "" where it did not."""
    bodies = (parse(one.body) for one in acts)
    return next((str(body["to"]) for body in bodies if body.get("task") == task and "instead" in body), "")
