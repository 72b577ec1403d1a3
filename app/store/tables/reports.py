"""Periodical reports to the Walikota: frozen when drafted, checked and signed by others, never changed afterwards."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

from app.store.database import metadata
from app.store.tables.columns import instant, key, ref, text, written

reports = Table(
    "reports",
    metadata,
    key(),
    text("kind"),  # "bulanan" | "triwulan" | "tahunan"
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),  # the day after the last
    instant("known_at"),  # the freezing: what was recorded later is not in it
    text("note", server_default=""),
    text("figures"),  # JSON: permit -> figure -> value; fractions as "7/2"
    text("differences"),  # JSON: what it corrects of earlier reports, figure by figure
    text(
        "disruptions", nullable=True
    ),  # JSON of engine.reporting.Disruptions; null: frozen before reports told of them
    text("tables", nullable=True),  # JSON of engine.reporting.tables; null: frozen before reports told of them
    text("sums", nullable=True),  # JSON of engine.reporting.Sums; null likewise
    text("sha256"),  # over period, instant, figures, tables, disruptions, corrections and every file behind them
    ref("drafted_by", "people.id"),
    ref("checked_by", "people.id", nullable=True),
    instant("checked_at", nullable=True),
    ref("signed_by", "people.id", nullable=True),
    instant("signed_at", nullable=True),
    text("number", nullable=True, unique=True),
    text("letter_number", server_default=""),  # of the covering letter
    Column("workbook_sha256", Text, ForeignKey("files.sha256"), nullable=True),
    Column("table_sha256", Text, ForeignKey("files.sha256"), nullable=True),
    ref("returned_by", "people.id", nullable=True),
    instant("returned_at", nullable=True),
    text("returned_because", server_default=""),
    ref("sent_by", "people.id", nullable=True),
    instant("sent_at", nullable=True),
    text("sent_how", server_default=""),  # "" | "srikandi" | "diantar" | "pos" | "surel"
    text("receipt", server_default=""),  # by what its receipt is proved
    written(),
    CheckConstraint("checked_by is null or checked_by <> drafted_by", name="checked_by_another"),
    CheckConstraint("signed_by is null or (signed_by <> drafted_by and signed_by <> checked_by)", name="three_people"),
    CheckConstraint("kind in ('bulanan', 'triwulan', 'tahunan')", name="kind"),
    CheckConstraint("until > since", name="span"),
)
# One report of a period; one that was returned makes room for the next.
Index(
    "uq_reports_standing",
    reports.c.kind,
    reports.c.since,
    unique=True,
    postgresql_where=reports.c.returned_at.is_(None),
)

# The files behind the figures, as frozen.
report_cases = Table(
    "report_cases",
    metadata,
    Column("report_id", Uuid, ForeignKey("reports.id"), primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    text("facts"),  # JSON of engine.reporting.CaseFacts
    # What lists are made by, as the facts have it; null of what was frozen before the tables of a report.
    text("number", nullable=True),
    text("permit", nullable=True),
    Column("behind", ARRAY(Text), nullable=True),  # codes of the figures the file stands behind
)
Index("ix_report_cases_case", report_cases.c.case_id)
Index("ix_report_cases_number", report_cases.c.report_id, report_cases.c.number, report_cases.c.case_id)

# What a report tells anew of a file in the period of an earlier, signed one.
report_corrections = Table(
    "report_corrections",
    metadata,
    Column("report_id", Uuid, ForeignKey("reports.id"), primary_key=True),
    Column("about_id", Uuid, ForeignKey("reports.id"), primary_key=True),
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    text("before", nullable=True),  # JSON facts; null: the file was not part of the period
    text("after", nullable=True),
)
Index("ix_report_corrections_about", report_corrections.c.about_id)

# Papers of a report over so many files that nobody waits for them: made once behind the pages, from what is frozen.
report_papers = Table(
    "report_papers",
    metadata,
    Column("report_id", Uuid, ForeignKey("reports.id"), primary_key=True),
    Column("kind", Text, primary_key=True),  # "xlsx" | "json"
    Column("sha256", Text, ForeignKey("files.sha256"), nullable=False),
    instant("made_at"),
    CheckConstraint("kind in ('xlsx', 'json')", name="kind"),
)
