"""Remembers registration numbers, and finds the decisions of an organisation that they are for."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, insert, or_, select

from dialogs.model.journey import Journey
from dialogs.model.registration import Registration
from dialogs.ports import AdoptedRef, Decided
from storage.mapping import ITEM, RECORD, WRITTEN
from storage.prepared import Prepared, with_lists
from storage.tables import documents, journeys, registrations
from storage.tables.base import table
from storage.transaction import Transaction

_entered = table(registrations.RegistrationRow)
_journey = table(journeys.JourneyHead)
_item = table(journeys.ItemRow)
_record = table(journeys.RecordRow)
_adopted = table(documents.AdoptedDocument)

_PUT = Prepared(insert(_entered))
_ALL = select(_entered.c.about, _entered.c.registered, _entered.c.by, _entered.c.at).order_by(
    _entered.c.number
)
_OF = Prepared(_ALL.where(_entered.c.journey == bindparam("journey")))
_IN = Prepared(_ALL.where(_entered.c.organisation == bindparam("organisation")))
_OF_RECORDS = _entered.c.about.startswith("record:", autoescape=True)
# The records may be the organisation's: whichever group entered the number, it is the record's.
_SEEN = Prepared(
    _ALL.where(
        _entered.c.organisation == bindparam("organisation"),
        or_(_entered.c.journey == bindparam("journey"), _OF_RECORDS),
    )
)
_ANSWERS = with_lists(
    lambda one_of: (
        select(_item.c.journey, _item.c.state)
        .join(_journey, _journey.c.id == _item.c.journey)
        .where(
            _journey.c.organisation == bindparam("organisation"),
            _journey.c.practice.is_(False),
            one_of(_item.c.question, "questions"),
        )
        .order_by(_item.c.journey, _item.c.address)
    )
)
_RECORDS = with_lists(
    lambda one_of: (
        select(_record.c.journey, _record.c.content)
        .where(
            _record.c.organisation == bindparam("organisation"),
            _record.c.practice.is_(False),
            one_of(_record.c.register_id, "registers"),
        )
        .order_by(_record.c.number)
    )
)
_DOCUMENTS = Prepared(
    select(_adopted)
    .join(_journey, _journey.c.id == _adopted.c.journey)
    .where(
        _adopted.c.organisation == bindparam("organisation"),
        _journey.c.practice.is_(False),
        _adopted.c.adopted_on >= bindparam("first"),
        _adopted.c.adopted_on <= bindparam("last"),
    )
    .order_by(_adopted.c.adopted_on, _adopted.c.journey, _adopted.c.document, _adopted.c.number)
)


class SqlRegistrations:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def put(self, journey: str, about: str, number: str, *, by: str, at: datetime) -> None:
        row = {
            "organisation": self._tx.organisation_of(journey), "journey": journey, "about": about,
            "registered": number, "by": by, "at": at,
        }  # fmt: skip
        self._tx.write(_PUT, [row])

    def of(self, journey: str) -> Sequence[Registration]:
        return _told(self._tx.rows(_OF, {"journey": journey}))

    def in_organisation(self, organisation: str) -> Sequence[Registration]:
        return _told(self._tx.rows(_IN, {"organisation": organisation}))

    def decided(
        self,
        organisation: str,
        *,
        questions: Iterable[str],
        registers: Iterable[str],
        first: date,
        last: date,
    ) -> Decided:
        of = {"organisation": organisation}
        answers = self._tx.rows(_ANSWERS, {**of, "questions": self._tx.a_list(sorted(questions))})
        records = self._tx.rows(_RECORDS, {**of, "registers": self._tx.a_list(sorted(registers))})
        adopted = self._tx.rows(_DOCUMENTS, {**of, "first": first, "last": last})
        return Decided(
            answers=[(row.journey, ITEM.value(row.state)) for row in answers],
            records=[(row.journey or "", RECORD.value(row.content)) for row in records],
            documents=[
                (row.journey, AdoptedRef(row.document, row.number, row.digest, row.by, row.at, WRITTEN.value(row.content)))
                for row in adopted
            ],
        )  # fmt: skip


def seen_from(tx: Transaction, journey: Journey) -> dict[str, str]:
    """Return the numbers that hold for what the journey shows, by what each is for."""
    rows = tx.rows(_SEEN, {"organisation": journey.organisation, "journey": journey.id})
    return {one.about: one.number for one in _told(rows)}


def _told(rows: Sequence[Any]) -> Sequence[Registration]:
    return [Registration(row.about, row.registered, row.by, row.at) for row in rows]
