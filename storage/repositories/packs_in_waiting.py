"""Remembers packs that were sent and checked, until somebody installs them or an hour has gone."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from content.pack import Pack
from dialogs.model.checked_pack import CheckedPack
from dialogs.ports import PackInWaiting
from storage.mapping import CHECKED_PACK, pack_value
from storage.prepared import Prepared
from storage.tables import books
from storage.tables.base import table
from storage.transaction import Transaction, token

_waiting = table(books.PackInWaiting)
_LATE = Prepared(select(_waiting.c.id).where(_waiting.c.until <= bindparam("now")).limit(1))
_FORGET = Prepared(delete(_waiting).where(_waiting.c.until <= bindparam("now")))


class SqlPacksInWaiting:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def put(self, person: str, checked: CheckedPack, *, at: datetime, until: datetime) -> str:
        self.forget(at)
        self._tx.run(delete(_waiting).where(_waiting.c.person == person))
        id = token()
        told = CHECKED_PACK.text(replace(checked, text=""))
        row = {"id": id, "person": person, "checked": told, "pack": checked.text, "at": at, "until": until}
        self._tx.run(insert(_waiting), row)
        return id

    def get(self, id: str, now: datetime) -> PackInWaiting | None:
        columns = (_waiting.c.person, _waiting.c.checked, _waiting.c.until)
        row = self._tx.row(select(*columns).where(_waiting.c.id == id, _waiting.c.until > now))
        return None if row is None else PackInWaiting(id, row[0], CHECKED_PACK.value(row[1]), row[2])

    def of_person(self, person: str, now: datetime) -> PackInWaiting | None:
        id = self._tx.value(select(_waiting.c.id).where(_waiting.c.person == person))
        return self.get(id, now) if id is not None else None

    def text(self, id: str) -> str:
        text: str | None = self._tx.value(select(_waiting.c.pack).where(_waiting.c.id == id))
        if text is None:
            raise KeyError(id)
        return text

    def pack(self, id: str) -> Pack:
        return pack_value(self.text(id))

    def drop(self, id: str) -> None:
        self._tx.run(delete(_waiting).where(_waiting.c.id == id))

    def some_late(self, now: datetime) -> bool:
        return self._tx.row(_LATE, {"now": now}) is not None

    def forget(self, now: datetime) -> None:
        self._tx.run(_FORGET, {"now": now})
