"""Lets a version of a method be retired: no new journeys start from it, those that have begun go on."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pack_version", sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("pack_version", sa.Column("retired_by", sa.String(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")
