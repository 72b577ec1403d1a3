"""The demonstration's next release: a draft with one form changed, which a colleague would like to go on with."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from app.operations import draft_files, release_drafts

if TYPE_CHECKING:
    from app.operations.demo.loading import Agenda

FORM = "forms/tindakan.json"
TITLE = "Judul formulir umum lebih jelas (contoh)"
WORDS = "Catat apa yang dilakukan"


def plan(agenda: Agenda, people: dict[str, UUID], end: datetime) -> None:
    agenda.put(end - timedelta(days=1) + timedelta(hours=9), partial(draft, people["proses"], people["proses2"]))


def draft(by: UUID, colleague: UUID, at: datetime) -> None:
    id = release_drafts.begin(TITLE, by, at)
    content = draft_files.opened(id, FORM, by, at).content or b"{}"
    form = json.loads(content) | {"title": WORDS}
    draft_files.save(id, FORM, json.dumps(form, ensure_ascii=False, indent=2).encode() + b"\n", 0, by, at)
    draft_files.ask(id, FORM, colleague, at)
