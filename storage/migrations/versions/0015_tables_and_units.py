"""Tables that were sent in the chat and read, until they are entered or an hour has gone; and whose a unit is."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "table_in_waiting",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_table_in_waiting_person_person"),
        sa.PrimaryKeyConstraint("id", name="pk_table_in_waiting"),
    )
    op.create_index("ix_table_in_waiting_person", "table_in_waiting", ["person"])
    op.create_index("ix_table_in_waiting_until", "table_in_waiting", ["until"])
    op.add_column("unit", sa.Column("body", sa.String(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")
