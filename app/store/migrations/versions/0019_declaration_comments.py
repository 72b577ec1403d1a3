"""What a supervisor remarks about a declaration of keadaan kahar; it stays, whatever is decided."""

import sqlalchemy as sa
from alembic import op
from flask import current_app
from sqlalchemy import make_url

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

COMMENTS = "declaration_comments"


def upgrade() -> None:
    op.create_table(
        COMMENTS,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "inserted_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id", "version"],
            ["declaration_versions.declaration_id", "declaration_versions.version"],
            name=op.f("fk_declaration_comments_declaration_id_declaration_versions"),
        ),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_declaration_comments_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration_comments")),
    )
    op.create_index(op.f("ix_declaration_comments_declaration_id"), COMMENTS, ["declaration_id"], unique=False)
    op.execute(
        f"create trigger append_only before update or delete on {COMMENTS} for each row execute function refuse_change()"
    )
    op.execute(
        f"create trigger never_emptied before truncate on {COMMENTS} for each statement execute function refuse_change()"
    )
    owner, app = (make_url(current_app.config[name]).username for name in ("OWNER_URL", "SQLALCHEMY_DATABASE_URI"))
    if app and owner != app:
        op.execute(f'revoke update, delete, truncate on {COMMENTS} from "{app}"')


def downgrade() -> None:
    op.drop_table(COMMENTS)
