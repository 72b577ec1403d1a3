"""Periodical reports to the Walikota: frozen figures with the files behind them, corrections, letters, what was sent."""

import sqlalchemy as sa
from alembic import op
from flask import current_app
from sqlalchemy import make_url

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

APPEND_ONLY = ("report_cases", "report_corrections")
# Of a report only its course is written later: checked, signed, returned, sent; each once.
FROZEN = (
    "id kind since until known_at note figures differences sha256 drafted_by inserted_at".split()
)  # fmt: skip
ONCE = (
    "checked_by checked_at signed_by signed_at number letter_number workbook_sha256 table_sha256 "
    "returned_by returned_at returned_because sent_by sent_at sent_how receipt".split()
)  # fmt: skip


def upgrade() -> None:
    _reports()
    for name, parts in {"report_cases": (), "report_corrections": ("about_id",)}.items():
        facts = ("facts",) if not parts else ()
        op.create_table(
            name,
            sa.Column("report_id", sa.Uuid(), nullable=False),
            *(sa.Column(one, sa.Uuid(), nullable=False) for one in parts),
            sa.Column("case_id", sa.Uuid(), nullable=False),
            *(sa.Column(one, sa.Text(), nullable=False) for one in facts),
            *(sa.Column(one, sa.Text(), nullable=True) for one in (("before", "after") if parts else ())),
            sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f(f"fk_{name}_report_id_reports")),
            *(sa.ForeignKeyConstraint([one], ["reports.id"], name=op.f(f"fk_{name}_{one}_reports")) for one in parts),
            sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f(f"fk_{name}_case_id_cases")),
            sa.PrimaryKeyConstraint("report_id", *parts, "case_id", name=op.f(f"pk_{name}")),
        )
    op.create_index("ix_report_cases_case", "report_cases", ["case_id"])
    op.create_index("ix_report_corrections_about", "report_corrections", ["about_id"])
    op.add_column("letters", sa.Column("report_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_letters_report_id_reports"), "letters", "reports", ["report_id"], ["id"])
    _guard()


def _reports() -> None:
    def instant(name: str) -> sa.Column:
        return sa.Column(name, sa.DateTime(timezone=True), nullable=True)

    def person(name: str, nullable: bool = True) -> sa.Column:
        return sa.Column(name, sa.Uuid(), nullable=nullable)

    def empty(name: str) -> sa.Column:
        return sa.Column(name, sa.Text(), server_default="", nullable=False)

    people = ("drafted_by", "checked_by", "signed_by", "returned_by", "sent_by")
    op.create_table(
        "reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        empty("note"),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("differences", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        person("drafted_by", nullable=False),
        person("checked_by"),
        instant("checked_at"),
        person("signed_by"),
        instant("signed_at"),
        sa.Column("number", sa.Text(), nullable=True),
        empty("letter_number"),
        sa.Column("workbook_sha256", sa.Text(), nullable=True),
        sa.Column("table_sha256", sa.Text(), nullable=True),
        person("returned_by"),
        instant("returned_at"),
        empty("returned_because"),
        person("sent_by"),
        instant("sent_at"),
        empty("sent_how"),
        empty("receipt"),
        sa.Column(
            "inserted_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "checked_by is null or checked_by <> drafted_by", name=op.f("ck_reports_checked_by_another")
        ),
        sa.CheckConstraint(
            "signed_by is null or (signed_by <> drafted_by and signed_by <> checked_by)",
            name=op.f("ck_reports_three_people"),
        ),
        sa.CheckConstraint("kind in ('bulanan', 'triwulan')", name=op.f("ck_reports_kind")),
        sa.CheckConstraint("until > since", name=op.f("ck_reports_span")),
        *(sa.ForeignKeyConstraint([one], ["people.id"], name=op.f(f"fk_reports_{one}_people")) for one in people),
        *(
            sa.ForeignKeyConstraint([one], ["files.sha256"], name=op.f(f"fk_reports_{one}_files"))
            for one in ("workbook_sha256", "table_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("number", name=op.f("uq_reports_number")),
    )
    op.create_index(
        "uq_reports_standing",
        "reports",
        ["kind", "since"],
        unique=True,
        postgresql_where=sa.text("returned_at is null"),
    )


def _guard() -> None:
    for name in APPEND_ONLY:
        op.execute(
            f"create trigger append_only before update or delete on {name} for each row execute function refuse_change()"
        )
        op.execute(
            f"create trigger never_emptied before truncate on {name} for each statement execute function refuse_change()"
        )
    frozen = " or ".join(f"new.{name} is distinct from old.{name}" for name in FROZEN)
    once = " or ".join(
        f"(coalesce(old.{name}::text, '') <> '' and new.{name} is distinct from old.{name})" for name in ONCE
    )
    op.execute(
        f"""
        create function refuse_rewriting() returns trigger language plpgsql as $$
        begin
          if {frozen} or {once} then
            raise exception 'a report is corrected by the next one' using errcode = '42501';
          end if;
          return new;
        end $$
        """
    )
    op.execute(
        "create trigger only_its_course before update on reports for each row execute function refuse_rewriting()"
    )
    op.execute("create trigger append_only before delete on reports for each row execute function refuse_change()")
    owner, app = (make_url(current_app.config[name]).username for name in ("OWNER_URL", "SQLALCHEMY_DATABASE_URI"))
    if app and owner != app:
        for name in APPEND_ONLY:
            op.execute(f'revoke update, delete, truncate on {name} from "{app}"')
        op.execute(f'revoke delete, truncate on reports from "{app}"')


def downgrade() -> None:
    op.drop_constraint(op.f("fk_letters_report_id_reports"), "letters", type_="foreignkey")
    op.drop_column("letters", "report_id")
    for name in ("report_corrections", "report_cases", "reports"):
        op.drop_table(name)
    op.execute("drop function refuse_rewriting()")
