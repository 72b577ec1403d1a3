"""The demonstration's next releases: one proposed that a second person decides, and a draft a colleague asks for."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from app.clock import WIB
from app.operations import draft_files, release_drafts

if TYPE_CHECKING:
    from app.operations.demo.loading import Agenda

FORM = "forms/tindakan.json"
PERMITS = "processes/catalogue/permits.json"
HANDOVER = "processes/bersama/penyerahan.bpmn"
SHORTER = {"budget": "5 hk", "basis": "Rancangan keputusan Kepala Dinas (contoh)", "example": True}
PROPOSED = "Standar izin praktik dokter lebih singkat (contoh)"
NOTE = "Sesuai hasil evaluasi pelayanan tahun ini (contoh)"
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


def proposal(by: UUID, at: datetime) -> None:
    """SIPD is promised sooner from next year on and a step has a clearer name: both wait for a second person."""
    id = release_drafts.begin(PROPOSED, by, at)
    permits = json.loads(draft_files.opened(id, PERMITS, by, at).content or b"{}")
    permits["SIPD"]["standards"].append(SHORTER | {"valid_from": f"{at.astimezone(WIB).year + 1}-01-01"})
    draft_files.save(id, PERMITS, json.dumps(permits, ensure_ascii=False, indent=2).encode() + b"\n", 0, by, at)
    drawn = draft_files.opened(id, HANDOVER, by, at).content or b""
    clearer = drawn.replace(b'name="Serahkan izin"', b'name="Serahkan izin kepada pemohon"')
    draft_files.save(id, HANDOVER, clearer, 0, by, at)
    release_drafts.propose(id, NOTE, by, at)
