"""Remembers installed pack versions, compiled: read back without touching YAML."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select

from content.pack import Pack
from storage.mapping import pack_text, pack_value
from storage.prepared import Prepared
from storage.tables import books
from storage.tables.base import table
from storage.transaction import Transaction

_pack = table(books.PackVersion)

_GET = Prepared(
    select(_pack.c.pack).where(_pack.c.id == bindparam("pack"), _pack.c.version == bindparam("of_version"))
)


class SqlPacks:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def put(self, pack: Pack, checksum: str, *, by: str, at: datetime) -> bool:
        known = self._tx.value(
            select(_pack.c.checksum).where(_pack.c.id == pack.id, _pack.c.version == pack.version)
        )
        if known == checksum:
            return False
        if known is not None:
            raise ValueError(f"{pack.id} {pack.version} is installed already, with another content")
        row = {"id": pack.id, "version": pack.version, "checksum": checksum, "installed_by": by, "at": at}
        self._tx.run(insert(_pack), {**row, "pack": pack_text(pack)})
        return True

    def get(self, id: str, version: str) -> Pack | None:
        text = self._tx.value(_GET, {"pack": id, "of_version": version})
        return None if text is None else pack_value(text)

    def all(self) -> Sequence[tuple[str, str, str]]:
        rows = self._tx.rows(select(_pack.c.id, _pack.c.version, _pack.c.checksum).order_by(_pack.c.number))
        return [(row.id, row.version, row.checksum) for row in rows]
