"""Findings and their answers take files, only added to; who has a disposisi with a day is found by that day."""

import sqlalchemy as sa
from alembic import op
from flask import current_app
from sqlalchemy import make_url

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

FILES = "finding_files"


def upgrade() -> None:
    _files()
    _only_added_to()
    due = sa.text("due_on is not null")
    op.create_index("ix_dispositions_due_on", "dispositions", ["due_on"], postgresql_where=due)


def _files() -> None:
    op.create_table(
        FILES,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "inserted_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_finding_files_by_people")),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_finding_files_finding_id_findings")),
        sa.ForeignKeyConstraint(["sha256"], ["files.sha256"], name=op.f("fk_finding_files_sha256_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_files")),
    )
    op.create_index(op.f("ix_finding_files_finding_id"), FILES, ["finding_id"], unique=False)


def _only_added_to() -> None:
    owner, app = (make_url(current_app.config[name]).username for name in ("OWNER_URL", "SQLALCHEMY_DATABASE_URI"))
    for name, act, each in (("append_only", "update or delete", "row"), ("never_emptied", "truncate", "statement")):
        op.execute(f"create trigger {name} before {act} on {FILES} for each {each} execute function refuse_change()")
    if app and owner != app:
        op.execute(f'revoke update, delete, truncate on {FILES} from "{app}"')


def downgrade() -> None:
    op.drop_index("ix_dispositions_due_on", "dispositions")
    op.drop_table(FILES)
