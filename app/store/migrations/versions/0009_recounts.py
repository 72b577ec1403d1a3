"""What is still to be counted anew after a calendar or a declaration changed more clocks than one transaction takes."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recounts",
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("behind", sa.Uuid(), nullable=True),
        sa.Column("counted", sa.Integer(), server_default="0", nullable=False),
        sa.Column("moved", sa.Integer(), server_default="0", nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["revision"], ["revisions.number"], name=op.f("fk_recounts_revision_revisions")),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_recounts")),
    )
    op.create_index("ix_recounts_waiting", "recounts", ["revision"], postgresql_where=sa.text("done_at is null"))


def downgrade() -> None:
    op.drop_table("recounts")
