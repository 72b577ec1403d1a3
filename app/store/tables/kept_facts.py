"""What was counted for a period, file by file, kept so that it is not counted again, and what it adds up to.

Nothing here is a record: all of it may be thrown away, and is counted anew by what the other tables say.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text, Uuid
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY

from app.store.database import metadata
from app.store.tables.columns import instant, text

# Another mark whenever a row changes that a file's facts are read from; kept by triggers (revision 0029), in the
# transaction of the change, so that facts counted before it are known to be old.
case_marks = Table(
    "case_marks",
    metadata,
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("mark", Uuid, nullable=False, server_default=sql("gen_random_uuid()")),
)

kept_facts = Table(
    "kept_facts",
    metadata,
    Column("period", Text, primary_key=True),  # "2026-07", "2026-T3", "2026"
    Column("case_id", Uuid, ForeignKey("cases.id"), primary_key=True),
    Column("mark", Uuid, nullable=False),  # of the file when it was counted
    text("law"),  # by which calendar, declarations, failures and program it was counted
    Column("settled", Boolean, nullable=False),  # false: its clock ran on; counted anew for each telling
    instant("counted_at"),
    text("facts"),  # JSON of engine.reporting.CaseFacts; "": the period knows nothing of it
    Column("behind", ARRAY(Text), nullable=False),  # codes of the figures the file stands behind
)

# Periods somebody asked for, all of one or those of a permit and a place, that have too many files for one page, and
# what these add up to.
kept_periods = Table(
    "kept_periods",
    metadata,
    Column("period", Text, primary_key=True),
    Column("permit", Text, primary_key=True, server_default=""),
    Column("area", Text, primary_key=True, server_default=""),
    instant("asked_at"),
    Column("wanting", Boolean, nullable=False),  # whether the worker has something to count
    text("law", server_default=""),
    Column("files", Integer, nullable=False, server_default="0"),
    text("stand", server_default=""),  # of all marks when it was told
    instant("told_at", nullable=True),
    text("told", server_default=""),  # JSON of app.operations.report_sums
)
