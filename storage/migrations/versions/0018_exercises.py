"""Exercises: those that a group has started, in the journey's head."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("journey", sa.Column("exercises", sa.String(), nullable=False, server_default="{}"))


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")
