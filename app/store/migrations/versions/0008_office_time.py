"""Time that can be proved: the counter's hours, records of central systems that failed, the office's own outages."""

import sqlalchemy as sa
from alembic import op
from flask import current_app
from sqlalchemy import make_url

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

APPEND_ONLY = ("disturbances", "disturbance_versions", "outages")


def upgrade() -> None:
    op.add_column("calendar_entries", sa.Column("unit", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "disturbances",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disturbances")),
        sa.UniqueConstraint("code", name=op.f("uq_disturbances_code")),
    )
    op.create_table(
        "disturbance_versions",
        sa.Column("disturbance_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        _written(),
        sa.CheckConstraint("until is null or until > since", name=op.f("ck_disturbance_versions_span")),
        sa.CheckConstraint(
            "kind in ('RECORD', 'END', 'CORRECT', 'WITHDRAW')", name=op.f("ck_disturbance_versions_kind")
        ),
        sa.ForeignKeyConstraint(
            ["disturbance_id"], ["disturbances.id"], name=op.f("fk_disturbance_versions_disturbance_id_disturbances")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["people.id"], name=op.f("fk_disturbance_versions_recorded_by_people")
        ),
        sa.PrimaryKeyConstraint("disturbance_id", "version", name=op.f("pk_disturbance_versions")),
    )
    op.create_table(
        "heartbeats",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "outages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        _written(),
        sa.CheckConstraint("until > since", name=op.f("ck_outages_span")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outages")),
    )
    op.create_index(op.f("ix_outages_since"), "outages", ["since"], unique=False)
    for name in APPEND_ONLY:
        op.execute(
            f"create trigger append_only before update or delete on {name} for each row execute function refuse_change()"
        )
        op.execute(
            f"create trigger never_emptied before truncate on {name} for each statement execute function refuse_change()"
        )
    owner, app = (make_url(current_app.config[name]).username for name in ("OWNER_URL", "SQLALCHEMY_DATABASE_URI"))
    if app and owner != app:
        for name in APPEND_ONLY:
            op.execute(f'revoke update, delete, truncate on {name} from "{app}"')


def _written() -> sa.Column:
    return sa.Column(
        "inserted_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
    )


def downgrade() -> None:
    for name in ("outages", "heartbeats", "disturbance_versions", "disturbances"):
        op.drop_table(name)
    op.drop_column("calendar_entries", "unit")
