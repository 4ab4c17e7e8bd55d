"""Work with methods that takes longer than a turn, until it is done; and the file that came of it, for a day."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pack_job",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("held", sa.DateTime(timezone=True), nullable=True),
        sa.Column("file", sa.LargeBinary(), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_pack_job_person_person"),
        sa.ForeignKeyConstraint(["room"], ["room.id"], name="fk_pack_job_room_room"),
        sa.PrimaryKeyConstraint("number", name="pk_pack_job"),
        sa.UniqueConstraint("id", name="uq_pack_job_id"),
    )
    op.create_index("ix_pack_job_person", "pack_job", ["person"])
    op.create_index("ix_pack_job_until", "pack_job", ["until"])


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")
