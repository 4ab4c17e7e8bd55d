"""Tables of what is due: occurrences, and the terms, absences, meetings and closed days that they come of."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from storage.tables.base import Row, UtcDateTime

# Written out, not bound: SQLite uses a partial index only where the query says the very same words.
DUE = text("occurrence.state = 'due'")


class OccurrenceRow(Row, table=True):
    """What is to be said to somebody on a day. States: due, said, skipped (why), retired (its date has moved)."""

    __tablename__ = "occurrence"
    __table_args__ = (
        Index(
            "ix_occurrence_due", "day", "key",
            sqlite_where=text("state = 'due'"),
            postgresql_where=text("state = 'due'"),
        ),
        Index(
            "ix_occurrence_of", "journey",
            sqlite_where=text("state = 'due'"),
            postgresql_where=text("state = 'due'"),
        ),
    )  # fmt: skip

    key: str = Field(primary_key=True)  # rule, about, slot, recipient
    organisation: str | None = Field(default=None, foreign_key="organisation.id")
    journey: str = Field(foreign_key="journey.id")
    rule: str
    about: str
    slot: str
    recipient: str = Field(foreign_key="person.id")
    day: date  # by the wall clock of the zone
    wall: str  # hh:mm
    zone: str
    quiet: str  # hh:mm-hh:mm
    last: date | None = None
    state: str
    why: str
    at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # when it was said or skipped


class PersonalTerms(Row, table=True):
    """On what terms somebody is reminded; what isn't chosen is the default."""

    __tablename__ = "personal_terms"

    person: str = Field(primary_key=True, foreign_key="person.id")
    wall: str | None = None  # hh:mm
    quiet: str | None = None  # hh:mm-hh:mm
    intensity: str | None = None
    weekday: int | None = None
    overview: bool | None = None


class Absence(Row, table=True):
    """Somebody is away from the first day until the last."""

    person: str = Field(primary_key=True, foreign_key="person.id")
    first: date = Field(primary_key=True)
    last: date


class ClosedDay(Row, table=True):
    """A day that an organisation doesn't work, beside weekends and holidays; opened again, it stays as such."""

    __tablename__ = "closed_day"

    organisation: str = Field(primary_key=True, foreign_key="organisation.id")
    day: date = Field(primary_key=True)
    revision: int = 0  # grows with each change
    opened: bool = False


class FeedSecret(Row, table=True):
    """A secret address of a calendar, as its hash."""

    __tablename__ = "feed_secret"

    hash: str = Field(primary_key=True)
    person: str = Field(foreign_key="person.id", index=True)
    journey: str | None = Field(default=None, foreign_key="journey.id")
    at: datetime = Field(sa_type=UtcDateTime)


class Meeting(Row, table=True):
    """A body's meeting, and the last day for handing in what is to be dealt with there; called off, it stays as such."""

    body: str = Field(primary_key=True, foreign_key="body.id")
    day: date = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id", index=True)
    document_stop: date | None = None
    revision: int = 0  # grows with each change
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    called_off: bool = False


class Unplanned(Row, table=True):
    """A journey that is to be planned anew, since the time of the change that asks for it."""

    journey: str = Field(primary_key=True, foreign_key="journey.id")
    at: datetime = Field(sa_type=UtcDateTime)
