"""What people decide about clocks: the legal limit's risks, agreed extensions of a promise, open points of the law."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from app.store.database import metadata
from app.store.tables.columns import instant, key, ref, text, written

# A legal limit that nears or has passed: a task of those who supervise, once per step and clock, ever.
limit_risks = Table(
    "limit_risks",
    metadata,
    key(),
    ref("case_id", "cases.id", index=True),
    ref("clock_id", "clocks.id"),
    Column("step", Integer, nullable=False),  # working days before the limit, 0: it has passed
    instant("raised_at"),
    instant("limit_at"),  # as it was when the risk was raised
    text("hindrances"),  # what stood in the way then, JSON: open tasks and pauses by their codes
    Column("notified", Boolean, nullable=False),
    instant("annotated_at", nullable=True),
    text("annotation", server_default=""),
    instant("answered_at", nullable=True),
    ref("answered_by", "people.id", nullable=True),
    text("reason", server_default=""),
    text("measure", server_default=""),
    instant("closed_at", nullable=True),
    text("outcome", server_default=""),  # the state in which the clock stopped
    written(),
    UniqueConstraint("clock_id", "step"),
)
Index(
    "ix_limit_risks_open",
    limit_risks.c.raised_at,
    postgresql_where=limit_risks.c.answered_at.is_(None) & limit_risks.c.closed_at.is_(None),
)

# A later date put to the applicant; nothing moves until he agrees.
extensions = Table(
    "extensions",
    metadata,
    key(),
    ref("case_id", "cases.id", index=True),
    ref("clock_id", "clocks.id"),
    ref("proposed_by", "people.id"),
    instant("proposed_at"),
    text("reason"),
    instant("promised_at"),  # the promise when it was asked
    Column("day", Date, nullable=False),  # the later date
    instant("answer_by"),
    text("status"),  # "asked" | "agreed" | "refused" | "expired"
    ref("answered_by", "people.id", nullable=True),
    instant("answered_at", nullable=True),
    text("how", server_default=""),  # "" | "sendiri" | "loket"
    text("answer", server_default=""),
    Column("scan_sha256", Text, ForeignKey("files.sha256"), nullable=True),  # the signed consent
    written(),
)
Index("uq_extensions_asked", extensions.c.clock_id, unique=True, postgresql_where=extensions.c.status == "asked")
Index("ix_extensions_answer_by", extensions.c.answer_by, postgresql_where=extensions.c.status == "asked")

# How open points of the law are read, from the proposal to the decision; what is adopted is only added to.
clock_policies = Table(
    "clock_policies",
    metadata,
    key(),
    text("values"),  # JSON: names of `engine.clocks.Policy`
    Column("valid_from", Date, nullable=False),
    text("decree"),
    text("reason", server_default=""),
    ref("proposed_by", "people.id"),
    instant("recorded_at"),
    ref("approved_by", "people.id", nullable=True),
    instant("approved_at", nullable=True),
    ref("rejected_by", "people.id", nullable=True),
    instant("rejected_at", nullable=True),
    text("rejected_because", server_default=""),
    written(),
    CheckConstraint("approved_by is null or approved_by <> proposed_by", name="two_people"),
)
