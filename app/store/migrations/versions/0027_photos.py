"""Photographs of a visit: a caption, when the phone says it was taken, and the key under which it was sent."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("documents", sa.Column("caption", sa.Text(), server_default="", nullable=False))
    op.add_column("documents", sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("documents", sa.Column("sent_key", sa.Uuid(), nullable=True))
    op.create_unique_constraint(op.f("uq_documents_sent_key"), "documents", ["sent_key"])


def downgrade() -> None:
    op.drop_constraint(op.f("uq_documents_sent_key"), "documents")
    for name in ("sent_key", "taken_at", "caption"):
        op.drop_column("documents", name)
