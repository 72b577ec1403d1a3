"""The demonstration's audit: two days before its end a sample of a month is drawn, and half of it examined."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from app.operations import sampling
from engine.errors import SubmissionInvalid

if TYPE_CHECKING:
    from app.operations.demo.loading import Agenda

SEED = "undian 4471 (contoh)"
NOTE = "Alasan perbaikan kurang jelas (contoh)"


def plan(agenda: Agenda, people: dict[str, UUID], end: datetime) -> None:
    agenda.put(end - timedelta(days=2) + timedelta(hours=10), partial(_sample, people["pengawas"]))


def _sample(by: UUID, at: datetime) -> None:
    until = at.date() - timedelta(days=1)
    try:
        made = sampling.draw(sampling.Lot(SEED, False, until - timedelta(days=29), until, "", "", 6), by, at)
    except SubmissionInvalid:  # nothing was opened yet in a short history
        return
    found = sampling.sample(made, by, at)
    good = {one.code: ("sesuai", "") for one in found.checklist.items}
    for place, case in enumerate(found.cases[: len(found.cases) // 2]):
        sampling.answer(made, case.id, good if place else good | {"alasan": (sampling.WRONG, NOTE)}, by, at)
