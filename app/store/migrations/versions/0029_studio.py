"""Process administrators draft the next release file by file."""

import sqlalchemy as sa
from alembic import op
from flask import current_app
from sqlalchemy import make_url

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def _instant(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _ref(table: str, name: str, target: str, nullable: bool = False) -> tuple[sa.Column, sa.ForeignKeyConstraint]:
    to = target.split(".")[0]
    key = sa.ForeignKeyConstraint([name], [target], name=op.f(f"fk_{table}_{name}_{to}"))
    return sa.Column(name, sa.Uuid(), nullable=nullable), key


def upgrade() -> None:
    _drafts()
    _saves()
    _holders()


def _drafts() -> None:
    table = "release_drafts"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        *_ref(table, "base_id", "deployments.id"),
        *_ref(table, "opened_by", "people.id"),
        _instant("opened_at"),
        sa.Column("status", sa.Text(), server_default="open", nullable=False),
        *_ref(table, "deployment_id", "deployments.id", nullable=True),
        _instant("closed_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_drafts")),
    )


def _saves() -> None:
    table = "draft_saves"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        *_ref(table, "draft_id", "release_drafts.id"),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        *_ref(table, "by", "people.id"),
        _instant("at"),
        sa.Column(
            "inserted_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_saves")),
        sa.UniqueConstraint("draft_id", "path", "version", name=op.f("uq_draft_saves_draft_id")),
    )
    owner, app = (make_url(current_app.config[name]).username for name in ("OWNER_URL", "SQLALCHEMY_DATABASE_URI"))
    for name, act, each in (("append_only", "update or delete", "row"), ("never_emptied", "truncate", "statement")):
        op.execute(f"create trigger {name} before {act} on {table} for each {each} execute function refuse_change()")
    if app and owner != app:
        op.execute(f'revoke update, delete, truncate on {table} from "{app}"')


def _holders() -> None:
    table = "draft_holders"
    op.create_table(
        table,
        *_ref(table, "draft_id", "release_drafts.id"),
        sa.Column("path", sa.Text(), nullable=False),
        *_ref(table, "person_id", "people.id"),
        _instant("since"),
        _instant("seen_at"),
        *_ref(table, "asked_by", "people.id", nullable=True),
        sa.PrimaryKeyConstraint("draft_id", "path", name=op.f("pk_draft_holders")),
    )


def downgrade() -> None:
    for table in ("draft_holders", "draft_saves", "release_drafts"):
        op.drop_table(table)
