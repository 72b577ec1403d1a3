"""What the desk's pages show: task page and case page; read in one transaction, frozen, clocks computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting, afterwards, doubts, levy_beside, paper_names, returned, visit_figures, visits
from app.operations.case_page import CasePage as CasePage
from app.operations.case_page import DiagramView as DiagramView
from app.operations.case_page import case_page as case_page
from app.operations.clock_views import ClockView, task_clock, waited
from app.operations.levy_beside import Basis, Money
from app.operations.lists_for_forms import document_labels, files_of, form_of, lists
from app.operations.open_tasks import gone, reaches
from app.operations.paper_windows import Window
from app.operations.prefilling import newest_application, prefilled
from app.operations.read_first import ReadFirst, read_first
from app.operations.retrying import retried
from app.operations.returned import NOTHING, Returned
from app.store import Store, transaction
from app.store.case_rows import SubmissionRow
from app.store.cases import Held
from app.store.task_lists import TaskRow
from engine import access
from engine.access import Actor
from engine.case import Task
from engine.errors import NotFound
from engine.forms import Choices, Form, preset


@dataclass(frozen=True)
class TaskPage:
    """A task to be done: its form with what it holds, and the case beside it."""

    held: Held
    task: Task
    row: TaskRow
    form: Form
    lists: Choices
    typed: dict[str, list[str]]
    files: Mapping[str, list[Any]]
    draft_version: int
    draft_at: datetime | None
    clock: ClockView | None
    barred: str
    waiting: str
    may_work: bool
    before: tuple[SubmissionRow, ...]
    documents: tuple[Any, ...]
    letters: tuple[Any, ...]
    first: ReadFirst
    about: str
    windows: tuple[tuple[datetime, datetime], ...] = ()
    questions: tuple[Any, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)  # of documents by their field
    versions: Mapping[UUID, int] = field(default_factory=dict)  # of documents, 0 for the only one of its place
    may_ask: bool = False
    returned: Returned = NOTHING
    visit: visits.Appointment | None = None  # where the task is to go, and when
    doubts: tuple[str, ...] = ()  # what looks odd in the application
    money: Money | None = None
    basis: Basis | None = None
    calculates: bool = False
    waited: str = ""  # for how long, in words, where no clock tells it
    paper: tuple[Window, ...] = ()  # windows in which it may have been done on paper
    refusals: tuple[Any, ...] = ()  # who did not take it, and why
    refused: Any = None  # the reader's own refusal, while it stands: `reason`, `at`
    earliest: datetime | None = None  # before when it cannot have been done
    stated: frozenset[str] = frozenset()  # labels of the figures that the applicant declared and that are measured
    entered_afterwards: Mapping[str, str] = field(default_factory=dict)  # submission -> the window it was done in


@retried
def task_page(task_id: UUID, by: UUID, at: datetime) -> TaskPage:
    """Raises NotFound, or TaskNotOpen with who did it and when."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        row = store.cases.task_row(task_id)
        if row is None:
            raise NotFound("Tugas tidak ditemukan.")
        held = acting.held(store.cases.see(row.case_id))
        if not reaches(who, held.case):
            raise NotFound("Tugas tidak ditemukan.")
        task = held.case.task(str(task_id))
        if task is None:
            raise gone(store, task_id)
        return _task_page(store, held, task, who, at)


def _task_page(store: Store, held: Held, task: Task, who: Actor, at: datetime) -> TaskPage:
    world = store.calendars.world()
    row = next(one for one in store.task_lists.open_tasks(held.id) if str(one.id) == task.id)
    draft = store.task_drafts.of(who.id, UUID(task.id))
    barred, waiting = access.barred_from(who, task, held.case), access.waits_for(task, held.case)
    form = form_of(held, task)
    ever, letters = store.documents.ever_of_case(held.id), store.documents.letters_of(held.id)
    documents = tuple(one for one in ever if one.removed_at is None)
    by_id = {str(one.id): one for one in documents}
    found = files_of(store, held, task)
    element = held.case.deployment.definition.elements[task.element]
    known = lists(store, held, at.astimezone(WIB).date())
    before = store.cases.submissions(held.id)
    typed = draft[0] if draft else prefilled(store, held, task, form)
    return TaskPage(
        held=held,
        task=task,
        row=row,
        form=form,
        lists=known,
        typed=preset(form, typed, known),
        files={name: [by_id[id] for id in ids] for name, ids in found.items()},
        draft_version=draft[2] if draft else 0,
        draft_at=draft[1] if draft else None,
        clock=task_clock(row.id, row.element, held.case, world, at),
        waited=waited(row.opened_at, world, at),
        barred=barred,
        waiting=waiting,
        may_work=not (barred or waiting) and task.assignee in (None, who.id),
        before=before,
        money=levy_beside.money(store, held, task, at),
        basis=levy_beside.basis(store, held, task),
        calculates=task.element in levy_beside.CALCULATING,
        returned=returned.to_applicant(store, held, task, before, at),
        doubts=doubts.of_application(before) if task.element in doubts.SHOWN_AT else (),
        visit=visits.appointed(store, held.id) if task.element == visits.INSPECTION else None,
        documents=documents,
        letters=letters,
        first=read_first(task, documents, letters),
        about=element.documentation,
        labels=document_labels(store, held),
        versions=paper_names.versions(ever),
        questions=store.questions.of_case(held.id),
        may_ask=access.may_ask(who, task, held.case),
        stated=visit_figures.stated(held, form, newest_application(before)),
        paper=afterwards.of_task(store, held, task, at) if who.kind == "official" else (),
        refusals=store.task_refusals.of_task(row.id) if who.kind == "official" else (),
        refused=store.task_refusals.standing(row.id).get(who.id),
        earliest=afterwards.earliest_of(held, task),
        entered_afterwards=store.steps.entered_afterwards(held.id),
        windows=world.calendar.as_known(at).windows(at.astimezone(WIB).date()),
    )
