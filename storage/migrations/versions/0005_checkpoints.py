"""Checkpoints: those that are open in the journey's head, and what became of each."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("journey", sa.Column("checkpoints", sa.String(), nullable=False, server_default="[]"))
    op.create_table(
        "checkpoint",
        sa.Column("journey", sa.String(), nullable=False),
        sa.Column("checkpoint", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("meeting", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["journey"], ["journey.id"], name="fk_checkpoint_journey_journey"),
        sa.PrimaryKeyConstraint("journey", "checkpoint", "subject", "period", name="pk_checkpoint"),
    )


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")
