"""What has to be there for each unit, member or audience, and how many times; used by steps, tracks and the cycle."""

from typing import Literal

from pydantic import Field

from content.schema.base import Id, Part, Text, Titled
from content.schema.rules import Rule


class Audience(Titled):
    """A named audience; the role whose holders belong to it, where there is one."""

    role: Id | None = None


class CoveredBy(Part):
    """What has to be there for each: a member, an answer or a record (by the field that names the unit or audience)."""

    member: Id | Literal["any"] | None = None
    answer: Id | None = None
    register_: Id | None = None
    by: Id | None = None
    where: Rule | None = None
    said: Id | None = Field(
        default=None, description="the register's text field for what somebody of the audience said"
    )
    dated: Id | None = Field(
        default=None, description="the register's date field that says to which year a record belongs"
    )


class Coverage(Titled):
    """Whom x what, and how many; the gaps are shown, asked about, and countable by rules."""

    units: Literal["all"] | None = None
    members: Id | None = None
    audiences: tuple[Audience, ...] = ()
    what: CoveredBy
    ask: Text | None = Field(
        default=None,
        description="what people of the audiences outside the group are asked: on a sheet to print, with the answers typed in "
        "for their audience",
    )
    times: int = Field(default=1, ge=1, le=99, description="so many are to be there for each")
    per: Literal["year"] | None = Field(
        default=None,
        description="counted anew each calendar year: answers by the year of their checkpoint, records by `dated`",
    )
