"""`guides/*.yaml`: questions, and the outcomes that come of the answers by rules, each with its why."""

from typing import Annotated

from pydantic import Field

from content.schema.base import Id, Part, Text, Titled
from content.schema.questions import ChoiceField, ChoicesField, NumberField, ScaleField, TextField
from content.schema.rules import Rule

GuideQuestion = Annotated[
    TextField | ChoiceField | ChoicesField | NumberField | ScaleField, Field(discriminator="kind")
]


class Reason(Part):
    """What is said for or against an outcome where the rule holds."""

    rule: Rule
    say: Text


class NewRecord(Part):
    """A record that may be added from an outcome, with some of its fields filled in."""

    register_: Id
    fields: dict[Id, Text | tuple[str, ...] | str] = Field(default_factory=dict)


class Outcome(Titled):
    """What the guide may come to. The first whose rule holds is it; the last has none, and always holds."""

    why: Text
    rule: Rule | None = Field(default=None, description="about the answers, as `field`; the last has none")
    speaks_for: tuple[Reason, ...] = ()
    speaks_against: tuple[Reason, ...] = ()
    add: NewRecord | None = None


class GuideNote(Part):
    """Where the outcome is kept by whoever wants to: a register, and its fields for the outcome and its why."""

    register_: Id
    outcome: Id
    why: Id | None = None


class Guide(Titled):
    """`guides/*.yaml`."""

    words: tuple[Text, ...] = Field(default=(), description="what people call it when they ask for it")
    why: Text
    questions: tuple[GuideQuestion, ...] = Field(min_length=1)
    outcomes: tuple[Outcome, ...] = Field(min_length=2)
    note: GuideNote | None = None
