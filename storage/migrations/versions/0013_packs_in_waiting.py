"""Packs that were sent in the chat and checked, until they are installed or an hour has gone."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pack_in_waiting",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("checked", sa.String(), nullable=False),
        sa.Column("pack", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_pack_in_waiting_person_person"),
        sa.PrimaryKeyConstraint("id", name="pk_pack_in_waiting"),
    )
    op.create_index("ix_pack_in_waiting_person", "pack_in_waiting", ["person"])
    op.create_index("ix_pack_in_waiting_until", "pack_in_waiting", ["until"])


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")
