"""A declaration from its first unfinished lines to its report: drafts of its author, and closings."""

import sqlalchemy as sa
from alembic import op
from flask import current_app
from sqlalchemy import make_url

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

CLOSINGS = "declaration_closings"
DECLARED = (
    "kind",
    "since",
    "until",
    "effect",
    "scope",
    "grounds",
    "event_kind",
    "description",
    "evidence",
    "proposed_by",
    "recorded_at",
)
NEW = ("event_at", "unforeseen")


def upgrade() -> None:
    op.add_column("declaration_versions", sa.Column("event_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("declaration_versions", sa.Column("unforeseen", sa.Text(), server_default="", nullable=False))
    _refuse_changes_of((*DECLARED, *NEW))
    op.create_table(
        "declaration_drafts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("author", sa.Uuid(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author"], ["people.id"], name=op.f("fk_declaration_drafts_author_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration_drafts")),
    )
    op.create_index(op.f("ix_declaration_drafts_author"), "declaration_drafts", ["author"], unique=False)
    op.create_table(
        CLOSINGS,
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "inserted_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id", "version"],
            ["declaration_versions.declaration_id", "declaration_versions.version"],
            name=op.f("fk_declaration_closings_declaration_id_declaration_versions"),
        ),
        sa.ForeignKeyConstraint(["closed_by"], ["people.id"], name=op.f("fk_declaration_closings_closed_by_people")),
        sa.PrimaryKeyConstraint("declaration_id", "version", name=op.f("pk_declaration_closings")),
    )
    op.execute(
        f"create trigger append_only before update or delete on {CLOSINGS} for each row execute function refuse_change()"
    )
    op.execute(
        f"create trigger never_emptied before truncate on {CLOSINGS} for each statement execute function refuse_change()"
    )
    owner, app = (make_url(current_app.config[name]).username for name in ("OWNER_URL", "SQLALCHEMY_DATABASE_URI"))
    if app and owner != app:
        op.execute(f'revoke update, delete, truncate on {CLOSINGS} from "{app}"')


def _refuse_changes_of(columns: tuple[str, ...]) -> None:
    changed = " or ".join(f"new.{name} is distinct from old.{name}" for name in columns)
    op.execute(
        f"""
        create or replace function refuse_redeclaring() returns trigger language plpgsql as $$
        begin
          if {changed} or (old.approved_at is not null and new.approved_at is distinct from old.approved_at) then
            raise exception 'a declaration is corrected by a new version' using errcode = '42501';
          end if;
          return new;
        end $$
        """
    )


def downgrade() -> None:
    op.drop_table(CLOSINGS)
    op.drop_table("declaration_drafts")
    _refuse_changes_of(DECLARED)
    op.drop_column("declaration_versions", "unforeseen")
    op.drop_column("declaration_versions", "event_at")
