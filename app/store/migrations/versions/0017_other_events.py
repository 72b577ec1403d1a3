"""A declaration that meets another one in time and scope says why it is another event."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, empty in (("apart_from", "[]"), ("apart_because", "")):
        column = sa.Column(name, sa.Text(), server_default=empty, nullable=False)
        op.add_column("declaration_versions", column)


def downgrade() -> None:
    for name in ("apart_because", "apart_from"):
        op.drop_column("declaration_versions", name)
