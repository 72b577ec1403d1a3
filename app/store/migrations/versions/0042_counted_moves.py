"""What was counted of a case when its move began: the rehearsal stays readable once the case stands elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

TEXTS = ("process", "steps", "verdict", "counted")
# Of moves that were made already, as long as what was counted before them is still known.
KNOWN = """
update migration_items i
set before_id = k.before_id, process = k.process, steps = k.steps, verdict = k.verdict, counted = k.told
from migration_batches b
join deployments d on d.id = b.target_id
join impact_rounds r on r.checksum = d.checksum
join impact_cases k on k.round_id = r.id and k.counted_at <= b.at
where i.batch_id = b.id and k.case_id = i.case_id
"""


def upgrade() -> None:
    for name in TEXTS:
        op.add_column("migration_items", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("migration_items", sa.Column("before_id", sa.Uuid(), nullable=True))
    key = op.f("fk_migration_items_before_id_deployments")
    op.create_foreign_key(key, "migration_items", "deployments", ["before_id"], ["id"])
    op.execute(KNOWN)
    op.add_column("case_moves", sa.Column("was_seq", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("case_moves", "was_seq")
    op.drop_column("migration_items", "before_id")
    for name in TEXTS:
        op.drop_column("migration_items", name)
