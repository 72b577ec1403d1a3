"""The decree on which a release's change of the law rests, and why a release was rejected."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("decree", "rejected_because"):
        op.add_column("deployments", sa.Column(name, sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    for name in ("rejected_because", "decree"):
        op.drop_column("deployments", name)
