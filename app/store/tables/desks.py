"""What a desk remembers of its officials: how each wants the inbox drawn, and who has which task's page open."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, PrimaryKeyConstraint, Table, Uuid

from app.store.database import metadata
from app.store.tables.columns import instant, ref, text

desk_ways = Table(
    "desk_ways",
    metadata,
    Column("person_id", Uuid, ForeignKey("people.id"), primary_key=True),
    text("columns"),  # JSON: the optional columns, in the order of the list
    text("density"),  # "lega" | "rapat"
    instant("saved_at"),
)

presences = Table(
    "presences",
    metadata,
    ref("task_id", "tasks.id"),
    ref("person_id", "people.id"),
    instant("seen_at"),
    PrimaryKeyConstraint("task_id", "person_id"),
)
