"""A declaration before it is proposed and after it is over: the author's drafts, and the reports that close it."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKeyConstraint, Integer, Table, Uuid

from app.store.database import metadata
from app.store.tables.columns import instant, key, ref, text, written

# What somebody has typed of a proposal so far; nobody else sees it, and it may be thrown away.
declaration_drafts = Table(
    "declaration_drafts",
    metadata,
    key(),
    ref("author", "people.id", index=True),
    text("typed"),  # JSON: name of a field -> its values, unread
    Column("version", Integer, nullable=False),
    instant("saved_at"),
)

# The report to the Walikota on the version that stood then; a correction afterwards asks for another.
declaration_closings = Table(
    "declaration_closings",
    metadata,
    Column("declaration_id", Uuid, primary_key=True),
    Column("version", Integer, primary_key=True),
    text("report"),  # number of the letter
    Column("reported_on", Date, nullable=False),
    text("note", server_default=""),
    text("figures"),  # JSON: what the declaration had done by then, as it was reported
    ref("closed_by", "people.id"),
    instant("closed_at"),
    written(),
    ForeignKeyConstraint(
        ["declaration_id", "version"], ["declaration_versions.declaration_id", "declaration_versions.version"]
    ),
)

# What a supervisor remarks about a version; nobody is bound by it.
declaration_comments = Table(
    "declaration_comments",
    metadata,
    key(),
    Column("declaration_id", Uuid, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    text("body"),
    ref("by", "people.id"),
    instant("at"),
    written(),
    ForeignKeyConstraint(
        ["declaration_id", "version"], ["declaration_versions.declaration_id", "declaration_versions.version"]
    ),
)
