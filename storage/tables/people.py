"""Tables of who and where: organisations and their parts, persons and their accounts, groups, rooms."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Row, UtcDateTime


class Organisation(Row, table=True):
    id: str = Field(primary_key=True)
    name: str
    name_key: str = Field(index=True)  # the name as it is looked for: small letters, single spaces


class Unit(Row, table=True):
    """An administration or company, from a day until it is closed, and what came after it."""

    id: str = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id", index=True)
    number: int  # the order in which they were added
    name: str
    since: date
    until: date | None = None
    successor: str | None = Field(default=None, foreign_key="unit.id")
    body: str | None = None  # the id of the committee that answers for it


class Body(Row, table=True):
    """A committee, board or council, in the same way."""

    id: str = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id", index=True)
    number: int
    name: str
    since: date
    until: date | None = None
    successor: str | None = Field(default=None, foreign_key="body.id")


class Room(Row, table=True):
    """A place where people talk. The organisation is known once a journey lives there."""

    __table_args__ = (UniqueConstraint("door", "tenant", "external"),)

    id: str = Field(primary_key=True)
    organisation: str | None = Field(default=None, foreign_key="organisation.id")
    door: str
    tenant: str
    external: str
    private: bool
    state: str = ""  # why the coach can't speak there: removed, archived, deleted


class Person(Row, table=True):
    """Somebody, in no organisation's row: they keep their accounts and groups when they move."""

    number: int | None = Field(default=None, primary_key=True)  # who came first has the lowest
    id: str = Field(unique=True)
    name: str
    name_key: str = Field(index=True)
    email: str | None = None
    language: str | None = None
    zone: str | None = None  # an IANA name
    greeted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    private_room: str | None = Field(default=None, foreign_key="room.id")


class Account(Row, table=True):
    door: str = Field(primary_key=True)
    tenant: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    person: str = Field(foreign_key="person.id", index=True)
    # what the platform last said of it
    name: str = ""
    email: str = ""
    language: str = ""
    zone: str = ""
    guest: bool = False
    active: bool = True
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Admin(Row, table=True):
    organisation: str = Field(primary_key=True, foreign_key="organisation.id")
    person: str = Field(primary_key=True, foreign_key="person.id", index=True)


class LinkCode(Row, table=True):
    """A one-time code, as its hash."""

    __tablename__ = "link_code"

    hash: str = Field(primary_key=True)
    person: str = Field(foreign_key="person.id")
    until: datetime = Field(sa_type=UtcDateTime)


class WorkingGroup(Row, table=True):
    """A group. `roster` is a copy of its members, units and bodies, so that a turn reads them in one go."""

    __tablename__ = "working_group"
    __table_args__ = (Index(None, "organisation", "name_key"),)

    id: str = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id")
    name: str
    name_key: str
    roster: str


class Membership(Row, table=True):
    """One role of one person in a group, from a day until another. Rows are closed, never changed into others."""

    id: int | None = Field(default=None, primary_key=True)
    organisation: str = Field(foreign_key="organisation.id")
    group_id: str = Field(foreign_key="working_group.id", index=True)
    person: str = Field(foreign_key="person.id", index=True)
    role: str  # "" for a member without any role
    deputy: bool
    unit: str | None = Field(default=None, foreign_key="unit.id")
    seat: int  # the member's place among the members, kept as long as they stay
    position: int  # the role's place among the member's roles
    joined: date
    since: date
    until: date | None = None
