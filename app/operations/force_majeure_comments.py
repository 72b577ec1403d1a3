"""The supervisor's remarks about a declaration: beside it before and after it is decided, and never taken away.

They decide nothing; whoever establishes reads them first (domain 6.2, guards against abuse).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from app.operations import acting
from app.operations.retrying import retried
from app.store import transaction
from app.store.ids import uuid7
from engine import access, reasons
from engine.errors import NotFound
from engine.forms.values import clean

FIELD = "tanggapan"


@retried
def comment(declaration_id: UUID, text: str, by: UUID, at: datetime) -> None:
    """Remark on the newest version.  Raises NotAllowed, NotFound, SubmissionInvalid at `tanggapan`."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "comment_force_majeure")
        if store.calendars.lock_declaration(declaration_id) is None:
            raise NotFound("Pernyataan tidak ditemukan.")
        body = reasons.require(clean(text), FIELD, "Tanggapan")
        version = store.calendars.versions(declaration_id)[0].version
        if any((one.body, one.version) == (body, version) for one in store.declaration_states.comments(declaration_id)):
            return  # sent twice
        store.declaration_states.comment(uuid7(), declaration_id, version, body, by, at)
        told = {"declaration": str(declaration_id), "version": version, "text": body}
        store.calendars.tell("declaration_commented", told, by, at)
