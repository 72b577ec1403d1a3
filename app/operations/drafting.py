"""What was typed into a task's form so far: kept by version, never over what another window kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from app.operations import acting
from app.operations.lists_for_forms import form_of
from app.operations.open_tasks import open_task
from app.operations.retrying import retried
from app.operations.tasks import Typed
from app.store import transaction
from engine import reserved
from engine.errors import Refused

WINDOW = reserved.DRAFT_WINDOW  # the field of a draft that says which window wrote it, and in which of its savings

NEVER_KEPT = frozenset({reserved.CSRF, reserved.KEY, reserved.ACT})


class DraftElsewhere(Refused):
    """Rancangan lain sudah tersimpan dari jendela atau perangkat lain."""


@retried
def save_draft(task_id: UUID, raw: Typed, by: UUID, at: datetime, version: int) -> int:
    """Keep what was typed so far, unread; returns the draft's new version.

    The same draft sent twice stands once, under the version it got, and a window
    that missed the answer to its own saving goes on from it.  Raises
    DraftElsewhere when another window has saved a newer one meanwhile.
    """
    with transaction() as store:
        who = acting.actor(store, by, at)
        held, task = open_task(store, task_id, who)
        acting.require_task(store, who, task, held.case)
        form = form_of(held, task)
        kept = {name: list(values) for name, values in raw.items() if name not in NEVER_KEPT}
        if store.task_drafts.save(by, task_id, form.version, kept, at, version):
            return version + 1
        standing = store.task_drafts.of(by, task_id)
        if standing is not None and _typed_only(standing[0]) == _typed_only(kept):
            return standing[2]
        if (
            standing is not None
            and _goes_on(standing[0], kept)
            and store.task_drafts.save(by, task_id, form.version, kept, at, standing[2])
        ):
            return standing[2] + 1
        raise DraftElsewhere


def _typed_only(kept: Typed) -> dict[str, Sequence[str]]:
    """A draft without what tells of the saving itself."""
    return {name: values for name, values in kept.items() if name not in (WINDOW, reserved.DRAFT_VERSION)}


def _goes_on(standing: Typed, kept: Typed) -> bool:
    """Whether the same window wrote what stands, in an earlier saving (`<window>:<saving>`)."""
    (before, number), (window, next_one) = _saving(standing), _saving(kept)
    return bool(window) and window == before and next_one > number


def _saving(kept: Typed) -> tuple[str, int]:
    window, _sep, number = (list(kept.get(WINDOW, ())) or [""])[0].rpartition(":")
    return (window, int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else ("", 0)
