"""Files, uploads, letters, number books."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, UniqueConstraint, Uuid
from sqlalchemy import text as sql

from app.store.database import metadata
from app.store.tables.columns import instant, key, ref, text, written

files = Table(
    "files",
    metadata,
    text("sha256", primary_key=True),
    Column("size", BigInteger, nullable=False),
    text("media_type"),
    Column("pages", Integer, nullable=False, server_default="1"),
    instant("stored_at"),
)

documents = Table(
    "documents",
    metadata,
    key(),
    ref("case_id", "cases.id", index=True),
    text("field"),  # name of the field it was uploaded for ("berkas.KTP.unggahan")
    text("requirement", server_default=""),
    text("name"),  # as the person called it
    Column("sha256", ForeignKey("files.sha256"), nullable=False),
    ref("uploaded_by", "people.id"),
    instant("at"),
    instant("removed_at", nullable=True),
    written(),
    text("caption", server_default=""),  # what a photograph shows
    instant("taken_at", nullable=True),  # as the phone that took it says
    Column("sent_key", Uuid, nullable=True, unique=True),  # sent twice under one key it stands once
)
Index("ix_documents_case_field", documents.c.case_id, documents.c.field)

letters = Table(
    "letters",
    metadata,
    key(),
    ref("case_id", "cases.id", nullable=True, index=True),
    ref("declaration_id", "declarations.id", nullable=True),
    ref("report_id", "reports.id", nullable=True),
    text("kind"),
    text("number", server_default=""),
    text("values"),  # frozen when issued: what the template reads
    text("template_checksum"),
    ref("deployment_id", "deployments.id"),
    instant("issued_at"),
    Column("sha256", ForeignKey("files.sha256"), nullable=True),  # null until rendered
    text("verification_code", nullable=True, unique=True),
    Column("signed", Boolean, nullable=False, server_default=sql("false")),
    ref("signed_by", "people.id", nullable=True),
    instant("signed_at", nullable=True),
    text("signing_way", server_default=""),  # "basah" | "peragaan" | a certified signer's
    text("signature", server_default=""),  # JSON of the electronic signature: provider, certificate, value
    Column("signed_sha256", ForeignKey("files.sha256"), nullable=True),
    instant("withdrawn_at", nullable=True),
    text("withdrawn_because", server_default=""),
    # Permits by the last day they are good (app.store.expiry).
    Index(
        "ix_letters_valid_until",
        sql("(values::jsonb #>> '{berkas,berlaku_sampai}')"),
        postgresql_where=sql("kind = 'sk_izin'"),
    ),
)

number_books = Table(
    "number_books",
    metadata,
    text("register", primary_key=True),
    text("scope", primary_key=True),
    Column("next", Integer, nullable=False),
)

numbers = Table(
    "numbers",
    metadata,
    key(),
    text("register"),
    text("scope"),
    Column("seq", Integer, nullable=False),
    text("number"),
    ref("case_id", "cases.id", nullable=True, index=True),
    instant("reserved_at"),
    instant("cancelled_at", nullable=True),
    text("cancelled_because", server_default=""),
    UniqueConstraint("register", "scope", "seq"),
)
