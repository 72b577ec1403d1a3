"""Files that an official keeps an eye on."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "watches",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_watches_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_watches_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "case_id", name=op.f("pk_watches")),
    )
    op.create_index("ix_watches_case_id", "watches", ["case_id"])


def downgrade() -> None:
    op.drop_table("watches")
