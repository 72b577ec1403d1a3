"""From which address an act was done, beside the chain; and finding permits by the day they end; whose pages follow his computer."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("events", sa.Column("address", sa.Text(), server_default="", nullable=False))
    # In the order of the page; the machine's events, most of them, are not in it.
    op.create_index("ix_events_address_at", "events", ["address", "at"], postgresql_where=sa.text("address <> ''"))
    day = sa.text("(values::jsonb #>> '{berkas,berlaku_sampai}')")
    op.create_index("ix_letters_valid_until", "letters", [day], postgresql_where=sa.text("kind = 'sk_izin'"))
    # Nobody was asked until now: light was everybody's unless he chose dark.
    op.alter_column("people", "theme", server_default="")
    op.execute("update people set theme = '' where theme = 'terang'")


def downgrade() -> None:
    op.execute("update people set theme = 'terang' where theme = ''")
    op.alter_column("people", "theme", server_default="terang")
    op.drop_index("ix_letters_valid_until", "letters")
    op.drop_index("ix_events_address_at", "events")
    op.drop_column("events", "address")
