"""The rows of a case as the office knew them at an instant: from its events and from rows that are only added to.

Where a row was changed afterwards, the change has an instant of its own or an
event; the row is shown as it stood before.  Read only: nothing is derived this
way that anything is decided on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from app.operations import known_money, known_papers
from app.operations.case_facts import MOST_MESSAGES, CaseFacts, facts, handed_in
from app.operations.lists_for_forms import APPLICATION_FORMS
from app.store import Store
from app.store.case_rows import SubmissionRow
from app.store.cases import Held
from app.store.task_lists import TaskRow
from engine.case import rewinding
from engine.case.rewinding import Life
from engine.errors import Sentence, SubmissionInvalid
from engine.events import Event

PER = "per"
NOT_YET = "Waktu itu belum tiba"
OPENED_LATER = "Pada waktu itu berkas ini belum dibuka"
LAST = UUID(int=2**128 - 1)


def facts_then(store: Store, held: Held, known_at: datetime, now: datetime, field: str = PER) -> CaseFacts:
    """The case with what was recorded by `known_at`.

    Raises SubmissionInvalid at `field` for an instant after `now` or before the case was there.
    """
    if known_at > now:
        raise SubmissionInvalid({field: NOT_YET})
    today = facts(store, held)
    rows = tuple(one for one in today.events if one.recorded_at <= known_at)
    if not rows:
        raise SubmissionInvalid({field: Sentence(OPENED_LATER)})
    return _known(store, today, rows, known_at)


def told(row: Any) -> Event:
    """A row of the history as the engine's event."""
    return Event(row.kind, row.at, row.recorded_at, row.by, row.role, row.element, json.loads(row.body))


def changed(row: Any, **values: Any) -> Any:
    """A row with other values in some columns."""
    return SimpleNamespace(**{**row._mapping, **values})


def _known(store: Store, today: CaseFacts, rows: tuple[Any, ...], at: datetime) -> CaseFacts:
    known = tuple(told(one) for one in rows)
    heard = {str(one.body["submission"]) for one in known if one.body.get("submission")}
    submissions = tuple(one for one in today.submissions if str(one.id) in heard)
    later = tuple(one for one in today.submissions if str(one.id) not in heard)
    papers = store.documents.ever_of_case(today.held.id)
    held, lived = _held(store, today.held, rows, known, submissions, at)
    letters = known_papers.letters(today.letters, known, submissions, papers, at)
    return replace(
        today,
        held=held,
        events=rows,
        tasks=_tasks(store, today.tasks, lived, held),
        submissions=submissions,
        papers=tuple(one for one in papers if one.at <= at),
        documents=known_papers.documents(papers, at),
        replaced=handed_in((one for one in papers if one.removed_at and one.removed_at <= at), submissions),
        letters=letters,
        messages=known_papers.messages(
            store.outbox.messages(case_id=today.held.id, limit=MOST_MESSAGES, before=(at, LAST)), at
        ),
        promises=tuple(one for one in today.promises if one.made_at <= at),
        holds=_decided(today.holds, "asked_at", "decided_at", at, status="asked", decided_by=None, until=None),
        notes=tuple(one for one in today.notes if one.at <= at),
        assessments=known_money.assessments(today.assessments, letters, at),
        payments=known_money.payments(today.payments, submissions, later, at),
        refunds=_decided(today.refunds, "opened_at", "closed_at", at),
        extensions=_decided(
            today.extensions,
            "proposed_at",
            "answered_at",
            at,
            status="asked",
            answered_by=None,
            how="",
            scan_sha256=None,
        ),
        risks=_risks(today.risks, at),
        reasons={seq: why for seq, why in today.reasons.items() if seq <= rows[-1].seq},
        known_at=at,
    )


def _decided(rows: Iterable[Any], begun: str, decided: str, at: datetime, **undecided: Any) -> tuple[Any, ...]:
    """Rows that were there by then; those decided later stand as they stood before."""
    open_again = {decided: None, "answer": "", **undecided}
    there = (one for one in rows if getattr(one, begun) <= at)
    return tuple(one if (getattr(one, decided) or at) <= at else changed(one, **open_again) for one in there)


def _risks(rows: Iterable[Any], at: datetime) -> tuple[Any, ...]:
    there = (one for one in rows if one.raised_at <= at)
    return tuple(changed(one, **_later(one, at)) for one in there)


def _later(row: Any, at: datetime) -> dict[str, Any]:
    """What a risk did not have yet."""
    groups: Mapping[str, Mapping[str, Any]] = {
        "answered_at": {"answered_by": None, "reason": "", "measure": ""},
        "annotated_at": {"annotation": ""},
        "closed_at": {"outcome": ""},
    }
    later = [name for name in groups if (getattr(row, name) or at) > at]
    return {key: value for name in later for key, value in {name: None, **groups[name]}.items()}


# --- the case and its tasks


def _held(
    store: Store,
    held: Held,
    rows: tuple[Any, ...],
    known: tuple[Event, ...],
    submissions: tuple[SubmissionRow, ...],
    at: datetime,
) -> tuple[Held, Mapping[str, Life]]:
    deployment = store.deployments.get(rows[-1].deployment_id)
    ids = {str(one.body["task"]) for one in known if one.kind == "task_opened"}
    tasks = {one.id: one for one in store.steps.tasks(ids)}
    lived = rewinding.lives(known, tasks, deployment, held.case.process)
    applied = [one for one in submissions if one.form_key in APPLICATION_FORMS]
    area = str(applied[-1].values.get("kelurahan", "")) if applied and not applied[-1].erased else held.case.facts.area
    case = replace(held.case, facts=replace(held.case.facts, area=area if applied else ""))
    case = rewinding.rewound(case, known, lived, deployment)
    return replace(held, case=case, **_columns(store, held, known, applied)), lived


def _columns(store: Store, held: Held, known: tuple[Event, ...], applied: list[SubmissionRow]) -> dict[str, Any]:
    """What lists keep of a case: its number, and what its last application says."""
    numbers = (one for one in known if one.kind == "number_reserved" and one.body.get("register") == "PENDAFTARAN")
    number = next((str(one.body["number"]) for one in numbers), None)
    if not applied:
        owner = store.people.row(held.case.facts.applicant)
        return {"number": number, "subject": "", "applicant_name": owner.name, "submitted_at": None}
    values = applied[-1].values
    if applied[-1].erased:
        return {"number": number}
    name = str(values.get("nama_badan") or values.get("nama") or held.applicant_name)[:200]
    subject = str(values.get("perihal") or values.get("alamat_objek") or "")[:200]
    return {"number": number, "subject": subject, "applicant_name": name}


def _tasks(store: Store, rows: tuple[TaskRow, ...], lived: Mapping[str, Life], held: Held) -> tuple[TaskRow, ...]:
    names = store.people.names({one.task.assignee for one in lived.values() if one.task.assignee})
    about: dict[str, Any] = {
        "number": held.number,
        "state": held.case.state,
        "applicant_name": held.applicant_name,
        "subject": held.subject,
        "area": held.case.facts.area,
        "promised_at": None,
        "due_at": None,
    }
    found = ((one, lived[str(one.id)]) for one in rows if str(one.id) in lived)
    return tuple(replace(row, **_task(life, names), **about) for row, life in found)


def _task(life: Life, names: Mapping[UUID, str]) -> dict[str, Any]:
    task = life.task
    return {
        "element": task.element,
        "name": task.name,
        "role": task.role,
        "unit": task.unit,
        "status": life.status,
        "assignee_id": task.assignee,
        "assignee": names.get(task.assignee) if task.assignee else None,
        "opened_at": task.opened_at,
        "claimed_at": task.claimed_at,
        "closed_at": life.closed_at,
        "outcome": life.outcome,
    }
