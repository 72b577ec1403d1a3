"""What a document and a notice are called where a file's history, its lists and its card speak of them."""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.operations.lists_for_forms import APPLICATION_FORMS, bound_form
from engine.access import APPLICANT
from engine.case import Case
from engine.catalogue import Catalogue
from engine.deployment import Deployment
from engine.effects import TO_APPLICANT

TOLD = ("document_added", "document_removed")  # the events that speak of a document


@dataclass(frozen=True)
class PaperName:
    """`title`: of its requirement or field, else its own name; `version`: 0 for the only one of its place, and where
    several stand beside each other."""

    title: str
    version: int = 0


@dataclass(frozen=True)
class Bound:
    """The release and the kind of permit by which papers are named."""

    deployment: Deployment
    permit: str
    category: str


def of_case(case: Case) -> Bound:
    return Bound(case.deployment, case.facts.permit, case.facts.category)


def elements(events: Iterable[Any]) -> dict[str, str]:
    """Document -> the step at which it was handed in or taken off, by these events."""
    told = (one for one in events if one.kind in TOLD)
    return {str(json.loads(one.body)["document"]): one.element for one in told}


def papers(rows: Iterable[Any], steps: Mapping[str, str], bound: Bound) -> dict[str, PaperName]:
    """Documents by their id; `rows`: all that the file ever had, `steps`: as `elements` tells them."""
    every = tuple(rows)
    counted = versions(every)
    return {str(one.id): PaperName(_title(one, steps, bound), counted[one.id]) for one in every}


def versions(rows: Iterable[Any]) -> dict[UUID, int]:
    """Which one of its place each document is, from 1; 0 as in `PaperName`."""
    places: dict[tuple[UUID, str], list[Any]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: (one.at, one.id)):
        places[(row.case_id, row.requirement or row.field)].append(row)
    return {row.id: number for found in places.values() for row, number in _numbered(found)}


def _numbered(found: list[Any]) -> Iterable[tuple[Any, int]]:
    alone = len(found) == 1 or any(_beside(one, two) for one, two in itertools.pairwise(found))
    return ((one, 0 if alone else place) for place, one in enumerate(found, 1))


def _beside(old: Any, new: Any) -> bool:
    """Whether both stand: of a requirement the newer one always takes the place of the older."""
    return not new.requirement and (bool(new.caption) or old.removed_at is None or old.removed_at > new.at)


def _title(row: Any, steps: Mapping[str, str], bound: Bound) -> str:
    requirements = bound.deployment.catalogue.requirements
    if row.requirement in requirements:
        return requirements[row.requirement].name
    task, _sep, name = row.field.partition("/")
    element = bound.deployment.definition.elements.get(steps.get(str(row.id), ""))
    key = APPLICATION_FORMS[0] if task == "PM" else element.form_key if element else ""
    one = bound_form(bound.deployment, key, bound.permit, bound.category).field(name.partition(".")[0]) if key else None
    label = one.label if one is not None else ""
    return ": ".join(part for part in (label, row.caption) if part) or str(row.name)


def subject(catalogue: Catalogue, notice: str, permit: str, number: str, english: bool = False) -> str:
    """The subject of a notice about a file; `permit`: its name."""
    known = catalogue.notices.get(notice)
    if known is None:
        return notice.replace("_", " ")
    said = (known.subject_en if english else "") or known.subject
    return said.format_map({"izin": permit, "nomor": number or "-"})


def addressee(catalogue: Catalogue, to: str) -> str:
    """Whom a notice is for, by the name of the role."""
    role = APPLICANT if to == TO_APPLICANT else to
    return catalogue.roles[role].name if role in catalogue.roles else role
