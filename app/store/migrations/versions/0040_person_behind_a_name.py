"""The file of a company is found by the person who answers for it as well."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

BEFORE = "number, applicant_name, subject, nik_tails, area"
FORMS = "('permohonan', 'kelengkapan')"


def upgrade() -> None:
    op.add_column("cases", sa.Column("person_name", sa.Text(), server_default="", nullable=False))
    _noting("new.number, new.applicant_name, new.person_name, new.subject", f"{BEFORE}, person_name")
    # As the newest application says; one whose values were erased says nothing.
    op.execute(
        f"""
        update cases c set person_name = left(s.said ->> 'nama', 200)
        from (
            select distinct on (case_id) case_id, values::jsonb as said from submissions
            where form_key in {FORMS} and values is not null order by case_id, at desc, inserted_at desc
        ) s
        where s.case_id = c.id and coalesce(s.said ->> 'nama_badan', '') <> '' and coalesce(s.said ->> 'nama', '') <> ''
        """
    )


def _noting(spoken: str, changed: str) -> None:
    op.execute("drop trigger text_noted on cases")
    op.execute(
        f"""
        create or replace function note_case_text() returns trigger language plpgsql as $$
        begin
            insert into case_texts (case_id, grams, nik_tails, area)
            values (new.id, public.grams(concat_ws(e'\\n', {spoken})), new.nik_tails, new.area)
            on conflict (case_id) do update
            set grams = excluded.grams, nik_tails = excluded.nik_tails, area = excluded.area;
            return null;
        end $$
        """
    )
    op.execute(
        f"create trigger text_noted after insert or update of {changed} on cases "
        "for each row execute function note_case_text()"
    )


def downgrade() -> None:
    _noting("new.number, new.applicant_name, new.subject", BEFORE)
    op.drop_column("cases", "person_name")
