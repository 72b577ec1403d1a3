"""Refreshes of cached readings that go on after the change they follow was committed, slice by slice."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Uuid
from sqlalchemy import text as sql

from app.store.database import metadata
from app.store.tables.columns import instant, text

recounts = Table(
    "recounts",
    metadata,
    Column("revision", Integer, ForeignKey("revisions.number"), primary_key=True),
    instant("since"),
    instant("until", nullable=True),
    text("because"),  # as the register of promises tells it
    instant("at"),  # when the change was decided
    Column("behind", Uuid, nullable=True),  # cases up to this id are done; null: none yet
    Column("counted", Integer, nullable=False, server_default="0"),
    Column("moved", Integer, nullable=False, server_default="0"),
    instant("done_at", nullable=True),
)
Index("ix_recounts_waiting", recounts.c.revision, postgresql_where=sql("done_at is null"))
