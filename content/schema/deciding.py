"""Who may decide what: rights of bodies and roles, and the records that wait for a decision."""

from typing import Literal

from pydantic import Field, model_validator

from content.schema.base import Id, Part, Text, Titled
from content.schema.rules import Rule

BodyKind = Literal["council", "board", "committee"]


class DecidedRecords(Part):
    """The records that wait for the decision before they are moved to one of these states."""

    register_: Id
    to: tuple[Id, ...] = Field(min_length=1)
    where: Rule | None = None
    prolongs: Id | None = Field(
        default=None,
        description="a date field: in these states, the decision is waited for before it is moved later, too",
    )
    unit: Id | None = Field(
        default=None,
        description="a unit field: the body that answers for that unit decides, where it is known which",
    )


class Decides(Titled):
    """What is decided, and by whom: a kind of body (by name, where a question says which) or whoever has a role."""

    by: BodyKind | None = None
    role: Id | None = None
    body: Id | None = Field(default=None, description="the question whose answer says which body it is")
    what: Text | None = Field(default=None, description="more about it, for people")
    records: DecidedRecords | None = None

    @model_validator(mode="after")
    def _one_decider(self) -> "Decides":
        if (self.by is None) == (self.role is None):
            raise ValueError("name exactly one of by, role")
        if self.body is not None and self.by is None:
            raise ValueError("body goes with by")
        if self.records is not None and self.records.unit is not None and (self.by is None or self.body):
            raise ValueError("unit goes with by, and not with body")
        return self


class DecisionFields(Part):
    """The register's fields that hold the decision about a record."""

    body: Id = Field(description="a body field")
    date: Id = Field(description="a date field")
    reference: Id | None = Field(default=None, description="a text field")
