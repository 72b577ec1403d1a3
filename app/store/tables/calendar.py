"""The calendar as law, and declarations of force majeure; both append-only, with a chain of their own."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Identity, Integer, Table, Uuid, func

from app.store.database import metadata
from app.store.tables.columns import instant, key, ref, text, written

revisions = Table(
    "revisions",
    metadata,
    Column("number", Integer, Identity(always=False), primary_key=True),
    # Names this revision among all databases: what a process keeps of it is never taken for another's.
    Column("token", Uuid, nullable=False, server_default=func.gen_random_uuid()),
    text("because"),
    instant("at"),
)

calendar_entries = Table(
    "calendar_entries",
    metadata,
    key(),
    text("kind"),  # "WEEK" | "DAY" | "YEAR"
    Column("since", Date, nullable=True),
    Column("until", Date, nullable=True),
    Column("year", Integer, nullable=True),
    text("hours", nullable=True),  # JSON: by weekday for WEEK, list of segments for DAY, null: exception withdrawn
    text("label", server_default=""),
    text("decree"),
    text("unit", server_default=""),  # "": the office's; else the own hours of that unit, WEEK only
    Column("position", Integer, Identity(always=False), nullable=False),
    instant("recorded_at"),
    ref("recorded_by", "people.id", nullable=True),
    written(),
    CheckConstraint("kind in ('WEEK', 'DAY', 'YEAR')", name="kind"),
)

declarations = Table(
    "declarations",
    metadata,
    key(),
    text("code", unique=True),
    instant("created_at"),
)

declaration_versions = Table(
    "declaration_versions",
    metadata,
    Column("declaration_id", ForeignKey("declarations.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    text(
        "kind"
    ),  # "DECLARE" | "AMEND" (a correction) | "EXTEND" (it lasts on) | "RECOVER" (the event is over) | "REVOKE"
    instant("since", nullable=True),
    instant("until", nullable=True),
    text("effect", server_default="SUSPEND"),
    text("scope"),  # JSON, absent dimension: all
    text("grounds"),  # "a,c": letters of Pasal 16
    text("event_kind"),
    text("unforeseen", server_default=""),  # why nobody could foresee an event of the kind "lainnya"
    instant("event_at", nullable=True),  # when it happened, where that is not when service was lost
    text("description"),  # of a DECLARE the event; else its end, or why it is corrected or undone
    text("event", server_default=""),  # what a version after the first says it was; "": as the first describes it
    text("measures", server_default=""),
    text("evidence"),  # JSON list of {"nama", "sha256"}
    text("preview"),  # counts and revision seen by the proposer
    text("apart_from", server_default="[]"),  # JSON list of codes: declarations it meets in time and scope
    text("apart_because", server_default=""),  # why it is another event than those
    ref("proposed_by", "people.id"),
    instant("recorded_at"),
    ref("approved_by", "people.id", nullable=True),
    instant("approved_at", nullable=True),
    text("decree", server_default=""),
    ref("rejected_by", "people.id", nullable=True),
    instant("rejected_at", nullable=True),
    text("rejected_because", server_default=""),
    written(),
    CheckConstraint("approved_by is null or approved_by <> proposed_by", name="two_people"),
    CheckConstraint("until is null or since is null or until >= since", name="span"),
)

declaration_files = Table(
    "declaration_files",
    metadata,
    key(),
    ref("declaration_id", "declarations.id", index=True),
    Column("sha256", ForeignKey("files.sha256"), nullable=False),
    text("name"),
    ref("uploaded_by", "people.id"),
    instant("at"),
    written(),
)

office_events = Table(
    "office_events",
    metadata,
    Column("chain", Integer, primary_key=True, server_default="1"),
    Column("seq", Integer, primary_key=True),
    text("kind"),
    instant("at"),
    ref("by", "people.id", nullable=True),
    text("body"),
    text("prev"),
    text("hash"),
    written(),
)
