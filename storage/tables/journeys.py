"""Tables of the journeys: head, projection, journal, anonymous texts, records. Values are kept as JSON text."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from storage.tables.base import Row, UtcDateTime

# Written out, not bound: SQLite uses a partial index only where the query says the very same words.
IN_CONSENT = text("item.status = 'consent'")


class JourneyHead(Row, table=True):
    """A journey without its answers. `written` counts the writings, `sequence` the events."""

    __tablename__ = "journey"

    id: str = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id", index=True)
    group_id: str = Field(foreign_key="working_group.id", index=True)
    room: str = Field(foreign_key="room.id", index=True)
    pack: str
    version: str
    language: str
    starter: str
    first_step: str
    started: date
    state: str
    group_state: str
    practice: bool
    at_once: int
    signed: str
    sequence: int
    written: int
    checkpoints: str  # the open ones
    pulse: str  # signs of life; can be rebuilt
    exercises: str  # those that were started
    own_registers: str = ""  # of which it reads only what its group has written, a space between


class PageRow(Row, table=True):
    """Where one step's questions stand; can be rebuilt."""

    __tablename__ = "page"

    journey: str = Field(primary_key=True, foreign_key="journey.id")
    step: str = Field(primary_key=True)
    organisation: str
    state: str


class ItemRow(Row, table=True):
    """What is remembered about one address, as of now, without anonymous texts; can be rebuilt."""

    __tablename__ = "item"
    __table_args__ = (
        Index(None, "journey", "question"),
        Index(
            "ix_item_in_consent",
            "journey",
            sqlite_where=text("status = 'consent'"),
            postgresql_where=text("status = 'consent'"),
        ),
    )

    journey: str = Field(primary_key=True, foreign_key="journey.id")
    address: str = Field(primary_key=True)
    organisation: str
    question: str
    subject: str
    period: str
    step: str
    status: str
    revision: int
    anonymous: bool
    state: str


class Entry(Row, table=True):
    """One line of the journal: something that happened, in its order. Never changed, but that its words are disposed of."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    journey: str = Field(primary_key=True, foreign_key="journey.id")
    sequence: int = Field(primary_key=True)
    organisation: str
    step: str
    address: str | None = None
    kind: str
    person: str
    at: datetime = Field(sa_type=UtcDateTime)
    event: str


class CheckpointRow(Row, table=True):
    """A checkpoint that was opened, in one period. States: open, done, left (note says why), retired; can be rebuilt."""

    __tablename__ = "checkpoint"

    journey: str = Field(primary_key=True, foreign_key="journey.id")
    checkpoint: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)  # a record, or ""
    period: str = Field(primary_key=True)
    organisation: str
    due: date
    meeting: date | None = None
    state: str
    opened: datetime = Field(sa_type=UtcDateTime)
    closed: datetime | None = Field(default=None, sa_type=UtcDateTime)
    by: str | None = None  # who closed it
    note: str


class LookRow(Row, table=True):
    """When somebody was last told where a journey stands, and how many events had happened by then; and the time before."""

    __tablename__ = "look"

    journey: str = Field(primary_key=True, foreign_key="journey.id")
    person: str = Field(primary_key=True, foreign_key="person.id")
    organisation: str = Field(foreign_key="organisation.id")
    at: datetime = Field(sa_type=UtcDateTime)
    sequence: int
    before_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    before_sequence: int | None = None


class AnonymousText(Row, table=True):
    """A text that nobody is named for: no person, no time, and kept in the order of its random id."""

    __tablename__ = "anonymous_text"
    # Without a rowid the rows lie in the order of their random keys, and nothing remembers which came first.
    __table_args__ = (Index(None, "journey", "address"), {"sqlite_with_rowid": False})

    id: str = Field(primary_key=True)
    organisation: str
    journey: str = Field(foreign_key="journey.id")
    address: str
    value: str


class RecordRow(Row, table=True):
    """A register's record as of now. It belongs to a group, to an organisation, or (neither) to everybody."""

    __tablename__ = "record"
    __table_args__ = (Index(None, "group_id", "register_id"), Index(None, "organisation", "register_id"))

    number: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    organisation: str | None = Field(default=None, foreign_key="organisation.id")
    group_id: str | None = Field(default=None, foreign_key="working_group.id")
    journey: str | None = Field(default=None, foreign_key="journey.id", index=True)
    practice: bool
    register_id: str
    revision: int
    state: str
    content: str


class RecordRevision(Row, table=True):
    """Each revision that a record has had."""

    __tablename__ = "record_revision"

    record: str = Field(primary_key=True, foreign_key="record.id")
    revision: int = Field(primary_key=True)
    organisation: str | None = None
    content: str
