"""The demonstration's absence: at its end somebody stands in for a verifier, whose own tasks lie meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from app.operations import granting

if TYPE_CHECKING:
    from app.operations.demo.loading import Agenda

DECREE = "ST Kepala Dinas 800/114/2026 (contoh)"
AWAY = timedelta(days=4)


def plan(agenda: Agenda, people: dict[str, UUID], end: datetime) -> None:
    """Ordered the evening before, from the day on with which the history ends."""
    agenda.put(end - timedelta(hours=7), partial(_stand_in, people, end))


def _stand_in(people: dict[str, UUID], end: datetime, at: datetime) -> None:
    first = end.date()
    by, absent = people["admin"], people["verifikator"]
    granting.grant_role(people["informasi"], "VB", "", "plh", first, first + AWAY, DECREE, by, at, absent)
