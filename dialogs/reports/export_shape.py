"""The shape of an export, format 1: everything that a group's journey holds. Its JSON Schema comes from here.

Whoever reads exports may count on it: a field is never taken away or given another meaning within a format.
"""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from content.schema.questions import Visibility
from dialogs.model.answers import How, Stance, Status


class Part(BaseModel):
    """A part of an export: frozen, and closed to keys that nobody knows. Instants are UTC."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(Part):
    """Something or somebody. The name is "" where only the id is known, as of people of other groups."""

    id: str
    name: str


class Titled(Part):
    """A part of the method: its id there, and its title in the export's language."""

    id: str
    title: str


class Person(Named):
    roles: tuple[Titled, ...]
    deputy_for: tuple[Titled, ...]
    unit: str | None = Field(description="the id of the unit that they come from")
    since: date | None


class Told(Part):
    """What somebody put in: the value as it is kept, and as people read it."""

    value: JsonValue
    text: str


class Contribution(Told):
    by: Named
    entered_by: Named | None = Field(description="who wrote it, where that was somebody else")
    at: datetime | None
    visibility: Literal["group", "after-round", "leader-and-coach"] = Field(
        description="who may see it; whoever hands the export on keeps to that"
    )


class Anonymous(Part):
    """What was told without a name: in no order of time, and only once the question is closed and three have answered."""

    answered: int
    texts: tuple[str, ...]


class Draft(Told):
    by: Named
    at: datetime


class Voice(Part):
    by: Named
    stance: Stance
    reason: str
    at: datetime


class Round(Told):
    """A consent round: what was proposed, and how everybody spoke."""

    opened_by: Named
    at: datetime
    quorum: int
    last_day: date | None
    outcome: Literal["", "ratified", "objected", "no-quorum", "withdrawn"] = Field(
        description='"" while it is open'
    )
    voices: tuple[Voice, ...]


class Revision(Told):
    """A settled answer. The last revision is the one that stands, unless the question's status says otherwise.

    Of a question that each answers, and of one that adds records, the value is how many there are.
    """

    revision: int
    by: Named
    at: datetime
    how: How
    why: str
    dissent: tuple[Voice, ...]


class Reason(Part):
    """Why somebody skipped or reopened something."""

    by: Named
    at: datetime
    reason: str


class Feedback(Part):
    """What whoever follows the group from outside has said of an answer or a step."""

    by: Named
    at: datetime
    text: str


class Subject(Part):
    """What a question is about, where it is put more than once."""

    kind: Literal["unit", "person", "record", "step"]
    id: str
    name: str


class Question(Part):
    number: str = Field(description="what people call it, such as 4.3.2")
    id: str
    subject: Subject | None = Field(description="null for the group")
    period: str
    track: Titled | None
    kind: str
    question: str
    short: str
    visibility: Visibility
    optional: bool
    asked: bool = Field(
        description="whether it is asked as things stand; an answer to one that isn't is kept"
    )
    status: Status
    waiting: bool = Field(description="the leader went on while it is open")
    last_day: date | None
    review: Titled | None = Field(
        description="the question whose change makes this answer worth another look"
    )
    contributions: tuple[Contribution, ...]
    other_times: tuple[Contribution, ...] = Field(
        default=(),
        description="what was put in another time that the exercise was held, or before it was broken off",
    )
    anonymous: Anonymous | None = Field(description="null unless the question is anonymous")
    draft: Draft | None
    rounds: tuple[Round, ...] = Field(description="oldest first")
    revisions: tuple[Revision, ...] = Field(description="oldest first")
    skips: tuple[Reason, ...] = Field(description="each time that it was skipped, oldest first")
    reopenings: tuple[Reason, ...]
    feedback: tuple[Feedback, ...] = Field(description="what the coach has said of it, oldest first")


class Signing(Part):
    by: Named
    at: datetime
    left: tuple[str, ...] = Field(description="the numbers of the questions that were left open on purpose")


class Step(Titled):
    number: int
    asked: int
    done: int
    signed: Signing | None
    reopenings: tuple[Reason, ...]
    feedback: tuple[Feedback, ...] = Field(description="what the coach has said of it, oldest first")
    questions: tuple[Question, ...]


class Checkpoint(Titled):
    """A checkpoint that was opened, in one period: what it collected, and what became of it."""

    number: str = Field(description="what people call it, such as H2; empty when the method has it no more")
    subject: Subject | None = Field(description="the record that it is about; null where it goes by the year")
    period: str
    due: date
    meeting: date | None = Field(description="the meeting that it is for")
    state: Literal["open", "done", "left", "retired"]
    opened: datetime
    closed: datetime | None
    by: Named | None = Field(description="who closed it")
    note: str = Field(description="why it was left")
    questions: tuple[Question, ...]


class Filled(Titled, Told):
    """A field of a record that has something in it."""


class RecordRevision(Part):
    revision: int
    by: Named
    at: datetime
    state: Titled | None
    fields: tuple[Filled, ...]


class Share(Part):
    """That others may see an entry, or might until it was taken back."""

    to: Named | None = Field(description="the organisation; null for everybody's")
    by: Named
    at: datetime
    until: date | None = Field(description="the last day")
    ended: datetime | None


class Record(Part):
    id: str
    title: str
    adopted: str = Field(description='the ready-made record that it came from; "" for none')
    shares: tuple[Share, ...] = Field(default=(), description="oldest first")
    revisions: tuple[RecordRevision, ...] = Field(description="oldest first; the last one stands")


class Register(Titled):
    scope: Literal["group", "organisation", "shared"] = Field(description="whom its records belong to")
    records: tuple[Record, ...]


class AdoptedVersion(Part):
    """A document as it was adopted, word for word."""

    number: int
    body: str
    on: date
    reference: str
    language: str
    digest: str = Field(description="SHA-256 of what is kept, as the audit has it")
    by: Named = Field(description="who entered the decision")
    at: datetime
    markdown: str


class Document(Titled):
    missing: tuple[str, ...] = Field(description="what is still to be answered before it is whole")
    adopted: tuple[AdoptedVersion, ...] = Field(default=(), description="oldest first")


class Registration(Part):
    """A registration number (diarienummer) that was entered beside a decision's reference. The newest of a thing's holds."""

    kind: Literal["answer", "record", "document"] = Field(description="what the decision stands in")
    id: str = Field(description="the answer's address, the record's id, or the document's id")
    of: str = Field(description="the day of the decision, or the number of the adopted version")
    number: str = Field(description='"" where it was taken away')
    by: Named
    at: datetime


class Membership(Part):
    """One role of one person in the group, from a day until another."""

    person: Named
    role: Titled | None = Field(description="null for a member without any role")
    deputy: bool
    unit: str | None = Field(description="the id of the unit that they come from")
    since: date
    until: date | None


class HeldBefore(Part):
    """An earlier time that an exercise was held."""

    held: Literal["channel", "room"]
    since: datetime = Field(description="since when its last phase was on")
    pairs: tuple[tuple[Named, ...], ...]


class Exercise(Titled):
    """An exercise that was started. What came of it stands in its questions and registers."""

    held: Literal["channel", "room"]
    phase: str
    since: datetime = Field(description="since when the phase is on")
    pairs: tuple[tuple[Named, ...], ...]
    over: bool
    earlier: tuple[HeldBefore, ...] = Field(default=(), description="the times before, the first in front")


class Happening(Part):
    """One line of the journal: who did what to what, and when. What was said stands with its question or record.

    Who answered an anonymous question isn't told.
    """

    kind: str
    by: Named
    at: datetime
    about: str = Field(
        description="the number of a question, the id of a step, a record, a checkpoint or an exercise"
    )


class Meeting(Part):
    """A meeting of one of the organisation's bodies."""

    body: str = Field(description="the body's id")
    day: date
    document_stop: date | None
    called_off: bool


class Days(Part):
    first: date
    last: date


class LogHead(Part):
    """How far the organisation's audit had come when the export was made: what `audit verify` can be held against."""

    number: int
    hash: str


class VersionChange(Part):
    before: str
    to: str
    by: Named
    at: datetime


class Method(Titled):
    version: str
    checksum: str = Field(default="", description="SHA-256 of the method as it was installed")
    changes: tuple[VersionChange, ...] = Field(description="when the group went over to another version")


class Retired(Part):
    """Questions that the present version of the method doesn't ask, as they stood."""

    version: str = Field(description="the version that asked them last")
    questions: tuple[Question, ...]


class Export(Part):
    """One journey of one group, whole."""

    format: Literal[1] = 1
    exported: datetime
    language: str = Field(description="the language of titles and of texts that the program words")
    organisation: Named
    group: Named
    group_state: Literal["temporary", "permanent"]
    journey: str
    practice: bool
    state: Literal["active", "paused", "closed"]
    started: date
    first_step: str
    current_step: str | None = Field(description="null when every step is signed")
    method: Method
    people: tuple[Person, ...]
    former: tuple[Named, ...] = Field(description="who was in the group and left")
    units: tuple[Named, ...]
    bodies: tuple[Named, ...]
    closed: tuple[Named, ...] = Field(description="units and bodies that are no more")
    steps: tuple[Step, ...]
    retired: tuple[Retired, ...] = Field(description="what was answered and isn't asked any more")
    checkpoints: tuple[Checkpoint, ...] = Field(description="those that were opened, the first due in front")
    registers: tuple[Register, ...]
    documents: tuple[Document, ...]
    registrations: tuple[Registration, ...] = Field(default=(), description="oldest first")
    memberships: tuple[Membership, ...] = Field(
        default=(), description="all that there ever were, oldest first"
    )
    exercises: tuple[Exercise, ...] = ()
    journal: tuple[Happening, ...] = Field(default=(), description="all that happened, oldest first")
    meetings: tuple[Meeting, ...] = Field(default=(), description="those of the organisation's bodies")
    closed_days: tuple[date, ...] = Field(default=(), description="days that the organisation doesn't work")
    reminder_pause: Days | None = None
    log: LogHead | None = None
    disposed: str | None = Field(
        default=None, description="the number of the decision by which all else was disposed of"
    )


def export_schema() -> dict[str, Any]:
    """Return the JSON Schema of an export."""
    return Export.model_json_schema(mode="serialization")
