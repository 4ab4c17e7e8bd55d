"""A checkpoint as it falls due: which one, about what, in which period; and one that is open in a journey.

`subject` is "" or `record:<id>`. `period` is the year, `2026-<window>` or the ISO date that it comes of: small letters,
digits and hyphens. Days are local to the organisation.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from dialogs.model.answers import Address
from dialogs.model.people import PersonId


@dataclass(frozen=True, slots=True)
class Held:
    """One that is to come, or has come: due on a day, for a meeting if it is for one, and said from `opens` on."""

    checkpoint: str
    subject: str
    period: str
    due: date
    opens: date
    meeting: date | None = None

    @property
    def key(self) -> str:
        """Unique within the journey, and the same though the day moves while it is open."""
        return key_of(self.checkpoint, self.subject, self.period)


@dataclass(frozen=True, slots=True)
class OpenCheckpoint:
    """One that is open: since which day, and the day and meeting that people were told last."""

    checkpoint: str
    subject: str
    period: str
    due: date
    opened: date
    meeting: date | None = None

    @property
    def key(self) -> str:
        return key_of(self.checkpoint, self.subject, self.period)

    @property
    def page(self) -> str:
        """The key of the page on which its addresses stand."""
        return page_key(self.checkpoint, self.period)

    @property
    def place(self) -> Address:
        """What its message in the channel is about. No question has such an address."""
        return place_of(self.checkpoint, self.subject, self.period)


State = Literal["open", "done", "left", "retired"]


@dataclass(frozen=True, slots=True)
class KeptCheckpoint:
    """What became of one that was opened: done, left with the reason in `note`, or retired. `by` closed it."""

    checkpoint: str
    subject: str
    period: str
    due: date
    meeting: date | None
    state: State
    opened: datetime
    closed: datetime | None = None
    by: PersonId | None = None
    note: str = ""

    @property
    def key(self) -> str:
        return key_of(self.checkpoint, self.subject, self.period)


OF_CHECKPOINT = "@"
"""How what stands for a question begins where an address is about a checkpoint as a whole."""


def is_of_checkpoint(address: Address | None) -> bool:
    """Say whether the address is about a checkpoint as a whole, and no question."""
    return address is not None and address.question.startswith(OF_CHECKPOINT)


def place_of(checkpoint: str, subject: str, period: str) -> Address:
    return Address(f"{OF_CHECKPOINT}{checkpoint}", subject, period)


def page_key(checkpoint: str, period: str) -> str:
    return f"{checkpoint}/{period}"


def key_of(checkpoint: str, subject: str, period: str) -> str:
    return f"{checkpoint}|{subject}|{period}"
