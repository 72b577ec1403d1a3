"""What is assessed, paid and given back; rupiah are whole numbers."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table, UniqueConstraint
from sqlalchemy import text as sql

from app.store.database import metadata
from app.store.tables.columns import instant, key, ref, text

assessments = Table(
    "assessments",
    metadata,
    key(),
    ref("case_id", "cases.id", index=True),
    text("kind"),  # "SKRD" | "STRD"
    Column("principal", BigInteger, nullable=False),  # rupiah
    Column("interest", BigInteger, nullable=False, server_default="0"),
    Column("months", Integer, nullable=False, server_default="0"),
    text("lines"),  # printed formula, line by line, as frozen JSON
    text("tariff_version"),
    instant("assessed_at"),
    instant("due_at", nullable=True),
    text("number", server_default=""),
    instant("superseded_at", nullable=True),
)

payments = Table(
    "payments",
    metadata,
    key(),
    ref("case_id", "cases.id", index=True),
    text("reference"),
    Column("amount", BigInteger, nullable=False),
    text("paid_on"),
    text("channel"),
    ref("entered_by", "people.id"),
    instant("arrived_at"),
    text("status"),  # "claimed" | "valid" | "short" | "invalid" | "not_found" | "refunded"
    ref("decided_by", "people.id", nullable=True),
    instant("decided_at", nullable=True),
)
# A bank reference may be valid once only (ruling 41).
Index("uq_payments_valid_reference", payments.c.reference, unique=True, postgresql_where=sql("status = 'valid'"))

bank_lines = Table(
    "bank_lines",
    metadata,
    key(),
    text("reference", unique=True),
    Column("amount", BigInteger, nullable=False),
    text("paid_on"),
    text("account", server_default=""),
    text("payer", server_default=""),
    ref("entered_by", "people.id"),
    instant("entered_at"),
    ref("payment_id", "payments.id", nullable=True),
    UniqueConstraint("payment_id"),
)

refunds = Table(
    "refunds",
    metadata,
    key(),
    ref("case_id", "cases.id", index=True),
    Column("amount", BigInteger, nullable=False),
    text("reason"),
    instant("opened_at"),
    instant("closed_at", nullable=True),
    text("answer", server_default=""),
)
