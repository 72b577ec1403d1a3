"""Messages to people without e-mail: who told them, how, with which note."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("told_by", sa.Uuid(), nullable=True))
    op.add_column("messages", sa.Column("told_how", sa.Text(), server_default="", nullable=False))
    op.add_column("messages", sa.Column("told_note", sa.Text(), server_default="", nullable=False))
    op.create_foreign_key(op.f("fk_messages_told_by_people"), "messages", "people", ["told_by"], ["id"])
    op.create_index(
        "ix_messages_untold",
        "messages",
        ["to_person", "created_at"],
        unique=False,
        postgresql_where=sa.text("channel = 'loket' and delivered_at is null"),
    )


def downgrade() -> None:
    op.drop_index("ix_messages_untold", table_name="messages")
    op.drop_constraint(op.f("fk_messages_told_by_people"), "messages", type_="foreignkey")
    op.drop_column("messages", "told_note")
    op.drop_column("messages", "told_how")
    op.drop_column("messages", "told_by")
