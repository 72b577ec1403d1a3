"""Uploads: sniffed, cleaned, content-addressed, kept under their case's lock; an event tells of each."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.letters.pages import Inspected, inspect_upload
from app.operations import acting
from app.operations.carrying_out import carry_out
from app.operations.lists_for_forms import file_key, form_of
from app.operations.open_tasks import open_task
from app.operations.retrying import retried
from app.store import Store, files, transaction
from app.store.cases import Held
from app.store.ids import uuid7
from engine.case import Step, Task
from engine.errors import NotFound, Refused, Sentence, SubmissionInvalid
from engine.events import Event
from engine.forms import Field, Form
from engine.forms.values import clean

LONGEST_CAPTION = 200
MOST_FILES = 80  # uploads that a case may hold at one time
KINDS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def field_named(form: Form, name: str) -> Field | None:
    """The field behind a name in the page: `berkas.KTP.unggahan` -> field `unggahan` of rows `berkas`."""
    first, *rest = name.split(".")
    found = form.field(first)
    for part in rest:
        if found is None or not found.fields:
            break
        found = next((one for one in found.fields if one.name == part), found)
    return found if found is not None and found.type == "file" else None


@dataclass(frozen=True)
class Paper:
    """A file as somebody sent it for a field of a form."""

    name: str  # the field as in the page
    filename: str
    content: bytes
    caption: str = ""
    taken_at: datetime | None = None  # as the phone that took the picture says
    key: UUID | None = None  # the same key again: the paper stands once


def upload(task_id: UUID, name: str, filename: str, content: bytes, by: UUID, at: datetime) -> UUID:
    """Keep a file for a field of an open task; an earlier file of the same field gives way.

    Raises SubmissionInvalid with the field's name and a sentence.
    """
    return upload_all(task_id, [Paper(name, filename, content)], by, at)[0]


@retried
def upload_all(task_id: UUID, papers: Sequence[Paper], by: UUID, at: datetime) -> list[UUID]:
    """Keep files for fields of an open task at once, each as `upload` does.

    One that cannot be taken hinders none of the others: they are kept, then
    SubmissionInvalid names those that were not.
    """
    kept: list[UUID] = []
    told: list[Event] = []
    errors: dict[str, str] = {}
    with transaction() as store:
        known = [_known(store, one.content) for one in papers]
    several = len({one.name for one in papers}) < len(papers)
    found = [(one, seen or _inspected(one, errors, several)) for one, seen in zip(papers, known, strict=True)]
    # The bytes first: a row never names a file that is not there, a file without a row is swept away.
    hashes = [files.put(inspected.clean_bytes) if inspected else "" for _, inspected in found]
    with transaction() as store:
        who = acting.actor(store, by, at)
        held, task = open_task(store, task_id, who)
        acting.require_task(store, who, task, held.case)
        keeping = _Keeping(store, held, task, who.id, at)
        for (paper, inspected), sha256 in zip(found, hashes, strict=True):
            if inspected is None:
                continue
            if (before := keeping.before(paper)) is not None:
                kept.append(before)
            elif keeping.may(paper, inspected, errors):
                id, event = keeping.keep(paper, inspected, sha256)
                kept, told = [*kept, id], [*told, event]
        if told:
            carry_out(store, held, Step(held.case, tuple(told)), at)
    if errors:
        raise SubmissionInvalid(errors)
    return kept


@dataclass(frozen=True)
class _Keeping:
    """Files of one task, kept under its case's lock."""

    store: Store
    held: Held
    task: Task
    by: UUID
    at: datetime

    def before(self, paper: Paper) -> UUID | None:
        """What stands already for a paper that was sent before under its key, when the answer got lost."""
        row = self.store.documents.sent_under(paper.key) if paper.key else None
        if row is None:
            return None
        if row.uploaded_by != self.by or row.field != file_key(self.task, paper.name):
            raise Refused("Kunci kiriman ini sudah dipakai untuk berkas lain.")
        id: UUID = row.id
        return id

    def may(self, paper: Paper, inspected: Inspected, errors: dict[str, str]) -> bool:
        try:
            self._check(paper, inspected)
        except SubmissionInvalid as refused:
            errors |= refused.errors
            return False
        return True

    def _check(self, paper: Paper, inspected: Inspected) -> None:
        field = field_named(form_of(self.held, self.task), paper.name)
        if field is None:
            raise SubmissionInvalid({paper.name: "Isian ini tidak menerima berkas"})
        _allowed(field, paper.name, inspected.media_type, len(paper.content))
        _wanted(self.held, paper.name, inspected.media_type, len(paper.content))
        key = file_key(self.task, paper.name)
        held = self.store.documents.of_case(self.held.id)
        beside = sum(one.field == key for one in held)
        if field.many and beside >= field.many:
            sentence = Sentence("%(label)s paling banyak %(most)s", label=field.label, most=field.many)
            raise SubmissionInvalid({paper.name: sentence})
        if len(held) - (0 if field.many else beside) >= MOST_FILES:
            raise SubmissionInvalid({paper.name: "Berkas ini sudah memuat terlalu banyak unggahan"})

    def keep(self, paper: Paper, inspected: Inspected, sha256: str) -> tuple[UUID, Event]:
        """Its row and the event that tells of it; an earlier file of a field for one gives way."""
        key, id = file_key(self.task, paper.name), uuid7()
        documents, field = self.store.documents, field_named(form_of(self.held, self.task), paper.name)
        for old in documents.of_case(self.held.id, key) if field is not None and not field.many else ():
            documents.remove(old.id, self.at)
        documents.add_file(sha256, len(inspected.clean_bytes), inspected.media_type, inspected.pages, self.at)
        columns = {"case_id": self.held.id, "field": key, "requirement": requirement_of(paper.name), "sha256": sha256}
        columns |= {"caption": called(paper.caption), "taken_at": paper.taken_at, "sent_key": paper.key}
        documents.add(id, self.at, name=clean(paper.filename)[:120] or "berkas", uploaded_by=self.by, **columns)
        return id, _event(self.held, "document_added", id, sha256, self.task.element, self.by, self.at)


def called(caption: str) -> str:
    """A caption as it is kept: one line, not too long."""
    return " ".join(clean(caption).split())[:LONGEST_CAPTION]


def _known(store: Store, content: bytes) -> Inspected | None:
    """These very bytes went through the inspection before: what is stored was clean."""
    row = store.documents.file(hashlib.sha256(content).hexdigest())
    return None if row is None else Inspected(row.media_type, row.pages, content)


def _inspected(paper: Paper, errors: dict[str, str], several: bool) -> Inspected | None:
    try:
        return inspect_upload(paper.content)
    except Refused as refusal:
        named = Sentence("%(typed)s: %(sebab)s", typed=clean(paper.filename)[:120], sebab=str(refusal))
        errors.setdefault(paper.name, named if several else str(refusal))
        return None


def _allowed(field: Field, name: str, media_type: str, size: int) -> None:
    if KINDS.get(media_type) not in field.accept:
        raise SubmissionInvalid(
            {
                name: Sentence(
                    "%(label)s harus berupa %(kinds)s", label=field.label, kinds=", ".join(field.accept).upper()
                )
            }
        )
    if size > field.max_mb * 1024 * 1024:
        raise SubmissionInvalid({name: Sentence("%(label)s paling besar %(n)s MB", label=field.label, n=field.max_mb)})


def _wanted(held: Held, name: str, media_type: str, size: int) -> None:
    """A requirement may take fewer kinds and smaller files than the form's field."""
    wanted = held.case.deployment.catalogue.requirements.get(requirement_of(name))
    if wanted is None:
        return
    if KINDS.get(media_type) not in wanted.accept:
        raise SubmissionInvalid(
            {
                name: Sentence(
                    "%(label)s harus berupa %(kinds)s", label=wanted.name, kinds=", ".join(wanted.accept).upper()
                )
            }
        )
    if size > wanted.max_mb * 1024 * 1024:
        raise SubmissionInvalid({name: Sentence("%(label)s paling besar %(n)s MB", label=wanted.name, n=wanted.max_mb)})


def requirement_of(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) == 3 and parts[0] in ("berkas", "berkas_tambahan", "perbaikan") else ""


def _event(held: Held, kind: str, id: UUID, sha256: str, element: str, by: UUID, at: datetime) -> Event:
    doing = acting.doing(held.case, at, by)
    return doing.event(kind, element, None, document=str(id), sha256=sha256)


@retried
def remove(task_id: UUID, document_id: UUID, by: UUID, at: datetime) -> None:
    """Take an uploaded file off an open task; the event that it was there stays."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        held, task = open_task(store, task_id, who)
        acting.require_task(store, who, task, held.case)
        row = store.documents.get(document_id)
        if row is None or row.case_id != held.id or not row.field.startswith(file_key(task, "")):
            raise NotFound("Dokumen tidak ditemukan.")
        store.documents.remove(document_id, at)
        told = _event(held, "document_removed", document_id, row.sha256, task.element, by, at)
        carry_out(store, held, Step(held.case, (told,)), at)
