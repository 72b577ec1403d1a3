"""Risks of the legal limit, extensions a promise was given with consent, and how open points of the law are read."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _instant(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, **more: object) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False, **more)


def _written() -> sa.Column:
    return sa.Column(
        "inserted_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
    )


def _ref(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def upgrade() -> None:
    op.add_column("clock_events", sa.Column("until", sa.Date(), nullable=True))
    op.create_index(
        "ix_clock_readings_promised", "clock_readings", ["promised_at"], postgresql_where=sa.text("running")
    )
    op.create_table(
        "limit_risks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        _instant("raised_at"),
        _instant("limit_at"),
        _text("hindrances"),
        sa.Column("notified", sa.Boolean(), nullable=False),
        _instant("annotated_at", nullable=True),
        _text("annotation", server_default=""),
        _instant("answered_at", nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        _text("reason", server_default=""),
        _text("measure", server_default=""),
        _instant("closed_at", nullable=True),
        _text("outcome", server_default=""),
        _written(),
        _ref("limit_risks", "answered_by", "people"),
        _ref("limit_risks", "case_id", "cases"),
        _ref("limit_risks", "clock_id", "clocks"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_limit_risks")),
        sa.UniqueConstraint("clock_id", "step", name=op.f("uq_limit_risks_clock_id")),
    )
    op.create_index(op.f("ix_limit_risks_case_id"), "limit_risks", ["case_id"])
    op.create_index(
        "ix_limit_risks_open",
        "limit_risks",
        ["raised_at"],
        postgresql_where=sa.text("answered_at is null and closed_at is null"),
    )
    op.create_table(
        "extensions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        _instant("proposed_at"),
        _text("reason"),
        _instant("promised_at"),
        sa.Column("day", sa.Date(), nullable=False),
        _instant("answer_by"),
        _text("status"),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        _instant("answered_at", nullable=True),
        _text("how", server_default=""),
        _text("answer", server_default=""),
        sa.Column("scan_sha256", sa.Text(), nullable=True),
        _written(),
        _ref("extensions", "answered_by", "people"),
        _ref("extensions", "case_id", "cases"),
        _ref("extensions", "clock_id", "clocks"),
        _ref("extensions", "proposed_by", "people"),
        sa.ForeignKeyConstraint(["scan_sha256"], ["files.sha256"], name=op.f("fk_extensions_scan_sha256_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
    )
    op.create_index(op.f("ix_extensions_case_id"), "extensions", ["case_id"])
    asked = sa.text("status = 'asked'")
    op.create_index("uq_extensions_asked", "extensions", ["clock_id"], unique=True, postgresql_where=asked)
    op.create_index("ix_extensions_answer_by", "extensions", ["answer_by"], postgresql_where=asked)
    op.create_table(
        "clock_policies",
        sa.Column("id", sa.Uuid(), nullable=False),
        _text("values"),
        sa.Column("valid_from", sa.Date(), nullable=False),
        _text("decree"),
        _text("reason", server_default=""),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        _instant("recorded_at"),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        _instant("approved_at", nullable=True),
        sa.Column("rejected_by", sa.Uuid(), nullable=True),
        _instant("rejected_at", nullable=True),
        _text("rejected_because", server_default=""),
        _written(),
        sa.CheckConstraint(
            "approved_by is null or approved_by <> proposed_by", name=op.f("ck_clock_policies_two_people")
        ),
        _ref("clock_policies", "approved_by", "people"),
        _ref("clock_policies", "proposed_by", "people"),
        _ref("clock_policies", "rejected_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_policies")),
    )


def downgrade() -> None:
    op.drop_table("clock_policies")
    op.drop_table("extensions")
    op.drop_table("limit_risks")
    op.drop_index("ix_clock_readings_promised", table_name="clock_readings")
    op.drop_column("clock_events", "until")
