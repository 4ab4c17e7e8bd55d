"""The table of what somebody writes for themselves. It is nobody else's: no export, document or count reads it."""

from datetime import datetime

from sqlmodel import Field

from storage.tables.base import Row, UtcDateTime


class PrivateNote(Row, table=True):
    """A note, numbered for the person who wrote it; `exercise` and `phase` say what was on, "" for nothing."""

    __tablename__ = "private_note"

    person: str = Field(primary_key=True, foreign_key="person.id")
    number: int = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id")
    journey: str = Field(foreign_key="journey.id")
    exercise: str
    phase: str
    at: datetime = Field(sa_type=UtcDateTime)
    text: str
    shared: datetime | None = Field(default=None, sa_type=UtcDateTime)  # when they let the group read it
