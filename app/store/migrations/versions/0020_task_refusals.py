"""Who did not take a task, and why."""

import sqlalchemy as sa
from alembic import op
from flask import current_app
from sqlalchemy import make_url

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

REFUSALS = "task_refusals"


def upgrade() -> None:
    op.create_table(
        REFUSALS,
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "inserted_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_refusals_task_id_tasks")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_task_refusals_person_id_people")),
        sa.PrimaryKeyConstraint("task_id", "person_id", name=op.f("pk_task_refusals")),
    )
    op.create_index(op.f("ix_task_refusals_person_id"), REFUSALS, ["person_id"], unique=False)
    op.execute(
        f"create trigger append_only before update or delete on {REFUSALS} for each row execute function refuse_change()"
    )
    op.execute(
        f"create trigger never_emptied before truncate on {REFUSALS} for each statement execute function refuse_change()"
    )
    owner, app = (make_url(current_app.config[name]).username for name in ("OWNER_URL", "SQLALCHEMY_DATABASE_URI"))
    if app and owner != app:
        op.execute(f'revoke update, delete, truncate on {REFUSALS} from "{app}"')


def downgrade() -> None:
    op.drop_table(REFUSALS)
