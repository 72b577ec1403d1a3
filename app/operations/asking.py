"""Asking the applicant from a task, and answering: words only, no clock stands still for them.

What must be mended is asked for by a repair request, which stops the service clock; a question does not.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from app.operations import acting, idempotency
from app.operations.carrying_out import carry_out
from app.operations.open_tasks import open_task
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.cases import Held
from app.store.ids import uuid7
from engine import access, reserved
from engine.access import Actor
from engine.case import Case, Step, Task
from engine.errors import NotAllowed, NotFound, Refused, Sentence, SubmissionInvalid
from engine.events import Event
from engine.forms.values import clean

NOTICE = "pertanyaan"
SHORTEST = 5
LONGEST = 2000
TOO_SHORT = "%(label)s wajib diisi, paling sedikit %(n)s huruf"
TOO_LONG = "%(label)s paling banyak %(n)s huruf, Anda menulis %(written)s"


@retried
def ask(task_id: UUID, body: str, by: UUID, at: datetime, key: UUID | None = None) -> UUID:
    """Ask the applicant from a task one holds; returns the case.

    The question travels as a message through the outbox and stands in the
    case's history.  Raises NotAllowed, TaskTaken or Refused unless the person holds
    the task, SubmissionInvalid for a question too short or too long.
    """
    with transaction() as store:
        before = idempotency.begin(store, key, by, idempotency.fingerprint("ask", task_id, {"tanya": [body]}), at)
        if before is not None:
            return UUID(before["case"])
        who = acting.actor(store, by, at)
        held, task = open_task(store, task_id, who)
        require_asking(store, who, task, held.case)
        id, words = uuid7(), _words(reserved.QUESTION, "Pertanyaan", body)
        store.questions.ask(id, held.id, task_id, by, at, words)
        _send(store, held, id, words, at)
        doing = acting.doing(held.case, at, by, task.role)
        carry_out(store, held, Step(held.case, (doing.event("question_asked", task.element, question=str(id)),)), at)
        idempotency.answer(store, key, {"case": str(held.id)})
        return held.id


def require_asking(store: Store, who: Actor, task: Task, case: Case) -> None:
    """Raises NotAllowed, TaskTaken, Refused unless the person holds the task."""
    acting.require_task(store, who, task, case)
    access.require_asking(who, task, case)


def _words(name: str, label: str, typed: str) -> str:
    found = clean(typed)
    if len(found) < SHORTEST:
        raise SubmissionInvalid({name: Sentence(TOO_SHORT, label=label, n=SHORTEST)})
    if len(found) > LONGEST:
        raise SubmissionInvalid({name: Sentence(TOO_LONG, label=label, n=LONGEST, written=len(found))})
    return found


def _send(store: Store, held: Held, id: UUID, words: str, at: datetime) -> None:
    """Under the question's own id, so that a repeat of the delivery is recognised."""
    permit = held.case.deployment.catalogue.permits[held.case.facts.permit].name
    body = (
        f"Yth. {held.applicant_name},\n\nPetugas yang menangani permohonan {permit} Anda bertanya:\n\n{words}\n\n"
        "Jawablah pada halaman berkas Anda atau di loket. Pertanyaan ini tidak menghentikan jam layanan.\n\n"
        f"Kode lacak: {held.tracking_code}"
    )
    subject = f"Pertanyaan tentang berkas {held.number or permit}"
    payload = {"to": str(held.case.facts.applicant), "notice": NOTICE, "subject": subject, "body": body}
    store.outbox.put(id, held.id, "message", payload, at)


@retried
def answer(case_id: UUID, question_id: UUID, body: str, by: UUID, at: datetime) -> None:
    """Answer a question of one's own file, or at the counter in the applicant's words.

    Raises NotFound for a question of another file, NotAllowed, Refused when it
    was answered before or the file is closed, SubmissionInvalid for an answer
    too short or too long.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        held = acting.locked(store, case_id, who)
        if not access.may_answer(who, held.case):
            raise NotAllowed("Hanya pemohon, atau loket atas namanya, yang dapat menjawab.")
        _open(store, held, question_id)
        store.questions.answer(question_id, by, at, _words(f"jawaban-{question_id}", "Jawaban", body))
        carry_out(store, held, Step(held.case, (_answered(held, question_id, who, at),)), at)


def _open(store: Store, held: Held, question_id: UUID) -> None:
    row = store.questions.row(question_id)
    if row is None or row.case_id != held.id:
        raise NotFound("Pertanyaan tidak ditemukan.")
    if row.answered_at is not None:
        raise Refused("Pertanyaan ini sudah dijawab.")
    if held.case.closed:
        raise Refused("Berkas ini sudah ditutup.")


def _answered(held: Held, question_id: UUID, who: Actor, at: datetime) -> Event:
    role = access.APPLICANT if who.kind == "applicant" else access.COUNTER
    doing = acting.doing(held.case, at, who.id, role)
    return doing.event("question_answered", question=str(question_id))
