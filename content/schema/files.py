"""The files of a pack: the manifest, steps, tracks, registers, documents, nudges, walkthroughs and coverage."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from content.schema.base import Id, Language, Media, Option, Part, Text, Titled
from content.schema.coverage import Coverage
from content.schema.cycle import DateOf
from content.schema.deciding import Decides, DecisionFields
from content.schema.impact import Effort, Impact
from content.schema.questions import Question, RegisterField
from content.schema.rules import Condition, Rule

Right = Literal["settle", "consent", "sign", "read-private", "edit-registers"]
"""The closed list of what a pack may hand to a role. Administration, export and reading across groups never."""


class RolePart(Titled):
    what: Text | None = Field(default=None, description="what the role does, for people")
    at_least: int = Field(default=0, ge=0)
    at_most: int | None = Field(default=None, ge=1)
    deputy: bool = False
    side: Literal["employer", "employees"] | None = Field(
        default=None, description="which of two parties the role's holders speak for; never which union"
    )
    takes_part: bool = Field(
        default=True, description="false: leads or helps without being asked, counted or paired"
    )
    external: bool = Field(default=False, description="from outside the organisation, as a rule")
    may: tuple[Right, ...] = ()


class Tag(Titled):
    values: tuple[Option, ...] = Field(min_length=1)
    every: Id | None = Field(default=None, description="the value that stands for all the others")


class Entry(Titled):
    """A way in: from the start, or at a later step."""

    from_step: Id


class Invitations(Part):
    """The occasions that a group books, handed out as one calendar file; each with the agenda of the step it is for."""

    register_: Id
    date: Id = Field(description="a date field")
    time: Id | None = Field(
        default=None, description="a text field: from when until when, such as 09:00–12:00"
    )
    place: Id | None = Field(default=None, description="a text field")
    step: Id | None = Field(
        default=None,
        description="a choice field; an option that is a step's id says which step the occasion is for",
    )
    where: Rule | None = Field(default=None, description="only records for which it holds")


class PackFile(Part):
    """`pack.yaml`."""

    id: Id
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    # every scalar of a file is text, and Literal compares without reading numbers
    format: Annotated[Literal[1], BeforeValidator(lambda value: 1 if value == "1" else value)]
    languages: tuple[Language, ...] = Field(min_length=1)
    title: Text
    purpose: Text
    tour: tuple[Text, ...] = Field(default=(), description="the first-run tour, a screen each")
    attribution: Text | None = None
    uses: tuple[Id, ...] = ()
    method: bool = Field(
        default=True, description="false: registers for other packs only; no journey starts from it"
    )
    tags: tuple[Tag, ...] = ()
    roles: tuple[RolePart, ...] = ()
    leader: Id | None = Field(default=None, description="the role that leads the group")
    group: Id | None = Field(default=None, description="the role that every member of the working group has")
    coach: Id | None = Field(default=None, description="the role that follows the group from outside")
    meetings: DateOf | None = Field(
        default=None,
        description="where the days of the group's own meetings are written: the weekly nudge comes the working day before",
    )
    invitations: Invitations | None = Field(default=None, description="what is booked with an invitation")
    entries: tuple[Entry, ...] = ()
    steps: tuple[Id, ...] = ()
    tracks: tuple[Id, ...] = ()
    gone: tuple[str, ...] = Field(
        default=(),
        description="what earlier versions had and this one leaves out on purpose: question:…, step:…, track:…, coverage:…, exercise:…",
    )
    decides: tuple[Decides, ...] = Field(default=(), description="who may decide what")
    impact: Impact | None = Field(default=None, description="which answers tell what came of the work")


class Gate(Part):
    """What must be there before the step is done, what is said but never blocks, and who signs."""

    must: tuple[Condition, ...] = ()
    warn: tuple[Condition, ...] = ()
    signs: tuple[Id, ...] = Field(default=(), description="roles; else whoever leads")
    leaves: Text = Field(description="what the step leaves behind")


class Step(Titled):
    """`steps/*.yaml`."""

    aliases: tuple[Text, ...] = ()
    form: Literal["talk", "preparation", "workshop", "practice"]
    why: Text
    goal: Text | None = None
    takes_part: Text
    how: Text
    tips: tuple[Text, ...] = ()
    media: tuple[Media, ...] = ()
    important: bool = Field(default=False, description="never dropped by a skip")
    questions: tuple[Question, ...] = ()
    exercises: tuple[Id, ...] = Field(default=(), description="in the order in which they are numbered")
    coverage: tuple[Coverage, ...] = ()
    gate: Gate


class PlacedQuestions(Part):
    """A track's questions, and the step in whose company they are put."""

    with_step: Id
    questions: tuple[Question, ...] = Field(min_length=1)


class Track(Titled):
    """`tracks/*.yaml`: what runs through all steps."""

    why: Text
    important: bool = False
    shown: Id | None = Field(default=None, description="the question whose answer is shown at each step")
    asked: tuple[PlacedQuestions, ...] = ()
    gate_questions: tuple[Question, ...] = Field(default=(), description="put once at every step's gate")
    coverage: tuple[Coverage, ...] = ()


class State(Titled):
    """A state that a record may be in, and what a move to it requires."""

    must: tuple[Condition, ...] = ()
    closed: bool = Field(default=False, description="nothing more is expected of the record")


class Criterion(Titled):
    level: Literal["must", "should"]
    rule: Rule


class Requirement(Condition):
    """What a move to one of these states requires, beside what the states say themselves."""

    to: tuple[Id, ...] = Field(min_length=1)


class Prolonging(Part):
    """What is required before a record's date is moved later, or taken away: so it goes on for longer.

    The rules are weighed with the other fields as they are to be, and this date as it was.
    """

    date: Id = Field(description="a date field")
    in_: tuple[Id, ...] = Field(default=(), description="in these states; else in every state")
    must: tuple[Condition, ...] = Field(min_length=1)


class Telling(Part):
    """Somebody is told in private when a record comes to a state, its first among them: whoever leads or added it."""

    state: Id
    who: Literal["leader", "adder"]
    field: Id | None = Field(default=None, description="the field that is shown with it")


class ReadyMade(Part):
    """A record that is there to adopt."""

    id: Id
    fields: dict[Id, Text | tuple[str, ...] | str]


class DateReminder(Part):
    """A date field that is reminded of: ahead, on the day and when it is late, as long as the record is open."""

    date: Id = Field(description="a date field of the register")
    owner: Id | None = Field(
        default=None, description="the person field of whoever answers for it; else whoever leads"
    )


class WebList(Part):
    """Which records stand in the list for the public web site, with their public fields."""

    field: Id = Field(description="a choice field: whether the record is to be published")
    is_: Id = Field(description="the option that says yes")
    date: Id | None = Field(default=None, description="a date field: when it was published")


class Sharing(Part):
    """How far the group shares a record, by what is chosen in a field; without either choice it stays in the group."""

    field: Id = Field(description="a choice field: how far the record may be shared")
    organisation: Id = Field(description="the option that shares it with every group of the organisation")
    everybody: Id = Field(description="the option that shares it with other organisations too")
    what: Literal["example", "problem", "lesson"] = Field(
        description="an example is shown to whoever describes a problem; a problem is what examples are looked for with;"
        " a lesson is read in the documents of those with whom it is shared"
    )
    summary: tuple[Id, ...] = Field(
        default=(), description="the first of these that is filled in stands in a list"
    )


class BegunFrom(Part):
    """A record may be begun from one of another register, by a button there: what stands in it comes along."""

    register_: Id
    fields: dict[Id, Id] = Field(
        description="by this register's text field: the other's, whose words it begins with"
    )


class Register(Titled):
    """`registers/*.yaml`."""

    singular: Text
    what: Text
    scope: Literal["group", "organisation", "shared"] = Field(
        description="whose the records are; an addition may keep for the group what is otherwise the organisation's"
    )
    own: bool = Field(
        default=False,
        description="of the organisation's records, this method reads only those that its own group has written",
    )
    title_field: Id
    fields: tuple[RegisterField, ...] = Field(min_length=1)
    states: tuple[State, ...] = Field(default=(), description="the first is where a record begins")
    criteria: tuple[Criterion, ...] = ()
    ready_made: tuple[ReadyMade, ...] = ()
    warn: tuple[Condition, ...] = Field(default=(), description="looked at for the whole register")
    reminders: tuple[DateReminder, ...] = ()
    decision: DecisionFields | None = None
    web: WebList | None = Field(default=None, description="the list for the public web site")
    sharing: Sharing | None = Field(
        default=None,
        description="records that a group may share, and others then find; only fields marked shared go along",
    )
    requires: tuple[Requirement, ...] = ()
    prolonging: tuple[Prolonging, ...] = ()
    tells: tuple[Telling, ...] = ()
    begun_from: tuple[BegunFrom, ...] = ()
    queue: bool = Field(
        default=False,
        description="records in the first state wait in turn: the list says since when, and how long others waited",
    )
    queue_kind: Id | None = Field(
        default=None, description="the choice field that says what kind of thing waits: the queue tells it"
    )
    anyone: bool = Field(default=False, description="whoever is in the group may add, those from outside too")
    effort: Effort | None = Field(default=None, description="its records are efforts, with days and results")
    aims: tuple[Id, ...] = Field(
        default=(),
        description="the states in which a record is an aim: it is shown which efforts refer to it",
    )
    extends: Id | None = Field(
        default=None, description="a register of a used pack; fields carry this pack's prefix"
    )


class Paragraph(Part):
    """A document's paragraph: a text of the pack, a question's answer, a register's records, a field of the entry at hand,
    or what the efforts were for and what came of them."""

    text: Text | None = None
    answer: Id | None = None
    field: Id | None = Field(default=None, description="of the entry that the document is about")
    register_: Id | None = None
    columns: tuple[Id, ...] = ()
    where: Rule | None = None
    sort_by: Id | None = None
    shared: bool = Field(
        default=False,
        description="with a register: after the group's own, what others share of theirs, by the same rule",
    )
    impact: Literal["aims", "results", "unevaluated"] | None = Field(
        default=None,
        description="what got efforts and what didn't; the results that are written down; what is over without any",
    )
    year: Literal["this", "last"] | None = Field(
        default=None, description="with impact: of which year; else of all the time"
    )
    optional: bool = Field(default=False, description="left out where there is nothing, and never missing")


class Heading(Part):
    title: Text
    parts: tuple[Paragraph, ...] = Field(min_length=1)


class TitlePage(Part):
    """What stands first in a document: the fields of the entry that a register has for this very document."""

    register_: Id
    where: Rule | None = Field(
        default=None, description="which entry it is; the newest where there are several"
    )
    fields: tuple[Id, ...] = Field(min_length=1)
    revised: Id | None = Field(
        default=None, description="a date field: by when the document is to be revised once it is adopted"
    )
    state: Id | None = Field(
        default=None, description="the state that the entry comes to when the document is adopted"
    )
    optional: bool = Field(
        default=False, description="left out, and never missing, as long as the register has no such entry"
    )
    adopted_by: Id | None = Field(
        default=None, description="a text field: filled with who adopted the document, when it is adopted"
    )


class Document(Titled):
    """`documents/*.yaml`: which answers and records fill which heading."""

    words: tuple[Text, ...] = Field(default=(), description="what people call it when they ask for it")
    about: Id | None = Field(
        default=None, description="a register: there is such a document of each of its entries"
    )
    header: TitlePage | None = Field(default=None, description="the title page")
    decision: Id | None = Field(
        default=None, description="the question that asks for the decision to adopt the document"
    )
    headings: tuple[Heading, ...] = Field(min_length=1)


class OtherWay(Part):
    """Another method that a group may go on with; shown where it is installed and offered."""

    method: Id
    its_exercise: Id | None = Field(default=None, description="an exercise of that method")
    say: Text = Field(description="when it helps, and why")


class Offers(Part):
    """What a group that stands still is offered: examples that fit its problems, and other ways."""

    problems: Id = Field(
        description="the register of what is to be solved: examples that fit the open ones are shown"
    )
    quiet: bool = Field(
        default=False,
        description="also when nobody of the group has been heard of for three weeks, and nothing is booked",
    )
    ways: tuple[OtherWay, ...] = ()


class NudgeText(Titled):
    rule: Rule
    say: Text
    at_most: Literal["weekly", "monthly", "once"] = "weekly"
    offers: Offers | None = Field(
        default=None,
        description="said before the whole group as soon as it holds, once, with what is offered",
    )


class NudgesFile(Part):
    """`nudges.yaml`."""

    nudges: tuple[NudgeText, ...] = ()


class Scene(Part):
    """One line of a walkthrough: who does what; or what must hold at this point."""

    who: str | None = None
    says: str | None = Field(default=None, description="in the channel, to the bot")
    to: str | None = Field(default=None, description="the question's number: a reply in its thread")
    privately: str | None = Field(default=None, description="in the private chat")
    presses: str | None = Field(
        default=None, description="the button's action, such as settle or consent.agree"
    )
    on: str | None = Field(default=None, description="the number of the question whose button is pressed")
    fills: dict[str, str] | None = Field(
        default=None, description="the fields of the form at the number in `on`"
    )
    day: date | None = Field(default=None, description="from here on it is this day")
    restart: bool = Field(default=False, description="the process is killed and started again here")
    expect: "Expected | None" = None


class Expected(Part):
    """What must hold after the scene before it. Everything that is named must hold; words are looked for in no case."""

    asks: tuple[str, ...] | None = Field(
        default=None, description="numbers of the questions that are put now"
    )
    step: Id | None = None
    settled: dict[str, Any] | None = Field(default=None, description="number: the answer, as it is shown")
    status: dict[str, str] | None = Field(
        default=None, description="number: open, contributed, draft, consent, settled…"
    )
    records: dict[Id, int] | None = Field(default=None, description="register: how many")
    shows: str | None = Field(default=None, description="words that a message since the last scene holds")


class Walkthrough(Titled):
    """`walkthroughs/*.yaml`: a conversation as data; a test, a demo and a page of the guide."""

    language: Language = "sv"
    what: Text
    day: date
    organisation: str
    units: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    people: dict[str, "Actor"]
    scenes: tuple[Scene, ...] = Field(min_length=1)


class Actor(Part):
    """A person of a walkthrough, before it begins."""

    name: str
    roles: tuple[Id, ...] = ()
    unit: str | None = None
    admin: bool = False


class Row(Part):
    """Where a source's row has its place."""

    row: Annotated[str, Field(pattern=r"^S\d-\d+$")]
    item: str | None = Field(
        default=None,
        description="question:…, step:…, track:…, register:…, role:…, tag:…, gate:…, checkpoint:…, exercise:…",
    )
    walkthrough: Id | None = None
    text: str | None = Field(default=None, description="where the row is shown as text")
    none: str | None = Field(default=None, description="why nothing comes of the row")
    later: str | None = Field(default=None, description="which door is missing")


class CoverageFile(Part):
    """`coverage.yaml`."""

    document: str
    rows: tuple[Row, ...]
