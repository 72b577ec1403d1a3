"""Signatures under letters: the scan of a wet signature, or the value an electronic signer gave for the file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app

from app.letters.signing import WET, Signer, signer
from app.store import Store
from app.store.cases import Held
from app.store.encoding import dump
from engine.forms import Submission


def signer_of(way: str) -> Signer | None:
    """The signer an installation has for a way; its own signers are registered in `app.extensions["signers"]`."""
    settings = current_app.extensions["settings"]
    return signer(way, settings.secret, current_app.extensions.get("signers"))


def mark(answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the letter prints in the place of ink; empty for wet signatures."""
    found = signer_of(str(answers.get("tanda_tangan", {}).get("cara", WET)))
    return found.mark() if found is not None else {}


def sign_permit(store: Store, held: Held, submission: Submission, by: UUID, at: datetime) -> None:
    """Mark the permit just issued as signed: by whom, when, how, with the scan or the signer's value."""
    issued = store.documents.letters_of(held.id, "sk_izin")
    if not issued:
        return
    scans = submission.values.get("pindaian") or []
    scan = store.documents.get(UUID(str(scans[0]))) if scans else None
    way = str(submission.values.get("cara", WET))
    values = {"signed_by": by, "signed_at": at, "signing_way": way}
    store.documents.set_letter(issued[-1].id, signed=True, signed_sha256=scan.sha256 if scan else None, **values)
    vouch(store, issued[-1].id)


def vouch(store: Store, letter_id: UUID) -> None:
    """Ask the signer for its value once the file is there; a file that follows later is signed when it comes."""
    row = store.documents.letter(letter_id)
    found = signer_of(row.signing_way) if row.signed else None
    if found is None or row.sha256 is None or row.signature:
        return
    name = store.people.names({row.signed_by}).get(row.signed_by, "")
    signed = found.sign(row.sha256, name, row.signed_at)
    store.documents.set_letter(letter_id, signature=dump(signed.as_json()))
