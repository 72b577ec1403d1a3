"""Lists of tasks go by the file's legal time: its promise, then the step's own term, and at the end what has neither."""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

LEGAL = "coalesce({promised}, {due}, {opened} + interval '100 years')"
FORMER = "coalesce({due}, {promised}, {opened})"


def upgrade() -> None:
    _placed(LEGAL, "")


def downgrade() -> None:
    _placed(FORMER, "and due_at is null")


def _placed(place: str, moved: str) -> None:
    """Both triggers of revision 0025 with another place; `moved`: which tasks of a file a new promise moves."""
    known = place.format(
        due="new.due_at",
        promised="(select promised_at from cases where id = new.case_id)",
        opened="new.opened_at",
    )
    op.execute(
        f"""
        create or replace function place_task() returns trigger language plpgsql as $$
        begin
            new.urgent_at := {known};
            return new;
        end $$
        """
    )
    op.execute(
        f"""
        create or replace function place_tasks_of_case() returns trigger language plpgsql as $$
        begin
            update tasks set urgent_at = {place.format(due="due_at", promised="new.promised_at", opened="opened_at")}
            where case_id = new.id and status = 'open' {moved};
            return null;
        end $$
        """
    )
    now = place.format(due="t.due_at", promised="c.promised_at", opened="t.opened_at")
    op.execute(
        f"update tasks t set urgent_at = {now} from cases c "
        f"where c.id = t.case_id and t.status = 'open' and t.urgent_at is distinct from {now}"
    )
