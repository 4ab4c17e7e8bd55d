"""Keeps each group's pulse in its head, and when somebody last looked at a group; the pulse is read from the journal.

Whoever wants an overview of their groups on Mondays says so among their terms.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

HOME = ZoneInfo("Europe/Stockholm")
BY_ITSELF = frozenset(
    {
        "checkpoint-closed", "checkpoint-moved", "checkpoint-opened", "marked", "round-closed", "version-changed",
    }
)  # fmt: skip
READ = frozenset(
    {"contributed", "settled", "round-closed"}
)  # of these more is needed than who, what and when
ENDS_A_LAPSE = frozenset({"reopened", "round-opened", "settled", "skipped"})
entry = sa.table(
    "entry",
    *(sa.column(name, sa.String()) for name in ("journey", "address", "kind", "person", "event")),
    sa.column("sequence", sa.Integer()),
    sa.column("at", sa.DateTime(timezone=True)),
)
journey = sa.table("journey", sa.column("id", sa.String()), sa.column("pulse", sa.String()))


def upgrade() -> None:
    op.add_column("journey", sa.Column("pulse", sa.String(), nullable=False, server_default="{}"))
    op.add_column("personal_terms", sa.Column("overview", sa.Boolean(), nullable=True))
    op.create_table(
        "look",
        sa.Column("journey", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("before_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("before_sequence", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["journey"], ["journey.id"], name="fk_look_journey_journey"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_look_person_person"),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.id"], name="fk_look_organisation_organisation"
        ),
        sa.PrimaryKeyConstraint("journey", "person", name="pk_look"),
    )
    connection = op.get_bind()
    for id, pulse in _pulses(connection):
        connection.execute(sa.update(journey).where(journey.c.id == id).values(pulse=json.dumps(pulse)))


def _pulses(connection: sa.Connection) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each journey's id with its pulse, as its journal makes it. An answer that has moved since is let be."""
    more = sa.case((entry.c.kind.in_(READ), entry.c.event), else_="{}").label("event")
    lines = sa.select(entry.c.journey, entry.c.address, entry.c.kind, entry.c.person, entry.c.at, more)
    heard: dict[str, dict[str, str]] = defaultdict(dict)
    lapsed: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(lines.order_by(entry.c.journey, entry.c.sequence)):
        event = json.loads(row.event)
        _note(heard[row.journey], lapsed[row.journey], row, event)
    for id, people in heard.items():
        yield id, {"heard": people, **({"lapsed": lapsed[id]} if lapsed[id] else {})}


def _note(heard: dict[str, str], lapsed: list[str], row: Any, event: Mapping[str, Any]) -> None:
    if row.kind not in BY_ITSELF and event.get("how") != "consent":
        people = [row.person]
        if row.kind == "contributed" and event.get("person"):
            people.append(event["person"])
        heard.update(dict.fromkeys(people, _day(row.at)))
    if row.kind == "round-closed" and event.get("outcome") == "no-quorum" and row.address not in lapsed:
        lapsed.append(row.address)
    elif row.kind in ENDS_A_LAPSE and row.address in lapsed:
        lapsed.remove(row.address)


def _day(at: datetime) -> str:
    known = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return known.astimezone(HOME).date().isoformat()


def downgrade() -> None:
    raise NotImplementedError("go back by restoring the copy that was taken before the upgrade")
