"""What the chat platforms bring: what they say of an account, rooms that are closed, threads, personal pages."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for name in ("name", "email", "language", "zone"):
        op.add_column("account", _filled(name, sa.String(), ""))
    op.add_column("account", _filled("guest", sa.Boolean(), sa.false()))
    op.add_column("account", _filled("active", sa.Boolean(), sa.true()))
    op.add_column("account", sa.Column("seen_at", _INSTANT, nullable=True))
    op.add_column("person", sa.Column("zone", sa.String(), nullable=True))
    op.add_column("room", _filled("state", sa.String(), ""))
    op.add_column("outbox", sa.Column("thread", sa.String(), nullable=True))
    op.add_column("outbox", sa.Column("not_before", _INSTANT, nullable=True))
    op.add_column("outbox", sa.Column("unsure_since", _INSTANT, nullable=True))
    op.create_table(
        "home",
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("buttons", sa.String(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_home_person_person"),
        sa.PrimaryKeyConstraint("door", "tenant", "account", name="pk_home"),
    )
    op.create_index("ix_home_person", "home", ["person"])


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")


def _filled(name: str, kind: Any, value: Any) -> sa.Column[Any]:
    """Return a column that holds *value* in the rows that are there already."""
    return sa.Column(name, kind, nullable=False, server_default=value)
