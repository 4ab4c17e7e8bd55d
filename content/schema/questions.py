"""The closed set of question kinds, one class each, and what any question may say of itself."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from content.schema.base import Id, Option, Part, Text
from content.schema.rules import Condition, Rule


class Source(Part):
    """Where options or suggestions come from; exactly one of the first five."""

    register_: Id | None = None
    question: Id | None = None
    tag: Id | None = None
    units: Literal["all"] | None = None
    members: Id | Literal["all"] | None = None
    field: Id | None = Field(
        default=None, description="the record's field whose value is shown; else its title field"
    )
    where: Rule | None = None

    @model_validator(mode="after")
    def _one_source(self) -> "Source":
        named = (self.register_, self.question, self.tag, self.units, self.members)
        if sum(v is not None for v in named) != 1:
            raise ValueError("name exactly one of register, question, tag, units, members")
        return self


class Each(Part):
    """What a question is put about: each unit, each member of a role, or each record where a rule holds."""

    units: Literal["all"] | None = None
    members: Id | Literal["all"] | None = None
    register_: Id | None = None
    where: Rule | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "Each":
        if sum(v is not None for v in (self.units, self.members, self.register_)) != 1:
            raise ValueError("name exactly one of units, members, register")
        return self


class Roles(Part):
    """The roles that answer."""

    roles: tuple[Id, ...] = Field(min_length=1)


class Appoint(Part):
    """Give the person who is the answer this role."""

    appoint: Id


class SetGroupState(Part):
    """Move the working group to this state."""

    group_state: Literal["temporary", "permanent"]
    when_answer: str | None = Field(default=None, description="only when this option was chosen")


class MoveRecords(Part):
    """Move the records that the answer names to a state; the register's other records in `from` go to `rest`."""

    move_records: Id = Field(description="the register")
    to: Id
    rest: Id | None = None
    from_: tuple[Id, ...] = ()


class WriteInRecord(Part):
    """Write the answer in a field of the record that the question is about. Nobody writes there by hand."""

    set_field: Id = Field(description="a choice field with the question's options")
    refused: str | None = Field(
        default=None, description="the option that is written when somebody objects, and the round ends so"
    )
    reason: Id | None = Field(
        default=None, description="the text field in which who objected, and why, is kept"
    )


Then = Appoint | SetGroupState | MoveRecords | WriteInRecord

Visibility = Literal["group", "after-round", "leader-and-coach", "anonymous"]
"""Who sees each member's words; ``after-round``: the group does, once all have answered or whoever leads shows them."""
Settling = Literal["direct", "leader", "consent"]
WithoutYear = Literal["next", "latest", "nearest"]


class Yes(Part):
    """The group's yes to something that is offered about a record: asked for in its channel, at any time, in a round."""

    proposes: str = Field(description="the option that the group is asked to consent to")
    asked_by: tuple[Id, ...] = Field(
        default=(), description="roles that may ask, beside whoever settles answers"
    )
    must: tuple[Condition, ...] = Field(
        default=(),
        description="what the record must have, so that the group knows what it says yes to; when a field that must be filled is changed, or such a day is moved later, the group is asked again",
    )


class TextSpec(Part):
    kind: Literal["text"]
    long: bool = False


class ChoiceSpec(Part):
    kind: Literal["choice"]
    options: tuple[Option, ...] = ()
    options_from: Source | None = None
    own: bool = Field(default=False, description="an answer in own words is taken too")


class ChoicesSpec(Part):
    kind: Literal["choices"]
    options: tuple[Option, ...] = ()
    options_from: Source | None = None
    own: bool = False
    at_least: int = Field(default=1, ge=1, le=50)
    at_most: int | None = Field(default=None, ge=1, le=50)


class ScaleSpec(Part):
    kind: Literal["scale"]
    lowest: int = 1
    highest: int = 5
    lowest_means: Text
    highest_means: Text


class NumberSpec(Part):
    kind: Literal["number"]
    unit_word: Text | None = Field(default=None, description="what is counted: hours, kronor")
    least: float | None = None
    most: float | None = None
    whole: bool = False


class DateSpec(Part):
    kind: Literal["date"]
    past: bool = Field(default=True, description="a day that has been is taken")
    without_year: WithoutYear = Field(
        default="next",
        description="which day is meant without a year: the next such day, the latest one up to today, or the nearest",
    )


class PersonSpec(Part):
    kind: Literal["person"]
    role: Id | None = Field(default=None, description="only holders of this role")


class UnitSpec(Part):
    kind: Literal["unit"]


class BodySpec(Part):
    kind: Literal["body"]


class ListSpec(Part):
    kind: Literal["list"]
    at_least: int = Field(default=1, ge=1, le=50)


class FileSpec(Part):
    """A file or link, kept as a named link to where it lies."""

    kind: Literal["file"]


class ReferenceSpec(Part):
    """Points at a record of another register."""

    kind: Literal["reference"]
    register_: Id
    where: Rule | None = None


class CommitmentSpec(Part):
    """Items that each party confirms, one by one."""

    kind: Literal["commitment"]
    items: tuple[Option, ...] = Field(min_length=1)
    parties: tuple[Id, ...] = Field(
        min_length=1, description="roles; at least one holder of each confirms every item"
    )


class DecisionSpec(Part):
    """A decision by a body: body, date, reference, what was decided."""

    kind: Literal["decision"]
    right: Id | None = Field(
        default=None, description="which of the pack's rights it falls under: only such a body is taken"
    )


class RankingSpec(Part):
    """Each member lays dots on the options."""

    kind: Literal["ranking"]
    options: tuple[Option, ...] = ()
    options_from: Source | None = None
    dots: int = Field(default=3, ge=1, le=20)


class RecordSpec(Part):
    """Adds records to a register until there are enough and the group says that it is done."""

    kind: Literal["record"]
    register_: Id
    at_least: int = Field(default=1, ge=0, le=100)


Spec = (
    TextSpec | ChoiceSpec | ChoicesSpec | ScaleSpec | NumberSpec | DateSpec | PersonSpec | UnitSpec | BodySpec
    | ListSpec | FileSpec | ReferenceSpec | CommitmentSpec | DecisionSpec | RankingSpec | RecordSpec
)  # fmt: skip


class Asked(Part):
    """What every question may say of itself."""

    id: Id
    was: tuple[Id, ...] = Field(
        default=(), description="the ids under which earlier versions asked it: their answers come along"
    )
    ask: Text
    short: Text | None = Field(
        default=None, description="the question in a few words, for lists and receipts"
    )
    why: Text
    example: Text | None = None
    who: Literal["group", "each", "each-unit"] | Roles = "group"
    visibility: Visibility = "group"
    settle: Settling | None = Field(
        default=None, description="else by kind: texts by the leader, facts directly"
    )
    yes: Yes | None = Field(
        default=None,
        description="with kind: choice, settle: consent and for-each a register: asked when something is offered",
    )
    when: Rule | None = None
    for_each: Each | None = None
    suggest_from: tuple[Source, ...] = ()
    again: Id | None = Field(default=None, description="a checkpoint of cycle.yaml")
    then: tuple[Then, ...] = ()
    never_skip: bool = False
    optional: bool = Field(default=False, description="put last, and never counted as missing")

    @model_validator(mode="after")
    def _each_unit_is_about_units(self) -> "Asked":
        if self.who == "each-unit" and self.for_each is not None:
            raise ValueError("who: each-unit already puts the question about each unit; leave out for-each")
        if self.yes is not None and (
            self.settle != "consent" or self.for_each is None or self.for_each.register_ is None
        ):
            raise ValueError(
                "a yes is given in a round about a record: write settle: consent and for-each a register"
            )
        if self.visibility == "anonymous" and self.who != "each":
            raise ValueError("an anonymous question is answered by each member: write who: each")
        if self.visibility == "after-round" and self.who != "each":
            raise ValueError("a round that is shown afterwards is answered by each member: write who: each")
        return self


class TextQuestion(Asked, TextSpec): ...


class ChoiceQuestion(Asked, ChoiceSpec): ...


class ChoicesQuestion(Asked, ChoicesSpec): ...


class ScaleQuestion(Asked, ScaleSpec): ...


class NumberQuestion(Asked, NumberSpec): ...


class DateQuestion(Asked, DateSpec): ...


class PersonQuestion(Asked, PersonSpec): ...


class UnitQuestion(Asked, UnitSpec): ...


class BodyQuestion(Asked, BodySpec): ...


class ListQuestion(Asked, ListSpec): ...


class FileQuestion(Asked, FileSpec): ...


class CommitmentQuestion(Asked, CommitmentSpec): ...


class DecisionQuestion(Asked, DecisionSpec): ...


class RankingQuestion(Asked, RankingSpec): ...


class RecordQuestion(Asked, RecordSpec): ...


Question = Annotated[
    TextQuestion | ChoiceQuestion | ChoicesQuestion | ScaleQuestion | NumberQuestion | DateQuestion | PersonQuestion
    | UnitQuestion | BodyQuestion | ListQuestion | FileQuestion | CommitmentQuestion | DecisionQuestion
    | RankingQuestion | RecordQuestion,
    Field(discriminator="kind"),
]  # fmt: skip


class SeenBy(Part):
    """Who alone sees a field: those who are named in another, such as who was present when it was said."""

    field: Id = Field(description="a person field, or a choices field of members")
    of: Id | None = Field(
        default=None, description="a reference field: then the field is one of the record that it leads to"
    )


class Named(Part):
    """What every field of a register says of itself."""

    id: Id
    title: Text
    help: Text | None = None
    required: bool = False
    public: bool = Field(default=False, description="shown in the list for the public web site")
    shared: bool = Field(default=False, description="goes along when the record is shared")
    seen_by: SeenBy | None = Field(
        default=None, description="only they see it, in private; it is in no document, file, list or export"
    )


class TextField(Named, TextSpec): ...


class ChoiceField(Named, ChoiceSpec): ...


class ChoicesField(Named, ChoicesSpec): ...


class ScaleField(Named, ScaleSpec): ...


class NumberField(Named, NumberSpec): ...


class DateField(Named, DateSpec): ...


class PersonField(Named, PersonSpec): ...


class UnitField(Named, UnitSpec): ...


class BodyField(Named, BodySpec): ...


class ListField(Named, ListSpec): ...


class FileField(Named, FileSpec): ...


class ReferenceField(Named, ReferenceSpec): ...


RegisterField = Annotated[
    TextField | ChoiceField | ChoicesField | ScaleField | NumberField | DateField | PersonField | UnitField
    | BodyField | ListField | FileField | ReferenceField,
    Field(discriminator="kind"),
]  # fmt: skip
