"""An internal note names colleagues, who find it in their inbox until they have read it."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "note_mentions",
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_note_mentions_note_id_notes")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_note_mentions_person_id_people")),
        sa.PrimaryKeyConstraint("note_id", "person_id", name=op.f("pk_note_mentions")),
    )
    unread = sa.text("read_at is null")
    op.create_index("ix_note_mentions_unread", "note_mentions", ["person_id"], postgresql_where=unread)


def downgrade() -> None:
    op.drop_table("note_mentions")
