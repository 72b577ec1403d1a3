"""Disposisi and questions among colleagues about a file, and what ended each; both are only added to."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, Index, Table, UniqueConstraint

from app.store.database import metadata
from app.store.tables.columns import instant, key, ref, text, written

dispositions = Table(
    "dispositions",
    metadata,
    key(),
    ref("case_id", "cases.id", index=True),
    text("kind"),  # "DISPOSISI" of a superior | "TANYA", a question to a colleague
    text("body"),
    ref("to_person", "people.id"),
    Column("due_on", Date, nullable=True),
    ref("by", "people.id"),
    instant("at"),
    written(),
    CheckConstraint("kind in ('DISPOSISI', 'TANYA')", name="kind"),
    CheckConstraint("to_person <> by", name="two_people"),
)
Index("ix_dispositions_to_person", dispositions.c.to_person, dispositions.c.at)
Index("ix_dispositions_by", dispositions.c.by, dispositions.c.at)
Index("ix_dispositions_due_on", dispositions.c.due_on, postgresql_where=dispositions.c.due_on.is_not(None))

disposition_ends = Table(
    "disposition_ends",
    metadata,
    key(),
    ref("disposition_id", "dispositions.id"),
    text("kind"),  # "ANSWER" by whom it was put to | "TAKEN_BACK" by who put it
    text("body"),
    ref("by", "people.id"),
    instant("at"),
    written(),
    UniqueConstraint("disposition_id"),
    CheckConstraint("kind in ('ANSWER', 'TAKEN_BACK')", name="kind"),
)
