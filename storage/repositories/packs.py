"""Remembers installed pack versions, compiled: read back without touching YAML."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update

from content.pack import Pack
from dialogs.ports import InstalledPack
from storage.mapping import pack_text, pack_value
from storage.prepared import Prepared
from storage.tables import books, journeys
from storage.tables.base import table
from storage.transaction import Transaction

_pack = table(books.PackVersion)
_journey = table(journeys.JourneyHead)

_GET = Prepared(
    select(_pack.c.pack).where(_pack.c.id == bindparam("pack"), _pack.c.version == bindparam("of_version"))
)
_INSTALLED = Prepared(
    select(
        _pack.c.id, _pack.c.version, _pack.c.checksum, _pack.c.installed_by, _pack.c.at, _pack.c.retired_at,
        _pack.c.retired_by,
    ).order_by(_pack.c.number)
)  # fmt: skip


class SqlPacks:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def put(self, pack: Pack, checksum: str, *, by: str, at: datetime) -> bool:
        return self.put_text(pack.id, pack.version, pack_text(pack), checksum, by=by, at=at)

    def put_text(self, id: str, version: str, text: str, checksum: str, *, by: str, at: datetime) -> bool:
        known = self._tx.value(select(_pack.c.checksum).where(_pack.c.id == id, _pack.c.version == version))
        if known == checksum:
            return False
        if known is not None:
            raise ValueError(f"{id} {version} is installed already, with another content")
        row = {"id": id, "version": version, "checksum": checksum, "installed_by": by, "at": at}
        self._tx.run(insert(_pack), {**row, "pack": text})
        return True

    def get(self, id: str, version: str) -> Pack | None:
        text = self.text(id, version)
        return None if text is None else pack_value(text)

    def text(self, id: str, version: str) -> str | None:
        text: str | None = self._tx.value(_GET, {"pack": id, "of_version": version})
        return text

    def all(self) -> Sequence[tuple[str, str, str]]:
        rows = self._tx.rows(select(_pack.c.id, _pack.c.version, _pack.c.checksum).order_by(_pack.c.number))
        return [(row.id, row.version, row.checksum) for row in rows]

    def installed(self) -> Sequence[InstalledPack]:
        return [InstalledPack(*row) for row in self._tx.rows(_INSTALLED)]

    def retire(self, id: str, version: str, *, by: str, at: datetime) -> None:
        open_one = (_pack.c.id == id, _pack.c.version == version, _pack.c.retired_at.is_(None))
        self._tx.run(update(_pack).where(*open_one).values(retired_at=at, retired_by=by))

    def offer_again(self, id: str, version: str) -> None:
        this = (_pack.c.id == id, _pack.c.version == version)
        self._tx.run(update(_pack).where(*this).values(retired_at=None, retired_by=None))

    def running(self, id: str) -> Mapping[str, int]:
        version = _journey.c.version
        going_on = (_journey.c.pack == id, _journey.c.state != "closed", _journey.c.practice.is_(False))
        rows = self._tx.rows(select(version, func.count()).where(*going_on).group_by(version))
        return {row[0]: row[1] for row in rows}
