"""Files that an official keeps an eye on, whoever works on them; a convenience of his own, no record."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Uuid

from app.store.database import metadata
from app.store.tables.columns import instant

watches = Table(
    "watches",
    metadata,
    Column("person_id", Uuid, ForeignKey("people.id"), primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    instant("since"),
)
Index("ix_watches_case_id", watches.c.case_id)
