"""Makes a turn lighter: indexes and references are gone that each turn paid for and hardly anybody asked.

A button is read by its own id alone; with its journey it is looked for only where a practice journey is taken away,
as letters are. And whoever asks for one question's history reads the journey's journal.
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("button", table_kwargs={"sqlite_with_rowid": False}) as button:
        button.drop_index("ix_button_journey")
        button.drop_constraint("fk_button_journey_journey", type_="foreignkey")
        button.drop_constraint("fk_button_room_room", type_="foreignkey")
    op.drop_index("ix_entry_journey_address", "entry")


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")
