"""Which hours a clock is counted in: the office's, or those of the unit that it names.

Clocks begun before this stay with the office's, as their dates were given.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clocks", sa.Column("calendar", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """A release before this one counts every clock in the office's hours."""
    op.drop_column("clocks", "calendar")
