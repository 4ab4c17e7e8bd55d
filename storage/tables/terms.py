"""Tables of what somebody asked for about their reminders: to hear of a thing later, a pause, and what they have heard."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables.base import Row, UtcDateTime


class PutOffRow(Row, table=True):
    """A thing that somebody wants to be reminded of on another day; a newer wish takes the older one's place."""

    __tablename__ = "put_off"

    journey: str = Field(primary_key=True, foreign_key="journey.id")
    person: str = Field(primary_key=True, foreign_key="person.id")
    about: str = Field(primary_key=True)  # as in the occurrence
    organisation: str = Field(foreign_key="organisation.id")
    day: date


class ReminderPause(Row, table=True):
    """Nobody is reminded of anything of the journey's, from the first day until the last."""

    __tablename__ = "reminder_pause"

    journey: str = Field(primary_key=True, foreign_key="journey.id")
    organisation: str = Field(foreign_key="organisation.id")
    first: date
    last: date


class MentionRow(Row, table=True):
    """A letter that reminded somebody, or named them in a channel: what their week's budget counts."""

    __tablename__ = "mention"
    __table_args__ = (Index("ix_mention_person_at", "person", "at"),)

    person: str = Field(primary_key=True, foreign_key="person.id")
    letter: str = Field(primary_key=True)  # its key
    at: datetime = Field(sa_type=UtcDateTime)
    things: str = ""  # the keys of the occurrences that it said, with spaces between
