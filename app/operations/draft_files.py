"""One file of a draft: read, held by one person at a time, saved against overwriting, taken back, merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from app.clock import WIB
from app.operations import acting, release_drafts
from app.operations.release_drafts import still_open
from app.operations.retrying import retried
from app.store import Store, transaction
from engine import access, drafting
from engine.errors import DefinitionInvalid, NotAllowed, NotFound, Refused, Sentence, SubmissionInvalid

LEFT = timedelta(minutes=2)  # after which whoever stopped beating has left a file
Whose = Literal["mine", "theirs"]
NO_SUCH_NAME = (
    "Nama seperti ini tidak ada dalam terbitan: huruf kecil, di folder diagram, formulir, katalog, atau surat"
)


@dataclass(frozen=True)
class Opened:
    """`content` None: not in the release; `held_by`: somebody else who is at it, `asked_by`: who asks for it,
    `asked_me`: whether that is the one who looks; `editors`: to whom alone it is left, where he is none of them."""

    path: str
    content: bytes | None
    base: bytes | None
    version: int
    mine: bool
    held_by: str
    since: datetime | None
    asked_by: str
    saves: tuple[Any, ...]
    asked_me: bool = False
    editors: tuple[str, ...] = ()


@retried
def opened(draft: UUID, path: str, by: UUID, at: datetime) -> Opened:
    """A file of a draft with its savings, newest first.  Raises NotAllowed, NotFound."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        row = release_drafts.found(store, draft)
        base, saves = store.deployments.files(row.base_id).get(path), store.studio.saves(draft, path)
        if base is None and not saves:
            raise NotFound("Berkas ini tidak ada dalam rancangan.")
        holder = holder_of(store, draft, path, at)
        mine = holder is not None and holder.person_id == by
        asked = store.people.names({holder.asked_by})[holder.asked_by] if holder and holder.asked_by else ""
        content = base if not saves or saves[0].kind == "as_base" else saves[0].content
        other = holder if holder and not mine else None
        version = saves[0].version if saves else 0
        return Opened(
            path,
            content,
            base,
            version,
            mine,
            other.name if other else "",
            other.since if other else None,
            asked,
            saves,
            bool(holder) and holder.asked_by == by,
            _others(store, path, by, at),
        )


def _others(store: Store, path: str, by: UUID, at: datetime) -> tuple[str, ...]:
    """Names of those to whom alone a file is left (their NIP where nobody has it); none where he may change it."""
    named = drafting.entrusted(store.deployments.active().catalogue.settings, path)
    if not named or store.people.nip(by) in named:
        return ()
    known = {one.id: one.nip for one in store.people.working(at.astimezone(WIB).date()) if one.nip in named}
    return (
        *sorted(store.people.names(set(known)).values()),
        *(f"NIP {one}" for one in sorted(named - {*known.values()})),
    )


def holder_of(store: Store, draft: UUID, path: str, at: datetime) -> Any:
    """Who is at a file; nobody who has left it."""
    row = store.studio.holder(draft, path)
    return None if row is None or at - row.seen_at > LEFT else row


def _held_by(store: Store, draft: UUID, path: str, by: UUID, at: datetime) -> Any:
    """Who is at a file of a draft that `by` may change; the draft is locked, so that two hold nothing at once."""
    access.require(acting.actor(store, by, at), "deploy")
    entrusted(store, path, by)
    still_open(store, draft)
    return holder_of(store, draft, path, at)


@retried
def hold(draft: UUID, path: str, by: UUID, at: datetime) -> bool:
    """Be the one who changes a file, or go on being it; false while somebody else is.  Raises NotAllowed, Refused."""
    with transaction() as store:
        holder = _held_by(store, draft, path, by, at)
        if holder is not None and holder.person_id != by:
            return False
        if holder is None:
            store.studio.hold(draft, path, by, at, at)
        else:
            store.studio.beat(draft, path, at)
        return True


@retried
def ask(draft: UUID, path: str, by: UUID, at: datetime) -> None:
    """Ask whoever holds a file to hand it over; his page tells him within seconds.  Raises NotAllowed, Refused."""
    with transaction() as store:
        holder = _held_by(store, draft, path, by, at)
        if holder is not None and holder.person_id != by:
            store.studio.ask(draft, path, by)


@retried
def hand_over(draft: UUID, path: str, by: UUID, at: datetime) -> None:
    """Let go of a file; whoever asked for it holds it now.  Raises NotAllowed, Refused to who does not hold it."""
    with transaction() as store:
        holder = _held_by(store, draft, path, by, at)
        if holder is None or holder.person_id != by:
            raise Refused("Anda tidak sedang memegang berkas ini.")
        if holder.asked_by:
            store.studio.hold(draft, path, holder.asked_by, at, at)
        else:
            store.studio.let_go(draft, path)


@retried
def save(draft: UUID, path: str, content: bytes, version: int, by: UUID, at: datetime, brought: bool = False) -> int:
    """The file as it is now; its new version.

    `version`: the one that was changed; `brought`: it comes from elsewhere, so that nobody is in the midst of it.  What
    stands already is not saved again.  Raises SubmissionInvalid at `berkas` for a name or size that no release has, at
    `nama` for the name of a new form that none can have, DefinitionInvalid for what cannot be read at all or, brought,
    is none of its kind (the draft stays as it was), Refused when somebody else saved or holds it.
    """
    changeable(draft, by, at)
    _possible(path, content, brought)
    return _write(draft, path, "content", content, version, by, at)


@retried
def changeable(draft: UUID, by: UUID, at: datetime) -> None:
    """Raises NotAllowed, Refused: who may not change a draft learns nothing of what is wrong with a file."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "deploy")
        still_open(store, draft)


def _possible(path: str, content: bytes, brought: bool) -> None:
    """What can be a file of a release, and be read; it takes a while, so no transaction waits for it."""
    if not drafting.allowed(path):
        raise SubmissionInvalid({"berkas": NO_SUCH_NAME})
    if len(content) > drafting.LARGEST:
        raise SubmissionInvalid({"berkas": Sentence("Berkas paling besar %(n)s MB", n=drafting.LARGEST // 1024**2)})
    if unread := drafting.unread(path, content):
        raise DefinitionInvalid(unread)
    if strange := drafting.strange(path, content) if brought else ():
        raise DefinitionInvalid(strange)


@retried
def take_in(draft: UUID, path: str, content: bytes, by: UUID, at: datetime) -> int:
    """A file that comes from elsewhere, in the place of what stands there.

    Raises as `save`, DefinitionInvalid too for what is no form or scenario at all, and for processes and tables whose
    keys another file of the draft has.
    """
    changeable(draft, by, at)
    _possible(path, content, brought=True)
    with transaction() as store:
        version = store.studio.version(draft, path)
        taken = drafting.taken(release_drafts.files_of(store, release_drafts.found(store, draft)), path, content)
    if taken:
        raise DefinitionInvalid(taken)
    return _write(draft, path, "content", content, version, by, at)


@retried
def remove(draft: UUID, path: str, version: int, by: UUID, at: datetime) -> int:
    """Take a file out of the release.  Raises as `save`."""
    return _write(draft, path, "removed", None, version, by, at)


@retried
def as_base(draft: UUID, path: str, version: int, by: UUID, at: datetime) -> int:
    """Let a file stand as in the release in effect again.  Raises as `save`."""
    return _write(draft, path, "as_base", None, version, by, at)


@retried
def bring_back(draft: UUID, path: str, saved: int, version: int, by: UUID, at: datetime) -> int:
    """An earlier saving becomes the newest one.  Raises NotFound, and as `save`."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        old = next((one for one in store.studio.saves(draft, path) if one.version == saved), None)
    if old is None:
        raise NotFound("Simpanan ini tidak ada.")
    return _write(draft, path, old.kind, old.content, version, by, at)


@retried
def _write(draft: UUID, path: str, kind: str, content: bytes | None, version: int, by: UUID, at: datetime) -> int:
    with transaction() as store:
        access.require(acting.actor(store, by, at), "deploy")
        return written(store, still_open(store, draft), path, kind, content, version, by, at)


def written(
    store: Store, row: Any, path: str, kind: str, content: bytes | None, version: int, by: UUID, at: datetime
) -> int:
    """A saving within a transaction that holds the draft `row` locked; the new version.  Raises as `save`."""
    draft = row.id
    entrusted(store, path, by)
    known = store.studio.saves(draft, path)
    if known and (known[0].kind, known[0].content, known[0].by) == (kind, content, by):
        return int(known[0].version)
    _unhindered(store, draft, path, known, version, by, at)
    if not known and path not in store.deployments.files(row.base_id):
        _new(path, kind)
    fresh = (known[0].version if known else 0) + 1
    store.studio.save(draft, path, fresh, kind, content, by, at)
    store.studio.hold(draft, path, by, at, _since(store, draft, path, by, at))
    return int(fresh)


def _new(path: str, kind: str) -> None:
    """Raises NotFound for what is no content, SubmissionInvalid for a form under a name that none can have."""
    if kind != "content":
        raise NotFound("Berkas ini tidak ada dalam rancangan.")
    if odd := drafting.misnamed(path):
        raise SubmissionInvalid({"nama": odd})


def entrusted(store: Store, path: str, by: UUID) -> None:
    """The release in effect may leave a process to some of the administrators.  Raises NotAllowed to others."""
    named = drafting.entrusted(store.deployments.active().catalogue.settings, path)
    if named and store.people.nip(by) not in named:
        raise NotAllowed("Berkas ini hanya diubah oleh penyunting yang disebut terbitan yang berlaku.")


def _unhindered(
    store: Store, draft: UUID, path: str, known: tuple[Any, ...], version: int, by: UUID, at: datetime
) -> None:
    holder = holder_of(store, draft, path, at)
    if holder is not None and holder.person_id != by:
        raise Refused(Sentence("%(name)s sedang mengubah berkas ini; mintalah kepadanya dahulu.", name=holder.name))
    standing = known[0].version if known else 0
    if standing != version:
        told = "%(name)s sudah menyimpan versi yang lebih baru (%(n)s); muat ulang agar tidak ada yang tertimpa."
        raise Refused(Sentence(told, name=known[0].name if known else "", n=standing))


def _since(store: Store, draft: UUID, path: str, by: UUID, at: datetime) -> datetime:
    holder = holder_of(store, draft, path, at)
    since: datetime = holder.since if holder is not None and holder.person_id == by else at
    return since


@retried
def merge(draft: UUID, choices: Mapping[str, Whose], by: UUID, at: datetime) -> None:
    """Let the draft stand on the release in effect now.

    `choices`: for each file that both changed whose it is to be.  Raises Refused naming those without a choice.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "deploy")
        row, active = still_open(store, draft), store.deployments.active()
        old, new = store.deployments.files(row.base_id), store.deployments.files(active.id)
        newest = store.studio.newest(draft)
        clash = drafting.both(old, new, release_drafts.edits(newest))
        missing = [one for one in clash if one not in choices]
        if missing:
            raise Refused(
                Sentence("Pilih dahulu untuk setiap berkas yang diubah keduanya: %(names)s", names=", ".join(missing))
            )
        versions = {one.path: one.version for one in newest}
        for path in (one for one in clash if choices[one] == "theirs"):
            store.studio.save(draft, path, versions[path] + 1, "as_base", None, by, at)
        store.studio.rebase(draft, active.id)
        store.calendars.tell("release_draft_merged", {"draft": str(draft), "number": active.number}, by, at)
