"""What somebody did: the closed set of events that a journey knows. Stored as they are, they are its journal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from dialogs.model.answers import Address, How, Stance, Value
from dialogs.model.exercise import Held, Pairs
from dialogs.model.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Who did it, and when (UTC)."""

    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributed(Happened):
    """A member answered. `person` is whose answer it is, `by` who entered it; None when it is anonymous."""

    kind: Literal["contributed"] = "contributed"
    address: Address
    id: str
    value: Value
    person: PersonId | None
    replaces: str = ""  # the contribution that this one is a new revision of
    change: bool = False  # the answer stands already, and this is meant to change it
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Happened):
    """A member took an own contribution back."""

    kind: Literal["withdrawn"] = "withdrawn"
    address: Address
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted(Happened):
    kind: Literal["drafted"] = "drafted"
    address: Address
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled(Happened):
    """The answer is settled. Handed in with `value` None it takes the proposal that is shown; stored it has one."""

    kind: Literal["settled"] = "settled"
    address: Address
    value: Value | None = None
    why: str = ""
    how: How = "leader"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOpened(Happened):
    kind: Literal["round-opened"] = "round-opened"
    address: Address
    value: Value | None = None
    last_day: date | None = None
    quorum: int = 0  # how many must speak; 0 handed in means more than half of those with a voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiced(Happened):
    kind: Literal["voiced"] = "voiced"
    address: Address
    stance: Stance
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundClosed(Happened):
    """The round is over: everybody has spoken, its last day has passed, or the leader closed it."""

    kind: Literal["round-closed"] = "round-closed"
    address: Address
    outcome: Literal["", "ratified", "objected", "no-quorum", "withdrawn"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped(Happened):
    kind: Literal["skipped"] = "skipped"
    address: Address
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Happened):
    """A settled or skipped question is open again."""

    kind: Literal["reopened"] = "reopened"
    address: Address
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed(Happened):
    """Somebody looked again at an answer that was marked for review, and it stands."""

    kind: Literal["reviewed"] = "reviewed"
    address: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked(Happened):
    """An answer was changed that this one builds on: it stands, but is worth another look."""

    kind: Literal["marked"] = "marked"
    address: Address
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WentOn(Happened):
    """The leader goes on while this question is open."""

    kind: Literal["went-on"] = "went-on"
    address: Address
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAdded(Happened):
    """A record was added; `address` is the question that asked for it, where one did."""

    kind: Literal["record-added"] = "record-added"
    address: Address | None = None
    register: str
    id: str
    fields: Mapping[str, Value] = field(default_factory=dict)
    adopted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChanged(Happened):
    kind: Literal["record-changed"] = "record-changed"
    register: str
    id: str
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMoved(Happened):
    kind: Literal["record-moved"] = "record-moved"
    register: str
    id: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSigned(Happened):
    """Whoever signs said that the step is done."""

    kind: Literal["step-signed"] = "step-signed"
    step: str
    left: tuple[str, ...] = ()  # the keys of the addresses that were consciously left open


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReopened(Happened):
    kind: Literal["step-reopened"] = "step-reopened"
    step: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Happened):
    kind: Literal["paused"] = "paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Happened):
    kind: Literal["resumed"] = "resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointOpened(Happened):
    """A checkpoint is before the group: from now on its parts are collected. `subject` is "" or record:…."""

    kind: Literal["checkpoint-opened"] = "checkpoint-opened"
    checkpoint: str
    subject: str
    period: str
    due: date
    meeting: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointMoved(Happened):
    """An open checkpoint is due on another day, or for another meeting, than people were told."""

    kind: Literal["checkpoint-moved"] = "checkpoint-moved"
    checkpoint: str
    subject: str
    period: str
    due: date
    meeting: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointClosed(Happened):
    """An open checkpoint is done, or left with the reason in `note`; or nothing asks for it any more (retired)."""

    kind: Literal["checkpoint-closed"] = "checkpoint-closed"
    checkpoint: str
    subject: str
    period: str
    how: Literal["done", "left", "retired"]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback(Happened):
    """Whoever follows the group from outside says something of an answer, or (without an address) of a step."""

    kind: Literal["feedback"] = "feedback"
    address: Address | None = None
    step: str = ""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionChanged(Happened):
    """The journey goes on with another version of its method, a newer one or back to an older.

    `drafts` holds, by the key of an address that is asked anew, what its earlier answer comes to there.
    """

    kind: Literal["version-changed"] = "version-changed"
    before: str
    to: str
    drafts: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseStarted(Happened):
    """An exercise begins with its first phase; in a room all of it is on paper. `pairs` are drawn where it needs them.

    `there` names the records that are there already when it is held again.
    """

    kind: Literal["exercise-started"] = "exercise-started"
    exercise: str
    held: Held = "channel"
    pairs: Pairs = ()
    there: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseBegan(Happened):
    """The exercise that is on goes over to its next phase; handed in with `phase` "" it is worked out which."""

    kind: Literal["phase-began"] = "phase-began"
    exercise: str
    phase: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsDrawn(Happened):
    """New pairs, without those who aren't there; handed in with no `pairs` they are drawn."""

    kind: Literal["pairs-drawn"] = "pairs-drawn"
    exercise: str
    pairs: Pairs = ()
    without: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseEnded(Happened):
    """The exercise is over: what it asked for stays to be answered or changed, as any question."""

    kind: Literal["exercise-ended"] = "exercise-ended"
    exercise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseBrokenOff(Happened):
    """The exercise that is on is broken off: what was put in is kept, and goes on when it is started again.

    `added` names the records that came while it was on, of another time than the first.
    """

    kind: Literal["exercise-broken-off"] = "exercise-broken-off"
    exercise: str
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChosen(Happened):
    """The group begins where this way in leads."""

    kind: Literal["entry-chosen"] = "entry-chosen"
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDisposed(Happened):
    """Stands where somebody's words stood until they were lawfully disposed of: whose they were, and by which decision.

    `was` says what stood here. Who did it and when is as it was; `by`, `person` and `at` tell of that, not of the disposal.
    """

    kind: Literal["text-disposed"] = "text-disposed"
    was: Literal["contributed", "drafted"]
    address: Address
    id: str = ""
    replaces: str = ""
    person: PersonId | None = None
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyDisposed(Happened):
    """The whole journey was lawfully disposed of: `happened` events stood before this one, which is all that is left."""

    kind: Literal["journey-disposed"] = "journey-disposed"
    decision: str
    happened: int


ExerciseEvent = ExerciseStarted | PhaseBegan | PairsDrawn | ExerciseEnded | ExerciseBrokenOff
EXERCISE_EVENTS = (ExerciseStarted, PhaseBegan, PairsDrawn, ExerciseEnded, ExerciseBrokenOff)

CheckpointEvent = CheckpointOpened | CheckpointMoved | CheckpointClosed

Disposal = TextDisposed | JourneyDisposed
"""What no turn brings, but whoever looks after the archive."""

Event = (
    Contributed | Withdrawn | Drafted | Settled | RoundOpened | Voiced | RoundClosed | Skipped | Reopened
    | Reviewed | Marked | WentOn | RecordAdded | RecordChanged | RecordMoved | StepSigned | StepReopened | Paused | Resumed
    | CheckpointOpened | CheckpointMoved | CheckpointClosed | VersionChanged | Feedback
    | ExerciseStarted | PhaseBegan | PairsDrawn | ExerciseEnded | ExerciseBrokenOff | EntryChosen | TextDisposed
    | JourneyDisposed
)  # fmt: skip

AnyEvent = Annotated[Event, Field(discriminator="kind")]


def address_of(event: Event) -> Address | None:
    """Return the address that the event is about, where it is about one."""
    return getattr(event, "address", None)
