"""What came in through a door, in no platform's words: stored in the inbox, then taken as a turn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from dialogs.files import Upload


@dataclass(frozen=True, slots=True)
class Attached:
    """A file or link that came along, kept by its name and where it lies.

    `fetch` is where its bytes are, for a file that was sent to the coach in private; "" where nobody may fetch any.
    """

    name: str
    url: str
    fetch: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Words. `message` is the platform's id of what was written, `thread_of` that of the message it answers.

    `addressed` is False for words in a channel that were not put to the coach: they are heard only where they answer
    a question, in its thread, or fill in a form. `guessed` says that nobody chose the thread: a door without threads
    takes what is said for being about what was put last.
    """

    text: str
    message: str = ""
    thread_of: str = ""
    addressed: bool = True
    attached: tuple[Attached, ...] = ()
    guessed: bool = False
    kind: Literal["said"] = "said"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button pressed; `thread_of` is the message to answer under."""

    button: str
    thread_of: str = ""
    kind: Literal["pressed"] = "pressed"


@dataclass(frozen=True, slots=True)
class Submitted:
    """A form handed in: `button` is the id that its `press` was stored under; fields as they were typed."""

    button: str
    fields: Mapping[str, str]
    thread_of: str = ""
    kind: Literal["submitted"] = "submitted"


@dataclass(frozen=True, slots=True)
class FileAnswered:
    """A file that was offered is wanted, and is to be put where *upload* says; or it isn't, where there is none.

    `button` is the id that the file was offered under.
    """

    button: str
    upload: Upload | None = None
    kind: Literal["file-answered"] = "file-answered"


@dataclass(frozen=True, slots=True)
class Edited:
    message: str
    text: str
    attached: tuple[Attached, ...] = ()  # what hangs on the message still
    kind: Literal["edited"] = "edited"


@dataclass(frozen=True, slots=True)
class Deleted:
    message: str
    kind: Literal["deleted"] = "deleted"


@dataclass(frozen=True, slots=True)
class Joined:
    """The coach was let into the room, by whoever the incoming names."""

    kind: Literal["joined"] = "joined"


@dataclass(frozen=True, slots=True)
class Left:
    """The coach can't speak in the room any more: taken out of it, or the room was archived or deleted."""

    why: Literal["removed", "archived", "deleted"] = "removed"
    kind: Literal["left"] = "left"


@dataclass(frozen=True, slots=True)
class Gone:
    """People left the room, or the team that it is a part of; their accounts are as they were."""

    accounts: tuple[str, ...]
    kind: Literal["gone"] = "gone"


@dataclass(frozen=True, slots=True)
class Reopened:
    """The room was taken out of the archive: the coach can speak there again."""

    kind: Literal["reopened"] = "reopened"


@dataclass(frozen=True, slots=True)
class Changed:
    """What the platform knows of an account has changed; `active` is False when its owner can't read any more."""

    active: bool = True
    kind: Literal["changed"] = "changed"


@dataclass(frozen=True, slots=True)
class Uninstalled:
    """The app was taken away from the tenant: nothing can be said there until it is installed again."""

    kind: Literal["uninstalled"] = "uninstalled"


What = Annotated[
    Said
    | Pressed
    | Submitted
    | FileAnswered
    | Edited
    | Deleted
    | Joined
    | Left
    | Gone
    | Reopened
    | Changed
    | Uninstalled,
    Field(discriminator="kind"),
]


@dataclass(frozen=True, slots=True)
class Client:
    """What an event itself tells of the speaker: by which id the room knows them, and what their client is set to."""

    user: str = ""
    language: str = ""  # sv, en, or ""
    zone: str = ""  # an IANA name, or ""


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
    aside: bool = False  # only the speaker is to see the answer, as after a slash command
    client: Client | None = None  # kept with the event, where nobody can be asked for it later


@dataclass(frozen=True, slots=True)
class Profile:
    """What a platform says of an account's owner. `zone` is an IANA name; "" is what it doesn't say."""

    name: str
    email: str = ""  # only where the platform vouches for it
    language: str = ""  # sv, en, or ""
    zone: str = ""
    guest: bool = False  # of another organisation, or let into single channels only
    active: bool = True
