"""A whole release from one file takes the place of what a draft holds: all of it, or nothing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from app.operations import acting, release_drafts
from app.operations.draft_files import entrusted, holder_of
from app.operations.release_drafts import still_open
from app.operations.retrying import retried
from app.store import Store, transaction
from engine import access, bundles, drafting
from engine.deployment import checksum
from engine.errors import DefinitionInvalid, Problem, Refused, Sentence, SubmissionInvalid


@retried
def take_in_all(draft: UUID, archive: bytes, by: UUID, at: datetime) -> int:
    """The files of a ZIP become those of the draft, what is not in it is taken out; how many files changed.

    Raises SubmissionInvalid at `zip` without a file, DefinitionInvalid with what cannot be read and where (the draft
    stays as it was), Refused while somebody else is at a file that would change.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "deploy")
        known = release_drafts.files_of(store, still_open(store, draft))
    if not archive:
        raise SubmissionInvalid({"zip": "Pilih berkas ZIP sebuah terbitan"})
    read = bundles.read(archive, known)  # takes a while: no transaction waits for it
    if faults := (*read.problems, *_strange(read.files, known)):
        raise DefinitionInvalid(faults)
    with transaction() as store:
        access.require(acting.actor(store, by, at), "deploy")
        return _taken_in(store, draft, read.files, by, at)


def _strange(files: dict[str, bytes], known: dict[str, bytes]) -> tuple[Problem, ...]:
    """What is none of its kind among the files that the draft does not hold so already, as for a single file."""
    others = ((path, content) for path, content in sorted(files.items()) if known.get(path) != content)
    strange = (one for path, content in others for one in drafting.strange(path, content))
    return (*_misnamed(files, known), *strange)


def _misnamed(files: dict[str, bytes], known: dict[str, bytes]) -> tuple[Problem, ...]:
    """Forms that the draft does not have yet under names that none can have."""
    odd = ((path, drafting.misnamed(path)) for path in sorted(files.keys() - known.keys()))
    return tuple(Problem(path, "", 0, "error", "name", told) for path, told in odd if told)


def _taken_in(store: Store, draft: UUID, files: dict[str, bytes], by: UUID, at: datetime) -> int:
    row = still_open(store, draft)
    base, standing = store.deployments.files(row.base_id), release_drafts.files_of(store, row)
    changed = sorted(path for path in {*standing, *files} if standing.get(path) != files.get(path))
    _unheld(store, draft, changed, by, at)
    for path in changed:
        entrusted(store, path, by)
        content = files.get(path)
        kind = "as_base" if content == base.get(path) else "content" if content is not None else "removed"
        kept = content if kind == "content" else None
        store.studio.save(draft, path, store.studio.version(draft, path) + 1, kind, kept, by, at)
    told = {"draft": str(draft), "checksum": checksum(files), "files": len(changed)}
    if changed:
        store.calendars.tell("release_draft_imported", told, by, at)
    return len(changed)


def _unheld(store: Store, draft: UUID, paths: list[str], by: UUID, at: datetime) -> None:
    holders = ((path, holder_of(store, draft, path, at)) for path in paths)
    for path, holder in holders:
        if holder is not None and holder.person_id != by:
            told = "%(name)s sedang mengubah %(path)s; mintalah kepadanya dahulu."
            raise Refused(Sentence(told, name=holder.name, path=path))
