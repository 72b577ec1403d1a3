"""A report tells of keadaan kahar and of failures of central systems; those frozen before tell of neither.

Part of what is frozen: a report that was frozen without stays without, or its hash would no longer fit.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reports", sa.Column("disruptions", sa.Text(), nullable=True))
    op.execute(
        """
        create or replace function refuse_other_disruptions() returns trigger language plpgsql as $$
        begin
          if new.disruptions is distinct from old.disruptions then
            raise exception 'a report is corrected by the next one' using errcode = '42501';
          end if;
          return new;
        end $$
        """
    )
    op.execute(
        "create trigger keep_disruptions before update on reports "
        "for each row execute function refuse_other_disruptions()"
    )


def downgrade() -> None:
    op.execute("drop trigger keep_disruptions on reports")
    op.execute("drop function refuse_other_disruptions()")
    op.drop_column("reports", "disruptions")
