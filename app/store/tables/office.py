"""The outbox, messages that were sent, and settings."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Uuid
from sqlalchemy import text as sql

from app.store.database import metadata
from app.store.tables.columns import instant, ref, text, written

outbox = Table(
    "outbox",
    metadata,
    Column("id", Uuid, primary_key=True),  # UUIDv5 of case, event number and place: a repeat has the same name
    ref("case_id", "cases.id", nullable=True, index=True),
    text("kind"),  # "message" | "letter" | "report"
    text("payload"),
    instant("created_at"),
    instant("not_before"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    instant("done_at", nullable=True),
    instant("given_up_at", nullable=True),
    text("fault", server_default=""),
)
Index("ix_outbox_waiting", outbox.c.not_before, postgresql_where=sql("done_at is null and given_up_at is null"))

messages = Table(
    "messages",
    metadata,
    Column("id", Uuid, primary_key=True),
    ref("case_id", "cases.id", nullable=True, index=True),
    ref("to_person", "people.id", nullable=True, index=True),
    text("address"),
    text("channel"),  # "surel" | "kotak_surat" | "loket"
    text("notice"),
    text("subject"),
    text("body"),
    instant("created_at"),
    instant("delivered_at", nullable=True),
    text("fate", server_default=""),
    instant("read_at", nullable=True),
    ref("told_by", "people.id", nullable=True),  # who told it to a person without e-mail, at `delivered_at`
    text("told_how", server_default=""),  # "" | "loket" | "telepon" | "surat"
    text("told_note", server_default=""),
    written(),
)
Index("ix_messages_created", messages.c.created_at)
Index(
    "ix_messages_untold",
    messages.c.to_person,
    messages.c.created_at,
    postgresql_where=sql("channel = 'loket' and delivered_at is null"),
)

settings = Table(
    "settings",
    metadata,
    text("name", primary_key=True),
    text("value"),
    ref("changed_by", "people.id", nullable=True),
    instant("changed_at"),
)
