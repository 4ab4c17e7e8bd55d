"""Tables of files that are handed out. The files themselves are kept nowhere: they are made when somebody reads them."""

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
