"""Tables of what comes and goes: inbox, outbox, buttons, messages on the platform, drafts."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from storage.tables.base import Row, UtcDateTime

# Written out, not bound: SQLite uses a partial index only where the query says the very same words.
UNDONE = text("inbox.state = 'new'")
WAITING = text("outbox.state IN ('new', 'claimed')")
GIVEN = text("message_spot.contribution <> ''")


class InboxRow(Row, table=True):
    """What came in. States: new, done (its words are gone), failed (set aside)."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("door", "tenant", "event"),
        Index(
            "ix_inbox_undone",
            "id",
            sqlite_where=text("state = 'new'"),
            postgresql_where=text("state = 'new'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    door: str
    tenant: str
    event: str
    at: datetime = Field(sa_type=UtcDateTime)
    state: str
    why: str
    incoming: str | None = None


class OutboxRow(Row, table=True):
    """A letter. States: new, claimed (until, epoch), sent, ambiguous, dead, skipped.

    `how` is the letter's own, or `aside`: a note in the room that `person` alone is to see. Any other letter with a
    person goes to their private room. Whoever gave up asking for a lost reply leaves the letter `ambiguous`.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_due", "door", "room", "id",
            sqlite_where=text("state IN ('new', 'claimed')"),
            postgresql_where=text("state IN ('new', 'claimed')"),
        ),
        Index(
            "ix_outbox_nowhere", "person",
            sqlite_where=text("room IS NULL"),
            postgresql_where=text("room IS NULL"),
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    organisation: str | None = None
    room: str | None = Field(default=None, foreign_key="room.id")
    door: str | None = None
    person: str | None = Field(default=None, foreign_key="person.id")
    journey: str | None = None
    address: str | None = None
    how: str
    thread: str | None = None  # the platform's id of the message to stand under
    at: datetime = Field(sa_type=UtcDateTime)
    state: str
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    not_before: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Set by a claim, cleared when the platform surely hasn't it: until then it is asked before anything is sent again.
    unsure_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    epoch: int  # how often it was claimed; fences off whoever held it before
    why: str
    message: str | None = None


class ButtonRow(Row, table=True):
    """What a message's buttons mean, under the random id that the platform gets to see; a button has a place in it."""

    __tablename__ = "button"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: str = Field(primary_key=True)
    organisation: str | None = None
    journey: str | None = None
    room: str | None = None
    presses: str
    at: datetime = Field(sa_type=UtcDateTime)


class QuestionMessage(Row, table=True):
    """The message that puts a question in a room: the one that is edited, and that answers stand under."""

    __tablename__ = "message"

    journey: str = Field(primary_key=True, foreign_key="journey.id")
    address: str = Field(primary_key=True)
    room: str = Field(primary_key=True, foreign_key="room.id")
    organisation: str | None = None
    platform_message: str
    at: datetime = Field(sa_type=UtcDateTime)


class MessageSpot(Row, table=True):
    """What a message on the platform is about. Never ties a person to an anonymous text."""

    __tablename__ = "message_spot"
    __table_args__ = (
        Index(
            "ix_message_spot_contribution",
            "contribution",
            sqlite_where=text("contribution <> ''"),
            postgresql_where=text("contribution <> ''"),
        ),
        {"sqlite_with_rowid": False},
    )

    room: str = Field(primary_key=True, foreign_key="room.id")
    platform_message: str = Field(primary_key=True)
    organisation: str | None = None
    journey: str
    address: str | None = None
    contribution: str
    person: str


class DraftRow(Row, table=True):
    """What somebody typed in a room and nobody could place yet; or (kind form) a form that is half filled in."""

    __tablename__ = "draft"

    person: str = Field(primary_key=True, foreign_key="person.id")
    room: str = Field(primary_key=True, foreign_key="room.id")
    kind: str = Field(primary_key=True)
    organisation: str | None = None
    journey: str | None = Field(default=None, foreign_key="journey.id", index=True)
    draft: str
    at: datetime = Field(sa_type=UtcDateTime)


class Home(Row, table=True):
    """A personal page that somebody has opened at a door, and a digest of what it last showed.

    `stamp` says which state of the person's journeys was shown, and `buttons` which ids its buttons have, in JSON.
    """

    door: str = Field(primary_key=True)
    tenant: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    person: str = Field(foreign_key="person.id", index=True)
    digest: str
    stamp: str
    buttons: str
    at: datetime = Field(sa_type=UtcDateTime)
