"""The scan of a letter that was signed in ink: stored with it by who signed, or by who holds the role that signs.

Letters of `by_hand` bear their number before anybody signs them, and no step of a process follows for the scan.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from app.letters.pages import Inspected, inspect_upload
from app.letters.signing import WET
from app.operations import acting
from app.operations.carrying_out import carry_out
from app.operations.retrying import retried
from app.store import Store, files, transaction
from app.store.cases import Held
from engine import access
from engine.access import Actor
from engine.case import Step
from engine.catalogue import LetterKind
from engine.errors import NotFound, Refused, SubmissionInvalid


def field(letter_id: UUID) -> str:
    """The name of the letter's field: several letters stand on one page."""
    return f"pindaian-{letter_id}"


def looked_at(letter_id: UUID) -> str:
    """The name of the tick beside it: that somebody compared the scan with the letter."""
    return f"diperiksa-{letter_id}"


def scannable(store: Store, letters: Iterable[Any], who: Actor) -> frozenset[UUID]:
    """Those of `letters` whose signed scan the person may store."""
    kinds = store.deployments.active().catalogue.letters
    return frozenset(one.id for one in letters if _may(kinds.get(one.kind), one, who))


def _may(kind: LetterKind | None, row: Any, who: Actor) -> bool:
    return kind is not None and kind.by_hand and access.may_scan(who, kind.signatory, row.signed_by)


@retried
def keep(home: UUID, letter_id: UUID, content: bytes, by: UUID, at: datetime, *, checked: bool) -> None:
    """Store the scan of a signed letter of the case, declaration or report `home`; a later scan replaces an earlier.

    `checked`: whoever sends it says that it is the scan of this very letter, for everybody reads it as that.
    Raises NotFound, NotAllowed, and SubmissionInvalid with a sentence at `field(letter_id)` for a paper that cannot
    be kept, at `looked_at(letter_id)` for one that nobody checked.  The same scan sent again changes nothing.
    """
    with transaction() as store:
        _letter(store, home, letter_id, acting.actor(store, by, at))
    inspected = _inspected(letter_id, content, checked)
    sha256 = files.put(inspected.clean_bytes)
    with transaction() as store:
        who = acting.actor(store, by, at)
        row, held = _letter(store, home, letter_id, who, lock=True)
        if row.signed_sha256 == sha256:
            return
        store.documents.add_file(sha256, len(inspected.clean_bytes), inspected.media_type, inspected.pages, at)
        store.documents.set_letter(row.id, signed=True, signing_way=WET, signed_sha256=sha256)
        _tell(store, held, row, sha256, who, at)


def _letter(store: Store, home: UUID, letter_id: UUID, who: Actor, lock: bool = False) -> tuple[Any, Held | None]:
    """The letter with its case, read under the lock of case or declaration when it is to be changed."""
    found = store.documents.letter(letter_id)
    if found is None or home not in (found.case_id, found.declaration_id, found.report_id):
        raise NotFound("Surat tidak ditemukan.")
    held = _at_home(store, found, who, lock)
    kind = store.deployments.active().catalogue.letters.get(found.kind)
    if kind is None or not kind.by_hand:
        raise NotFound("Surat tidak ditemukan.")
    access.require_scanning(who, kind.signatory, found.signed_by)
    return (store.documents.letter(letter_id) if lock else found), held


def _at_home(store: Store, row: Any, who: Actor, lock: bool) -> Held | None:
    """Raise NotFound where the person may not see the letter's case, or is no official before another letter."""
    if row.case_id is not None:
        return (acting.locked if lock else acting.seen)(store, row.case_id, who)
    if who.kind != "official":
        raise NotFound("Surat tidak ditemukan.")
    if lock and row.report_id is not None:
        store.reports.lock(row.report_id)
    elif lock:
        store.calendars.lock_declaration(row.declaration_id)
    return None


def _inspected(letter_id: UUID, content: bytes, checked: bool) -> Inspected:
    wrong = {} if checked else {looked_at(letter_id): "Periksa dahulu pindaiannya, lalu centang pernyataan ini"}
    if not content:
        wrong[field(letter_id)] = "Pilih dahulu pindaian surat yang sudah ditandatangani"
    if wrong:
        raise SubmissionInvalid(wrong)
    try:
        return inspect_upload(content)
    except Refused as refusal:
        raise SubmissionInvalid({field(letter_id): str(refusal)}) from refusal


def _tell(store: Store, held: Held | None, row: Any, sha256: str, who: Actor, at: datetime) -> None:
    """In the history of the case, or in the office's for a declaration or a report."""
    body = {"letter": row.kind, "id": str(row.id), "sha256": sha256, "before": row.signed_sha256 or ""}
    if held is None:
        home = {"report": str(row.report_id)} if row.report_id else {"declaration": str(row.declaration_id)}
        store.calendars.tell("letter_scanned", {**home, **body}, who.id, at)
        return
    told = acting.doing(held.case, at, who.id).event("letter_scanned", "", None, **body)
    carry_out(store, held, Step(held.case, (told,)), at)
