"""Supervisors look for patterns in the decisions of a period.

Decisions were found by who took them or by file only: without this index a question of a month read every task.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    done = sa.text("status = 'done'")
    op.create_index("ix_tasks_done_at", "tasks", ["closed_at"], unique=False, postgresql_where=done)


def downgrade() -> None:
    op.drop_index("ix_tasks_done_at", table_name="tasks")
