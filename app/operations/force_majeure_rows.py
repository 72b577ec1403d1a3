"""A proposal of keadaan kahar as a version keeps it, and back."""

from __future__ import annotations

from typing import Any

from app.operations.force_majeure_proposal import Proposal
from app.store.encoding import parse


def proposal_of(row: Any) -> Proposal:
    return Proposal(
        tuple(row.grounds.split(",")),
        row.event_kind,
        row.description,
        row.since,
        row.until,
        parse(row.scope),
        row.effect,
        row.measures,
        tuple(parse(row.evidence)),
        event_at=row.event_at,
        unforeseen=row.unforeseen,
        event=row.event,
    )


def evidence_of(proposal: Proposal) -> list[dict[str, str]]:
    """As a version keeps it; the Walikota's letter that an old event needs stands among the evidence."""
    number = proposal.approval_letter.strip()
    letter = [{"nama": f"Surat persetujuan Walikota nomor {number}"}] if number else []
    return [*(dict(one) for one in proposal.evidence), *(one for one in letter if one not in proposal.evidence)]
