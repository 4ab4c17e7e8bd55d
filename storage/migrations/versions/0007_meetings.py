"""Counts the changes of meetings and closed days, and keeps those that are no more, so that calendars can be told."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("meeting", "closed_day"):
        op.add_column(table, sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("closed_day", sa.Column("opened", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("meeting", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("meeting", sa.Column("called_off", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")
