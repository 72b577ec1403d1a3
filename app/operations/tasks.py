"""What people do with tasks: take, put back, hand on, keep a draft, complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import WIB
from app.operations import acting, consequences, idempotency, personal, recalling, signatures
from app.operations.carrying_out import carry_out
from app.operations.lists_for_forms import Uploaded, form_of, lists_asked_for
from app.operations.open_tasks import open_task
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.cases import Held
from app.store.ids import uuid7
from engine import access, reasons, reserved
from engine import case as engine
from engine.access import Actor
from engine.case import Case, Task
from engine.catalogue.places import box_of
from engine.errors import SubmissionInvalid
from engine.events import Event
from engine.forms import Submission, attempt

Typed = Mapping[str, Sequence[str]]
RELEASED = reserved.RELEASED  # where a person says why a task is put back
USUAL = (
    "Berhalangan: cuti, sakit, atau dinas luar",
    "Beban kerja sedang penuh",
    "Terambil tidak sengaja",
    "Perlu dikerjakan rekan yang lebih menguasai",
    "Ada benturan kepentingan",
)


@dataclass(frozen=True)
class Completed:
    """What completing a task led to."""

    case_id: UUID
    number: str | None
    state: str
    repeated: bool = False
    applicants: bool = False  # the step was the applicant's, whoever did it for him
    element: str = ""


@dataclass(frozen=True)
class Past:
    """A step that is entered after it happened: when it did, in which window (its code), what is told beside it."""

    at: datetime
    window: str
    events: tuple[Event, ...] = ()


@retried
def complete_task(
    task_id: UUID, raw: Typed, outcome: str, by: UUID, at: datetime, key: UUID | None = None
) -> Completed:
    """Complete a task with what was typed.

    Raises SubmissionInvalid (422), TaskNotOpen and TaskTaken (409), NotAllowed
    (403), NotFound (404), Unavailable (503).  The same key twice gives the
    first answer again and does nothing.
    """
    with transaction() as store:
        print_ = idempotency.fingerprint(f"complete:{outcome}", task_id, raw)
        before = idempotency.begin(store, key, by, print_, at)
        if before is not None:
            return answered(before)
        who = acting.actor(store, by, at)
        held, task = open_task(store, task_id, who)
        require_working(store, who, task, held.case)
        return finish(store, held, task, raw, outcome, who, at, key)


def require_working(store: Store, who: Actor, task: Task, case: Case) -> None:
    """What stands before completing a task, or taking it: raises CaseSuspended, NotAllowed, TaskTaken."""
    engine.require_moving(case)
    acting.require_task(store, who, task, case)


def answered(before: Mapping[str, Any]) -> Completed:
    """What a repeated post gets: the first answer."""
    own, element = bool(before.get("applicants")), str(before.get("element", ""))
    return Completed(UUID(before["case"]), before["number"], before["state"], True, own, element)


def finish(
    store: Store,
    held: Held,
    task: Task,
    raw: Typed,
    outcome: str,
    who: Actor,
    at: datetime,
    key: UUID | None,
    past: Past | None = None,
) -> Completed:
    """Read what was typed, complete the task by it, and remember the answer under the key."""
    submission = read_submission(store, held, task, raw, outcome, who, past.at if past else at)
    saved = complete(store, held, task, submission, who, at, past)
    applicants = task.role == access.APPLICANT
    told = {"case": str(saved.id), "number": saved.number, "state": saved.case.state}
    idempotency.answer(store, key, {**told, "applicants": applicants, "element": task.element})
    return Completed(saved.id, saved.number, saved.case.state, False, applicants, task.element)


def read_submission(
    store: Store, held: Held, task: Task, raw: Typed, outcome: str, who: Actor, at: datetime
) -> Submission:
    """What was typed; what its form and what the office's rules find wrong with it is told at once."""
    known = lists_asked_for(store, held, at.astimezone(WIB).date())
    box = box_of(held.case.deployment.catalogue.settings.get("batas_koordinat"))
    inside = box.holds if box else None
    submission, errors = attempt(form_of(held, task), raw, known, Uploaded(store, held, task), outcome, inside)
    if errors:
        doing = consequences.Completing(store, held, task, submission, who, at)
        raise SubmissionInvalid(errors | consequences.faults(doing) | errors)  # the form's own first
    return submission


def complete(
    store: Store,
    held: Held,
    task: Task,
    submission: Submission,
    who: Actor,
    at: datetime,
    past: Past | None = None,
) -> Held:
    """Complete an open task under its lock: consequences, submission, the engine's step, what it asks for.

    `past`: it happened then and is recorded now; its rules are those of its time.
    """
    then = past.at if past else at
    doing = consequences.Completing(store, held, task, submission, who, then)
    columns = consequences.prepare(doing)
    submission = doing.submission
    record = keep_submission(store, held, task, submission, who, at)
    if "area" in columns:
        facts = replace(held.case.facts, area=columns["area"])
        held = replace(held, case=replace(held.case, facts=facts))
    if past:
        record = {**record, "afterwards": past.window}
    done = engine.complete_task(held.case, task.id, submission, who, then, record, recorded_at=at)
    step = consequences.confirmed(task, done)
    if past:
        step = replace(step, events=(*past.events, *step.events))
    store.task_drafts.drop(UUID(task.id))
    saved = carry_out(store, held, step, at, then, **columns)
    recalling.keep(store, held, saved, task, who, at)
    signatures.sign(store, saved, task.element, submission, who.id, at)
    signatures.deliver(store, saved, task.element, submission)
    return saved


def keep_submission(
    store: Store, held: Held, task: Task, submission: Submission, who: Actor, at: datetime
) -> dict[str, Any]:
    """Store the values apart; the event gets the submission's id and a salted digest of each value."""
    id = uuid7()
    kept = {**submission.values} | ({reserved.REASON: submission.reason} if submission.reason else {})
    found, salts = personal.digests(kept)
    store.cases.put_submission(
        id,
        held.id,
        at,
        who.id,
        task_id=UUID(task.id),
        element=task.element,
        form_key=submission.form,
        form_version=submission.version,
        outcome=submission.outcome,
        reason=submission.reason,
        values=dict(submission.values),
        salts=salts,
    )
    return {"submission": str(id), "digests": found}


@retried
def claim_task(task_id: UUID, by: UUID, at: datetime) -> UUID:
    """Take a task; returns its case.  One's own taken again changes nothing."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        held, task = open_task(store, task_id, who)
        acting.require_task(store, who, task, held.case)
        if task.assignee != by:
            carry_out(store, held, engine.claim_task(held.case, task.id, who, at), at)
        return held.id


@retried
def release_task(task_id: UUID, by: UUID, at: datetime, reason: str) -> UUID:
    """Put a task back to its group and keep why; one that nobody holds stays there.

    Raises NotAllowed, TaskNotOpen, NotFound, SubmissionInvalid at `alasan_lepas`.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        held, task = open_task(store, task_id, who)
        if task.assignee is None:
            return held.id
        step = engine.release_task(held.case, task.id, who, at, reason)
        why = reasons.require(reason, RELEASED, "Mengapa dilepas")
        carry_out(store, held, step, at)
        store.steps.give_reason(held.id, held.seq + 1, why)
        return held.id


MOST_PASSED = 20


@retried
def next_task(by: UUID, at: datetime) -> UUID | None:
    """The most urgent task the person may do: one he holds already, or the group's, which becomes his.

    Two people pressing at once get two tasks; who holds the most urgent one gets it again, and no other beside it.
    What he refuses to take is not among the group's tasks for him.
    """
    passed: list[UUID] = []
    while len(passed) < MOST_PASSED:
        with transaction() as store:
            who = acting.actor(store, by, at)
            own = store.task_lists.most_urgent_own(who, passed)
            taken = store.task_lists.lock_next(who, passed, own)
            found = taken or (own[1] if own else None)
            if found is None:
                return None
            held, task = open_task(store, found, who)
            if access.barred_from(who, task, held.case) or access.waits_for(task, held.case):
                passed.append(found)
                continue
            if taken is not None:
                carry_out(store, held, engine.claim_task(held.case, task.id, who, at), at)
            return found
    return None


__all__ = [
    "Completed",
    "claim_task",
    "complete",
    "complete_task",
    "next_task",
    "release_task",
]
