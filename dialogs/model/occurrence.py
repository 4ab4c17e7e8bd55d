"""What is to be said to somebody on a day; and the days on which bodies meet."""

from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo

from dialogs.model.people import PersonId
from dialogs.model.terms import QuietHours


@dataclass(frozen=True, slots=True)
class Occurrence:
    """`slot` holds the date that it comes of, so that a moved date makes a new one. `day` is local to `zone`."""

    rule: str  # record, undated, weekly, checkpoint
    about: str  # a record's or a journey's id; a checkpoint's key
    slot: str
    recipient: PersonId
    journey: str
    day: date
    at: time
    zone: ZoneInfo
    quiet: QuietHours
    last: date | None = None  # the last day on which it still means something

    @property
    def key(self) -> str:
        """Unique for ever: nothing is said twice."""
        # Two groups have the same checkpoints, and people may belong to both.
        about = f"{self.journey}|{self.about}" if self.rule == "checkpoint" else self.about
        return f"{self.rule}:{about}:{self.slot}:{self.recipient}"


@dataclass(frozen=True, slots=True)
class MeetingDay:
    """A body's meeting, and the last day for handing in what is to be dealt with there."""

    body: str
    day: date
    document_stop: date | None = None
