"""Where things of a draft are used, and another name for one of them, in all its files at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.operations import acting, draft_drawing, draft_files, release_drafts
from app.operations.release_drafts import still_open
from app.operations.retrying import retried
from app.store import transaction
from engine import access, changed_files, renaming, usage
from engine.differences import Office
from engine.step_uses import step_uses
from engine.titles import titles
from engine.usage import Use


@dataclass(frozen=True)
class Usage:
    """`found`: kind -> name -> its uses; `called`: (kind, name) -> what people call it, where it is called anything;
    `titles`: path -> what the file is called."""

    row: Any
    found: Mapping[str, Mapping[str, tuple[Use, ...]]]
    called: Mapping[tuple[str, str], str]
    titles: Mapping[str, str]


def used(draft: UUID, by: UUID, at: datetime) -> Usage:
    """Every use of every thing, names in order, forms that nothing uses among them.  Raises NotAllowed, NotFound."""
    row, files = draft_drawing.files_of(draft, by, at)
    found: dict[str, dict[str, list[Use]]] = {}
    around = draft_drawing.around(files, "")
    for name in around.forms:
        if not renaming.OWN_FORMS.fullmatch(name):  # the office's own, taken up by their names
            found.setdefault("form", {})[name] = []
    for one in (*usage.uses(around), *step_uses(files, around)):
        found.setdefault(one.kind, {}).setdefault(one.name, []).append(one)
    ordered = {kind: {name: tuple(some[name]) for name in sorted(some)} for kind, some in sorted(found.items())}
    office = Office(files)
    pairs = ((kind, name) for kind, some in ordered.items() for name in some)
    called = {pair: said for pair in pairs if (said := usage.called(*pair, office))}
    return Usage(row, ordered, called, titles(files))


@retried
def rename(draft: UUID, kind: renaming.Kind, old: str, new: str, by: UUID, at: datetime) -> int:
    """Another name, and everything that says the old one follows; how many files changed, a renamed one once.

    All of them or none.  Raises NotAllowed, SubmissionInvalid at `baru`, Refused for what cannot be renamed, while
    somebody else is at one of the files, or once the draft is closed.
    """
    with transaction() as store:
        access.require(acting.actor(store, by, at), "deploy")
        row = still_open(store, draft)
        changed = renaming.renamed(release_drafts.files_of(store, row), kind, old, new)
        for path, content in changed.items():
            version = store.studio.version(draft, path)
            kind_of = "removed" if content is None else "content"
            draft_files.written(store, row, path, kind_of, content, version, by, at)
        return len(changed_files.kept(changed))
