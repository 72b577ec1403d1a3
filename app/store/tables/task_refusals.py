"""Who did not take a task, and why; of each person once for each task."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table, Uuid

from app.store.database import metadata
from app.store.tables.columns import instant, text, written

task_refusals = Table(
    "task_refusals",
    metadata,
    Column("task_id", Uuid, ForeignKey("tasks.id"), primary_key=True),
    Column("person_id", Uuid, ForeignKey("people.id"), primary_key=True, index=True),
    text("reason"),
    instant("at"),
    written(),
)
