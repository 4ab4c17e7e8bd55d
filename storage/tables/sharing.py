"""Tables of what groups share, and of the words by which it is found."""

from datetime import date, datetime

from sqlmodel import Field

from storage.tables.base import Row, UtcDateTime


class ShareRow(Row, table=True):
    """A record that others may see: those of one organisation, or (none named) everybody, until it is ended or over."""

    __tablename__ = "share"

    number: int | None = Field(default=None, primary_key=True)
    organisation: str = Field(foreign_key="organisation.id")  # whose it is
    record: str = Field(foreign_key="record.id", index=True)
    to_organisation: str | None = Field(default=None, foreign_key="organisation.id")
    by: str
    at: datetime = Field(sa_type=UtcDateTime)
    until: date | None = None  # the last day
    ended: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by: str | None = None


class SearchEntry(Row, table=True):
    """The words of a record that can be found, as stems in the order of the alphabet; can be rebuilt.

    Beside it SQLite has the full-text table `search_words`, and PostgreSQL an index over the stems: see the migration.
    """

    __tablename__ = "search_entry"

    number: int | None = Field(default=None, primary_key=True)
    record: str = Field(foreign_key="record.id", unique=True)
    organisation: str = Field(foreign_key="organisation.id")
    group_id: str = Field(foreign_key="working_group.id")
    register_id: str
    terms: str  # a space between
    counts: str  # of each term, in the same order


class SearchTerm(Row, table=True):
    """In how many entries a stem stands; "" counts the entries. Can be rebuilt."""

    __tablename__ = "search_term"

    term: str = Field(primary_key=True)
    beginning: str = Field(default="", index=True)  # its first letters: `words.BEGINNING`
    entries: int
