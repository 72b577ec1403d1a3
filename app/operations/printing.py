"""Control cards, or the drafts to be signed, of several tasks in one paper; printing decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from app.letters.joining import joined
from app.operations import acting, looks
from app.operations.documents import Download, draft_letter
from app.operations.retrying import retried
from app.store import transaction
from engine import access
from engine.errors import Refused

MOST = 50
CARD, DRAFT = "kartu", "naskah"


def printed(task_ids: Sequence[UUID], what: str, by: UUID, at: datetime, address: str = "") -> Download:
    """One PDF of the files of these tasks (`what`: CARD) or of the letters they are about (DRAFT), each once.

    What the person may not see is left out.  Every file counts as looked at.  Raises Refused when nothing is left.
    """
    wanted = list(dict.fromkeys(_wanted(task_ids[:MOST], what, by, at)))
    if not wanted:
        raise Refused("Tidak ada yang dapat dicetak dari tugas yang dipilih.")
    papers = [draft_letter(case_id, kind, by, at).content for case_id, kind in wanted]
    for case_id, _kind in wanted:
        looks.opened("case_id", case_id, by, at, address)
    return Download(f"{what}-{len(papers)}.pdf", "application/pdf", joined(papers))


@retried
def _wanted(task_ids: Iterable[UUID], what: str, by: UUID, at: datetime) -> list[tuple[UUID, str]]:
    """The file and the letter that is printed for each task."""
    found: list[tuple[UUID, str]] = []
    with transaction() as store:
        who = acting.actor(store, by, at)
        for id in task_ids:
            row = store.cases.task_row(id)
            held = store.cases.see(row.case_id) if row else None
            task = held.case.task(str(id)) if held else None
            if held is None or task is None or who.kind != "official" or not access.may_see(who, held.case):
                continue
            kind = "kartu_kendali" if what == CARD else str(task.properties.get("draft") or "")
            if kind:
                found.append((held.id, kind))
    return found
