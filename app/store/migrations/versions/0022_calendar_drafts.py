"""A change of the calendar whose effect is looked at is its author's draft, so that its effect has an address."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_drafts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("author", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("decree", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("repeated", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author"], ["people.id"], name=op.f("fk_calendar_drafts_author_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_drafts")),
    )
    op.create_index(op.f("ix_calendar_drafts_author"), "calendar_drafts", ["author"], unique=False)


def downgrade() -> None:
    op.drop_table("calendar_drafts")
