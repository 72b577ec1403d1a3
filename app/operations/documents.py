"""Uploads and downloads: sniffed, cleaned, content-addressed; seen only by those who may see the case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.letters.pages import page_images, stacked
from app.letters.signing import WET
from app.operations import acting, issuing, paper_names, personal, uploading
from app.operations.paper_names import PaperName
from app.operations.retrying import retried
from app.store import Store, files, signing_key, transaction
from app.store.cases import Held
from app.store.encoding import parse
from app.store.ids import is_code, uuid7
from engine import access
from engine.access import Actor
from engine.catalogue.validity import day_of
from engine.errors import NotFound


@dataclass(frozen=True)
class Download:
    name: str
    media_type: str
    content: bytes


def _document(document_id: UUID, by: UUID, at: datetime) -> Any:
    with transaction() as store:
        return _row(store, document_id, acting.actor(store, by, at))[0]


def _row(store: Store, document_id: UUID, who: Actor) -> tuple[Any, Held]:
    row = store.documents.get(document_id)
    if row is None:
        raise NotFound("Dokumen tidak ditemukan.")
    return row, acting.seen(store, row.case_id, who)


@dataclass(frozen=True)
class Viewed:
    """A document to look at: its row, what it is called in its file, the file it belongs to."""

    row: Any
    paper: PaperName
    held: Held


@retried
def document_row(document_id: UUID, by: UUID, at: datetime) -> Viewed:
    """Name, pages and kind of a document the person may see, and of which file it is."""
    with transaction() as store:
        row, held = _row(store, document_id, acting.actor(store, by, at))
        steps = paper_names.elements(store.cases.events(held.id))
        named = paper_names.papers(store.documents.ever_of_case(held.id), steps, paper_names.of_case(held.case))
        return Viewed(row, named[str(row.id)], held)


@retried
def download(document_id: UUID, by: UUID, at: datetime) -> Download:
    row = _document(document_id, by, at)
    return Download(row.name, row.media_type, files.get(row.sha256))


@retried
def page_image(document_id: UUID, page: int, by: UUID, at: datetime, width: int = 1000) -> bytes:
    """PNG of one page (from 0), for looking at a document without opening it on one's own machine (ruling 21)."""
    row = _document(document_id, by, at)
    pictures: list[bytes] = page_images(files.get(row.sha256), row.media_type, width)
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
            held = acting.seen(store, row.case_id, who)
            if who.kind == "applicant" and not kind.public:
                raise NotFound("Surat tidak ditemukan.")
            if who.id == held.case.facts.applicant:
                _log(store, row, who, at, personal.FETCHED)
            elif kind.full_nik:
                _log(store, row, who, at, personal.VIEWED, kind.title)
        elif who.kind != "official" or (row.report_id is not None and not access.may(who, "see_reports")):
            raise NotFound("Surat tidak ditemukan.")
        sha256 = row.signed_sha256 if signed and row.signed_sha256 else row.sha256
        if sha256 is None:
            sha256 = issuing.render_file(store, row.id, deployment, kind, parse(row.values), at)
        found = store.documents.file(sha256)
        name = f"{row.kind}-{(row.number or str(row.id)[:8]).replace('/', '-').replace(' ', '-')}"
        return Download(f"{name}.{uploading.KINDS.get(found.media_type, 'pdf')}", found.media_type, files.get(sha256))


def _log(store: Store, row: Any, who: Actor, at: datetime, what: str, why: str = "") -> None:
    """That an applicant fetched a letter of his (a handover may rest on it), or an official one with a full NIK."""
    values = {"person_id": who.id, "what": what, "subject_id": row.id, "case_id": row.case_id}
    store.people.log_access(uuid7(), at, why=why, **values)


@retried
def draft_letter(case_id: UUID, kind: str, by: UUID, at: datetime) -> Download:
    """A letter as it would be issued now, with the mark of a draft; officials only."""
    with transaction() as store:
        who = acting.actor(store, by, at)
        held = acting.seen(store, case_id, who)
        if who.kind != "official" or kind not in held.case.deployment.catalogue.letters:
            raise NotFound("Surat tidak ditemukan.")
        marked = not _signs(who, held, kind)
        name = card_name(held) if kind == issuing.CARD else f"rancangan-{kind}.pdf"
        return Download(name, "application/pdf", issuing.draft(store, held, kind, at, marked))


def card_name(held: Held) -> str:
    """ "kartu-kendali-00001-PEN-030826.pdf": what a file system takes, by the number or the tracking code."""
    known = held.number or held.tracking_code
    return f"kartu-kendali-{re.sub('[^0-9A-Za-z]+', '-', known).strip('-')}.pdf"


@retried
def draft_picture(case_id: UUID, kind: str, by: UUID, at: datetime) -> bytes:
    """PNG of a draft's pages, one under the other."""
    return _picture(draft_letter(case_id, kind, by, at))


@retried
def letter_picture(letter_id: UUID, by: UUID, at: datetime) -> bytes:
    """PNG of a letter's pages, one under the other; looking counts as fetching."""
    return _picture(letter(letter_id, by, at))


def _picture(found: Download) -> bytes:
    return stacked(page_images(found.content, found.media_type, 1000))


SIGNING = ("tanda_tangan", "terbit_skrd", "tanda_tangan_penolakan")


def _signs(who: Actor, held: Held, kind: str) -> bool:
    """Whether somebody is about to sign this letter: his copy bears no mark, so that it can be signed by hand."""
    tasks = [one for one in held.case.tasks if one.element in SIGNING and one.properties.get("draft") == kind]
    return any(not access.barred_from(who, one, held.case) for one in tasks)


@dataclass(frozen=True)
class Later:
    """What was established about a declaration after one of its papers: its change, or its end."""

    kind: str  # "AMEND" | "EXTEND" | "RECOVER"
    decree: str
    at: datetime


def office_key() -> str:
    """The key (hex) by which ledgers and exports of this office are verified; "" before anything was signed, and where
    its file cannot be used, which the health of the office tells."""
    try:
        return signing_key.known()
    except signing_key.KeyRefused:
        return ""


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
    scanned: bool  # the scan of the paper signed by hand is stored
    withdrawn_at: datetime | None
    withdrawn_because: str
    checksum: str
    later: tuple[Later, ...] = ()

    @property
    def changed(self) -> bool:
        return any(one.kind == "AMEND" for one in self.later)


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
            title, row.number, row.issued_at, name, permit, _valid_until(row.kind, values), row.signed,
            _way(store, row), bool(row.signed_sha256), row.withdrawn_at, row.withdrawn_because,
            row.signed_sha256 or row.sha256 or "", _later(store, row, values),
        )  # fmt: skip


def _way(store: Store, row: Any) -> str:
    """How a letter is signed; one issued before that was noted, by what the catalogue says of its kind."""
    kind = store.deployments.active().catalogue.letters.get(row.kind)
    return row.signing_way or (WET if kind is not None and kind.by_hand else "")


def _later(store: Store, row: Any, values: Mapping[str, Any]) -> tuple[Later, ...]:
    """What changed or ended a declaration after this paper of it, oldest first; its revocation withdraws the paper."""
    if row.declaration_id is None:
        return ()
    own = int(values["kahar"]["versi"])
    since = (one for one in reversed(store.calendars.versions(row.declaration_id)) if one.version > own)
    return tuple(
        Later(one.kind, one.decree, one.approved_at)
        for one in since
        if one.approved_at is not None and one.kind in ("AMEND", "EXTEND", "RECOVER")
    )


def _valid_until(kind: str, values: Mapping[str, Any]) -> date | None:
    return day_of(values.get("berkas", {}).get("berlaku_sampai")) if kind == "sk_izin" else None


def initials(name: str) -> str:
    """`Slamet Riyadi` -> `S••••• R•••••`: enough to compare with the paper in hand."""
    return " ".join(word[0] + "•" * (len(word) - 1) for word in name.split() if word)
