"""Signatures under letters: the scan of a wet signature, or the value an electronic signer gave for the file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
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


class Signing(NamedTuple):
    """A step that signs a letter: with which outcome, how it says so, and the field with the scan of the paper."""

    letter: str
    outcome: str
    way: str
    scan: str


STEPS = {
    "tanda_tangan": Signing("sk_izin", "ditandatangani", "cara", "pindaian"),
    "tanda_tangan_penolakan": Signing("surat_penolakan", "ditandatangani", "cara", "pindaian"),
    # The number stands on the paper only once it is issued: its scan comes when it is delivered.
    "terbit_skrd": Signing("skrd", "ditetapkan", "cara_tanda_tangan", ""),
}
DELIVERED = {"sampaikan_skrd": ("skrd", "pindaian_skrd")}


def mark(letter: str, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the letter prints in the place of ink; empty for wet signatures."""
    signing = next(((element, one) for element, one in STEPS.items() if one.letter == letter), None)
    if signing is None:
        return {}
    found = signer_of(str(answers.get(signing[0], {}).get(signing[1].way, WET)))
    return found.mark() if found is not None else {}


def sign(store: Store, held: Held, element: str, submission: Submission, by: UUID, at: datetime) -> None:
    """Mark the letter a step just signed: by whom, when, how, with the scan or the signer's value.

    A letter signed by hand whose paper is scanned later stays unsigned until `deliver`.
    """
    signing = STEPS.get(element)
    if signing is None or submission.outcome != signing.outcome:
        return
    issued = store.documents.letters_of(held.id, signing.letter)
    if not issued:
        return
    scan, way = _scan(store, submission, signing.scan), str(submission.values.get(signing.way, WET))
    there = bool(signing.scan) or way != WET
    values = {"signed_by": by, "signed_at": at, "signing_way": way, "signed_sha256": scan}
    store.documents.set_letter(issued[-1].id, signed=there, **values)
    vouch(store, issued[-1].id)


def deliver(store: Store, held: Held, element: str, submission: Submission) -> None:
    """Keep the scan of the signed paper with the letter that is delivered."""
    if element not in DELIVERED:
        return
    kind, field = DELIVERED[element]
    scan, issued = _scan(store, submission, field), store.documents.letters_of(held.id, kind)
    if scan and issued and issued[-1].signing_way == WET:
        store.documents.set_letter(issued[-1].id, signed=True, signed_sha256=scan)


def awaits_scan(store: Store, held: Held, element: str, values: Mapping[str, Any]) -> str:
    """The field that must carry the scan of a letter signed by hand before it is delivered, "" when none is owed."""
    if element not in DELIVERED:
        return ""
    kind, field = DELIVERED[element]
    issued = store.documents.letters_of(held.id, kind)
    owed = bool(issued) and issued[-1].signing_way == WET and not issued[-1].signed
    return field if owed and not values.get(field) else ""


def _scan(store: Store, submission: Submission, field: str) -> str | None:
    scans = submission.values.get(field) or [] if field else []
    found = store.documents.get(UUID(str(scans[0]))) if scans else None
    return found.sha256 if found else None


def vouch(store: Store, letter_id: UUID) -> None:
    """Ask the signer for its value once the file is there; a file that follows later is signed when it comes."""
    row = store.documents.letter(letter_id)
    found = signer_of(row.signing_way) if row.signed else None
    if found is None or row.sha256 is None or row.signature:
        return
    name = store.people.names({row.signed_by}).get(row.signed_by, "")
    signed = found.sign(row.sha256, name, row.signed_at)
    store.documents.set_letter(letter_id, signature=dump(signed.as_json()))
