"""What came in through a door, in no platform's words: stored in the inbox, then taken as a turn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field


@dataclass(frozen=True, slots=True)
class Said:
    """Words. `message` is the platform's id of what was written, `thread_of` that of the message it answers."""

    text: str
    message: str = ""
    thread_of: str = ""
    kind: Literal["said"] = "said"


@dataclass(frozen=True, slots=True)
class Pressed:
    button: str
    kind: Literal["pressed"] = "pressed"


@dataclass(frozen=True, slots=True)
class Submitted:
    """A form handed in: `button` is the id that its `press` was stored under; fields as they were typed."""

    button: str
    fields: Mapping[str, str]
    kind: Literal["submitted"] = "submitted"


@dataclass(frozen=True, slots=True)
class Edited:
    message: str
    text: str
    kind: Literal["edited"] = "edited"


@dataclass(frozen=True, slots=True)
class Deleted:
    message: str
    kind: Literal["deleted"] = "deleted"


What = Annotated[Said | Pressed | Submitted | Edited | Deleted, Field(discriminator="kind")]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing that somebody did at a door. (door, tenant, event) is unique for ever."""

    door: str
    tenant: str
    event: str
    account: str
    name: str  # what the platform calls the account's owner; for a first greeting only
    room: str  # the platform's id of the channel or private chat
    private: bool
    at: datetime
    what: What
