"""The effect of a release on running cases, cases moved together, remarks on a release, and a release of a later day."""

import sqlalchemy as sa
from alembic import op
from flask import current_app
from sqlalchemy import make_url

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

TABLES = (
    "release_comments",
    "migration_items",
    "migration_batches",
    "impact_choices",
    "impact_cases",
    "impact_rounds",
)


def _instant(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, empty: bool = False) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False, server_default="" if empty else None)


def _ref(table: str, name: str, target: str, nullable: bool = False, **more: str) -> tuple:
    to = target.split(".")[0]
    key = sa.ForeignKeyConstraint([name], [target], name=op.f(f"fk_{table}_{name}_{to}"), **more)
    return sa.Column(name, sa.Uuid(), nullable=nullable), key


def _primary(table: str, *names: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*names, name=op.f(f"pk_{table}"))


def upgrade() -> None:
    op.add_column("deployments", _instant("effective_at", nullable=True))
    _rounds()
    _cases()
    _choices()
    _batches()
    _items()
    _comments()


def _rounds() -> None:
    table = "impact_rounds"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        _text("checksum"),
        *_ref(table, "draft_id", "release_drafts.id", nullable=True),
        *_ref(table, "asked_by", "people.id"),
        _instant("asked_at"),
        _instant("done_at", nullable=True),
        _text("fault", empty=True),
        _primary(table, "id"),
        sa.UniqueConstraint("checksum", name=op.f("uq_impact_rounds_checksum")),
    )
    op.create_index(op.f("ix_impact_rounds_draft_id"), table, ["draft_id"])
    waiting = sa.text("done_at is null and fault = ''")
    op.create_index("ix_impact_rounds_waiting", table, ["asked_at"], postgresql_where=waiting)


def _cases() -> None:
    table = "impact_cases"
    op.create_table(
        table,
        *_ref(table, "round_id", "impact_rounds.id", ondelete="CASCADE"),
        *_ref(table, "case_id", "cases.id"),
        sa.Column("seq", sa.Integer(), nullable=False),
        *_ref(table, "before_id", "deployments.id"),
        *(_text(name) for name in ("process", "permit", "steps", "verdict")),
        *(
            sa.Column(name, sa.Boolean(), nullable=False)
            for name in ("tasks_change", "promise_moves", "promise_forbids")
        ),
        _text("told"),
        _instant("counted_at"),
        _primary(table, "round_id", "case_id"),
    )


def _choices() -> None:
    table = "impact_choices"
    op.create_table(
        table,
        *_ref(table, "round_id", "impact_rounds.id", ondelete="CASCADE"),
        *(_text(name) for name in ("process", "element", "chosen")),
        *_ref(table, "by", "people.id"),
        _instant("at"),
        _primary(table, "round_id", "process", "element"),
    )


def _batches() -> None:
    table = "migration_batches"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        *_ref(table, "target_id", "deployments.id"),
        *(_text(name) for name in ("reason", "choices")),
        *_ref(table, "by", "people.id"),
        _instant("at"),
        *(_text(name) for name in ("task", "status")),
        _text("fault", empty=True),
        _instant("ended_at", nullable=True),
        *_ref(table, "undone_by", "people.id", nullable=True),
        _primary(table, "id"),
    )


def _items() -> None:
    table = "migration_items"
    op.create_table(
        table,
        *_ref(table, "batch_id", "migration_batches.id"),
        *_ref(table, "case_id", "cases.id"),
        _text("state"),
        _text("told", empty=True),
        _instant("at", nullable=True),
        _primary(table, "batch_id", "case_id"),
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index("ix_migration_items_waiting", table, ["batch_id", "case_id"], postgresql_where=waiting)


def _comments() -> None:
    table = "release_comments"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        *_ref(table, "draft_id", "release_drafts.id", nullable=True),
        *_ref(table, "deployment_id", "deployments.id", nullable=True),
        *(_text(name) for name in ("path", "element", "body")),
        *_ref(table, "answers", "release_comments.id", nullable=True),
        *_ref(table, "by", "people.id"),
        _instant("at"),
        sa.Column(
            "inserted_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        _primary(table, "id"),
    )
    for name in ("draft_id", "deployment_id"):
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])
    owner, app = (make_url(current_app.config[name]).username for name in ("OWNER_URL", "SQLALCHEMY_DATABASE_URI"))
    for name, act, each in (("append_only", "update or delete", "row"), ("never_emptied", "truncate", "statement")):
        op.execute(f"create trigger {name} before {act} on {table} for each {each} execute function refuse_change()")
    if app and owner != app:
        op.execute(f'revoke update, delete, truncate on {table} from "{app}"')


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("deployments", "effective_at")
