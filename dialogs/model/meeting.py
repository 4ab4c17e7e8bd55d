"""A body's meeting as it is kept: how often it has changed, when it did last, and whether it is called off."""

from dataclasses import dataclass
from datetime import datetime

from dialogs.model.occurrence import MeetingDay


@dataclass(frozen=True, slots=True)
class KeptMeeting:
    """`revision` grows with each change, also when it is called off and when it comes back. `changed` is in UTC."""

    meeting: MeetingDay
    revision: int = 0
    changed: datetime | None = None  # None for what was kept before this was noted
    called_off: bool = False


@dataclass(frozen=True, slots=True)
class FeedRef:
    """A secret address that is in use: for a journey's dates, or ("") for a person's own, and since when."""

    journey: str
    at: datetime
