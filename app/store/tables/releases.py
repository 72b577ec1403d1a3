"""What a release means for running cases, cases moved together, and remarks on what it changes."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, UniqueConstraint, Uuid, false
from sqlalchemy import text as sql

from app.store.database import metadata
from app.store.tables.columns import instant, key, ref, text, written

# The effect of the files named by a checksum on every open case of another release.  Computed, no record: it may be
# thrown away and is counted anew.
impact_rounds = Table(
    "impact_rounds",
    metadata,
    key(),
    text("checksum"),
    ref("draft_id", "release_drafts.id", nullable=True, index=True),  # whose files these were when it was asked for
    ref("asked_by", "people.id", nullable=True),  # nobody, where a command proposed the release
    instant("asked_at"),
    instant("done_at", nullable=True),
    text("fault", server_default=""),  # JSON of a sentence: why it cannot be counted
    UniqueConstraint("checksum"),
)
Index(
    "ix_impact_rounds_waiting",
    impact_rounds.c.asked_at,
    postgresql_where=sql("done_at is null and fault = ''"),
)

impact_cases = Table(
    "impact_cases",
    metadata,
    Column("round_id", Uuid, ForeignKey("impact_rounds.id", ondelete="CASCADE"), primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("seq", Integer, nullable=False),  # of the case when it was counted
    ref("before_id", "deployments.id"),
    text("process"),
    text("permit"),
    text("steps"),  # elements of its open tasks, by name in the alphabet
    text("verdict"),  # "same" | "moves" | "chosen" | "choice" | "stays"
    Column("tasks_change", Boolean, nullable=False),
    Column("promise_moves", Boolean, nullable=False),
    Column("promise_forbids", Boolean, nullable=False),  # the release would promise another date; the given one stands
    Column("skips", Boolean, nullable=False, server_default=false()),  # a choice takes it past steps or services
    text("told"),  # JSON of app.operations.impact_told
    instant("counted_at"),
)

impact_choices = Table(
    "impact_choices",
    metadata,
    Column("round_id", Uuid, ForeignKey("impact_rounds.id", ondelete="CASCADE"), primary_key=True),
    text("process", primary_key=True),
    text("element", primary_key=True),  # an open step that the release does not hold any more
    text("chosen"),  # the step its files go to
    ref("by", "people.id"),
    instant("at"),
)

migration_batches = Table(
    "migration_batches",
    metadata,
    key(),
    ref("target_id", "deployments.id"),
    text("reason"),
    text("choices"),  # JSON: process -> open step -> the step its files go to
    ref("by", "people.id"),
    instant("at"),
    text("task"),  # "move" | "undo"
    text("status"),  # "running" | "paused" | "stopped" | "done"
    text("fault", server_default=""),  # JSON of a sentence: why it stands still by itself
    instant("ended_at", nullable=True),
    ref("undone_by", "people.id", nullable=True),  # who takes it back
)
migration_items = Table(
    "migration_items",
    metadata,
    Column("batch_id", Uuid, ForeignKey("migration_batches.id"), primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    text("state"),  # "waiting" | "moved" | "left" | "put_back" | "kept"
    text("told", server_default=""),  # JSON of sentences: why it was left, or kept where it had been moved to
    instant("at", nullable=True),
    # As it was counted before it was moved: the columns of impact_cases, `counted` its `told`.
    ref("before_id", "deployments.id", nullable=True),
    text("process", server_default=""),
    text("steps", server_default=""),
    text("verdict", server_default=""),
    text("counted", server_default=""),
)
Index(
    "ix_migration_items_waiting",
    migration_items.c.batch_id,
    migration_items.c.case_id,
    postgresql_where=sql("state = 'waiting'"),
)

# Only added to: remarks on an element of a draft or of the release it was proposed as, and their answers.
release_comments = Table(
    "release_comments",
    metadata,
    key(),
    ref("draft_id", "release_drafts.id", nullable=True, index=True),
    ref("deployment_id", "deployments.id", nullable=True, index=True),
    text("path"),
    text("element"),  # "": the file as a whole
    text("body"),
    ref("answers", "release_comments.id", nullable=True),  # the remark that this answers
    ref("by", "people.id"),
    instant("at"),
    written(),
)
