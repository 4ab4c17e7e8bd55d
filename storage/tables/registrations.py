"""The table of registration numbers. Only ever added to: the newest of a thing's numbers is the one that it has."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables.base import Row, UtcDateTime


class RegistrationRow(Row, table=True):
    """A decision's or an adopted document's number in the organisation's own register (diarium)."""

    __tablename__ = "registration"
    __table_args__ = (Index(None, "organisation", "about"),)

    number: int | None = Field(default=None, primary_key=True)
    organisation: str = Field(foreign_key="organisation.id")
    journey: str = Field(foreign_key="journey.id", index=True)  # the one in which it was entered
    about: str  # kind:id@which, as `dialogs/model/registration.py` has it
    registered: str
    by: str  # a person, or the command line
    at: datetime = Field(sa_type=UtcDateTime)
