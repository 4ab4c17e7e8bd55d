"""Remembers personal links to files: whoever has one finds what it leads to; what is kept of it is its hash."""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import bindparam, delete, insert, select

from dialogs.files import FileOut
from dialogs.ports import FileLinkRef
from storage.mapping import FILE
from storage.prepared import Prepared
from storage.tables import files
from storage.tables.base import table
from storage.transaction import Transaction

FORGOTTEN_AFTER = timedelta(days=30)
"""For so long, somebody who opens a link that has run out is told that it has."""

_link = table(files.FileLink)

_GET = Prepared(select(_link.c.file, _link.c.until).where(_link.c.hash == bindparam("hash")))


class SqlFileLinks:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def put(
        self, secret: str, file: FileOut, *, organisation: str | None, at: datetime, until: datetime
    ) -> None:
        self._tx.run(delete(_link).where(_link.c.until < at - FORGOTTEN_AFTER))
        self._tx.run(
            insert(_link),
            {
                "hash": _hash(secret), "organisation": organisation, "person": file.recipe.person,
                "file": FILE.text(file), "at": at, "until": until,
            },
        )  # fmt: skip

    def get(self, secret: str) -> FileLinkRef | None:
        row = self._tx.row(_GET, {"hash": _hash(secret)})
        return FileLinkRef(FILE.value(row.file), row.until) if row is not None else None


def _hash(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
