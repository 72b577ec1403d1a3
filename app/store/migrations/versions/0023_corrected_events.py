"""What a correction says the event was; a version without words of its own tells that of the declaration."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("declaration_versions", sa.Column("event", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("declaration_versions", "event")
