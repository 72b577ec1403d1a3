"""Evidence of a finding: files put with it and with its answers; added to, never taken away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from app.letters.pages import Inspected, inspect_upload
from app.operations.documents import Download
from app.operations.force_majeure_register import officials_only
from app.operations.retrying import retried
from app.store import Store, files, transaction
from app.store.ids import uuid7
from engine import access
from engine.access import Actor
from engine.errors import NotFound, Refused, Sentence, SubmissionInvalid
from engine.forms.values import clean

FIELD = "lampiran"
MOST = 10  # files of a finding, and of each answer


class Sent(NamedTuple):
    """A file as somebody sent it."""

    filename: str
    content: bytes


@dataclass(frozen=True)
class Checked:
    """A file that may be kept, its bytes cleaned and stored under their SHA-256."""

    name: str
    sha256: str
    inspected: Inspected


def checked(sent: Sequence[Sent]) -> tuple[Checked, ...]:
    """Each inspected as every upload is.  Raises SubmissionInvalid at `lampiran`."""
    if len(sent) > MOST:
        raise SubmissionInvalid({FIELD: Sentence("Paling banyak %(n)s lampiran", n=MOST)})
    found = [(clean(one.filename)[:120] or "lampiran", _inspected(one)) for one in sent]
    return tuple(Checked(name, files.put(one.clean_bytes), one) for name, one in found)


def _inspected(one: Sent) -> Inspected:
    try:
        return inspect_upload(one.content)
    except Refused as refusal:
        named = Sentence("%(typed)s: %(sebab)s", typed=clean(one.filename)[:120], sebab=str(refusal))
        raise SubmissionInvalid({FIELD: named}) from refusal


def keep(store: Store, finding_id: UUID, place: int, found: Iterable[Checked], by: UUID, at: datetime) -> None:
    """`place`: of the entry they come with, 0 for those of the finding itself."""
    for one in found:
        inspected = one.inspected
        store.documents.add_file(one.sha256, len(inspected.clean_bytes), inspected.media_type, inspected.pages, at)
        about = {"finding_id": finding_id, "place": place, "name": one.name, "sha256": one.sha256}
        store.findings.add_file(uuid7(), **about, by=by, at=at)


def reads(row: Any, who: Actor) -> bool:
    """Whether somebody may read a finding: supervisors all, everybody else what is put to him."""
    return access.may(who, "see_ledger") or bool(row.to_person == who.id)


@retried
def download(file_id: UUID, by: UUID, at: datetime) -> Download:
    """A file of a finding that one may read.  Raises NotFound."""
    with transaction() as store:
        who, row = officials_only(store, by, at), store.findings.file(file_id)
        if row is None or not reads(store.findings.one(row.finding_id), who):
            raise NotFound("Lampiran tidak ditemukan.")
        kept = store.documents.file(row.sha256)
        return Download(row.name, kept.media_type, files.get(row.sha256))
