"""The shelf of methods: each version is read from the store once and kept, for it never changes."""

from collections.abc import Callable, Sequence

from content.pack import Pack
from dialogs.ports import InstalledPack, UnitOfWork


class StoredShelf:
    """Reads in a short transaction of its own, so that a turn finds what was installed while it waited."""

    def __init__(self, reading: Callable[[], UnitOfWork]) -> None:
        self._reading = reading
        self._packs: dict[tuple[str, str], Pack] = {}

    def pack(self, id: str, version: str) -> Pack:
        """Return the version. Raises ``KeyError`` when it isn't installed."""
        pack = self._packs.get((id, version))
        if pack is None:
            with self._reading() as uow:
                pack = uow.packs.get(id, version)
            if pack is None:
                raise KeyError(f"{id} {version} is not installed")
            self._packs[id, version] = pack
        return pack

    def newest(self) -> Sequence[Pack]:
        offered = [one for one in self._installed() if one.retired_at is None]
        return self._newest_of(offered)

    def retired(self) -> Sequence[Pack]:
        installed = self._installed()
        offered = {one.id for one in installed if one.retired_at is None}
        return self._newest_of([one for one in installed if one.id not in offered])

    def _installed(self) -> Sequence[InstalledPack]:
        with self._reading() as uow:
            return uow.packs.installed()

    def _newest_of(self, installed: Sequence[InstalledPack]) -> Sequence[Pack]:
        newest = {one.id: one.version for one in sorted(installed, key=lambda one: _number(one.version))}
        packs = [self.pack(id, newest[id]) for id in dict.fromkeys(one.id for one in installed)]
        return [pack for pack in packs if pack.manifest.method]


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
