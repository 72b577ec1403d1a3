"""The effect of a release is counted as soon as it is proposed, also where a command of the server proposed it."""

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("impact_rounds", "asked_by", nullable=True)


def downgrade() -> None:
    op.execute("delete from impact_rounds where asked_by is null")  # what was counted can be counted again
    op.alter_column("impact_rounds", "asked_by", nullable=False)
