"""Supervisors search the trail of all cases, and draw samples of cases and answer a checklist about each.

The search gets its page from one index, by time, person or role, however long the trail is: kind and case had theirs,
without these every search by anything else read all events.
"""

import sqlalchemy as sa
from alembic import op
from flask import current_app
from sqlalchemy import make_url

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_events_at", "events", ["at"]),
    ("ix_events_by_at", "events", ["by", "at"]),
    ("ix_events_role_at", "events", ["role", "at"]),
    ("ix_access_log_at", "access_log", ["at"]),
    ("ix_access_log_person_at", "access_log", ["person_id", "at"]),
    ("ix_access_log_address_at", "access_log", ["address", "at"]),
)
TABLES = ("audit_samples", "audit_sample_cases", "audit_answers")


def upgrade() -> None:
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns, unique=False)
    _samples()
    _sample_cases()
    _answers()
    _only_added_to()


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def _instant(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _written() -> sa.Column:
    now = sa.text("clock_timestamp()")
    return sa.Column("inserted_at", sa.DateTime(timezone=True), server_default=now, nullable=False)


def _samples() -> None:
    op.create_table(
        "audit_samples",
        sa.Column("id", sa.Uuid(), nullable=False),
        _text("seed"),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        _text("state"),
        _text("permit"),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        _text("checklist"),
        sa.Column("by", sa.Uuid(), nullable=False),
        _instant("at"),
        _written(),
        sa.CheckConstraint("until >= since", name=op.f("ck_audit_samples_span")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_audit_samples_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_samples")),
    )
    op.create_index(op.f("ix_audit_samples_at"), "audit_samples", ["at"], unique=False)


def _sample_cases() -> None:
    table = "audit_sample_cases"
    op.create_table(
        table,
        sa.Column("sample_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        _written(),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f(f"fk_{table}_case_id_cases")),
        sa.ForeignKeyConstraint(["sample_id"], ["audit_samples.id"], name=op.f(f"fk_{table}_sample_id_audit_samples")),
        sa.PrimaryKeyConstraint("sample_id", "place", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("sample_id", "case_id", name=op.f(f"uq_{table}_sample_id")),
    )


def _answers() -> None:
    table = "audit_answers"
    verdicts = "verdict in ('sesuai', 'tidak_sesuai', 'tidak_berlaku')"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sample_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        _text("item"),
        _text("verdict"),
        _text("note"),
        sa.Column("by", sa.Uuid(), nullable=False),
        _instant("at"),
        _written(),
        sa.CheckConstraint(verdicts, name=op.f(f"ck_{table}_verdict")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f(f"fk_{table}_by_people")),
        sa.ForeignKeyConstraint(
            ["sample_id", "case_id"],
            ["audit_sample_cases.sample_id", "audit_sample_cases.case_id"],
            name="fk_audit_answers_drawn",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index("ix_audit_answers_sample_case", table, ["sample_id", "case_id"], unique=False)


def _only_added_to() -> None:
    owner, app = (make_url(current_app.config[name]).username for name in ("OWNER_URL", "SQLALCHEMY_DATABASE_URI"))
    for table in TABLES:
        for name, act, each in (
            ("append_only", "update or delete", "row"),
            ("never_emptied", "truncate", "statement"),
        ):
            op.execute(
                f"create trigger {name} before {act} on {table} for each {each} execute function refuse_change()"
            )
        if app and owner != app:
            op.execute(f'revoke update, delete, truncate on {table} from "{app}"')


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    for name, table, _columns in reversed(INDEXES):
        op.drop_index(name, table_name=table)
