"""Drafts of the next release: what is changed against the release they began with, and who is at which file."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table, Text, UniqueConstraint, Uuid

from app.store.database import metadata
from app.store.tables.columns import instant, key, ref, text, written

release_drafts = Table(
    "release_drafts",
    metadata,
    key(),
    text("title"),
    ref("base_id", "deployments.id"),  # what everything unchanged is taken from
    ref("opened_by", "people.id"),
    instant("opened_at"),
    text("status", server_default="open"),  # "open" | "proposed" | "dropped"
    ref("deployment_id", "deployments.id", nullable=True),  # what it was proposed as
    instant("closed_at", nullable=True),
)

# Only added to: each saving of a file stands with its author, the newest is how the file is now.
draft_saves = Table(
    "draft_saves",
    metadata,
    key(),
    ref("draft_id", "release_drafts.id"),
    text("path"),
    Column("version", Integer, nullable=False),
    Column("content", LargeBinary, nullable=True),  # null: as in the base again, or not there
    text("kind"),  # "content" | "removed" | "as_base"
    ref("by", "people.id"),
    instant("at"),
    written(),
    UniqueConstraint("draft_id", "path", "version"),
)

draft_holders = Table(
    "draft_holders",
    metadata,
    Column("draft_id", Uuid, ForeignKey("release_drafts.id"), primary_key=True),
    Column("path", Text, primary_key=True),
    ref("person_id", "people.id"),
    instant("since"),
    instant("seen_at"),
    ref("asked_by", "people.id", nullable=True),  # who would like to go on with it
)
