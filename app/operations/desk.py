"""What the desk's pages show: inbox, task page, case page; read in one transaction, frozen, clocks computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting, doubts, levy_beside, returned, visits
from app.operations.awaiting import Awaited, awaiting
from app.operations.case_page import CasePage as CasePage
from app.operations.case_page import DiagramView as DiagramView
from app.operations.case_page import case_page as case_page
from app.operations.clock_views import ClockView, view, waited
from app.operations.levy_beside import Basis, Money
from app.operations.lists_for_forms import document_labels, files_of, form_of, lists
from app.operations.prefilling import prefilled
from app.operations.read_first import ReadFirst, read_first
from app.operations.retrying import retried
from app.operations.returned import NOTHING, Returned
from app.operations.tasks import gone
from app.store import Store, transaction
from app.store.case_rows import SubmissionRow
from app.store.cases import Held
from app.store.task_lists import InboxFilter as InboxFilter
from app.store.task_lists import TaskRow
from engine import access
from engine.access import Actor
from engine.case import Case, Task
from engine.clocks import World
from engine.deployment import Deployment
from engine.errors import NotFound
from engine.forms import Choices, Form, preset


@dataclass(frozen=True)
class InboxLine:
    row: TaskRow
    permit_name: str
    clock: ClockView | None
    kahar: bool
    barred: str = ""
    waiting: str = ""  # what it waits for, whoever would do it
    answered: bool | None = None  # None: nothing was asked of the applicant from this task
    waited: str = ""  # for how long, in words, where no clock tells it


@dataclass(frozen=True)
class Inbox:
    view: str
    lines: tuple[InboxLine, ...]
    counts: Mapping[str, int]
    more: tuple[datetime | None, UUID] | None
    permits: tuple[tuple[str, str], ...]
    elements: tuple[tuple[str, str], ...]
    windows: tuple[tuple[datetime, datetime], ...]
    at: datetime
    awaited: tuple[Awaited, ...] = ()


def start_of_day(at: datetime) -> datetime:
    return at.astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)


@retried
def inbox(by: UUID, wanted: InboxFilter, at: datetime) -> Inbox:
    """The official's tasks, most urgent by legal time first; stopped ones in a list of their own."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        _officials_only(who)
        world, since = store.calendars.world(), start_of_day(at)
        source = InboxFilter(**{**vars(wanted), "view": "semua"}) if wanted.view == "ditangguhkan" else wanted
        rows = store.task_lists.inbox(who, source, since)
        cases = store.readings.clocked({row.case_id for row in rows}, store.deployments.get)
        asked = store.questions.of_tasks(row.id for row in rows[: wanted.limit])
        lines = [
            replace(_line(row, cases[row.case_id], world, at, who), answered=asked.get(row.id))
            for row in rows[: wanted.limit]
        ]
        if wanted.view == "ditangguhkan":
            lines = [one for one in lines if one.clock is not None and one.clock.state == "PAUSED"]
        last = rows[wanted.limit - 1] if len(rows) > wanted.limit else None
        more = (last.due_at or last.promised_at or last.opened_at, last.id) if last else None
        catalogue = store.deployments.active().catalogue
        counts = dict(store.task_lists.inbox_counts(who, since))
        counts["ditangguhkan"] = _paused_count(store, who, since, world, at)
        return Inbox(
            wanted.view,
            tuple(lines),
            counts,
            more,
            tuple((one.code, one.name) for one in catalogue.permits.values() if one.active),
            _elements(store.deployments.active(), who),
            world.calendar.as_known(at).windows(at.astimezone(WIB).date()),
            at,
            awaiting(store, who),
        )


def _officials_only(who: Actor) -> None:
    if who.kind != "official":
        raise NotFound("Halaman tidak ditemukan.")


def _paused_count(store: Store, who: Actor, since: datetime, world: World, at: datetime) -> int:
    rows = store.task_lists.inbox(who, InboxFilter(view="semua", limit=200), since)
    cases = store.readings.clocked({row.case_id for row in rows}, store.deployments.get)
    return sum(1 for row in rows if _is_paused(row, cases[row.case_id], world, at))


def _is_paused(row: TaskRow, case: Case, world: World, at: datetime) -> bool:
    clock = _task_view(row, case, world, at)
    return clock is not None and clock.state == "PAUSED"


def _elements(deployment: Deployment, who: Actor) -> tuple[tuple[str, str], ...]:
    found = {
        one.id: one.name for one in deployment.definition.elements.values() if one.form_key and one.role in who.roles
    }
    return tuple(sorted(found.items(), key=lambda pair: pair[1]))


def _line(row: TaskRow, case: Case, world: World, at: datetime, who: Actor) -> InboxLine:
    permit = case.deployment.catalogue.permits[row.permit]
    clock = _task_view(row, case, world, at)
    kahar = clock is not None and "FORCE_MAJEURE" in clock.paused_by
    task = case.task(str(row.id))
    if task is None:
        return InboxLine(row, permit.name, clock, kahar)
    barred, waiting = access.barred_from(who, task, case), access.waits_for(task, case)
    return InboxLine(row, permit.name, clock, kahar, barred, waiting, waited=waited(row.opened_at, world, at))


def _task_view(row: TaskRow, case: Case, world: World, at: datetime) -> ClockView | None:
    """The task's own clock; a task without a standard shows the payment clock, else the case's while it runs."""
    own = next((one for one in case.clocks if one.task == str(row.id)), None)
    chosen = own or _other_clock(case, row.element)
    found = view(case, chosen, world, at) if chosen is not None and chosen.events else None
    return None if found is not None and found.state == "STOPPED" else found


def _other_clock(case: Case, element: str) -> Any:
    if element == "validasi_bayar" and case.clock("VALIDASI") is not None:
        return case.clock("VALIDASI")
    return case.clock("L")


@retried
def pulse(by: UUID, at: datetime) -> dict[str, Any]:
    """Counts and the newest change, small enough to be asked every twenty seconds."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        counts = store.task_lists.inbox_counts(who, start_of_day(at))
        newest = store.task_lists.newest_task_at(who)
        return {"jumlah": counts, "terbaru": newest.isoformat() if newest else ""}


# --- one task


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
    may_ask: bool = False
    returned: Returned = NOTHING
    visit: visits.Appointment | None = None  # where the task is to go, and when
    doubts: tuple[str, ...] = ()  # what looks odd in the application
    money: Money | None = None
    basis: Basis | None = None
    calculates: bool = False
    waited: str = ""  # for how long, in words, where no clock tells it


@retried
def task_page(task_id: UUID, by: UUID, at: datetime) -> TaskPage:
    """Raises NotFound, or TaskNotOpen with who did it and when."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        row = store.cases.task_row(task_id)
        if row is None:
            raise NotFound("Tugas tidak ditemukan.")
        held = acting.held(store.cases.see(row.case_id))
        if not (access.may_see(who, held.case) or access.may(who, "file_for_applicant")):
            raise NotFound("Tugas tidak ditemukan.")
        task = held.case.task(str(task_id))
        if task is None:
            raise gone(store, task_id)
        return _task_page(store, held, task, who, at)


def _task_page(store: Store, held: Held, task: Task, who: Actor, at: datetime) -> TaskPage:
    world = store.calendars.world()
    row = next(one for one in store.task_lists.open_tasks(held.id) if str(one.id) == task.id)
    draft = store.cases.draft(who.id, UUID(task.id))
    barred, waiting = access.barred_from(who, task, held.case), access.waits_for(task, held.case)
    form = form_of(held, task)
    documents, letters = store.documents.of_case(held.id), store.documents.letters_of(held.id)
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
        clock=_task_view(row, held.case, world, at),
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
        questions=store.questions.of_case(held.id),
        may_ask=access.may_ask(who, task, held.case),
        windows=world.calendar.as_known(at).windows(at.astimezone(WIB).date()),
    )
