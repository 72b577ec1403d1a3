"""Proposed changes of the calendar, from their proposal to their decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from app.store.encoding import dump
from app.store.proposals import ProposalStore
from app.store.tables.calendar_changes import calendar_changes


class CalendarChangeStore(ProposalStore):
    table = calendar_changes

    def add(self, id: UUID, at: datetime, preview: Mapping[str, Any], **values: Any) -> None:
        """`values`: text, decree, reason, proposed_by."""
        row = {"id": id, "recorded_at": at, "preview": dump(dict(preview)), **values}
        self.session.execute(insert(calendar_changes).values(row))

    def same_waiting(self, text: str, decree: str) -> bool:
        """Whether the very same change waits for its decision."""
        return any((one.text, one.decree) == (text, decree) for one in self.waiting())
