"""What supervisors draw and find: samples of cases and what was answered about each."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    UniqueConstraint,
    Uuid,
)

from app.store.database import metadata
from app.store.tables.columns import instant, key, ref, text, written

audit_samples = Table(
    "audit_samples",
    metadata,
    key(),
    text("seed"),
    Column("closed", Boolean, nullable=False),  # drawn among what was closed in the period, else what was opened
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),  # the last day
    text("state"),  # at the end of the period; "": any
    text("permit"),
    Column("wanted", Integer, nullable=False),
    Column("population", Integer, nullable=False),
    text("checklist"),  # JSON, as the list read when the sample was drawn
    ref("by", "people.id"),
    instant("at", index=True),
    written(),
    CheckConstraint("until >= since", name="span"),
)

audit_sample_cases = Table(
    "audit_sample_cases",
    metadata,
    ref("sample_id", "audit_samples.id", primary_key=True),
    Column("place", Integer, primary_key=True),
    ref("case_id", "cases.id"),
    written(),
    UniqueConstraint("sample_id", "case_id"),
)

# The newest answer to an item counts; older ones stay.
audit_answers = Table(
    "audit_answers",
    metadata,
    key(),
    Column("sample_id", Uuid, nullable=False),
    Column("case_id", Uuid, nullable=False),
    text("item"),
    text("verdict"),
    text("note"),
    ref("by", "people.id"),
    instant("at"),
    written(),
    ForeignKeyConstraint(
        ["sample_id", "case_id"],
        ["audit_sample_cases.sample_id", "audit_sample_cases.case_id"],
        name="fk_audit_answers_drawn",
    ),
    CheckConstraint("verdict in ('sesuai', 'tidak_sesuai', 'tidak_berlaku')", name="verdict"),
)
Index("ix_audit_answers_sample_case", audit_answers.c.sample_id, audit_answers.c.case_id)
