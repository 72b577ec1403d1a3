"""Two versions of the office's release side by side, a draft among them, and what was remarked on the newer one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from app.operations import acting, idempotency, release_drafts
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.deployments import DeploymentRow
from app.store.ids import uuid7
from engine import access, differences, reasons
from engine.catalogue.comparing import LawChange, law_changes
from engine.differences import FileChange, Office
from engine.errors import NotFound, Refused, SubmissionInvalid
from engine.titles import titles

LISTED = 100


class Side(NamedTuple):
    """One of the two: a release with its number, or a draft."""

    id: UUID
    number: int  # 0 for a draft
    title: str
    status: str
    deployment: UUID | None
    draft: UUID | None


@dataclass(frozen=True)
class Remark:
    """A remark with its answers; answered when there is one."""

    row: Any
    answers: tuple[Any, ...]


@dataclass(frozen=True)
class Comparison:
    before: Side
    after: Side
    files: tuple[FileChange, ...]
    law: tuple[LawChange, ...]
    versions: tuple[Side, ...]  # what can be compared, the two themselves among them
    remarks: tuple[Remark, ...]
    may_remark: bool
    titles: Mapping[str, str]  # path -> what the file is called
    office: Office  # what both call steps and other things


@dataclass(frozen=True)
class Drawn:
    """One diagram of both; None where it is not in a version.  Steps that got another id bear the newer one in both,
    `renamed`."""

    before: str | None
    after: str | None
    renamed: tuple[str, ...] = ()


@retried
def compare(before: UUID | None, after: UUID | None, by: UUID, at: datetime) -> Comparison:
    """Two versions by the id of a release or a draft; without them the one in effect and what was proposed last.

    Of the release in effect itself the one before it stands beside it.

    Raises NotAllowed, NotFound.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        access.require(who, "see_deployments")
        versions = _versions(store)
        new = side(store, after or next(one.id for one in versions if one.deployment))
        old = side(store, before or _base(store, new))
        versions = (*(one for one in dict.fromkeys((new, old)) if one not in versions), *versions)
        law = _law(store, old, new)
        remarks = _remarks(store, new)
        may = access.may(who, "deploy") and _undecided(store, new)
        was, now = files_of(store, old), files_of(store, new)
    called = titles({**was, **now})
    return Comparison(old, new, differences.compare(was, now), law, versions, remarks, may, called, Office(now, was))


def _base(store: Store, new: Side) -> UUID:
    """What a version is compared with where nobody says: the release in effect, of that one the release before it."""
    active = store.deployments.active().id
    if new.deployment != active:
        return active
    since = {row.id: row.active_at for row in store.deployments.all() if row.active_at}
    earlier = [id for id in since if since[id] < since[active]]
    return max(earlier, key=lambda id: since[id], default=active)


def _versions(store: Store) -> tuple[Side, ...]:
    """Drafts that are open, then releases, newest first."""
    drafts = (one for one in store.studio.all(LISTED) if one.status == "open")
    rows = store.deployments.all()[:LISTED]
    return (*(_of_draft(one) for one in drafts), *(_of_release(one) for one in rows))


def _of_draft(row: Any) -> Side:
    return Side(row.id, 0, row.title, row.status, None, row.id)


def _of_release(row: DeploymentRow) -> Side:
    return Side(row.id, row.number, row.note, row.status, row.id, None)


def side(store: Store, id: UUID) -> Side:
    """Raises NotFound."""
    row = store.deployments.row(id)
    if row is not None:
        return _of_release(row)
    draft = store.studio.one(id)
    if draft is None:
        raise NotFound("Versi ini tidak ada.")
    return _of_draft(draft)


def files_of(store: Store, one: Side) -> Mapping[str, bytes]:
    if one.deployment:
        return store.deployments.files(one.deployment)
    return release_drafts.files_of(store, release_drafts.found(store, one.id))


def _law(store: Store, old: Side, new: Side) -> tuple[LawChange, ...]:
    """Of two releases; of a draft only its files are told, for it may not be readable as a whole."""
    if not old.deployment or not new.deployment:
        return ()
    return law_changes(store.deployments.get(old.deployment).catalogue, store.deployments.get(new.deployment).catalogue)


@retried
def drawn(before: UUID, after: UUID, path: str, by: UUID, at: datetime) -> Drawn:
    """A diagram in both versions.  Raises NotAllowed, NotFound where neither has it."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        was, now = (files_of(store, side(store, id)) for id in (before, after))
    if not path.endswith(".bpmn") or (path not in was and path not in now):
        raise NotFound("Diagram ini tidak ada dalam kedua versi.")
    older, ids = differences.carried(path, was, now)
    before_it, after_it = (
        text.decode("utf-8", "replace") if text is not None else None for text in (older, now.get(path))
    )
    return Drawn(before_it, after_it, tuple(ids.values()))


# --- remarks


def _remarks(store: Store, new: Side) -> tuple[Remark, ...]:
    draft = store.studio.one(new.id) if new.draft else None
    rows = store.release_comments.of(new.draft, new.deployment or (draft.deployment_id if draft else None))
    roots = (one for one in rows if one.answers is None)
    return tuple(Remark(root, tuple(one for one in rows if one.answers == root.id)) for root in roots)


@retried
def unanswered(deployment: UUID, by: UUID, at: datetime) -> int:
    """How many remarks on a release, and on the draft it was proposed from, nobody has answered.  Raises NotAllowed."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        rows = store.release_comments.of(None, deployment)
    answered = {one.answers for one in rows if one.answers is not None}
    return sum(one.answers is None and one.id not in answered for one in rows)


@retried
def remark(version: UUID, path: str, element: str, words: str, by: UUID, at: datetime, key: UUID | None = None) -> UUID:
    """Say something of a file of a draft or of a proposed release, of one of its elements unless that is "".

    Raises SubmissionInvalid at `berkas`, `unsur` or `catatan`, Refused once the release was decided.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "deploy")
        print_ = idempotency.fingerprint("release_differences.remark", version, {"i": [path, element, words]})
        before = idempotency.begin(store, key, by, print_, at)
        if before is not None:
            return UUID(str(before))
        one = _open(store, version)
        both = [found for files in (files_of(store, one), _begun_with(store, one)) if (found := files.get(path))]
        if not both:
            raise SubmissionInvalid({"berkas": "Pilih berkas yang ada dalam versi ini"})
        if element and not any(element in differences.places(path, content) for content in both):
            raise SubmissionInvalid({"unsur": "Unsur ini tidak ada dalam berkasnya"})
        said = {"path": path, "element": element, "body": reasons.require(words, "catatan", "Catatan")}
        id = uuid7()
        store.release_comments.add(id, at, draft_id=one.draft, deployment_id=one.deployment, by=by, **said)
        idempotency.answer(store, key, str(id))
        return id


@retried
def answer(remark_id: UUID, words: str, by: UUID, at: datetime, key: UUID | None = None) -> UUID:
    """Answer a remark, which is answered from then on.  Returns the version it was made on.

    Raises SubmissionInvalid at `jawaban`, NotFound, Refused once the release was decided.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "deploy")
        root = store.release_comments.one(remark_id)
        if root is None or root.answers is not None:
            raise NotFound("Catatan ini tidak ada.")
        print_ = idempotency.fingerprint("release_differences.answer", remark_id, {"jawaban": [words]})
        version = UUID(str(root.draft_id or root.deployment_id))
        if idempotency.begin(store, key, by, print_, at) is not None:
            return version
        _open(store, version)
        said = {"path": root.path, "element": root.element, "body": reasons.require(words, "jawaban", "Jawaban")}
        more = {"draft_id": root.draft_id, "deployment_id": root.deployment_id, "answers": root.id}
        store.release_comments.add(uuid7(), at, by=by, **said, **more)
        idempotency.answer(store, key, str(version))
        return version


def _open(store: Store, version: UUID) -> Side:
    """A draft that is open or became a release not decided, or such a release."""
    one = side(store, version)
    if not _undecided(store, one):
        raise Refused("Versi ini sudah diputuskan atau dibuang; catatannya tetap terbaca.")
    return one


def _undecided(store: Store, one: Side) -> bool:
    draft = store.studio.one(one.draft) if one.draft else None
    became = store.deployments.row(draft.deployment_id) if draft is not None and draft.deployment_id else None
    return (became.status if became else one.status) in ("open", "draft")


def _begun_with(store: Store, one: Side) -> Mapping[str, bytes]:
    """The release that a version changes: what it takes out is remarked on, too."""
    draft = store.studio.one(one.draft) if one.draft else None
    return store.deployments.files(draft.base_id if draft else store.deployments.active().id)
