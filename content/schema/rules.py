"""The closed rules of a pack: what may be asked of answers, records, roles and dates. No expressions, no code."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from content.schema.base import Id, Part, Text


class Offset(Part):
    """A distance in time; exactly one unit. Negative is earlier."""

    working_days: int | None = Field(default=None, ge=-1000, le=1000)
    weeks: int | None = Field(default=None, ge=-1000, le=1000)
    months: int | None = Field(default=None, ge=-1000, le=1000)

    @model_validator(mode="after")
    def _one_unit(self) -> "Offset":
        if sum(unit is not None for unit in (self.working_days, self.weeks, self.months)) != 1:
            raise ValueError("name exactly one of working-days, weeks, months")
        return self


class Operand(Part):
    """What a rule looks at: a question's settled answer, or a field of the record at hand."""

    question: Id | None = None
    field: Id | None = None

    @model_validator(mode="after")
    def _one_operand(self) -> "Operand":
        if (self.question is None) == (self.field is None):
            raise ValueError("name exactly one of question and field")
        return self


class EqualsOperand(Operand):
    to: str


class IncludesOperand(Operand):
    option: str


class NumberOperand(Operand):
    than: float


class DateOperand(Operand):
    than: Literal["today"] | Operand = "today"
    offset: Offset | None = None


class Tally(Part):
    """What is counted: records of a register, holders of a role, units, answers of a question, a coverage's gaps."""

    register_: Id | None = None
    role: Id | None = None
    units: Literal["all"] | None = None
    answers: Id | None = None
    gaps: Id | None = None
    where: "Rule | None" = None

    @model_validator(mode="after")
    def _one_tally(self) -> "Tally":
        if sum(v is not None for v in (self.register_, self.role, self.units, self.answers, self.gaps)) != 1:
            raise ValueError("name exactly one of register, role, units, answers, gaps")
        if self.where is not None and self.register_ is None:
            raise ValueError("where goes with register")
        return self


class Count(Part):
    count: int = Field(ge=0, le=10_000)
    of: Tally


class Answered(Part):
    """The question has a settled answer."""

    answered: Id


class Filled(Part):
    """The record's field has a value."""

    filled: Id


class Equals(Part):
    equals: EqualsOperand


class Includes(Part):
    includes: IncludesOperand


class All(Part):
    all_: tuple["Rule", ...] = Field(min_length=1)


class Any_(Part):  # noqa: N801 - the rule's word is any, which Python has taken
    any_: tuple["Rule", ...] = Field(min_length=1)


class Not(Part):
    not_: "Rule"


class Less(Part):
    less: NumberOperand


class More(Part):
    more: NumberOperand


class Before(Part):
    before: DateOperand


class After(Part):
    after: DateOperand


class AtLeast(Part):
    at_least: Count


class AtMost(Part):
    at_most: Count


class MeetsCriteria(Part):
    """The record at hand meets its register's criteria: those that must be met, or all of them."""

    criteria: Literal["must", "all"]


RULE_WORDS = (
    "answered", "filled", "equals", "includes", "all", "any", "not", "less", "more", "before", "after", "at-least", "at-most",
    "criteria",
)  # fmt: skip

_BY_CLASS: dict[type[Part], str] = {
    Answered: "answered", Filled: "filled", Equals: "equals", Includes: "includes", All: "all", Any_: "any", Not: "not",
    Less: "less", More: "more", Before: "before", After: "after", AtLeast: "at-least", AtMost: "at-most",
    MeetsCriteria: "criteria",
}  # fmt: skip


def _word(rule: Any) -> str | None:
    if isinstance(rule, dict):
        return str(next(iter(rule))).rstrip("_").replace("_", "-") if len(rule) == 1 else None
    return _BY_CLASS.get(type(rule))


Rule = Annotated[
    Annotated[Answered, Tag("answered")]
    | Annotated[Filled, Tag("filled")]
    | Annotated[Equals, Tag("equals")]
    | Annotated[Includes, Tag("includes")]
    | Annotated[All, Tag("all")]
    | Annotated[Any_, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Less, Tag("less")]
    | Annotated[More, Tag("more")]
    | Annotated[Before, Tag("before")]
    | Annotated[After, Tag("after")]
    | Annotated[AtLeast, Tag("at-least")]
    | Annotated[AtMost, Tag("at-most")]
    | Annotated[MeetsCriteria, Tag("criteria")],
    Discriminator(
        _word,
        custom_error_type="rule_unknown",
        custom_error_message="a rule is one key of: " + ", ".join(RULE_WORDS),
    ),
]


class Condition(Part):
    """A rule with the sentence that says what is missing, and what to do."""

    rule: Rule
    say: Text
