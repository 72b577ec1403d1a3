"""Changes of the calendar as they are typed, proposed and decided; what is adopted stands in `calendar_entries`."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, Table

from app.store.database import metadata
from app.store.tables.columns import instant, key, ref, text, written

calendar_changes = Table(
    "calendar_changes",
    metadata,
    key(),
    text("text"),  # lines of `calendar_text`
    text("decree"),
    text("reason", server_default=""),
    text("preview"),  # the counts its author saw, JSON
    ref("proposed_by", "people.id"),
    instant("recorded_at"),
    ref("approved_by", "people.id", nullable=True),
    instant("approved_at", nullable=True),
    ref("rejected_by", "people.id", nullable=True),
    instant("rejected_at", nullable=True),
    text("rejected_because", server_default=""),
    written(),
    CheckConstraint("approved_by is null or approved_by <> proposed_by", name="two_people"),
)

# What somebody has typed of a change so far; nobody else sees it, and it may be thrown away.
calendar_drafts = Table(
    "calendar_drafts",
    metadata,
    key(),
    ref("author", "people.id", index=True),
    text("text"),
    text("decree"),
    text("reason"),
    Column("repeated", Integer, nullable=False),  # lines that said what stands, and were left out
    Column("version", Integer, nullable=False),
    instant("saved_at"),
)
