"""Deployments, cases, their events, tasks, clocks and submissions."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
)
from sqlalchemy import (
    text as sql,
)
from sqlalchemy.dialects.postgresql import ARRAY

from app.store.database import metadata
from app.store.tables.columns import instant, key, ref, text, written

deployments = Table(
    "deployments",
    metadata,
    key(),
    Column("number", Integer, nullable=False, unique=True),
    text("checksum"),
    Column("files", LargeBinary, nullable=False),  # a zip with sorted names and fixed times
    text("status"),  # "draft" | "planned" | "active" | "superseded" | "rejected"
    text("note", server_default=""),
    text("decree", server_default=""),  # on which its change of the law rests
    text("rejected_because", server_default=""),
    ref("proposed_by", "people.id", nullable=True),
    ref("approved_by", "people.id", nullable=True),
    instant("proposed_at"),
    instant("active_at", nullable=True),
    instant("effective_at", nullable=True),  # when it is to take effect, once it was approved for a later instant
    CheckConstraint("approved_by is null or approved_by <> proposed_by", name="two_people"),
)

cases = Table(
    "cases",
    metadata,
    key(),
    text("number", nullable=True, unique=True),  # nomor pendaftaran
    text("tracking_code", unique=True),
    ref("deployment_id", "deployments.id"),
    text("process"),
    text("permit"),
    text("kind"),
    text("category"),
    text("area", server_default=""),
    text("channel"),
    ref("applicant_id", "people.id", index=True),
    ref("filed_by", "people.id", nullable=True),
    text("applicant_name", server_default=""),  # for lists; erasable, never in events
    text("person_name", server_default=""),  # who answers for a company, "" where the applicant is the person himself
    text("subject", server_default=""),
    Column("nik_hmac", LargeBinary, nullable=True, index=True),
    Column("nik_tails", ARRAY(LargeBinary), nullable=False, server_default="{}"),  # of its last four to eight digits
    text("state"),
    Column("closed", Boolean, nullable=False, server_default=sql("false")),
    Column("serving", Boolean, nullable=False, server_default=sql("false")),  # its service clock runs or stands still
    text("outcome", server_default=""),
    instant("opened_at"),
    instant("submitted_at", nullable=True),
    instant("closed_at", nullable=True),
    # Text, never jsonb, and uncompressed: order of keys is meaning, and pglz costs a write (engine guide 2.1, 3.3).
    text("snapshot"),
    Column("waiting", ARRAY(Text), nullable=False, server_default="{}"),
    instant("timer_at", nullable=True),
    instant("wake_at", nullable=True),
    Column("seq", Integer, nullable=False),
    text("genesis"),
    text("head"),
    instant("last_at"),
    Column("version", BigInteger, nullable=False, server_default="1"),
    instant("promised_at", nullable=True),  # L's promise, a cache of the reading
    Column("paid", Boolean, nullable=False, server_default=sql("false")),
    text("suspended", server_default=""),  # "" | "case" | "process"
    text("skips", server_default="{}"),  # element -> outputs given instead of its own, JSON
)
Index("ix_cases_wake_at", cases.c.wake_at, postgresql_where=cases.c.wake_at.is_not(None))
Index("ix_cases_state_opened", cases.c.state, cases.c.opened_at)
Index("ix_cases_opened_at", cases.c.opened_at, cases.c.id)
Index("ix_cases_promised_at", cases.c.promised_at, postgresql_where=sql("not closed"))
# All the supervisor's board counts by, so that it is counted without the rows.
Index(
    "ix_cases_serving",
    cases.c.promised_at,
    cases.c.id,
    postgresql_include=["state", "permit"],
    postgresql_where=cases.c.serving,
)

# By what a file is looked for: every three letters in a row of number, names and subject, and where it lies; kept by a
# trigger on `cases`, so that a step, which changes none of them, does not pay for it.
case_texts = Table(
    "case_texts",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("grams", ARRAY(Text), nullable=False),
    Column("nik_tails", ARRAY(LargeBinary), nullable=False),
    text("area", server_default=""),
)
Index("ix_case_texts_area", case_texts.c.area, postgresql_ops={"area": "text_pattern_ops"})
Index("ix_case_texts_grams", case_texts.c.grams, postgresql_using="gin")
Index("ix_case_texts_nik_tails", case_texts.c.nik_tails, postgresql_using="gin")

events = Table(
    "events",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    text("kind"),
    instant("at"),
    instant("recorded_at"),
    ref("by", "people.id", nullable=True),
    text("role"),
    text("element"),
    ref("deployment_id", "deployments.id"),
    text("body"),  # canonical JSON as hashed
    text("hash"),
    text("address", server_default=""),  # from where it was done, beside the chain: it is never handed out
    written(),
)
Index("ix_events_kind_at", events.c.kind, events.c.at)
Index("ix_events_at", events.c.at)
Index("ix_events_by_at", events.c.by, events.c.at)
Index("ix_events_role_at", events.c.role, events.c.at)
Index("ix_events_address_at", events.c.address, events.c.at, postgresql_where=events.c.address != "")

tasks = Table(
    "tasks",
    metadata,
    Column("id", Uuid, primary_key=True),  # SpiffWorkflow's task id: stable through save and restore
    ref("case_id", "cases.id", index=True),
    text("element"),
    text("name"),
    text("role"),
    text("unit", server_default=""),
    text("form_key"),
    text("standard", server_default=""),
    text("properties"),
    text("status"),  # "open" | "done" | "cancelled"
    ref("assignee_id", "people.id", nullable=True),
    instant("claimed_at", nullable=True),
    instant("opened_at"),
    instant("closed_at", nullable=True),
    ref("closed_by", "people.id", nullable=True),
    text("outcome", server_default=""),
    instant("due_at", nullable=True),  # promise of the task clock, a cache
    # Its place in every list: the file's promise, else the own term, else behind all by age; kept by triggers (0037).
    instant("urgent_at", server_default=sql("'-infinity'")),
    CheckConstraint("status in ('open', 'done', 'cancelled')", name="status"),
)
OPEN = sql("status = 'open'")
Index("ix_tasks_open_role", tasks.c.role, tasks.c.urgent_at, tasks.c.id, postgresql_where=OPEN)
Index("ix_tasks_open_step", tasks.c.role, tasks.c.element, tasks.c.urgent_at, tasks.c.id, postgresql_where=OPEN)
Index("ix_tasks_open_assignee", tasks.c.assignee_id, tasks.c.urgent_at, tasks.c.id, postgresql_where=OPEN)
Index("ix_tasks_open_newest", tasks.c.role, tasks.c.opened_at, postgresql_where=OPEN)
Index("ix_tasks_closed", tasks.c.closed_by, tasks.c.closed_at)
Index("ix_tasks_done_at", tasks.c.closed_at, postgresql_where=sql("status = 'done'"))

submissions = Table(
    "submissions",
    metadata,
    key(),
    ref("case_id", "cases.id", index=True),
    Column("task_id", Uuid, nullable=True),
    text("element"),
    text("form_key"),
    Column("form_version", Integer, nullable=False),
    text("outcome", server_default=""),
    text("reason", server_default=""),
    text("values", nullable=True),  # null after erasure; the chain still verifies (ruling 17)
    text("salts", nullable=True),
    ref("by", "people.id"),
    instant("at"),
    written(),
)

drafts = Table(
    "drafts",
    metadata,
    ref("person_id", "people.id", primary_key=True),
    Column("task_id", Uuid, primary_key=True),
    Column("form_version", Integer, nullable=False),
    text("raw"),  # as typed, unread
    instant("saved_at"),
    Column("version", Integer, nullable=False, server_default="1"),
)

clocks = Table(
    "clocks",
    metadata,
    Column("id", Uuid, primary_key=True),
    ref("case_id", "cases.id", index=True),
    Column("task_id", Uuid, nullable=True),
    text("name"),
    text("kind"),
    text("budget"),
    text("basis"),
    Column("pausable", Boolean, nullable=False),
    text("calendar", server_default=""),  # the unit in whose own hours it is counted; "": the office's
    Column("position", Integer, nullable=False),  # order within the case
)

clock_events = Table(
    "clock_events",
    metadata,
    Column("clock_id", Uuid, ForeignKey("clocks.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    text("kind"),
    text("cause", nullable=True),
    instant("effective_at", nullable=True),  # null: what it corrects did not happen
    instant("recorded_at"),
    Column("supersedes", Integer, nullable=True),
    text("source", server_default=""),
    Column("until", Date, nullable=True),  # of an EXTEND: the date the applicant agreed to
    written(),
)

clock_readings = Table(
    "clock_readings",
    metadata,
    Column("clock_id", Uuid, ForeignKey("clocks.id"), primary_key=True),
    ref("case_id", "cases.id", index=True),
    Column("running", Boolean, nullable=False),
    instant("started_at", nullable=True),
    instant("promised_at", nullable=True),
    text("no_promise_because", nullable=True),
    Column("next_rung", Integer, nullable=True),
    instant("next_rung_at", nullable=True),
    Column("late", Boolean, nullable=False, server_default=sql("false")),
    Column("revision", Integer, nullable=False),
    # Whether it stands still by what happened in its file; what a declaration stops is not known here.
    Column("paused", Boolean, nullable=False, server_default=sql("false")),
)
Index("ix_clock_readings_paused", clock_readings.c.case_id, postgresql_where=sql("paused"))
Index(
    "ix_clock_readings_next_rung",
    clock_readings.c.next_rung_at,
    postgresql_where=sql("running and next_rung_at is not null"),
)
Index(
    "ix_clock_readings_over",
    clock_readings.c.late,
    clock_readings.c.case_id,
    postgresql_where=sql("not running and started_at is not null"),
)
Index("ix_clock_readings_promised", clock_readings.c.promised_at, postgresql_where=sql("running"))

rungs_fired = Table(
    "rungs_fired",
    metadata,
    Column("clock_id", Uuid, ForeignKey("clocks.id"), primary_key=True),
    Column("rung", Integer, primary_key=True),
    ref("case_id", "cases.id", index=True),
    instant("fired_at"),
    Column("notified", Boolean, nullable=False),
    instant("annotated_at", nullable=True),
    text("annotation", server_default=""),
)

promises = Table(
    "promises",
    metadata,
    key(),
    ref("case_id", "cases.id"),
    ref("clock_id", "clocks.id"),
    instant("promised_at", nullable=True),
    text("because"),
    text("source", server_default=""),
    instant("made_at"),
    Column("revision", Integer, nullable=False),
    written(),
)
Index("ix_promises_case", promises.c.case_id, promises.c.made_at)

requests = Table(
    "requests",
    metadata,
    Column("key", Uuid, primary_key=True),
    ref("by", "people.id", nullable=True),
    text("fingerprint"),
    text("answer", nullable=True),
    instant("at"),
)

holds = Table(
    "holds",
    metadata,
    key(),
    ref("case_id", "cases.id", index=True),
    ref("asked_by", "people.id"),
    instant("asked_at"),
    text("reason"),
    instant("until_wished", nullable=True),
    text("status"),  # "asked" | "granted" | "refused"
    ref("decided_by", "people.id", nullable=True),
    instant("decided_at", nullable=True),
    instant("until", nullable=True),
    text("answer", server_default=""),
)

notes = Table(
    "notes",
    metadata,
    key(),
    ref("case_id", "cases.id", index=True),
    ref("by", "people.id"),
    instant("at"),
    text("body"),
)

note_mentions = Table(
    "note_mentions",
    metadata,
    Column("note_id", Uuid, ForeignKey("notes.id"), primary_key=True),
    Column("person_id", Uuid, ForeignKey("people.id"), primary_key=True),
    instant("read_at", nullable=True),
)
Index("ix_note_mentions_unread", note_mentions.c.person_id, postgresql_where=note_mentions.c.read_at.is_(None))

questions = Table(
    "questions",
    metadata,
    key(),
    ref("case_id", "cases.id", index=True),
    ref("task_id", "tasks.id", index=True),
    ref("asked_by", "people.id"),
    instant("asked_at"),
    text("body"),
    ref("answered_by", "people.id", nullable=True),
    instant("answered_at", nullable=True),
    text("answer", server_default=""),
)

incidents = Table(
    "incidents",
    metadata,
    key(),
    ref("case_id", "cases.id", index=True),
    text("element"),
    text("reason"),
    text("during"),
    instant("at"),
    instant("resolved_at", nullable=True),
    ref("resolved_by", "people.id", nullable=True),
    text("how", server_default=""),  # "" | "retried" | "skipped"
)
