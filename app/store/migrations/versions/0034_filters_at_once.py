"""A list of tasks sifted by its step walks an index of its own; files of a place are found without the others."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

NOTED = "number, applicant_name, subject, nik_tails"
TEXTS = "public.grams(concat_ws(e'\\n', new.number, new.applicant_name, new.subject))"


def upgrade() -> None:
    walked = ["role", "element", "urgent_at", "id"]
    op.create_index("ix_tasks_open_step", "tasks", walked, postgresql_where=sa.text("status = 'open'"))
    op.add_column("case_texts", sa.Column("area", sa.Text(), server_default="", nullable=False))
    op.execute("update case_texts t set area = c.area from cases c where c.id = t.case_id and c.area <> ''")
    op.create_index("ix_case_texts_area", "case_texts", ["area"], postgresql_ops={"area": "text_pattern_ops"})
    _noting(("area",), f"{NOTED}, area")


def _noting(more: tuple[str, ...], changed: str) -> None:
    """What is noted of a file, and by a change of which of its columns: a step changes none of them."""
    names = ("grams", "nik_tails", *more)
    values = ", ".join((TEXTS, "new.nik_tails", *(f"new.{one}" for one in more)))
    again = ", ".join(f"{one} = excluded.{one}" for one in names)
    op.execute("drop trigger text_noted on cases")
    op.execute(
        f"""
        create or replace function note_case_text() returns trigger language plpgsql as $$
        begin
            insert into case_texts (case_id, {", ".join(names)}) values (new.id, {values})
            on conflict (case_id) do update set {again};
            return null;
        end $$
        """
    )
    op.execute(
        f"create trigger text_noted after insert or update of {changed} on cases "
        "for each row execute function note_case_text()"
    )


def downgrade() -> None:
    _noting((), NOTED)
    op.drop_index("ix_case_texts_area", "case_texts")
    op.drop_column("case_texts", "area")
    op.drop_index("ix_tasks_open_step", "tasks")
