"""Registration numbers, and the decisions of an organisation that they are for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from dialogs.model.answers import Item
from dialogs.model.records import Record
from dialogs.model.registration import Registration
from dialogs.ports.documents import AdoptedRef


@dataclass(frozen=True, slots=True)
class Decided:
    """What an organisation's journeys hold of decisions: answers, entries and adopted documents, each with its journey."""

    answers: Sequence[tuple[str, Item]]
    records: Sequence[tuple[str, Record]]  # the journey in which it was made, or ""
    documents: Sequence[tuple[str, AdoptedRef]]


class Registrations(Protocol):
    """A thing's number may be entered anew: all are kept, and the newest holds."""

    def put(self, journey: str, about: str, number: str, *, by: str, at: datetime) -> None: ...
    def of(self, journey: str) -> Sequence[Registration]:
        """Return every number that was entered in the journey, oldest first."""

    def in_organisation(self, organisation: str) -> Sequence[Registration]:
        """Return every number of the organisation, oldest first."""

    def decided(
        self,
        organisation: str,
        *,
        questions: Iterable[str],
        registers: Iterable[str],
        first: date,
        last: date,
    ) -> Decided:
        """Return what answers these questions and stands in these registers, of any day; and what was adopted in the days.

        It is read in one go, however many groups there are, and leaves practice out.
        """
