"""Evidence of a declaration: scanned records, reports, photographs; added to, never taken away."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from app.letters.pages import inspect_upload
from app.operations import acting
from app.operations.documents import Download
from app.operations.force_majeure_register import officials_only
from app.operations.retrying import retried
from app.store import files, transaction
from app.store.ids import uuid7
from engine import access
from engine.errors import NotFound, Refused, SubmissionInvalid
from engine.forms.values import clean


@retried
def add(declaration_id: UUID, filename: str, content: bytes, by: UUID, at: datetime) -> UUID:
    """Keep a file with a declaration; raises SubmissionInvalid with a sentence at `berkas_bukti`."""
    try:
        inspected = inspect_upload(content)
    except Refused as refusal:
        raise SubmissionInvalid({"berkas_bukti": str(refusal)}) from refusal
    sha256 = files.put(inspected.clean_bytes)
    with transaction() as store:
        access.require(acting.actor(store, by, at), "propose_force_majeure")
        if store.calendars.lock_declaration(declaration_id) is None:
            raise NotFound("Pernyataan tidak ditemukan.")
        id = uuid7()
        store.documents.add_file(sha256, len(inspected.clean_bytes), inspected.media_type, inspected.pages, at)
        values = {"sha256": sha256, "name": clean(filename)[:120] or "bukti", "uploaded_by": by}
        store.calendars.add_file(id, declaration_id, at, **values)
        store.calendars.tell("evidence_added", {"declaration": str(declaration_id), "sha256": sha256}, by, at)
        return id


@retried
def download(file_id: UUID, by: UUID, at: datetime) -> Download:
    """A piece of evidence, for officials."""
    with transaction() as store:
        officials_only(store, by, at)
        row = store.calendars.file(file_id)
        if row is None:
            raise NotFound("Bukti tidak ditemukan.")
        kept = store.documents.file(row.sha256)
        return Download(row.name, kept.media_type, files.get(row.sha256))
