"""Time that can be proved: the counter's hours, records of central systems that failed, the office's own outages."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("calendar_entries", sa.Column("unit", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("calendar_entries", "unit")
