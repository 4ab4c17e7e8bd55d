"""What somebody writes for themselves while they lead or take part: nobody else reads it unless they share it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PrivateNote:
    """A note about a group's journey, at a moment (UTC); with the exercise and the phase that were on, "" for none.

    `number` is what its writer calls it; `shared` is when they let the group read it.
    """

    number: int
    journey: str
    text: str
    at: datetime
    exercise: str = ""
    phase: str = ""
    shared: datetime | None = None
