"""Central systems that failed (recorded, stopping nothing), and when the office itself did not beat."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, Table, Text

from app.store.database import metadata
from app.store.tables.columns import instant, key, ref, text, written

disturbances = Table(
    "disturbances",
    metadata,
    key(),
    text("code", unique=True),
    instant("created_at"),
)

# A record is never changed: its end, a correction, a withdrawal are versions of their own.
disturbance_versions = Table(
    "disturbance_versions",
    metadata,
    Column("disturbance_id", ForeignKey("disturbances.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    text("kind"),  # "RECORD" | "END" | "CORRECT" | "WITHDRAW"
    text("system"),  # code of the catalogue's list
    instant("since"),
    instant("until", nullable=True),
    text("cause"),
    text("evidence"),  # JSON list of {"nama", "padam"?}
    text("note", server_default=""),  # why it is ended, corrected, withdrawn
    ref("recorded_by", "people.id"),
    instant("recorded_at"),
    written(),
    CheckConstraint("until is null or until > since", name="span"),
    CheckConstraint("kind in ('RECORD', 'END', 'CORRECT', 'WITHDRAW')", name="kind"),
)

# The last beat of each part of the office; a gap between two beats becomes an outage.
heartbeats = Table(
    "heartbeats",
    metadata,
    Column("source", Text, primary_key=True),  # "worker" | "web"
    instant("at"),
)

outages = Table(
    "outages",
    metadata,
    key(),
    text("source"),
    instant("since", index=True),  # the last beat before the gap
    instant("until"),  # the first one after it
    instant("noticed_at"),
    written(),
    CheckConstraint("until > since", name="span"),
)
