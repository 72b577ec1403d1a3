"""The rows of a case that its page tells, read at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.store import Store
from app.store.case_rows import SubmissionRow
from app.store.cases import Held
from app.store.task_lists import TaskRow

MOST_MESSAGES = 200


@dataclass(frozen=True)
class CaseFacts:
    """`known_at`: the instant whose knowledge this is, None for all that is known; then `held` is as it was known."""

    held: Held
    events: tuple[Any, ...]
    tasks: tuple[TaskRow, ...]
    submissions: tuple[SubmissionRow, ...]
    papers: tuple[Any, ...]  # every document it ever had, oldest first
    documents: tuple[Any, ...]
    replaced: tuple[Any, ...]  # documents that were handed in and are there no more, oldest first
    letters: tuple[Any, ...]
    messages: tuple[Any, ...]  # newest first
    promises: tuple[Any, ...]  # of the service clock, oldest first
    holds: tuple[Any, ...]
    notes: tuple[Any, ...]
    assessments: tuple[Any, ...]
    payments: tuple[Any, ...]
    refunds: tuple[Any, ...]
    extensions: tuple[Any, ...]  # newest first
    risks: tuple[Any, ...]  # newest first
    reasons: Mapping[int, str]  # of interventions, by number of their event
    known_at: datetime | None = None


def facts(store: Store, held: Held) -> CaseFacts:
    """All that is known of a case."""
    id, ever, submissions = held.id, store.documents.ever_of_case(held.id), store.cases.submissions(held.id)
    return CaseFacts(
        held=held,
        events=store.cases.events(id),
        tasks=store.task_lists.tasks_of(id),
        submissions=submissions,
        papers=ever,
        documents=tuple(one for one in ever if one.removed_at is None),
        replaced=handed_in((one for one in ever if one.removed_at is not None), submissions),
        letters=store.documents.letters_of(id),
        messages=store.outbox.messages(case_id=id, limit=MOST_MESSAGES),
        promises=store.cases.promises(id),
        holds=store.cases.holds(id),
        notes=store.cases.notes(id),
        assessments=store.payments.assessments(id),
        payments=store.payments.of_case(id),
        refunds=store.payments.refunds(id),
        extensions=store.extensions.of_case(id),
        risks=store.limit_risks.of_case(id),
        reasons=store.steps.reasons(id),
    )


def handed_in(papers: Iterable[Any], submissions: tuple[SubmissionRow, ...]) -> tuple[Any, ...]:
    """Of these documents those that an answer named: what was taken away before is nobody's but his who typed."""
    said = [str(one.values) for one in submissions]
    return tuple(one for one in papers if any(str(one.id) in text for text in said))
