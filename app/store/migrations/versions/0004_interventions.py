"""What interventions in running cases keep: the last step, reasons, suspensions, skipped elements."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("suspended", sa.Text(), server_default="", nullable=False))
    op.add_column("cases", sa.Column("skips", sa.Text(), server_default="{}", nullable=False))
    op.add_column("incidents", sa.Column("how", sa.Text(), server_default="", nullable=False))
    # A correction without an instant: what it corrects did not happen.
    op.alter_column("clock_events", "effective_at", nullable=True)
    op.create_table(
        "last_steps",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("seq_before", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ledgers", sa.Text(), nullable=False),
        sa.Column("skips", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_last_steps_by_people")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_last_steps_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_last_steps")),
    )
    # It is compressed already.
    op.execute("alter table last_steps alter column snapshot set storage external")
    op.create_table(
        "reasons",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "inserted_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_reasons_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "seq", name=op.f("pk_reasons")),
    )
    op.create_table(
        "suspensions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deployment_id", sa.Uuid(), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("suspended_by", sa.Uuid(), nullable=False),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resumed_by", sa.Uuid(), nullable=True),
        sa.Column("resumed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["deployments.id"], name=op.f("fk_suspensions_deployment_id_deployments")
        ),
        sa.ForeignKeyConstraint(["resumed_by"], ["people.id"], name=op.f("fk_suspensions_resumed_by_people")),
        sa.ForeignKeyConstraint(["suspended_by"], ["people.id"], name=op.f("fk_suspensions_suspended_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspensions")),
    )
    op.create_index(
        "uq_suspensions_in_force",
        "suspensions",
        ["deployment_id", "process"],
        unique=True,
        postgresql_where=sa.text("resumed_at is null"),
    )


def downgrade() -> None:
    op.drop_table("suspensions")
    op.drop_table("reasons")
    op.drop_table("last_steps")
    op.alter_column("clock_events", "effective_at", nullable=False)
    op.drop_column("incidents", "how")
    op.drop_column("cases", "skips")
    op.drop_column("cases", "suspended")
