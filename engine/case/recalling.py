"""Taking back the last step of a case while nothing after it has begun.

The process stands again where it stood, under the same task; of its clocks
every entry the step made is said not to have happened, so that they run on as
if it had never been done: time that passed counts.  The history keeps both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from engine import bpmn
from engine.bpmn import OpenTask
from engine.case.clockwork import Doing
from engine.case.tasks import ended
from engine.case.unmarking import unmark
from engine.case.values import HOME_UNIT, Case, Done, Step, Task
from engine.clocks import PastSpells, Spell
from engine.events import Event

# What a step may have done that cannot be taken back, and the sentence that says so.
LASTING: Mapping[str, str] = {
    "number_reserved": "Langkah ini sudah memesan nomor dari buku; nomor tidak pernah ditarik kembali.",
    "letter_issued": "Langkah ini sudah menerbitkan surat; surat yang terbit tidak dapat ditarik kembali.",
    "letter_signed": "Langkah ini sudah menandatangani surat; tanda tangan tidak dapat ditarik kembali.",
    "levy_assessed": "Langkah ini sudah menetapkan retribusi; penetapan tidak dapat ditarik kembali.",
    "refund_opened": "Langkah ini sudah membuka permintaan pengembalian; langkah ini tidak dapat ditarik kembali.",
    "case_closed": "Langkah ini sudah menutup berkas; berkas yang ditutup tidak dapat ditarik kembali.",
}
# What may happen after a step without anything having begun.
HARMLESS = frozenset(
    (
        "notice_sent letter_scanned hold_asked hold_refused case_suspended case_resumed task_declined "
        "extension_proposed extension_refused extension_expired risk_raised risk_set_aside risk_answered"
    ).split()
)
# What has begun when one of these came after the step.
BEGUN: Mapping[str, str] = {
    "task_claimed": "Tugas berikutnya sudah diambil; langkah ini tidak dapat ditarik kembali lagi.",
    "task_reassigned": "Tugas berikutnya sudah dialihkan; langkah ini tidak dapat ditarik kembali lagi.",
    "task_completed": "Tugas sesudahnya sudah diselesaikan; langkah ini tidak dapat ditarik kembali lagi.",
    "document_added": "Dokumen sudah diunggah pada tugas berikutnya; langkah ini tidak dapat ditarik kembali lagi.",
    "message_received": "Berkas ini sudah menerima kabar sesudahnya; langkah ini tidak dapat ditarik kembali lagi.",
    "element_passed": "Alur sudah bergerak lagi sesudahnya; langkah ini tidak dapat ditarik kembali lagi.",
    "case_migrated": "Berkas ini sudah dipindahkan ke terbitan lain; langkah ini tidak dapat ditarik kembali lagi.",
    "extension_agreed": "Pemohon sudah menyetujui perpanjangan; langkah ini tidak dapat ditarik kembali lagi.",
    "step_recalled": "Langkah ini sudah ditarik kembali.",
    "move_undone": "Langkah ini sudah ditarik kembali.",
}
MOVED_ON = "Berkas ini sudah melangkah sejak itu; langkah ini tidak dapat ditarik kembali lagi."


@dataclass(frozen=True)
class Before:
    """Where a case stood before a step; `ledgers`: how many entries each clock had."""

    snapshot: str
    state: str
    ledgers: Mapping[UUID, int]
    skips: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def before(case: Case) -> Before:
    """What taking back the next step of this case needs to know."""
    return Before(case.snapshot, case.state, {one.id: len(one.events) for one in case.clocks}, case.skips)


def lasting(kinds: Iterable[str], after: Iterable[str]) -> str:
    """Why a step cannot be taken back, by the kinds of its events and of those after it; "" when it can."""
    begun = [BEGUN.get(one, MOVED_ON) for one in after if one not in HARMLESS]
    return next((LASTING[one] for one in kinds if one in LASTING), begun[0] if begun else "")


def reopening(case: Case, was: Before) -> frozenset[str]:
    """Ids of the tasks that are open again once the step is taken back."""
    return frozenset(one.id for one in _position(case, was).tasks) - {one.id for one in case.tasks}


def _position(case: Case, was: Before) -> bpmn.Position:
    return bpmn.read(case.deployment.definition, was.snapshot)


def take_back(case: Case, was: Before, lost: Iterable[Task], doing: Doing, event: Event, completed: str = "") -> Step:
    """The case as it stood before its last step; `lost`: the tasks of `reopening`, as they were held.

    `completed`: the task that the step completed, when it did.  `event` tells
    what is done, by whom.  Raises ValueError when a task is missing from `lost`.
    """
    position = _position(case, was)
    tasks = _tasks(position.tasks, {one.id: one for one in (*lost, *case.tasks)})
    again = [one for one in tasks if case.task(one.id) is None]
    gone = [one for one in case.tasks if all(one.id != other.id for other in tasks)]
    told = [event, *(doing.event("task_cancelled", one.element, None, task=one.id) for one in gone)]
    told += [doing.event("task_reopened", one.element, None, task=one.id) for one in again]
    still = {one.id for one in case.tasks} - {one.id for one in gone}
    spells = reopened(replace(case, spells=ended(case, still, doing.at)), again)
    case, corrected = unmark(case, was.ledgers, doing)
    if was.state != case.state:
        told.append(doing.event("state_changed", "", None, before=case.state, after=was.state))
    back = replace(
        case,
        snapshot=was.snapshot,
        waiting=position.waiting,
        timer_at=position.wake_at,
        state=was.state,
        tasks=tasks,
        done=_undone(case.done, next((one for one in again if one.id == completed), None)),
        spells=spells,
        skips=was.skips,
        last_at=doing.recorded_at,
    )
    return Step(back, (*told, *corrected), (), position.data)


def _tasks(open_then: Iterable[OpenTask], known: Mapping[str, Task]) -> tuple[Task, ...]:
    found = list(open_then)
    missing = [one.id for one in found if one.id not in known]
    if missing:
        raise ValueError(f"tasks unknown to their case: {missing}")
    return tuple(known[one.id] for one in found)


def _undone(done: tuple[Done, ...], task: Task | None) -> tuple[Done, ...]:
    """Without the last doing of a step that is no longer done."""
    if task is None:
        return done
    places = [n for n, one in enumerate(done) if (one.element, one.unit) == (task.element, task.unit)]
    less = (replace(one, times=one.times - 1) if n in places[-1:] else one for n, one in enumerate(done))
    return tuple(one for one in less if one.times)


def reopened(case: Case, again: list[Task]) -> tuple[Spell | PastSpells, ...]:
    """An official's task that is open again was never not open."""
    begun = {(one.unit or HOME_UNIT, one.element, one.opened_at) for one in again}
    steps = {(unit, element) for unit, element, _ in begun}
    spells: list[Spell | PastSpells] = []
    for one in case.spells:
        spells += one.apart() if isinstance(one, PastSpells) and (one.unit, one.step) in steps else [one]
    return tuple(
        replace(one, until=None) if isinstance(one, Spell) and (one.unit, one.step, one.since) in begun else one
        for one in spells
    )
