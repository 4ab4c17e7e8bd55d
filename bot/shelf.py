"""The shelf of methods: each version is read from the store once and kept, for it never changes."""

from collections.abc import Callable, Sequence

from content.pack import Pack
from dialogs.ports import UnitOfWork


class StoredShelf:
    """Reads in a short transaction of its own, so that a turn finds what was installed while it waited."""

    def __init__(self, reading: Callable[[], UnitOfWork]) -> None:
        self._reading = reading
        self._packs: dict[tuple[str, str], Pack] = {}

    def pack(self, id: str, version: str) -> Pack:
        """Return the version. Raises ``KeyError`` when it isn't installed."""
        if (id, version) not in self._packs:
            with self._reading() as uow:
                pack = uow.packs.get(id, version)
            if pack is None:
                raise KeyError(f"{id} {version} is not installed")
            self._packs[id, version] = pack
        return self._packs[id, version]

    def newest(self) -> Sequence[Pack]:
        with self._reading() as uow:
            installed = uow.packs.all()
        newest = {id: version for id, version, _ in sorted(installed, key=lambda row: _number(row[1]))}
        packs = [self.pack(id, newest[id]) for id in dict.fromkeys(id for id, _, _ in installed)]
        return [pack for pack in packs if pack.manifest.method]


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
