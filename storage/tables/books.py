"""Tables that are only ever added to: installed pack versions, and the audit."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Row, UtcDateTime


class PackVersion(Row, table=True):
    """One version of a method, compiled, as it was installed."""

    __tablename__ = "pack_version"
    __table_args__ = (UniqueConstraint("id", "version"),)

    number: int | None = Field(default=None, primary_key=True)
    id: str
    version: str
    checksum: str
    installed_by: str
    at: datetime = Field(sa_type=UtcDateTime)
    pack: str
    retired_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime
    )  # no journey starts from it any more
    retired_by: str | None = None


class PackInWaiting(Row, table=True):
    """A pack that somebody sent and that was checked, compiled; or what was wrong with it. Forgotten after an hour."""

    __tablename__ = "pack_in_waiting"

    id: str = Field(primary_key=True)
    person: str = Field(foreign_key="person.id", index=True)
    checked: str  # what came of the check, without the pack
    pack: str
    at: datetime = Field(sa_type=UtcDateTime)
    until: datetime = Field(sa_type=UtcDateTime, index=True)


class PackJob(Row, table=True):
    """Work with a method that takes longer than a turn. States: new, done. It is *held* by a process until then."""

    __tablename__ = "pack_job"

    number: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    person: str = Field(foreign_key="person.id", index=True)
    room: str = Field(foreign_key="room.id")
    state: str
    task: str
    tries: int
    epoch: int  # how often it was held; fences off whoever held it before
    held: datetime | None = Field(default=None, sa_type=UtcDateTime)
    file: bytes | None = None  # what came of it, deflated
    until: datetime = Field(sa_type=UtcDateTime, index=True)


class AuditRow(Row, table=True):
    """One link of an organisation's chain: who did what to what, in ids and hashes only."""

    __tablename__ = "audit"

    organisation: str = Field(primary_key=True)  # "" for the whole installation
    number: int = Field(primary_key=True)
    kind: str
    person: str
    about: str
    digest: str
    at: datetime = Field(sa_type=UtcDateTime)
    previous: str
    hash: str
