"""Whoever searches the trail of all cases gets his page from one index, by time, person or role, however long it is.

Kind and case had theirs; without these every search by anything else read all events.
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_events_at", "events", ["at"]),
    ("ix_events_by_at", "events", ["by", "at"]),
    ("ix_events_role_at", "events", ["role", "at"]),
    ("ix_access_log_at", "access_log", ["at"]),
    ("ix_access_log_person_at", "access_log", ["person_id", "at"]),
    ("ix_access_log_address_at", "access_log", ["address", "at"]),
)


def upgrade() -> None:
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns, unique=False)


def downgrade() -> None:
    for name, table, _columns in reversed(INDEXES):
        op.drop_index(name, table_name=table)
