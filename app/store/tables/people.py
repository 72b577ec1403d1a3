"""People, their roles, sessions and tokens."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    Table,
    Uuid,
    func,
)
from sqlalchemy import (
    text as sql,
)

from app.store.database import metadata
from app.store.tables.columns import instant, key, ref, text, written

people = Table(
    "people",
    metadata,
    key(),
    text("kind"),
    text("name"),
    text("email", nullable=True),
    instant("email_verified_at", nullable=True),
    text("phone", nullable=True),
    text("nik", nullable=True),
    Column("nik_hmac", LargeBinary, nullable=True),
    text("nip", nullable=True),
    text("rank", nullable=True),  # pangkat, printed under a signature
    text("address", nullable=True),
    text("password_hash", nullable=True),
    text("language", server_default="id"),
    text("theme", server_default=""),
    Column("demonstration", Boolean, nullable=False, server_default=sql("false")),
    instant("created_at"),
    ref("created_by", "people.id", nullable=True),
    instant("disabled_at", nullable=True),
    CheckConstraint("kind in ('official', 'applicant')", name="kind"),
)
Index("ix_people_email", func.lower(people.c.email), unique=True)
Index("ix_people_nik_hmac", people.c.nik_hmac)

grants = Table(
    "grants",
    metadata,
    key(),
    ref("person_id", "people.id", index=True),
    text("role"),
    text("unit", server_default=""),
    text("kind", server_default="definitif"),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=True),
    text("basis"),  # the SK that gives the authority
    ref("stands_for", "people.id", nullable=True),
    ref("granted_by", "people.id", nullable=True),
    instant("recorded_at"),
    instant("revoked_at", nullable=True),
    ref("revoked_by", "people.id", nullable=True),
    CheckConstraint("kind in ('definitif', 'plt', 'plh')", name="kind"),
    CheckConstraint("until is null or until >= since", name="span"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("hash", LargeBinary, primary_key=True),  # SHA-256 of the token in the cookie
    ref("person_id", "people.id", nullable=True, index=True),
    text("data"),
    instant("created_at"),
    instant("seen_at"),
    text("address", server_default=""),
    text("agent", server_default=""),
)

tokens = Table(
    "tokens",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    ref("person_id", "people.id"),
    text("purpose"),  # "verify" | "reset"
    instant("expires_at"),
    instant("used_at", nullable=True),
)

throttle = Table(
    "throttle",
    metadata,
    text("kind", primary_key=True),
    text("subject", primary_key=True),
    instant("window_at", primary_key=True),
    Column("count", Integer, nullable=False),
)

access_log = Table(
    "access_log",
    metadata,
    key(),
    ref("person_id", "people.id"),
    text("what"),
    Column("subject_id", Uuid, nullable=True),
    Column("case_id", Uuid, nullable=True),
    text("why", server_default=""),
    text("address", server_default=""),
    instant("at"),
    written(),
)
Index("ix_access_log_case_at", access_log.c.case_id, access_log.c.at)
Index("ix_access_log_at", access_log.c.at)
Index("ix_access_log_person_at", access_log.c.person_id, access_log.c.at)
Index("ix_access_log_address_at", access_log.c.address, access_log.c.at)
