"""Superiors hand files on and colleagues ask each other, only added to; a desk remembers its ways and who is there."""

import sqlalchemy as sa
from alembic import op
from flask import current_app
from sqlalchemy import make_url

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

GIVEN, ENDED = "dispositions", "disposition_ends"


def upgrade() -> None:
    _given()
    _ended()
    _only_added_to()
    _ways()
    _presences()


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def _common() -> tuple[sa.Column, ...]:
    now = sa.text("clock_timestamp()")
    return (
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inserted_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
    )


def _given() -> None:
    op.create_table(
        GIVEN,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        _text("kind"),
        _text("body"),
        sa.Column("to_person", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        *_common(),
        sa.CheckConstraint("kind in ('DISPOSISI', 'TANYA')", name=op.f("ck_dispositions_kind")),
        sa.CheckConstraint("to_person <> by", name=op.f("ck_dispositions_two_people")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_dispositions_by_people")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_dispositions_case_id_cases")),
        sa.ForeignKeyConstraint(["to_person"], ["people.id"], name=op.f("fk_dispositions_to_person_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispositions")),
    )
    op.create_index(op.f("ix_dispositions_case_id"), GIVEN, ["case_id"], unique=False)
    op.create_index("ix_dispositions_to_person", GIVEN, ["to_person", "at"], unique=False)
    op.create_index("ix_dispositions_by", GIVEN, ["by", "at"], unique=False)


def _ended() -> None:
    op.create_table(
        ENDED,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("disposition_id", sa.Uuid(), nullable=False),
        _text("kind"),
        _text("body"),
        *_common(),
        sa.CheckConstraint("kind in ('ANSWER', 'TAKEN_BACK')", name=op.f("ck_disposition_ends_kind")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_disposition_ends_by_people")),
        sa.ForeignKeyConstraint(
            ["disposition_id"], ["dispositions.id"], name=op.f("fk_disposition_ends_disposition_id_dispositions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposition_ends")),
        sa.UniqueConstraint("disposition_id", name=op.f("uq_disposition_ends_disposition_id")),
    )


def _only_added_to() -> None:
    owner, app = (make_url(current_app.config[name]).username for name in ("OWNER_URL", "SQLALCHEMY_DATABASE_URI"))
    for table in (GIVEN, ENDED):
        for name, act, each in (("append_only", "update or delete", "row"), ("never_emptied", "truncate", "statement")):
            op.execute(
                f"create trigger {name} before {act} on {table} for each {each} execute function refuse_change()"
            )
        if app and owner != app:
            op.execute(f'revoke update, delete, truncate on {table} from "{app}"')


def _ways() -> None:
    op.create_table(
        "desk_ways",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        _text("columns"),
        _text("density"),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_desk_ways_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_desk_ways")),
    )


def _presences() -> None:
    op.create_table(
        "presences",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_presences_person_id_people")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_presences_task_id_tasks")),
        sa.PrimaryKeyConstraint("task_id", "person_id", name=op.f("pk_presences")),
    )


def downgrade() -> None:
    for table in ("presences", "desk_ways", ENDED, GIVEN):
        op.drop_table(table)
