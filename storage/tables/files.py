"""Tables of files. What is handed out is kept nowhere: it is made when somebody reads it. What came in waits a while."""

from datetime import datetime

from sqlmodel import Field

from storage.tables.base import Row, UtcDateTime


class FileLink(Row, table=True):
    """A personal link to a file, as its hash; `file` says what the file is made from."""

    __tablename__ = "file_link"

    hash: str = Field(primary_key=True)
    organisation: str | None = None
    person: str = Field(foreign_key="person.id", index=True)
    file: str
    at: datetime = Field(sa_type=UtcDateTime)
    until: datetime = Field(sa_type=UtcDateTime, index=True)


class TableInWaiting(Row, table=True):
    """What was read of a table that somebody sent, to be entered into a register; or what to say of it. For an hour."""

    __tablename__ = "table_in_waiting"

    id: str = Field(primary_key=True)
    person: str = Field(foreign_key="person.id", index=True)
    name: str  # of the file
    sheet: str  # "" when there is nothing in it to enter
    report: str  # all that there is to say of its lines, "" when it was short enough to be said
    at: datetime = Field(sa_type=UtcDateTime)
    until: datetime = Field(sa_type=UtcDateTime, index=True)
