"""`exercises/*.yaml`: what people do together in a step, phase by phase, and what kind of result it leaves."""

from typing import Annotated, Literal

from pydantic import Field

from content.schema.base import Id, Part, Text, Titled
from content.schema.questions import Question
from content.schema.rules import Condition, Rule


class Phase(Titled):
    """A part of an exercise: so many minutes, what to do, and what is asked in it.

    Rounds that are hidden first are questions with ``visibility: after-round``.
    """

    minutes: int = Field(ge=1, le=480)
    do: Text = Field(description="what everybody does now")
    form: Literal["all", "alone", "pairs"] = Field(
        default="all", description="pairs are drawn, across the parties where the roles have sides"
    )
    notes: tuple[Text, ...] = Field(default=(), description="to whoever leads, in private")
    questions: tuple[Question, ...] = ()


class Sheet(Part):
    """What the printable sheet says beside the phases."""

    intro: Text | None = None
    lines: int = Field(default=6, ge=0, le=30, description="empty lines to write on, for each question")


class ListResult(Part):
    """What the group wrote: one question's answer."""

    kind: Literal["list"]
    question: Id


class RankingResult(Part):
    """What got how many dots."""

    kind: Literal["ranking"]
    question: Id


class TimelineResult(Part):
    """Records along a line, by a field: a date, a number, or a choice in the order of its options."""

    kind: Literal["timeline"]
    register_: Id
    where: Rule | None = Field(default=None, description="which of the register's records are the result")
    by: Id


class PairsResult(Part):
    """What each told in the pairs, and the joint picture that the group made of it."""

    kind: Literal["pairs"]
    interviews: Id = Field(description="the question that each answers")
    picture: Id = Field(description="the question whose answer is the joint picture")


class TreeResult(Part):
    """Records that grow out of each other, with the root marked."""

    kind: Literal["tree"]
    register_: Id
    where: Rule | None = Field(default=None, description="which of the register's records are the result")
    under: Id = Field(description="the field that refers to the record above, in the same register")
    root: Id = Field(description="the state of a record that is the root")


class CardsResult(Part):
    """Records, a card each."""

    kind: Literal["cards"]
    register_: Id
    where: Rule | None = Field(default=None, description="which of the register's records are the result")


class MeasuresResult(Part):
    """Records with what is to be done, by whom and when."""

    kind: Literal["measures"]
    register_: Id
    where: Rule | None = Field(default=None, description="which of the register's records are the result")
    by: Id = Field(description="the date field that they are in order of")


Result = Annotated[
    ListResult | RankingResult | TimelineResult | PairsResult | TreeResult | CardsResult | MeasuresResult,
    Field(discriminator="kind"),
]


class Exercise(Titled):
    """An exercise, run in the channel, or in a room with the result typed in afterwards: both leave the same."""

    aliases: tuple[Text, ...] = ()
    why: Text
    prepare: tuple[Text, ...] = Field(default=(), description="what to see to before")
    facilitator: tuple[Text, ...] = Field(default=(), description="tips to whoever leads, in private")
    must: tuple[Condition, ...] = Field(default=(), description="what must be there before it begins")
    phases: tuple[Phase, ...] = Field(min_length=1, max_length=20)
    follow_up: tuple[Text, ...] = Field(default=(), description="what to do with the result")
    sheet: Sheet = Sheet()
    result: Result

    @property
    def minutes(self) -> int:
        return sum(phase.minutes for phase in self.phases)

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for phase in self.phases for question in phase.questions)
