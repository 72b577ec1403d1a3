"""Dicatat setelah kejadian: a step that was done on paper while the office could not work, entered when it can again.

It happened then and is recorded now: clocks, tasks and history tell both.  Only within an established keadaan kahar
that covers the task, never before the step that led to it, and with a scan of the paper.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.clock import WIB
from app.letters.pages import Inspected, inspect_upload
from app.operations import acting, consequences, idempotency, signatures, tasks
from app.operations.lists_for_forms import file_key
from app.operations.open_tasks import open_task
from app.operations.paper_windows import Place, Window, windows
from app.operations.retrying import retried
from app.operations.tasks import Completed, Past, Typed
from app.store import Store, files, transaction
from app.store.cases import Held
from app.store.ids import uuid7
from app.store.task_lists import InboxFilter, TaskRow
from engine import case as engine
from engine import reserved
from engine.access import APPLICANT, Actor
from engine.case import Task
from engine.errors import NotFound, Refused, Sentence, SubmissionInvalid

PAPER = reserved.PAPER  # the page's names: the scan, the instant, the window
WHEN = reserved.PAPER_TIME
WINDOW = reserved.PAPER_EVENT
UNKNOWN = "Pilih kejadian yang membuat langkah ini dikerjakan di atas kertas"
NO_SCAN = "Unggah pindaian lembar kertasnya"
VIEWS = ("saya", "kelompok")
UNNAMED = "Pilih kejadiannya; kosongkan saat dan pindaian bila langkah ini dikerjakan sekarang"
MOST = 50
# Money that is judged and signatures bear days and registers of their own; they are made when they are made.
NEVER = consequences.LASTING | frozenset(signatures.STEPS)


@dataclass(frozen=True)
class Waiting:
    """A task the person may do that was open, or could have been, in a window."""

    row: TaskRow
    windows: tuple[Window, ...]


@dataclass(frozen=True)
class Wish:
    """What somebody says of a step done on paper: in which window, when, and the scanned paper."""

    window: str
    happened_at: datetime | None
    content: bytes


def of_task(store: Store, held: Held, task: Task, at: datetime) -> tuple[Window, ...]:
    """The windows in which this task may have been done on paper; none for an applicant's, for money, a signature."""
    if task.role == APPLICANT or task.element in NEVER:
        return ()
    place = Place.of_task(held.case, task)
    return tuple(one for one in windows(store, at) if one.covers(place, at))


@retried
def queue(by: UUID, at: datetime) -> tuple[tuple[Window, ...], tuple[Waiting, ...]]:
    """The windows, and the person's tasks that may have been done within one.  Raises NotFound for applicants."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        if who.kind != "official":
            raise NotFound("Halaman tidak ditemukan.")
        known = windows(store, at)
        rows = [row for view in VIEWS for row in _rows(store, who, view, at)] if known else []
        catalogue = store.deployments.active().catalogue
        placed = ((row, Place.of_row(row, catalogue)) for row in rows)
        met = ((row, tuple(one for one in known if one.covers(place, at))) for row, place in placed)
        return known, tuple(Waiting(row, found) for row, found in met if found and row.element not in NEVER)


def _rows(store: Store, who: Actor, view: str, at: datetime) -> tuple[TaskRow, ...]:
    return store.task_lists.inbox(who, InboxFilter(view=view, limit=MOST), at)[:MOST]


@retried
def complete(
    task_id: UUID, raw: Typed, outcome: str, wish: Wish, by: UUID, at: datetime, key: UUID | None = None
) -> Completed:
    """Complete a task as `tasks.complete_task` does, at the time it was done on paper.

    Raises also SubmissionInvalid at `WINDOW`, `WHEN` and `PAPER`, Refused for a step that is never entered afterwards.
    """
    paper, faults = _paper(wish)
    sha256 = files.put(paper.clean_bytes) if paper else ""
    with transaction() as store:
        print_ = idempotency.fingerprint(f"complete:{outcome}", task_id, {**raw, PAPER: [sha256]})
        before = idempotency.begin(store, key, by, print_, at)
        if before is not None:
            return tasks.answered(before)
        who = acting.actor(store, by, at)
        held, task = open_task(store, task_id, who)
        engine.require_moving(held.case)
        faults |= _faults(store, held, task, wish, at)
        happened_at = wish.happened_at
        if faults or paper is None or happened_at is None:
            raise SubmissionInvalid(faults)
        acting.require_task(store, who, task, held.case)
        acting.require_task(store, acting.actor(store, by, happened_at), task, held.case)
        past = _kept(store, held, task, paper, sha256, Past(happened_at, wish.window), wish, who, at)
        return tasks.finish(store, held, task, raw, outcome, who, at, key, past)


def absent(window: str, content: bytes) -> dict[str, str]:
    """A sentence for an event that is not named, else for a scan that is not there."""
    if not window:
        return {WINDOW: UNNAMED}
    return {} if content else {PAPER: NO_SCAN}


def _paper(wish: Wish) -> tuple[Inspected | None, dict[str, str]]:
    """The scan, and what is wrong with it and with the event."""
    faults = absent(wish.window, wish.content)
    if not wish.content:
        return None, faults
    try:
        return inspect_upload(wish.content), faults
    except Refused as refusal:
        return None, {**faults, PAPER: str(refusal)}


def _faults(store: Store, held: Held, task: Task, wish: Wish, at: datetime) -> dict[str, str]:
    """What is wrong with the event and the time; raises Refused for a step that is never entered afterwards."""
    if task.role == APPLICANT or task.element in NEVER:
        raise Refused("Langkah ini tidak dapat dicatat setelah kejadian; kerjakan seperti biasa.")
    window = next((one for one in of_task(store, held, task, at) if one.code == wish.window), None)
    unnamed = {WINDOW: UNKNOWN if wish.window else UNNAMED} if window is None else {}
    wrong = _untimely(window, wish.happened_at, earliest_of(held, task), at)
    return {**unnamed, WHEN: wrong} if wrong else unnamed


def _untimely(window: Window | None, then: datetime | None, earliest: datetime, at: datetime) -> str:
    """Why a step cannot have happened `then`, in a sentence; "" when it can.  Without its event little is known."""
    if then is None:
        return "Saat langkah ini dikerjakan wajib diisi" if window else ""
    if then > at:
        return "Saat ini belum tiba"
    if window is not None and not window.since <= then <= window.ended(at):
        told = "Di luar kejadian itu: %(a)s sampai %(b)s"
        return Sentence(told, a=_moment(window.since), b=_moment(window.ended(at)))
    return Sentence("Sebelum langkah sebelumnya (%(a)s)", a=_moment(earliest)) if window and then < earliest else ""


def earliest_of(held: Held, task: Task) -> datetime:
    """When the file's last step happened: nothing that follows it was done before."""
    return max((task.opened_at, *(one.at for one in held.case.done)))


def _moment(at: datetime) -> str:
    return at.astimezone(WIB).strftime("%d/%m/%Y %H.%M WIB")


def _kept(
    store: Store,
    held: Held,
    task: Task,
    paper: Inspected,
    sha256: str,
    past: Past,
    wish: Wish,
    who: Actor,
    at: datetime,
) -> Past:
    """The scan as a document of the file, with the event that tells of it."""
    id = uuid7()
    store.documents.add_file(sha256, len(paper.clean_bytes), paper.media_type, paper.pages, at)
    columns = {"case_id": held.id, "field": file_key(task, PAPER), "requirement": "", "sha256": sha256}
    name = f"Lembar kertas {task.name} ({wish.window})"[:120]
    store.documents.add(id, at, name=name, uploaded_by=who.id, **columns)
    doing = acting.doing(held.case, at, who.id)
    event = doing.event("document_added", task.element, None, document=str(id), sha256=sha256)
    return replace(past, events=(event,))
