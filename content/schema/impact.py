"""What a pack says of impact: which records are efforts, and which answers tell what was wanted, tried and achieved."""

from typing import Literal

from pydantic import Field

from content.schema.base import Id, Part
from content.schema.rules import Rule


class Effort(Part):
    """The register's records are efforts: what is done in order to reach something, and what came of it."""

    counts: tuple[Id, ...] = Field(
        default=(), description="the states in which a record counts as an effort; else all of them"
    )
    done: tuple[Id, ...] = Field(
        default=(),
        description="the states in which it is over; a register without states holds what is over",
    )
    first: Id | None = Field(default=None, description="a date field: its first day")
    last: Id | None = Field(default=None, description="a date field: its last day, or the only one")
    over_after_last: bool = Field(
        default=False, description="it is over once its last day has passed, whatever its state"
    )
    results: tuple[Id, ...] = Field(
        default=(), description="text fields: what came of it; it is evaluated when any of them is filled in"
    )
    part_of: Id | None = Field(
        default=None,
        description="a reference field: the effort that it tries out; its results are that one's too",
    )
    chosen: Rule | None = Field(
        default=None, description="chosen for evaluation: all of the results have to be filled in"
    )


class ToldImpact(Part):
    """A question whose answers tell of a year: its own, or of the year before the one in which it is put."""

    question: Id
    of: Literal["year", "year-before"] = "year"


class Impact(Part):
    """Answers that tell of impact, beside the efforts. They are the group's, a role's or a unit's, and open to all of it."""

    wanted: tuple[Id, ...] = Field(
        default=(), description="choices from a tag: what the group wished for to begin with"
    )
    tried: tuple[ToldImpact, ...] = Field(
        default=(), description="choices from a tag: what has been tried, or contributed to"
    )
    results: tuple[ToldImpact, ...] = Field(default=(), description="what came of the work, in words")
