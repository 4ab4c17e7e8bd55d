"""Remembers documents as they were adopted, for good: each version whole, and none of them ever changed."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import bindparam, func, insert, select

from dialogs.model.written import Written
from dialogs.ports import AdoptedRef, KeptVersion
from storage.mapping import WRITTEN
from storage.prepared import Prepared
from storage.tables import documents, journeys, people
from storage.tables.base import table
from storage.transaction import Transaction, token

_kept = table(documents.AdoptedDocument)
_journey = table(journeys.JourneyHead)
_group = table(people.WorkingGroup)

_OF = (_kept.c.journey == bindparam("journey")) & (_kept.c.document == bindparam("document"))
_NUMBERED = Prepared(select(_kept.c.content).where(_OF & (_kept.c.number == bindparam("number"))))
_NEWEST = Prepared(select(_kept.c.content).where(_OF).order_by(_kept.c.number.desc()).limit(1))
_LAST = Prepared(select(func.max(_kept.c.number)).where(_OF))
_ALL = Prepared(
    select(
        _kept.c.document,
        _kept.c.number,
        _kept.c.adopted_on,
        _kept.c.digest,
        _kept.c.by,
        _kept.c.at,
        _kept.c.content,
    )
    .where(_kept.c.journey == bindparam("journey"))
    .order_by(_kept.c.document, _kept.c.number)
)


_IDS = Prepared(
    select(_kept.c.id, _kept.c.organisation, _group.c.name, _kept.c.document, _kept.c.number, _kept.c.digest)
    .join(_journey, _journey.c.id == _kept.c.journey)
    .join(_group, _group.c.id == _journey.c.group_id)
    .where(_journey.c.practice.is_(False))
    .order_by(_kept.c.organisation, _group.c.name, _kept.c.document, _kept.c.number)
)
_CONTENT = Prepared(select(_kept.c.content).where(_kept.c.id == bindparam("id")))


class SqlAdopted:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def put(self, journey: str, whole: Written, *, by: str, at: datetime) -> str:
        if whole.adopted is None:
            raise ValueError("a draft isn't adopted")
        content = WRITTEN.text(whole)
        digest = sha256(content.encode()).hexdigest()
        self._tx.run(
            insert(_kept),
            {
                "id": token(), "organisation": self._tx.organisation_of(journey), "journey": journey,
                "document": whole.id, "number": whole.adopted.number, "adopted_on": whole.adopted.on,
                "content": content, "digest": digest, "by": by, "at": at,
            },
        )  # fmt: skip
        return digest

    def last(self, journey: str, document: str) -> int:
        return self._tx.value(_LAST, {"journey": journey, "document": document}) or 0

    def get(self, journey: str, document: str, number: int = 0) -> Written | None:
        about = {"journey": journey, "document": document}
        text = (
            self._tx.value(_NUMBERED, {**about, "number": number})
            if number
            else self._tx.value(_NEWEST, about)
        )
        return WRITTEN.value(text) if text is not None else None

    def kept(self) -> Sequence[KeptVersion]:
        return [
            KeptVersion(row.organisation, row.name, row.document, row.number, row.digest, self._holds(row.id, row.digest))
            for row in self._tx.rows(_IDS)
        ]  # fmt: skip

    def _holds(self, id: str, digest: str) -> bool:
        return sha256(str(self._tx.value(_CONTENT, {"id": id})).encode()).hexdigest() == digest

    def all(self, journey: str) -> Sequence[AdoptedRef]:
        return [
            AdoptedRef(row.document, row.number, row.digest, row.by, row.at, WRITTEN.value(row.content))
            for row in self._tx.rows(_ALL, {"journey": journey})
        ]
