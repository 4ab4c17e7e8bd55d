"""What should happen because of an event: named here, worded in `dialogs.wording`, carried out by a use case."""

from dataclasses import dataclass
from typing import Literal

from dialogs.events import Feedback
from dialogs.model.answers import Address
from dialogs.model.checkpoint import OpenCheckpoint
from dialogs.model.people import PersonId
from dialogs.model.records import Record


@dataclass(frozen=True, slots=True)
class Ask:
    """Put the question in the channel (or to each in private, where the question says so)."""

    address: Address


@dataclass(frozen=True, slots=True)
class Progress:
    """Show on the question's own message how far the group has come."""

    address: Address


@dataclass(frozen=True, slots=True)
class Receipt:
    """Tell whoever did it that it is kept."""

    what: Literal[
        "contributed", "changed", "withdrawn", "drafted", "voiced", "skipped", "anonymous", "late", "reviewed",
        "record-added", "record-changed", "record-moved", "confirmed",
    ]  # fmt: skip
    address: Address | None = None
    record: str = ""


@dataclass(frozen=True, slots=True)
class AnswerSettled:
    """Tell the group what the answer is, and how it came about."""

    address: Address
    revision: int


@dataclass(frozen=True, slots=True)
class RoundBegan:
    address: Address


@dataclass(frozen=True, slots=True)
class RoundEnded:
    address: Address
    outcome: Literal["ratified", "objected", "no-quorum", "withdrawn"]


@dataclass(frozen=True, slots=True)
class AnswerReopened:
    address: Address
    reason: str


@dataclass(frozen=True, slots=True)
class MarkedForReview:
    """Tell the leader which answers may need another look, because of which question."""

    addresses: tuple[Address, ...]
    because: Address


@dataclass(frozen=True, slots=True)
class WroteFor:
    """Tell somebody privately that another wrote for them, and how to correct it."""

    person: PersonId
    address: Address
    by: PersonId


@dataclass(frozen=True, slots=True)
class LateContribution:
    """Tell the leader that an input came after the answer was settled."""

    address: Address
    by: PersonId


@dataclass(frozen=True, slots=True)
class StepReady:
    """Tell the group that the step can be signed: what is missing, what is worth a thought."""

    step: str


@dataclass(frozen=True, slots=True)
class StepBegan:
    step: str


@dataclass(frozen=True, slots=True)
class StepEnded:
    step: str


@dataclass(frozen=True, slots=True)
class JourneyEnded:
    """Every step is signed."""


@dataclass(frozen=True, slots=True)
class JourneyPaused:
    """The group pauses."""


@dataclass(frozen=True, slots=True)
class JourneyResumed:
    """The group goes on."""


@dataclass(frozen=True, slots=True)
class Appoint:
    """Give the person the role, in the books too."""

    person: PersonId
    role: str


@dataclass(frozen=True, slots=True)
class Relieve:
    """Take the role from the person, in the books too: somebody else has it now, and no more may."""

    person: PersonId
    role: str


@dataclass(frozen=True, slots=True)
class GroupBecame:
    state: Literal["temporary", "permanent"]


@dataclass(frozen=True, slots=True)
class SaveRecord:
    record: Record


@dataclass(frozen=True, slots=True)
class RecordsStay:
    """Tell the group which records an answer was to move and that stay, because `to` requires something first."""

    address: Address
    register: str
    to: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TellOfRecord:
    """Tell somebody in private that a record came to a state; with what stands in a field, where one is named."""

    record: str
    person: PersonId
    state: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class TellOfYes:
    """Tell whoever asked for the group's yes, in private, what it answered."""

    address: Address
    person: PersonId


@dataclass(frozen=True, slots=True)
class FeedbackGiven:
    """Tell the group what whoever follows it has said of an answer or a step."""

    feedback: Feedback


@dataclass(frozen=True, slots=True)
class CycleBegan:
    """The method has no steps: it goes by the year."""


@dataclass(frozen=True, slots=True)
class CheckpointBegan:
    """Tell the group what is due and who owes what."""

    checkpoint: OpenCheckpoint


@dataclass(frozen=True, slots=True)
class CheckpointShifted:
    """Tell the group that the day has moved; `before` is as they were told."""

    checkpoint: OpenCheckpoint
    before: OpenCheckpoint


@dataclass(frozen=True, slots=True)
class CheckpointEnded:
    """Tell the group what came in and what is missing."""

    checkpoint: OpenCheckpoint
    how: Literal["done", "left", "retired"]
    note: str = ""


@dataclass(frozen=True, slots=True)
class AskPart:
    """Put a part of a checkpoint to somebody in private. `first` when it is the opening that asks."""

    address: Address
    person: PersonId
    first: bool = False


@dataclass(frozen=True, slots=True)
class LatePart:
    """Tell whoever leads that a part came after its checkpoint was closed."""

    address: Address
    by: PersonId


@dataclass(frozen=True, slots=True)
class ExerciseBegan:
    """Tell the group which exercise begins, and whoever leads what is good to know."""

    exercise: str


@dataclass(frozen=True, slots=True)
class PhaseIsOn:
    """Tell the group what to do now and for how long, with whom; whoever leads gets the notes in private."""

    exercise: str
    phase: str


@dataclass(frozen=True, slots=True)
class NewPairs:
    exercise: str


@dataclass(frozen=True, slots=True)
class ExerciseIsOver:
    """Show the group what came of it, and what to do with that."""

    exercise: str


@dataclass(frozen=True, slots=True)
class ExerciseStopped:
    """An exercise was broken off; what was put in is kept."""

    exercise: str


Effect = (
    Ask | Progress | Receipt | AnswerSettled | RoundBegan | RoundEnded | AnswerReopened | MarkedForReview | WroteFor
    | LateContribution | StepReady | StepBegan | StepEnded | JourneyEnded | JourneyPaused | JourneyResumed | Appoint
    | Relieve | GroupBecame | SaveRecord | CycleBegan | CheckpointBegan | CheckpointShifted | CheckpointEnded | AskPart
    | LatePart | RecordsStay | TellOfRecord | TellOfYes | FeedbackGiven
    | ExerciseBegan | PhaseIsOn | NewPairs | ExerciseIsOver | ExerciseStopped
)  # fmt: skip
