"""Whether a choice takes a running case past steps or services of the release it goes to."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("impact_cases", sa.Column("skips", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("impact_cases", "skips")
