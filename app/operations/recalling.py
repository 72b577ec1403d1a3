"""Taking back a step that was just done, by who did it or by the process administrator, until the next one begins."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from app.operations import acting, consequences
from app.operations.carrying_out import carry_out
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.cases import Held
from app.store.steps import LastStep
from engine import access
from engine import case as engine
from engine.access import APPLICANT, Actor
from engine.case import Task
from engine.errors import Refused

COMPLETED, MOVED = "completed", "moved"
MOST_EFFECTS = 60  # of one step
NOTHING = "Tidak ada langkah berkas ini yang dapat ditarik kembali."
TOLD = "Pemohon sudah diberi tahu tentang langkah ini; langkah ini tidak dapat ditarik kembali."
DECIDED = "Langkah ini menilai uang atau menandatangani surat; langkah ini tidak dapat ditarik kembali."


def keep(store: Store, held: Held, saved: Held, task: Task, who: Actor, at: datetime, kind: str = COMPLETED) -> None:
    """Remember where the case stood before an official's step; the applicant's stand, for terms hang on them."""
    if task.role == APPLICANT and kind == COMPLETED:
        return
    seqs = {"seq_before": held.seq, "seq": saved.seq}
    store.steps.keep(
        held.id, engine.before(held.case), kind=kind, task_id=UUID(task.id), element=task.element,
        by=who.id, at=at, **seqs,
    )  # fmt: skip


def effects_of(case_id: UUID, seq_before: int) -> list[UUID]:
    """The derived names that effects of a step may have (`Work.name`)."""
    return [uuid5(case_id, f"{seq_before}:{n}") for n in range(1, MOST_EFFECTS + 1)]


@retried
def recall(case_id: UUID, by: UUID, at: datetime, reason: str = "") -> UUID:
    """Take back the last completed step of a case; returns the task that is open again.

    Only by who did it, or by a process administrator with a reason, and only as
    long as nothing after it has begun.  Raises Refused with what stands in the
    way, NotAllowed, SubmissionInvalid, CaseClosed, CaseSuspended, NotFound.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        held, last = last_of(store, case_id, COMPLETED)
        if last.by != who.id and not access.may(who, "recall_step") and _did_before(held, who):
            raise Refused(engine.BEGUN["task_completed"])
        [task] = store.steps.tasks([str(last.task_id)])
        engine.require_moving(held.case)
        access.require_recalling(who, last.by, task, reason)
        undo(store, held, last, who, at, reason, "step_recalled")
        return last.task_id


def last_of(store: Store, case_id: UUID, kind: str) -> tuple[Held, LastStep]:
    """The locked case and its last step, when it was of that kind; raises Refused, NotFound."""
    held = acting.held(store.cases.lock(case_id))
    last = store.steps.last(case_id)
    if last is None or last.kind != kind:
        raise Refused(NOTHING)
    return held, last


def _did_before(held: Held, who: Actor) -> bool:
    return any(one.by == who.id for one in held.case.done)


def undo(store: Store, held: Held, last: LastStep, who: Actor, at: datetime, reason: str, what: str) -> Held:
    """Put the case back where it stood before `last`, by an event of kind `what`; raises Refused."""
    _refuse_lasting(store, held, last, at)
    lost = store.steps.tasks(engine.reopening(held.case, last.before))
    role = next((one.role for one in lost if who.holds(one.role)), acting.AP)
    doing = acting.doing(held.case, at, who.id, role)
    event = doing.event(what, last.element, None, task=str(last.task_id), since=last.seq_before + 1, until=last.seq)
    completed = str(last.task_id) if last.kind == COMPLETED else ""
    saved = carry_out(store, held, engine.take_back(held.case, last.before, lost, doing, event, completed), at)
    if reason.strip():
        store.steps.give_reason(held.id, held.seq + 1, reason.strip())
    return saved


def _refuse_lasting(store: Store, held: Held, last: LastStep, at: datetime) -> None:
    """Raise Refused when the step did what cannot be undone, or something after it has begun."""
    told = store.cases.events(held.id)
    done = [one.kind for one in told if last.seq_before < one.seq <= last.seq]
    after = [one.kind for one in told if one.seq > last.seq]
    why = engine.lasting(done, after) or (DECIDED if last.element in consequences.LASTING else "")
    if why:
        raise Refused(why)
    out = store.outbox.take_back(effects_of(held.id, last.seq_before), at)
    if any(one.payload.get("to") == str(held.case.facts.applicant) for one in out):
        raise Refused(TOLD)
