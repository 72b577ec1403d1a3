"""Supervisors put findings to officials, who answer; both are only added to."""

import sqlalchemy as sa
from alembic import op
from flask import current_app
from sqlalchemy import make_url

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLES = ("findings", "finding_entries")


def upgrade() -> None:
    _findings()
    _entries()
    _only_added_to()


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def _common() -> tuple[sa.Column, ...]:
    now = sa.text("clock_timestamp()")
    return (
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inserted_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
    )


def _findings() -> None:
    table = "findings"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("sample_id", sa.Uuid(), nullable=True),
        sa.Column("declaration_id", sa.Uuid(), nullable=True),
        _text("category"),
        _text("severity"),
        _text("body"),
        _text("ground"),
        sa.Column("to_person", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        *_common(),
        sa.CheckConstraint("severity in ('rendah', 'sedang', 'tinggi')", name=op.f("ck_findings_severity")),
        sa.CheckConstraint("to_person <> by", name=op.f("ck_findings_two_people")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_findings_by_people")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_findings_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declarations.id"], name=op.f("fk_findings_declaration_id_declarations")
        ),
        sa.ForeignKeyConstraint(["sample_id"], ["audit_samples.id"], name=op.f("fk_findings_sample_id_audit_samples")),
        sa.ForeignKeyConstraint(["to_person"], ["people.id"], name=op.f("fk_findings_to_person_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sa.UniqueConstraint("year", "seq", name=op.f("uq_findings_year")),
    )
    op.create_index(op.f("ix_findings_case_id"), table, ["case_id"], unique=False)
    op.create_index("ix_findings_at", table, ["at", "id"], unique=False)
    op.create_index("ix_findings_to_person", table, ["to_person", "at"], unique=False)


def _entries() -> None:
    table = "finding_entries"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        _text("kind"),
        _text("body"),
        *_common(),
        sa.CheckConstraint("kind in ('ANSWER', 'RETURN', 'CLOSE')", name=op.f("ck_finding_entries_kind")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_finding_entries_by_people")),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_finding_entries_finding_id_findings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_entries")),
        sa.UniqueConstraint("finding_id", "place", name=op.f("uq_finding_entries_finding_id")),
    )


def _only_added_to() -> None:
    owner, app = (make_url(current_app.config[name]).username for name in ("OWNER_URL", "SQLALCHEMY_DATABASE_URI"))
    for table in TABLES:
        for name, act, each in (("append_only", "update or delete", "row"), ("never_emptied", "truncate", "statement")):
            op.execute(
                f"create trigger {name} before {act} on {table} for each {each} execute function refuse_change()"
            )
        if app and owner != app:
            op.execute(f'revoke update, delete, truncate on {table} from "{app}"')


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
