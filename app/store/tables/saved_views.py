"""Ways of looking at the inbox that an official keeps for himself."""

from __future__ import annotations

from sqlalchemy import Table, UniqueConstraint

from app.store.database import metadata
from app.store.tables.columns import instant, key, ref, text

saved_views = Table(
    "saved_views",
    metadata,
    key(),
    ref("person_id", "people.id"),
    text("name"),
    text("query"),  # JSON: what the list is sifted by
    instant("saved_at"),
    UniqueConstraint("person_id", "name"),
)
