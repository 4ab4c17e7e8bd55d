"""Makes a turn lighter: a message's buttons are one row, and an index that another one makes up for is gone."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("button", table_kwargs={"sqlite_with_rowid": False}) as button:
        button.drop_index("ix_button_journey_address")
        button.drop_column("address")
        button.alter_column("press", new_column_name="presses")
        button.create_index("ix_button_journey", ["journey"])
    # What was one button's row is now that of a message with one button.
    op.execute("UPDATE button SET presses = '[' || presses || ']'")
    with op.batch_alter_table(
        "message_spot",
        recreate="always" if _on_sqlite() else "never",
        table_kwargs={"sqlite_with_rowid": False},
    ):
        pass
    op.drop_index("ix_outbox_about", "outbox")


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")
