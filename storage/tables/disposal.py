"""Tables of lawful disposal: an organisation's rules, what holds it up, and each run with what is left for it to do."""

from datetime import date, datetime

from sqlmodel import Field

from storage.tables.base import Row, UtcDateTime


class DisposalRule(Row, table=True):
    """After how many months what is of a kind may go; none: never. Where there is no row, the program's own rule holds."""

    __tablename__ = "disposal_rule"

    organisation: str = Field(primary_key=True, foreign_key="organisation.id")
    kind: str = Field(primary_key=True)
    months: int | None = None


class DisposalHold(Row, table=True):
    """Nothing of what it is about may be disposed of until it is lifted."""

    __tablename__ = "disposal_hold"

    number: int | None = Field(default=None, primary_key=True)
    organisation: str = Field(foreign_key="organisation.id", index=True)
    scope: str  # organisation, group, person
    about: str
    reason: str
    by: str
    at: datetime = Field(sa_type=UtcDateTime)
    lifted: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lifted_by: str | None = None


class DisposalRun(Row, table=True):
    """A disposal by a decision. States: listing, running, done, given-up."""

    __tablename__ = "disposal_run"

    id: str = Field(primary_key=True)
    organisation: str = Field(foreign_key="organisation.id", index=True)
    decision: str
    checksum: str
    as_of: date
    at: datetime = Field(sa_type=UtcDateTime)
    state: str
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    texts: str  # how many went, by kind


class DisposalTarget(Row, table=True):
    """Something that a run is to dispose of, and has not yet: by its id alone."""

    __tablename__ = "disposal_target"

    number: int | None = Field(default=None, primary_key=True)
    run: str = Field(foreign_key="disposal_run.id", index=True)
    kind: str
    key: str
    target: str
