"""What somebody asked for about their reminders: to hear of a thing later, a pause, and what they have heard."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "put_off",
        *_columns(sa.String(), "journey", "person", "about", "organisation"),
        *_columns(sa.Date(), "day"),
        _refers("put_off", "journey", "journey.id"),
        _refers("put_off", "person", "person.id"),
        _refers("put_off", "organisation", "organisation.id"),
        sa.PrimaryKeyConstraint("journey", "person", "about", name="pk_put_off"),
    )
    op.create_table(
        "reminder_pause",
        *_columns(sa.String(), "journey", "organisation"),
        *_columns(sa.Date(), "first", "last"),
        _refers("reminder_pause", "journey", "journey.id"),
        _refers("reminder_pause", "organisation", "organisation.id"),
        sa.PrimaryKeyConstraint("journey", name="pk_reminder_pause"),
    )
    op.create_table(
        "mention",
        *_columns(sa.String(), "person", "letter"),
        *_columns(sa.DateTime(timezone=True), "at"),
        *_columns(sa.String(), "things"),
        _refers("mention", "person", "person.id"),
        sa.PrimaryKeyConstraint("person", "letter", name="pk_mention"),
    )
    op.create_index("ix_mention_person_at", "mention", ["person", "at"])


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")


def _columns(kind: Any, *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}_{to.split('.')[0]}")
