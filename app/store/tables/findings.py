"""Findings of supervisors and what was written to them since; both are only added to."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, Table, UniqueConstraint

from app.store.database import metadata
from app.store.tables.columns import instant, key, ref, text, written

findings = Table(
    "findings",
    metadata,
    key(),
    Column("year", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    ref("case_id", "cases.id", nullable=True, index=True),
    ref("sample_id", "audit_samples.id", nullable=True),  # the sample in which it was found
    ref("declaration_id", "declarations.id", nullable=True),
    text("category"),
    text("severity"),  # "rendah" | "sedang" | "tinggi"
    text("body"),
    text("ground"),  # the article, or ""
    ref("to_person", "people.id"),
    Column("due_on", Date, nullable=False),
    ref("by", "people.id"),
    instant("at"),
    written(),
    UniqueConstraint("year", "seq"),
    CheckConstraint("severity in ('rendah', 'sedang', 'tinggi')", name="severity"),
    CheckConstraint("to_person <> by", name="two_people"),
)
Index("ix_findings_at", findings.c.at, findings.c.id)
Index("ix_findings_to_person", findings.c.to_person, findings.c.at)

finding_entries = Table(
    "finding_entries",
    metadata,
    key(),
    ref("finding_id", "findings.id"),
    Column("place", Integer, nullable=False),
    text("kind"),  # "ANSWER" by whom it was put to | "RETURN" and "CLOSE" by the supervisor
    text("body"),
    ref("by", "people.id"),
    instant("at"),
    written(),
    UniqueConstraint("finding_id", "place"),
    CheckConstraint("kind in ('ANSWER', 'RETURN', 'CLOSE')", name="kind"),
)

# Evidence that came with a finding, or with one of its entries.
finding_files = Table(
    "finding_files",
    metadata,
    key(),
    ref("finding_id", "findings.id", index=True),
    Column("place", Integer, nullable=False),  # of the entry it came with; 0: with the finding itself
    text("name"),  # as the person called it
    Column("sha256", ForeignKey("files.sha256"), nullable=False),
    ref("by", "people.id"),
    instant("at"),
    written(),
)
