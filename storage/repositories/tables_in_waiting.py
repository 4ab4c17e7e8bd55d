"""Remembers tables that were sent and read, until somebody enters them into a register or an hour has gone."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from dialogs.ports import TableWaiting
from storage.tables import files
from storage.tables.base import table
from storage.transaction import Transaction, token

_waiting = table(files.TableInWaiting)


class SqlTablesInWaiting:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def put(
        self, person: str, name: str, sheet: str, *, at: datetime, until: datetime, report: str = ""
    ) -> str:
        self.forget(at)
        self._tx.run(delete(_waiting).where(_waiting.c.person == person))
        id = token()
        row = {
            "id": id, "person": person, "name": name, "sheet": sheet, "report": report, "at": at, "until": until,
        }  # fmt: skip
        self._tx.run(insert(_waiting), row)
        return id

    def get(self, id: str, now: datetime) -> TableWaiting | None:
        columns = (_waiting.c.person, _waiting.c.name, _waiting.c.sheet, _waiting.c.report)
        row = self._tx.row(select(*columns).where(_waiting.c.id == id, _waiting.c.until > now))
        return None if row is None else TableWaiting(id, *row)

    def drop(self, id: str) -> None:
        self._tx.run(delete(_waiting).where(_waiting.c.id == id))

    def some_late(self, now: datetime) -> bool:
        return self._tx.row(select(_waiting.c.id).where(_waiting.c.until <= now).limit(1)) is not None

    def forget(self, now: datetime) -> None:
        self._tx.run(delete(_waiting).where(_waiting.c.until <= now))
