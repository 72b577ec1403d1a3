"""Which refusals of tasks stand now: those leave the list of whoever refused; whoever takes the task ends his."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

TABLE, KEPT = "standing_refusals", "task_refusals"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_standing_refusals_person_id_people")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_standing_refusals_task_id_tasks")),
        sa.PrimaryKeyConstraint("person_id", "task_id", name=op.f("pk_standing_refusals")),
    )
    op.create_index(op.f("ix_standing_refusals_task_id"), TABLE, ["task_id"], unique=False)
    op.execute(
        f"insert into {TABLE} (person_id, task_id, reason, at)"
        f" select r.person_id, r.task_id, r.reason, r.at from {KEPT} r join tasks t on t.id = r.task_id"
        " where t.status = 'open' and t.assignee_id is distinct from r.person_id"
    )
    # Whoever took a task after all may refuse it again.
    op.drop_constraint(op.f("pk_task_refusals"), KEPT, type_="primary")
    op.create_primary_key(op.f("pk_task_refusals"), KEPT, ["task_id", "person_id", "at"])


def downgrade() -> None:
    op.drop_constraint(op.f("pk_task_refusals"), KEPT, type_="primary")
    # The kept rows cannot be changed; where somebody refused twice, the older form has no room for it and says so.
    op.create_primary_key(op.f("pk_task_refusals"), KEPT, ["task_id", "person_id"])
    op.drop_table(TABLE)
