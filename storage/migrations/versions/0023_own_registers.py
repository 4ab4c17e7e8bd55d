"""Registers of the organisation's of which a journey reads only what its group has written, in the journey's head.

Records stay as they are: which group has written one is told by the journey that it came from. Journeys that run read
as before until they go over to a version of their method that says otherwise.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("journey", sa.Column("own_registers", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")
