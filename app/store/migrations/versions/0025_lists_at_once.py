"""Lists answer at once however long they are: a place for each task, letters to search by, what stands still."""

import hashlib
import hmac

import sqlalchemy as sa
from alembic import op
from flask import current_app

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

OPEN = sa.text("status = 'open'")
LENGTHS = range(4, 9)
FUNCTIONS = ("place_task", "place_tasks_of_case", "note_case_text")


def upgrade() -> None:
    _places()
    _standing()
    _serving()
    _texts()


def _places() -> None:
    """Where a task stands in every list: by its own term, else by the file's promise, else by its age."""
    op.add_column("tasks", sa.Column("urgent_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "update tasks t set urgent_at = coalesce(t.due_at, c.promised_at, t.opened_at) from cases c "
        "where c.id = t.case_id"
    )
    op.alter_column("tasks", "urgent_at", nullable=False, server_default=sa.text("'-infinity'"))
    op.execute(
        """
        create function place_task() returns trigger language plpgsql as $$
        begin
            new.urgent_at := coalesce(
                new.due_at, (select promised_at from cases where id = new.case_id), new.opened_at
            );
            return new;
        end $$
        """
    )
    op.execute(
        "create trigger placed before insert or update of due_at, opened_at on tasks "
        "for each row execute function place_task()"
    )
    op.execute(
        """
        create function place_tasks_of_case() returns trigger language plpgsql as $$
        begin
            update tasks set urgent_at = coalesce(due_at, new.promised_at, opened_at)
            where case_id = new.id and status = 'open' and due_at is null;
            return null;
        end $$
        """
    )
    op.execute(
        "create trigger tasks_placed after update of promised_at on cases for each row "
        "when (old.promised_at is distinct from new.promised_at) execute function place_tasks_of_case()"
    )
    op.drop_index("ix_tasks_open_role", table_name="tasks")
    op.drop_index("ix_tasks_open_assignee", table_name="tasks")
    op.create_index("ix_tasks_open_role", "tasks", ["role", "urgent_at", "id"], postgresql_where=OPEN)
    op.create_index("ix_tasks_open_assignee", "tasks", ["assignee_id", "urgent_at", "id"], postgresql_where=OPEN)
    op.create_index("ix_tasks_open_newest", "tasks", ["role", "opened_at"], postgresql_where=OPEN)


def _standing() -> None:
    """Which clocks stand still by what happened in their file; the next reading of each says it anew."""
    no = sa.text("false")
    op.add_column("clock_readings", sa.Column("paused", sa.Boolean(), nullable=False, server_default=no))
    op.execute(
        """
        update clock_readings r set paused = true from clocks k
        where k.id = r.clock_id and r.running and (
            select e.kind from clock_events e where e.clock_id = k.id and e.kind in ('PAUSE', 'RESUME')
            order by e.seq desc limit 1
        ) = 'PAUSE'
        """
    )
    op.create_index("ix_clock_readings_paused", "clock_readings", ["case_id"], postgresql_where=sa.text("paused"))


def _serving() -> None:
    """Which files the supervisor's board counts, with all it counts them by."""
    no = sa.text("false")
    op.add_column("cases", sa.Column("serving", sa.Boolean(), nullable=False, server_default=no))
    op.execute(
        "update cases c set serving = true from clocks k join clock_readings r on r.clock_id = k.id "
        "where k.case_id = c.id and k.kind = 'L' and r.running and not c.closed"
    )
    op.create_index(
        "ix_cases_serving",
        "cases",
        ["promised_at", "id"],
        postgresql_include=["state", "permit"],
        postgresql_where=sa.text("serving"),
    )
    over = sa.text("not running and started_at is not null")
    op.create_index("ix_clock_readings_over", "clock_readings", ["late", "case_id"], postgresql_where=over)


def _texts() -> None:
    """Every three letters in a row of what a file is looked for by, and the keyed ends of its NIK."""
    none = sa.text("'{}'")
    tails = sa.Column("nik_tails", sa.ARRAY(sa.LargeBinary()), nullable=False, server_default=none)
    op.add_column("cases", tails)
    op.create_table(
        "case_texts",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("grams", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("nik_tails", sa.ARRAY(sa.LargeBinary()), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_texts_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_texts")),
    )
    op.execute(
        """
        create function grams(spoken text) returns text[] language sql immutable strict parallel safe as $$
            select coalesce(array_agg(distinct substr(lower(spoken), place, 3)), '{}')
            from generate_series(1, length(spoken) - 2) place
        $$
        """
    )
    op.execute(
        """
        create function note_case_text() returns trigger language plpgsql as $$
        begin
            insert into case_texts (case_id, grams, nik_tails) values (
                new.id,
                public.grams(concat_ws(e'\\n', new.number, new.applicant_name, new.subject)),
                new.nik_tails
            ) on conflict (case_id) do update set grams = excluded.grams, nik_tails = excluded.nik_tails;
            return null;
        end $$
        """
    )
    op.execute(
        "create trigger text_noted after insert or update of number, applicant_name, subject, nik_tails on cases "
        "for each row execute function note_case_text()"
    )
    op.execute(
        "insert into case_texts (case_id, grams, nik_tails) select id, "
        "public.grams(concat_ws(e'\\n', number, applicant_name, subject)), '{}' from cases"
    )
    _tails()
    op.create_index("ix_case_texts_grams", "case_texts", ["grams"], postgresql_using="gin")
    op.create_index("ix_case_texts_nik_tails", "case_texts", ["nik_tails"], postgresql_using="gin")
    op.create_index("ix_cases_opened_at", "cases", ["opened_at", "id"])


def _tails() -> None:
    """Of files handed in with the applicant's own NIK; those in another's name get theirs with the next one."""
    secret = hashlib.sha256(b"nik:" + current_app.extensions["settings"].secret).digest()
    connection = op.get_bind()
    rows = connection.execute(sa.text("select nik, nik_hmac from people where nik ~ '^[0-9]{16}$'")).all()
    for nik, key in rows:
        tails = [hmac.new(secret, nik[-length:].encode(), hashlib.sha256).digest() for length in LENGTHS]
        connection.execute(
            sa.text("update cases set nik_tails = :tails where nik_hmac = :key"),
            {"tails": tails, "key": key},
        )


def downgrade() -> None:
    op.drop_index("ix_cases_opened_at", table_name="cases")
    op.execute("drop trigger text_noted on cases")
    op.drop_table("case_texts")
    op.drop_column("cases", "nik_tails")
    op.drop_index("ix_clock_readings_over", table_name="clock_readings")
    op.drop_index("ix_cases_serving", table_name="cases")
    op.drop_column("cases", "serving")
    op.drop_index("ix_clock_readings_paused", table_name="clock_readings")
    op.drop_column("clock_readings", "paused")
    op.execute("drop trigger tasks_placed on cases")
    op.execute("drop trigger placed on tasks")
    for index in ("ix_tasks_open_newest", "ix_tasks_open_role", "ix_tasks_open_assignee"):
        op.drop_index(index, table_name="tasks")
    op.drop_column("tasks", "urgent_at")
    op.create_index("ix_tasks_open_role", "tasks", ["role", "due_at", "id"], postgresql_where=OPEN)
    op.create_index("ix_tasks_open_assignee", "tasks", ["assignee_id", "due_at"], postgresql_where=OPEN)
    for name in FUNCTIONS:
        op.execute(f"drop function {name}()")
    op.execute("drop function grams(text)")
