"""A year is a period, too; what was counted of a period is kept until its file changes."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

KINDS = "kind in ({})"
BEFORE, NOW = ("'bulanan', 'triwulan'", "'bulanan', 'triwulan', 'tahunan'")
# Of these tables every row counts, whatever is written in it.
WHOLE = ("clocks", "letters", "assessments", "payments", "submissions", "limit_risks", "events")
# Of these only some columns do: a step, a claim or a moved promise changes others.
PARTLY = {
    "cases": ("id", "number deployment_id process permit area channel opened_at closed_at".split()),
    "tasks": ("case_id", "element role unit status opened_at closed_at".split()),
}
FUNCTIONS = ("mark_cases", "mark_clocked_cases", "mark_changed_cases", "mark_changed_tasks")


def upgrade() -> None:
    _kinds(NOW)
    _tables()
    op.execute("insert into case_marks (case_id) select id from cases")
    _functions()
    for table in WHOLE:
        for act, rows in (("insert", "new"), ("update", "new"), ("delete", "old")):
            _trigger(table, act, f"referencing {rows} table as fresh", "mark_cases")
    for act, rows in (("insert", "new"), ("update", "new"), ("delete", "old")):
        _trigger("clock_events", act, f"referencing {rows} table as fresh", "mark_clocked_cases")
    _trigger("tasks", "insert", "referencing new table as fresh", "mark_cases")
    _trigger("tasks", "delete", "referencing old table as fresh", "mark_cases")
    both = "referencing old table as stale new table as fresh"
    _trigger("tasks", "update", both, "mark_changed_tasks")
    _trigger("cases", "update", both, "mark_changed_cases")
    op.execute(
        """
        create function mark_new_case() returns trigger language plpgsql as $$
        begin
            insert into case_marks (case_id) values (new.id) on conflict do nothing;
            return null;
        end $$
        """
    )
    op.execute("create trigger marked_new after insert on cases for each row execute function mark_new_case()")


def _kinds(kinds: str) -> None:
    op.drop_constraint(op.f("ck_reports_kind"), "reports", type_="check")
    op.create_check_constraint(op.f("ck_reports_kind"), "reports", KINDS.format(kinds))


def _tables() -> None:
    op.create_table(
        "case_marks",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_marks_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_marks")),
    )
    op.create_table(
        "kept_facts",
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.Uuid(), nullable=False),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("behind", sa.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_kept_facts_case_id_cases")),
        sa.PrimaryKeyConstraint("period", "case_id", name=op.f("pk_kept_facts")),
    )
    op.create_table(
        "kept_periods",
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wanting", sa.Boolean(), nullable=False),
        sa.Column("law", sa.Text(), server_default="", nullable=False),
        sa.Column("files", sa.Integer(), server_default="0", nullable=False),
        sa.Column("stand", sa.Text(), server_default="", nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("period", name=op.f("pk_kept_periods")),
    )


def _functions() -> None:
    """Each gives the files of the rows of a statement another mark; in order, so that two never wait crosswise."""
    _marking("mark_cases", "select distinct case_id from fresh where case_id is not null")
    _marking("mark_clocked_cases", "select distinct k.case_id from fresh join public.clocks k on k.id = fresh.clock_id")
    for table, (case, columns) in PARTLY.items():
        new, old = (", ".join(f"{rows}.{name}" for name in columns) for rows in ("fresh", "stale"))
        _marking(
            f"mark_changed_{table}",
            f"select distinct fresh.{case} as case_id from fresh join stale on stale.id = fresh.id "
            f"where ({new}) is distinct from ({old})",
        )


def _marking(name: str, found: str) -> None:
    op.execute(
        f"""
        create function {name}() returns trigger language plpgsql as $$
        begin
            insert into public.case_marks as m (case_id) select case_id from ({found}) found order by case_id
            on conflict (case_id) do update set mark = excluded.mark;
            return null;
        end $$
        """
    )


def _trigger(table: str, act: str, rows: str, function: str) -> None:
    op.execute(
        f"create trigger marked_{act} after {act} on {table} {rows} for each statement execute function {function}()"
    )


def downgrade() -> None:
    op.execute("drop trigger marked_new on cases")
    op.execute("drop trigger marked_update on cases")
    for table in (*WHOLE, "clock_events", "tasks"):
        for act in ("insert", "update", "delete"):
            op.execute(f"drop trigger marked_{act} on {table}")
    for name in (*FUNCTIONS, "mark_new_case"):
        op.execute(f"drop function {name}()")
    for table in ("kept_periods", "kept_facts", "case_marks"):
        op.drop_table(table)
    _kinds(BEFORE)
