"""The register of given dates holds terms as well: each begins with the date that was kept of it at this revision.

What was given before nobody wrote down, so the first line says so and claims no earlier date.
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        insert into promises (id, case_id, clock_id, promised_at, because, made_at, revision)
        select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
                   substring(int8send((extract(epoch from now()) * 1000)::bigint) from 3) from 1 for 6),
                   52, 1), 53, 1), 'hex')::uuid,
               r.case_id, r.clock_id, r.promised_at, 'register', now(), r.revision
        from clock_readings r join clocks c on c.id = r.clock_id
        where c.kind = 'P' and not exists (
            select from promises p where p.case_id = r.case_id and p.clock_id = r.clock_id)
        """
    )


def downgrade() -> None:
    """The lines stay: nothing is deleted from the register, and a release before this one reads promises only."""
