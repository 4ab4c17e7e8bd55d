"""Where conversations in Teams are reached, and secrets that are kept sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conversation",
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("tenant", "room", "service", "kind", "team")
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "room", name="pk_conversation"),
    )
    op.create_index("ix_conversation_tenant_at", "conversation", ["tenant", "at"])
    op.create_table(
        "kept_secret",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("name", "sealed")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_kept_secret"),
    )


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")
