"""Lines of the audit trail: events and looks with what their words rest on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import paper_names
from app.operations.paper_names import PaperName
from app.store import Store
from app.store.trail import Place
from engine.deployment import Deployment


@dataclass(frozen=True)
class Line:
    """One event of a case, with its columns in `row` and what its words rest on, or one access: `row` is None."""

    at: datetime
    recorded_at: datetime
    case_id: UUID | None
    number: str  # as the case is known: registration number, else tracking code
    kind: str
    by: UUID | None
    name: str
    address: str = ""
    why: str = ""
    row: Any = None
    process: str = ""
    deployment: Deployment | None = None
    # id of a submission -> code of the button that was pressed, labels of its form's buttons
    pressed: Mapping[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)
    papers: Mapping[str, PaperName] = field(default_factory=dict)  # the documents that the event speaks of
    permit: str = ""
    applicant: UUID | None = None
    registered: str = ""  # registration number


@dataclass(frozen=True)
class _Known:
    """What the lines of a page speak of, asked for once."""

    cases: Mapping[UUID, Any]
    names: Mapping[UUID, str]
    sent: Mapping[UUID, Any]
    papers: Mapping[UUID, tuple[Any, ...]]  # by case: every document of those whose documents are spoken of
    releases: Mapping[UUID, Deployment]


def lines(store: Store, shown: list[tuple[Place, Any]]) -> tuple[Line, ...]:
    """Events and looks with their places, as lines: what each speaks of is asked for once."""
    events = [row for place, row in shown if place[2]]
    looks = [row for place, row in shown if not place[2]]
    known = _Known(
        store.trail.cases({row.case_id for _place, row in shown if row.case_id}),
        store.people.names({row.by for row in events if row.by} | {row.person_id for row in looks}),
        store.trail.sent({id for row in events if (id := _submission(row))}),
        store.documents.ever_of_cases({row.case_id for row in events if row.kind in paper_names.TOLD}),
        {id: store.deployments.get(id) for id in {row.deployment_id for row in events}},
    )
    return tuple(_event(row, known) if place[2] else _look(row, known) for place, row in shown)


def _submission(row: Any) -> UUID | None:
    found = json.loads(row.body).get("submission")
    return UUID(str(found)) if found else None


def _event(row: Any, known: _Known) -> Line:
    """With what its words rest on: the release in which it happened, and the button that was pressed."""
    case, release = known.cases[row.case_id], known.releases[row.deployment_id]
    id = _submission(row)
    sent = known.sent.get(id) if id else None
    labels = dict(release.form(sent.form_key, case.permit, case.category).outcomes) if sent else {}
    return Line(
        row.at,
        row.recorded_at,
        row.case_id,
        _number(case),
        row.kind,
        row.by,
        known.names.get(row.by, ""),
        address=row.address,
        row=row,
        process=case.process,
        deployment=release,
        pressed={str(id): (sent.outcome, labels)} if sent else {},
        papers=_papers(row, known) if row.kind in paper_names.TOLD else {},
        permit=case.permit,
        applicant=case.applicant_id,
        registered=case.number or "",
    )


def _papers(row: Any, known: _Known) -> Mapping[str, PaperName]:
    case = known.cases[row.case_id]
    bound = paper_names.Bound(known.releases[row.deployment_id], case.permit, case.category)
    return paper_names.papers(known.papers.get(row.case_id, ()), paper_names.elements((row,)), bound)


def _look(row: Any, known: _Known) -> Line:
    return Line(
        row.at,
        row.at,
        row.case_id,
        _number(known.cases.get(row.case_id)),
        row.what,
        row.person_id,
        known.names.get(row.person_id, ""),
        address=row.address,
        why=row.why,
    )


def _number(case: Any) -> str:
    return (case.number or case.tracking_code) if case else ""
