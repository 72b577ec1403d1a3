"""Who did not take a task, and why: all that was said, and beside it what stands now."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, ForeignKey, Table, Uuid

from app.store.database import metadata
from app.store.tables.columns import instant, text, written

task_refusals = Table(
    "task_refusals",
    metadata,
    Column("task_id", Uuid, ForeignKey("tasks.id"), primary_key=True),
    Column("person_id", Uuid, ForeignKey("people.id"), primary_key=True, index=True),
    text("reason"),
    Column("at", DateTime(timezone=True), primary_key=True),
    written(),
)

# Small and read with every list of a person: a row goes as soon as the task becomes his.
standing_refusals = Table(
    "standing_refusals",
    metadata,
    Column("person_id", Uuid, ForeignKey("people.id"), primary_key=True),
    Column("task_id", Uuid, ForeignKey("tasks.id"), primary_key=True, index=True),
    text("reason"),
    instant("at"),
)
