"""Marks journeys that are to be planned anew, where days have changed for more of them than one transaction plans."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unplanned",
        sa.Column("journey", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["journey"], ["journey.id"], name="fk_unplanned_journey_journey"),
        sa.PrimaryKeyConstraint("journey", name="pk_unplanned"),
    )


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")
