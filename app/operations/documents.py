"""Uploads and downloads: sniffed, cleaned, content-addressed; seen only by those who may see the case."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.letters.pages import Inspected, inspect_upload, page_images
from app.operations import acting, issuing
from app.operations.carrying_out import carry_out
from app.operations.lists_for_forms import file_key, form_of
from app.operations.retrying import retried
from app.operations.tasks import open_task
from app.store import Store, files, transaction
from app.store.cases import Held
from app.store.encoding import parse
from app.store.ids import is_code, uuid7
from engine import access
from engine.access import Actor
from engine.case import Step
from engine.case.clockwork import Doing
from engine.catalogue.validity import day_of
from engine.errors import NotFound, Refused, Sentence, SubmissionInvalid
from engine.forms import Field, Form
from engine.forms.values import clean

MOST_FILES = 20
KINDS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@dataclass(frozen=True)
class Download:
    name: str
    media_type: str
    content: bytes


def field_named(form: Form, name: str) -> Field | None:
    """The field behind a name in the page: `berkas.KTP.unggahan` -> field `unggahan` of rows `berkas`."""
    first, *rest = name.split(".")
    found = form.field(first)
    for part in rest:
        if found is None or not found.fields:
            break
        found = next((one for one in found.fields if one.name == part), found)
    return found if found is not None and found.type == "file" else None


@retried
def upload(task_id: UUID, name: str, filename: str, content: bytes, by: UUID, at: datetime) -> UUID:
    """Keep a file for a field of an open task; an earlier file of the same field gives way.

    Raises SubmissionInvalid with the field's name and a sentence.
    """
    inspected = _known(content) or _inspected(name, content)
    sha256 = files.put(inspected.clean_bytes)
    with transaction() as store:
        who = acting.actor(store, by, at)
        held, task = open_task(store, task_id, who)
        access.require_task(who, task, held.case)
        field = field_named(form_of(held, task), name)
        if field is None:
            raise SubmissionInvalid({name: "Isian ini tidak menerima berkas"})
        _allowed(field, name, inspected.media_type, len(content))
        _wanted(held, name, inspected.media_type, len(content))
        key = file_key(task, name)
        for old in store.documents.of_case(held.id, key):
            store.documents.remove(old.id, at)
        if len(store.documents.of_case(held.id)) >= MOST_FILES * 4:
            raise SubmissionInvalid({name: "Berkas ini sudah memuat terlalu banyak unggahan"})
        store.documents.add_file(sha256, len(inspected.clean_bytes), inspected.media_type, inspected.pages, at)
        id = uuid7()
        columns = {"case_id": held.id, "field": key, "requirement": requirement_of(name), "sha256": sha256}
        store.documents.add(id, at, name=clean(filename)[:120] or "berkas", uploaded_by=by, **columns)
        _tell(store, held, "document_added", id, sha256, task.element, who.id, at)
        return id


def _known(content: bytes) -> Inspected | None:
    """These very bytes went through the inspection before: what is stored was clean."""
    with transaction() as store:
        row = store.documents.file(hashlib.sha256(content).hexdigest())
    return None if row is None else Inspected(row.media_type, row.pages, content)


def _inspected(name: str, content: bytes) -> Inspected:
    try:
        return inspect_upload(content)
    except Refused as refusal:
        raise SubmissionInvalid({name: str(refusal)}) from refusal


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


def _tell(store: Store, held: Held, kind: str, id: UUID, sha256: str, element: str, by: UUID, at: datetime) -> None:
    doing = Doing(at, max(at, held.case.last_at or at), by)
    told = doing.event(kind, element, None, document=str(id), sha256=sha256)
    carry_out(store, held, Step(held.case, (told,)), at)


@retried
def remove(task_id: UUID, document_id: UUID, by: UUID, at: datetime) -> None:
    """Take an uploaded file off an open task; the event that it was there stays."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        held, task = open_task(store, task_id, who)
        access.require_task(who, task, held.case)
        row = store.documents.get(document_id)
        if row is None or row.case_id != held.id or not row.field.startswith(file_key(task, "")):
            raise NotFound("Dokumen tidak ditemukan.")
        store.documents.remove(document_id, at)
        _tell(store, held, "document_removed", document_id, row.sha256, task.element, by, at)


def _document(document_id: UUID, by: UUID, at: datetime) -> Any:
    with transaction() as store:
        who = acting.actor(store, by, at)
        row = store.documents.get(document_id)
        if row is None:
            raise NotFound("Dokumen tidak ditemukan.")
        acting.seen(store, row.case_id, who)
        return row


@retried
def document_row(document_id: UUID, by: UUID, at: datetime) -> Any:
    """Name, pages and kind of a document the person may see."""
    return _document(document_id, by, at)


@retried
def download(document_id: UUID, by: UUID, at: datetime) -> Download:
    row = _document(document_id, by, at)
    return Download(row.name, row.media_type, files.get(row.sha256))


@retried
def page_image(document_id: UUID, page: int, by: UUID, at: datetime) -> bytes:
    """PNG of one page (from 0), for looking at a document without opening it on one's own machine (ruling 21)."""
    row = _document(document_id, by, at)
    pictures: list[bytes] = page_images(files.get(row.sha256), row.media_type, 1000)
    if not 0 <= page < len(pictures):
        raise NotFound("Halaman tidak ada.")
    return pictures[page]


@retried
def letter(letter_id: UUID, by: UUID, at: datetime, signed: bool = False) -> Download:
    """A letter's file; the applicant gets those the catalogue calls public."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        row = store.documents.letter(letter_id)
        if row is None:
            raise NotFound("Surat tidak ditemukan.")
        deployment = store.deployments.get(row.deployment_id)
        kind = deployment.catalogue.letters[row.kind]
        if row.case_id is not None:
            acting.seen(store, row.case_id, who)
            if who.kind == "applicant" and not kind.public:
                raise NotFound("Surat tidak ditemukan.")
        elif who.kind != "official":
            raise NotFound("Surat tidak ditemukan.")
        sha256 = row.signed_sha256 if signed and row.signed_sha256 else row.sha256
        if sha256 is None:
            sha256 = issuing.render_file(store, row.id, deployment, kind, parse(row.values), at)
        found = store.documents.file(sha256)
        name = f"{row.kind}-{(row.number or str(row.id)[:8]).replace('/', '-').replace(' ', '-')}"
        return Download(f"{name}.{KINDS.get(found.media_type, 'pdf')}", found.media_type, files.get(sha256))


@retried
def draft_letter(case_id: UUID, kind: str, by: UUID, at: datetime) -> Download:
    """A letter as it would be issued now, with the mark of a draft; officials only."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        held = acting.seen(store, case_id, who)
        if who.kind != "official" or kind not in held.case.deployment.catalogue.letters:
            raise NotFound("Surat tidak ditemukan.")
        marked = not _signs(who, held, kind)
        return Download(f"rancangan-{kind}.pdf", "application/pdf", issuing.draft(store, held, kind, at, marked))


SIGNING = ("tanda_tangan", "terbit_skrd", "tanda_tangan_penolakan")


def _signs(who: Actor, held: Held, kind: str) -> bool:
    """Whether somebody is about to sign this letter: his copy bears no mark, so that it can be signed by hand."""
    tasks = [one for one in held.case.tasks if one.element in SIGNING and one.properties.get("draft") == kind]
    return any(not access.barred_from(who, one, held.case) for one in tasks)


@dataclass(frozen=True)
class Verified:
    """What the public may know of a letter: that it is ours, what it is, to whom (masked), whether it stands."""

    title: str
    number: str
    issued_at: datetime
    name: str
    permit: str
    valid_until: date | None  # the last day a permit is good; None for other letters and permits without an end
    signed: bool
    signing_way: str
    withdrawn_at: datetime | None
    withdrawn_because: str
    checksum: str


@retried
def verify_letter(secret: str) -> Verified | None:
    """Look up a letter by the code in its QR; None when there is no such letter."""
    bare = secret.replace("-", "").replace(" ", "").upper()
    if not is_code(bare):
        return None
    with transaction() as store:
        row = store.documents.letter_by_code(bare)
        if row is None:
            return None
        values = parse(row.values)
        title = str(values["surat"]["judul"])
        name = initials(str(values.get("pemohon", {}).get("nama_badan") or values.get("pemohon", {}).get("nama", "")))
        permit = str(values.get("berkas", {}).get("nama_izin", ""))
        return Verified(
            title, row.number, row.issued_at, name, permit, _valid_until(row.kind, values), row.signed, row.signing_way,
            row.withdrawn_at, row.withdrawn_because, row.signed_sha256 or row.sha256 or "",
        )  # fmt: skip


def _valid_until(kind: str, values: Mapping[str, Any]) -> date | None:
    return day_of(values.get("berkas", {}).get("berlaku_sampai")) if kind == "sk_izin" else None


def initials(name: str) -> str:
    """`Slamet Riyadi` -> `S••••• R•••••`: enough to compare with the paper in hand."""
    return " ".join(word[0] + "•" * (len(word) - 1) for word in name.split() if word)
