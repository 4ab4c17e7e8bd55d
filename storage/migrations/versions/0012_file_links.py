"""Personal links to files, as hashes: what each leads to, for whom, and until when."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_link",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=True),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_file_link_person_person"),
        sa.PrimaryKeyConstraint("hash", name="pk_file_link"),
    )
    op.create_index("ix_file_link_person", "file_link", ["person"])
    op.create_index("ix_file_link_until", "file_link", ["until"])


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")
