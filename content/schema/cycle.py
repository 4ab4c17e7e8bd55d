"""`cycle.yaml`: the checkpoints of a year, of a register's dates and of a term of office."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from content.schema.base import Id, Part, Text, Titled
from content.schema.coverage import Coverage
from content.schema.questions import Question
from content.schema.rules import Offset, Rule

MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
"""A day of every year, as 09-30. 02-29 is the last of February where a year has none."""


class DateOf(Part):
    """A date that is known: a question's answer (a date, or a decision's), or a date field of each record of a register."""

    question: Id | None = None
    register_: Id | None = None
    field: Id | None = Field(default=None, description="the register's date field")
    where: Rule | None = Field(default=None, description="only records for which it holds")

    @model_validator(mode="after")
    def _one_source(self) -> "DateOf":
        if (self.question is None) == (self.register_ is None):
            raise ValueError("name exactly one of question and register")
        if (self.register_ is None) != (self.field is None):
            raise ValueError("field goes with register: name both or none")
        if self.where is not None and self.register_ is None:
            raise ValueError("where goes with register")
        return self


class ByRule(Part):
    """Days by an RFC 5545 rule, such as FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1."""

    kind: Literal["rrule"]
    rrule: Annotated[str, Field(min_length=1, max_length=200)]


class MeetingIn(Part):
    """The body's meeting in a month of every year; due on its document stop."""

    kind: Literal["meeting-in"]
    body: Id = Field(description="the question whose answer is the body")
    month: int = Field(ge=1, le=12)


class NextMeetingAfter(Part):
    """The body's first meeting whose document stop is not past on the date; due on that stop."""

    kind: Literal["next-meeting-after"]
    body: Id = Field(description="the question whose answer is the body")
    date: DateOf


class BeforeDate(Part):
    """Due on the date itself; what leads up to it is in `ahead`."""

    kind: Literal["before-date"]
    date: DateOf


class AfterDate(Part):
    """Due a distance after the date."""

    kind: Literal["after-date"]
    date: DateOf
    offset: Offset


class Window(Titled):
    """A part of every year, such as spring; due on its last day. May go past the turn of the year."""

    first: MonthDay
    last: MonthDay


class TimesPerYear(Part):
    """Once in each window of every year."""

    kind: Literal["times-per-year"]
    windows: tuple[Window, ...] = Field(min_length=1, max_length=12)


class Pace(Part):
    """The interval that one choice stands for."""

    option: Id
    offset: Offset


class Every(Part):
    """At a rhythm that the group chose, counted from a date."""

    kind: Literal["every"]
    rhythm: Id = Field(description="the choice question that names the rhythm")
    paces: tuple[Pace, ...] = Field(
        min_length=1, description="what each of its options means; an answer in own words gives no days"
    )
    since: DateOf
    first: bool = Field(default=False, description="the date itself is the first of the days")


class SinceUntil(Part):
    """At a fixed distance from a date, over and over, until a rule holds."""

    kind: Literal["since"]
    since: DateOf
    every: Offset
    until: Rule


class TermStart(Part):
    """At the start of each term of office: the council's on 15 October of the election year, others' on 1 January after.

    Source: Kommunallagen (2017:725) 5 kap. 10 §, 4 kap. 12 § and 6 kap. 22 §. Elections are every four years from 2022.
    """

    kind: Literal["term-start"]
    of: Literal["council", "board"]
    changed_by: Id | None = Field(
        default=None, description="a date question whose answer stands instead, once"
    )


When = Annotated[
    ByRule
    | MeetingIn
    | NextMeetingAfter
    | BeforeDate
    | AfterDate
    | TimesPerYear
    | Every
    | SinceUntil
    | TermStart,
    Field(discriminator="kind"),
]


class Checkpoint(Titled):
    """Something that is due again and again, or for each record: who sees to it, what is collected, what comes of it."""

    why: Text
    do: Text = Field(description="what is to be done, said in the reminder")
    when: When
    who: Id | None = Field(default=None, description="the role that sees to it; else whoever leads")
    owner: Id | None = Field(
        default=None, description="the record's person field, where it goes by a register; before the role"
    )
    ahead: tuple[Offset, ...] = Field(
        default=(),
        description="how long before the day it is said, the longest first; that one opens the checkpoint",
    )
    questions: tuple[Question, ...] = Field(
        default=(), description="put anew each time; the parts that are collected"
    )
    done: Rule | None = Field(
        default=None,
        description="closes the checkpoint by itself; else when its questions have answers, or by a press",
    )
    document: Id | None = Field(default=None, description="the document that comes of it")
    ended: bool = Field(
        default=False, description="true: it comes no more; kept so that what was collected keeps its name"
    )


class CycleFile(Part):
    """`cycle.yaml`."""

    checkpoints: tuple[Checkpoint, ...] = Field(min_length=1, max_length=99)
    coverage: tuple[Coverage, ...] = ()
