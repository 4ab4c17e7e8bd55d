"""What a group lets others see of its records: to whom, by whom, until when. Nothing else crosses its border."""

from dataclasses import dataclass
from datetime import date, datetime

from dialogs.model.people import PersonId
from dialogs.model.records import Record

EVERYBODY = None
"""To whom it is shared when every organisation may see it."""


@dataclass(frozen=True, slots=True)
class Share:
    """The groups of the organisation *to*, or (None) everybody's, see the record; to the day *until*, or for good."""

    record: str
    to: str | None
    by: PersonId
    at: datetime
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Viewer:
    """For whom is looked: a group of an organisation, on a day.

    *within* are the organisations that may be met where they look; None where there is no border.
    """

    group: str
    organisation: str
    today: date
    within: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class SharedRecord:
    """A record as somebody may see it, and whose it is."""

    record: Record
    group: str
    group_name: str
    organisation: str
    organisation_name: str


@dataclass(frozen=True, slots=True)
class Lent:
    """What others share with a group, the newest first; *left* counts what is shared beside these, and wasn't read."""

    records: tuple[SharedRecord, ...] = ()
    left: int = 0
