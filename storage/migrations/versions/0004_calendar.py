"""What is due, and what it comes of: occurrences, terms, absences, closed days, meetings."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_DUE = sa.text("state = 'due'")


def upgrade() -> None:
    op.create_table(
        "occurrence",
        *_columns(sa.String(), "key"),
        *_columns(sa.String(), "organisation", empty=True),
        *_columns(sa.String(), "journey", "rule", "about", "slot", "recipient"),
        *_columns(sa.Date(), "day"),
        *_columns(sa.String(), "wall", "zone", "quiet"),
        *_columns(sa.Date(), "last", empty=True),
        *_columns(sa.String(), "state", "why"),
        *_columns(sa.DateTime(timezone=True), "at", empty=True),
        _refers("occurrence", "organisation", "organisation.id"),
        _refers("occurrence", "journey", "journey.id"),
        _refers("occurrence", "recipient", "person.id"),
        sa.PrimaryKeyConstraint("key", name="pk_occurrence"),
    )
    for name, columns in (("ix_occurrence_due", ["day", "key"]), ("ix_occurrence_of", ["journey"])):
        op.create_index(name, "occurrence", columns, sqlite_where=_DUE, postgresql_where=_DUE)
    op.create_table(
        "personal_terms",
        *_columns(sa.String(), "person"),
        *_columns(sa.String(), "wall", "quiet", "intensity", empty=True),
        *_columns(sa.Integer(), "weekday", empty=True),
        _refers("personal_terms", "person", "person.id"),
        sa.PrimaryKeyConstraint("person", name="pk_personal_terms"),
    )
    op.create_table(
        "absence",
        *_columns(sa.String(), "person"),
        *_columns(sa.Date(), "first", "last"),
        _refers("absence", "person", "person.id"),
        sa.PrimaryKeyConstraint("person", "first", name="pk_absence"),
    )
    op.create_table(
        "closed_day",
        *_columns(sa.String(), "organisation"),
        *_columns(sa.Date(), "day"),
        _refers("closed_day", "organisation", "organisation.id"),
        sa.PrimaryKeyConstraint("organisation", "day", name="pk_closed_day"),
    )
    op.create_table(
        "meeting",
        *_columns(sa.String(), "body"),
        *_columns(sa.Date(), "day"),
        *_columns(sa.String(), "organisation"),
        *_columns(sa.Date(), "document_stop", empty=True),
        _refers("meeting", "body", "body.id"),
        _refers("meeting", "organisation", "organisation.id"),
        sa.PrimaryKeyConstraint("body", "day", name="pk_meeting"),
    )
    op.create_index("ix_meeting_organisation", "meeting", ["organisation"])
    op.create_table(
        "feed_secret",
        *_columns(sa.String(), "hash", "person"),
        *_columns(sa.String(), "journey", empty=True),
        *_columns(sa.DateTime(timezone=True), "at"),
        _refers("feed_secret", "person", "person.id"),
        _refers("feed_secret", "journey", "journey.id"),
        sa.PrimaryKeyConstraint("hash", name="pk_feed_secret"),
    )
    op.create_index("ix_feed_secret_person", "feed_secret", ["person"])


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")


def _columns(kind: Any, *names: str, empty: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=empty) for name in names]


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}_{to.split('.')[0]}")
