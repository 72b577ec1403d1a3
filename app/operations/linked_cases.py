"""Other files of the same person, of those that the reader may see: an applicant's own, an agency's assignments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.store import Store
from app.store.cases import Held
from engine import access
from engine.access import Actor

MOST = 20


@dataclass(frozen=True)
class LinkedCase:
    """`by_nik`: under another account, with the same NIK."""

    row: Any
    permit: str
    state: str
    by_nik: bool


def linked(store: Store, held: Held, who: Actor) -> tuple[LinkedCase, ...]:
    """Newest first, at most MOST."""
    applicant, official = held.case.facts.applicant, who.kind == "official"
    nik = store.cases.nik_hmac(held.id) if official else None  # what others file with his NIK is not the applicant's
    rows = store.case_lists.of_same_person(held.id, applicant, nik, _units(who), MOST)
    found = []
    for row in rows:
        catalogue = store.deployments.get(row.deployment_id).catalogue
        permit, state = catalogue.permits[row.permit].name, catalogue.states[row.state].label
        found.append(LinkedCase(row, permit, state, row.applicant_id != applicant))
    return tuple(found)


def _units(who: Actor) -> tuple[str, ...] | None:
    """None: whatever the account is; else the agencies whose assignments the person may see."""
    if who.kind != "official" or access.may(who, "see_any_case"):
        return None
    return tuple({one.unit for one in who.grants if one.role in ("TT", "KT")})
