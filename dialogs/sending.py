"""What became of a letter that a messenger tried to send, as far as anybody can know."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform has it, under this id; where `doubt` says why, perhaps not all of what was to follow it there."""

    message: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """The platform surely did not take it: try again, not before so many seconds have gone."""

    seconds: float
    why: str
    everywhere: bool = False  # the door's other rooms have to wait as well


@dataclass(frozen=True, slots=True)
class Unknown:
    """The reply was lost: the platform may have it or not. Ask before it is sent again.

    `for_good` where there is nobody to ask, now or later.
    """

    why: str
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class Never:
    """It can't be delivered, now or later: the room or the person is gone, or the platform refuses the letter.

    `closed` where the platform says that the person's account is.
    """

    why: str
    closed: bool = False


Outcome = Sent | Later | Unknown | Never


@dataclass(frozen=True, slots=True)
class NotThere:
    """Asked for a letter whose reply was lost, the platform says that it doesn't have it."""


Found = Sent | NotThere | Unknown | Later
