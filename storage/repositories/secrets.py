"""Remembers secrets, sealed. What is kept here can't be read without the operator's key."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select

from storage.prepared import Prepared, upsert
from storage.tables import doors
from storage.tables.base import table
from storage.transaction import Transaction

_secret = table(doors.KeptSecret)

_ALL = Prepared(select(_secret.c.name, _secret.c.sealed))
_PUT = upsert(_secret, keys=("name",))


class SqlSecrets:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def all(self) -> Mapping[str, str]:
        return {row.name: row.sealed for row in self._tx.rows(_ALL, {})}

    def put(self, name: str, sealed: str, at: datetime) -> None:
        self._tx.run(_PUT, {"name": name, "sealed": sealed, "at": at})

    def drop(self, name: str) -> bool:
        return bool(self._tx.run(delete(_secret).where(_secret.c.name == name)))
