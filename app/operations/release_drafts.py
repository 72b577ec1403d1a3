"""Drafts of the next release: begun from the one in effect, changed file by file, checked and proposed as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from app.operations import acting, draft_against, idempotency, letter_faults, processes
from app.operations.documents import Download
from app.operations.examining import NOBODY, Files, Gone, examined
from app.operations.processes import Deployed
from app.operations.retrying import retried
from app.store import Store, transaction
from app.store.ids import uuid7
from engine import access, deployment, drafting, reasons, scenarios, spots
from engine.deployment import Deployment, Playable, checksum
from engine.drafting import Changed, Edit
from engine.errors import DefinitionInvalid, NotFound, Problem, Refused, SubmissionInvalid
from engine.forms.values import clean
from engine.titles import titles

LISTED = 50
SHORTEST_TITLE, LONGEST_TITLE = 5, 120


@dataclass(frozen=True)
class DraftFile:
    """`title`: what it is called, "" for nothing; `changed`: None while it stands as in the base; `holder`: who is at
    it."""

    path: str
    title: str
    changed: Changed | None
    version: int
    saved_by: str
    saved_at: datetime | None
    holder: str


@dataclass(frozen=True)
class Draft:
    """`base`: number of the release it began with; `behind`: whether another is in effect since, and `both`: files that
    both changed."""

    row: Any
    opened_by: str
    base: int
    files: tuple[DraftFile, ...]
    behind: bool
    both: tuple[str, ...]
    outcome: tuple[str, str] = ("", "")  # of its proposal: status of the release, why it did not come into effect

    @property
    def titles(self) -> dict[str, str]:
        """Path -> what the file is called."""
        return {one.path: one.title for one in self.files}

    @property
    def changes(self) -> tuple[DraftFile, ...]:
        return tuple(one for one in self.files if one.changed)


@retried
def begin(title: str, by: UUID, at: datetime, key: UUID | None = None) -> UUID:
    """A draft of the release in effect.  Raises NotAllowed, SubmissionInvalid at `judul`."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "deploy")
        before = idempotency.begin(store, key, by, idempotency.fingerprint("release_drafts.begin", title), at)
        if before is not None:
            return UUID(str(before))
        called = clean(title)
        if not SHORTEST_TITLE <= len(called) <= LONGEST_TITLE:
            raise SubmissionInvalid({"judul": "Apa yang akan berubah: 5 sampai 120 huruf"})
        id = uuid7()
        store.studio.begin(id, called, store.deployments.active().id, by, at)
        store.calendars.tell("release_draft_opened", {"draft": str(id), "title": called}, by, at)
        idempotency.answer(store, key, str(id))
        return id


@retried
def drafts(by: UUID, at: datetime) -> tuple[tuple[Any, str, tuple[str, str]], ...]:
    """Drafts with who opened them and what became of their proposals: open ones first, newest first.

    Raises NotAllowed.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        rows = store.studio.all(LISTED)
        names = store.people.names({one.opened_by for one in rows})
        became = store.studio.outcomes([one.id for one in rows])
        return tuple((one, names[one.opened_by], became.get(one.id, ("", ""))) for one in rows)


@retried
def draft(id: UUID, by: UUID, at: datetime) -> Draft:
    """A draft and how each of its files stands.  Raises NotAllowed, NotFound."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        row = found(store, id)
        base, newest = store.deployments.files(row.base_id), store.studio.newest(id)
        files = drafting.merged(base, edits(newest))
        active = store.deployments.active()
        behind = row.status == "open" and active.id != row.base_id
        both = drafting.both(base, store.deployments.files(active.id), edits(newest)) if behind else ()
        lines = _lines(base, files, newest, {one.path: one.name for one in store.studio.holders(id)})
        opened_by = store.people.names({row.opened_by})[row.opened_by]
        became = store.studio.outcomes([id]).get(id, ("", ""))
        return Draft(row, opened_by, store.deployments.get(row.base_id).number, lines, behind, both, became)


def found(store: Store, id: UUID, lock: bool = False) -> Any:
    row = store.studio.one(id, lock)
    if row is None:
        raise NotFound("Rancangan terbitan tidak ditemukan.")
    return row


def still_open(store: Store, id: UUID) -> Any:
    """The draft under its lock; raises Refused once it was proposed or dropped."""
    row = found(store, id, lock=True)
    if row.status != "open":
        raise Refused("Rancangan ini sudah diusulkan atau dibuang; mulailah rancangan baru.")
    return row


def edits(newest: tuple[Any, ...]) -> dict[str, Edit]:
    """By path: what was saved, files that stand as in the base again left out."""
    return {one.path: Edit(one.content) for one in newest if one.kind != "as_base"}


def _lines(
    base: Mapping[str, bytes], files: Mapping[str, bytes], newest: tuple[Any, ...], holders: Mapping[str, str]
) -> tuple[DraftFile, ...]:
    changed, saved = drafting.changed(base, files), {one.path: one for one in newest}
    called, lines = titles({**base, **files}), []
    for path in sorted({*base, *files}):
        one, holder = saved.get(path), holders.get(path, "")
        head = (path, called.get(path, ""), changed.get(path))
        if one is None:
            lines.append(DraftFile(*head, 0, "", None, holder))
        else:
            lines.append(DraftFile(*head, one.version, one.name, one.at, holder))
    return tuple(lines)


def files_of(store: Store, row: Any) -> dict[str, bytes]:
    """The whole release as a draft has it."""
    return drafting.merged(store.deployments.files(row.base_id), edits(store.studio.newest(row.id)))


@retried
def bundle(id: UUID, by: UUID, at: datetime) -> Download:
    """The release as the draft has it: a zip with sorted names and fixed times, named by the checksum it would have."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        files = files_of(store, found(store, id))
        name = f"terbitan-{checksum(files)[:12]}.zip"
        return Download(name, "application/zip", store.deployments.packed(files))


@retried
def check(id: UUID, by: UUID, at: datetime) -> tuple[Problem, ...]:
    """Everything wrong with the draft as a whole: by the checker of deployment, against the release it began with, its
    scenarios played again, its letters set.

    Raises NotAllowed, NotFound.
    """
    held, staff = processes.held_roles(at), draft_against.staff(at)
    with transaction() as store:
        access.require(acting.actor(store, by, at), "see_deployments")
        row = found(store, id)
        base, files = store.deployments.files(row.base_id), files_of(store, row)
    known = held if held != {access.APPLICANT} else None
    gone = spots.gone(files, base)
    faults, release = examined(files, known, gone)  # no transaction waits for it
    faults = (*faults, *draft_against.problems(base, files, staff, at))
    replayed = _replayed(tuple(sorted(files.items())), known, tuple(gone.items())) if release else ()
    return spots.told((*faults, *replayed, *letter_faults.faults(files, base)), files, gone)


@lru_cache(maxsize=3)  # who looks at a draft again waits for nothing that was found already
def _replayed(files: Files, held: frozenset[str] | None, gone: Gone) -> tuple[Problem, ...]:
    """What its scenarios tell of a release without errors."""
    release = examined(dict(files), held, dict(gone))[1]
    return scenarios.problems(dict(files), release, dict(gone)) if release else ()


def playable(files: Mapping[str, bytes]) -> Playable:
    """`engine.deployment.playable`, once for the same files."""
    return _playable(tuple(sorted(files.items())))


@lru_cache(maxsize=3)  # some megabytes each
def _playable(files: Files) -> Playable:
    return deployment.playable(NOBODY, 0, dict(files))


def _settled(files: Mapping[str, bytes], base: Mapping[str, bytes], at: datetime) -> Deployment:
    """A draft as the release it asks to be; raises DefinitionInvalid with everything that is wrong with it."""
    told = (*draft_against.problems(base, files, draft_against.staff(at), at), *letter_faults.faults(files, base))
    faults = tuple(one for one in told if one.severity == "error")
    try:
        built = processes.sound(files)
    except DefinitionInvalid as invalid:
        raise DefinitionInvalid((*invalid.problems, *faults)) from invalid
    if faults:
        raise DefinitionInvalid(faults)
    return built


@retried
def propose(id: UUID, note: str, by: UUID, at: datetime) -> Deployed:
    """The draft becomes a release that waits for a second person; it cannot be changed any more.

    Raises DefinitionInvalid with every problem, SubmissionInvalid at `keterangan`, Refused while another release is in
    effect than it began with, or where nothing is changed.
    """
    why = reasons.require(clean(note), "keterangan", "Mengapa berubah")
    with transaction() as store:
        access.require(acting.actor(store, by, at), "deploy")
        row = still_open(store, id)
        base, files = store.deployments.files(row.base_id), _proposable(store, row)
    built = _settled(files, base, at)  # seconds on a busy machine: no transaction waits for it
    with transaction() as store:
        if _proposable(store, still_open(store, id)) != files:
            raise Refused("Rancangan ini berubah sementara diperiksa; periksa sekali lagi, lalu usulkan.")
        made = processes.deploy_within(store, built, files, why, at, by, id)
        store.studio.close(id, "proposed", made.id, at)
        store.calendars.tell("release_draft_proposed", {"draft": str(id), "number": made.number}, by, at)
        return made


def _proposable(store: Store, row: Any) -> dict[str, bytes]:
    """The release that a draft would be; raises Refused."""
    if store.deployments.active().id != row.base_id:
        raise Refused("Terbitan lain sudah berlaku sejak rancangan ini dimulai; gabungkan dahulu.")
    files = files_of(store, row)
    if not drafting.changed(store.deployments.files(row.base_id), files):
        raise Refused("Belum ada yang berubah dalam rancangan ini.")
    return files


@retried
def drop(id: UUID, because: str, by: UUID, at: datetime) -> None:
    """Give a draft up; what was saved stands with its authors.  Raises SubmissionInvalid at `alasan`, Refused."""
    with transaction() as store:
        access.require(acting.actor(store, by, at), "deploy")
        still_open(store, id)
        why = reasons.require(clean(because), label="Alasan membuang")
        store.studio.close(id, "dropped", None, at)
        store.calendars.tell("release_draft_dropped", {"draft": str(id), "because": why}, by, at)
