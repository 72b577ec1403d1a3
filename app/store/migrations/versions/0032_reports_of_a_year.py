"""Reports over very many files: tables and sums frozen beside the figures, files found by the figure they stand behind.

Part of what is frozen: a report that was frozen without stays without, or its hash would no longer fit.  What a large
living period adds up to is kept for each choice of permit and place too.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

FROZEN = ("tables", "sums")
OF_A_FILE = ("number", "permit")


def upgrade() -> None:
    for name in FROZEN:
        op.add_column("reports", sa.Column(name, sa.Text(), nullable=True))
    for name in OF_A_FILE:
        op.add_column("report_cases", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("report_cases", sa.Column("behind", sa.ARRAY(sa.Text()), nullable=True))
    op.create_index("ix_report_cases_number", "report_cases", ["report_id", "number", "case_id"])
    _guard()
    _papers()
    _choices()


def _guard() -> None:
    other = " or ".join(f"new.{name} is distinct from old.{name}" for name in FROZEN)
    op.execute(
        f"""
        create function refuse_other_tables() returns trigger language plpgsql as $$
        begin
          if {other} then
            raise exception 'a report is corrected by the next one' using errcode = '42501';
          end if;
          return new;
        end $$
        """
    )
    op.execute(
        "create trigger keep_tables before update on reports for each row execute function refuse_other_tables()"
    )


def _papers() -> None:
    op.create_table(
        "report_papers",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('xlsx', 'json')", name=op.f("ck_report_papers_kind")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_report_papers_report_id_reports")),
        sa.ForeignKeyConstraint(["sha256"], ["files.sha256"], name=op.f("fk_report_papers_sha256_files")),
        sa.PrimaryKeyConstraint("report_id", "kind", name=op.f("pk_report_papers")),
    )


def _choices() -> None:
    for name in ("permit", "area"):
        op.add_column("kept_periods", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.drop_constraint(op.f("pk_kept_periods"), "kept_periods", type_="primary")
    op.create_primary_key(op.f("pk_kept_periods"), "kept_periods", ["period", "permit", "area"])


def downgrade() -> None:
    op.execute("delete from kept_periods where permit <> '' or area <> ''")
    op.drop_constraint(op.f("pk_kept_periods"), "kept_periods", type_="primary")
    op.create_primary_key(op.f("pk_kept_periods"), "kept_periods", ["period"])
    for name in ("permit", "area"):
        op.drop_column("kept_periods", name)
    op.drop_table("report_papers")
    op.execute("drop trigger keep_tables on reports")
    op.execute("drop function refuse_other_tables()")
    op.drop_index("ix_report_cases_number", "report_cases")
    for name in ("behind", *OF_A_FILE):
        op.drop_column("report_cases", name)
    for name in FROZEN:
        op.drop_column("reports", name)
