"""What interventions in running cases keep: another release, the last step, reasons, suspended processes."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Uuid

from app.store.database import metadata
from app.store.tables.columns import instant, key, ref, text, written

# Where a case stood before it was moved to another release: it can be put back until its next step.
case_moves = Table(
    "case_moves",
    metadata,
    key(),
    ref("case_id", "cases.id", index=True),
    Column("seq", Integer, nullable=False),  # of the case when it had been moved
    Column("was_seq", Integer),  # of the case before, None where it was not noted yet
    ref("before_id", "deployments.id"),
    ref("after_id", "deployments.id"),
    text("snapshot"),
    text("reason"),
    ref("moved_by", "people.id"),
    instant("moved_at"),
    instant("undone_at", nullable=True),
)

# Where a case stood before its last step, until the next one: what taking the step back needs.
last_steps = Table(
    "last_steps",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    text("kind"),  # "completed" | "moved"
    Column("seq_before", Integer, nullable=False),  # of the case before the step and after it
    Column("seq", Integer, nullable=False),
    Column("task_id", Uuid, nullable=False),
    text("element"),
    Column("snapshot", LargeBinary, nullable=False),  # zlib
    text("state"),
    text("ledgers"),  # clock -> how many entries it had, JSON
    text("skips"),
    ref("by", "people.id"),
    instant("at"),
)

# Why an intervention was made: shown beside its event, erasable, never in it.
reasons = Table(
    "reasons",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    text("reason"),
    written(),
)

# Processes of a release whose cases stand still.
suspensions = Table(
    "suspensions",
    metadata,
    key(),
    ref("deployment_id", "deployments.id"),
    text("process"),
    text("reason"),
    ref("suspended_by", "people.id"),
    instant("suspended_at"),
    ref("resumed_by", "people.id", nullable=True),
    instant("resumed_at", nullable=True),
)
Index(
    "uq_suspensions_in_force",
    suspensions.c.deployment_id,
    suspensions.c.process,
    unique=True,
    postgresql_where=suspensions.c.resumed_at.is_(None),
)
