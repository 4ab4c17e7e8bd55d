"""Finds the pack that a file is about: one that waits to be installed, for whoever sent it; or one that is installed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from content.pack import Pack
from dialogs.model.pack_job import Rehearsing
from dialogs.ports import PackInWaiting, PackShelf, UnitOfWork

WAITING, INSTALLED = "waiting", "installed"


def waiting(id: str) -> str:
    """Return what a file is about that shows a pack in waiting."""
    return f"{WAITING}/{id}"


def installed(id: str, version: str) -> str:
    return f"{INSTALLED}/{id}/{version}"


def waiting_here(about: str, person: str, *, uow: UnitOfWork, now: datetime) -> PackInWaiting | None:
    """Return what *person* sent, while it waits. *uow* is open."""
    kind, _, id = about.partition("/")
    found = uow.packs_in_waiting.get(id, now) if kind == WAITING else None
    return found if found is not None and found.person == person else None


@dataclass(frozen=True, slots=True)
class Named:
    titles: Mapping[str, str]
    version: str

    def title(self, language: str) -> str:
        return self.titles.get(language) or next(iter(self.titles.values()))


def named_pack(about: str, person: str, *, uow: UnitOfWork, now: datetime, shelf: PackShelf) -> Named | None:
    """Return what the pack is called; None when it waits no more. *uow* is open."""
    found = waiting_here(about, person, uow=uow, now=now)
    if found is not None:
        facts = found.checked.facts
        return Named(facts.titles, facts.version) if facts is not None else None
    pack = _installed(about, shelf)
    return Named(pack.manifest.title.root, pack.version) if pack is not None else None


def whole_pack(about: str, person: str, *, uow: UnitOfWork, now: datetime, shelf: PackShelf) -> Pack | None:
    """Return the pack itself. *uow* is open."""
    found = waiting_here(about, person, uow=uow, now=now)
    if found is not None:
        return uow.packs_in_waiting.pack(found.id) if found.checked.facts is not None else None
    return _installed(about, shelf)


def pack_to_play(task: Rehearsing, person: str, *, uow: UnitOfWork, now: datetime) -> str | None:
    """Return the pack, compiled: as it waits, or as it is installed; None when it is neither any more. *uow* is open."""
    if task.waiting and waiting_here(waiting(task.waiting), person, uow=uow, now=now) is not None:
        return uow.packs_in_waiting.text(task.waiting)
    return uow.packs.text(task.pack, task.version)


def _installed(about: str, shelf: PackShelf) -> Pack | None:
    kind, _, named = about.partition("/")
    id, _, version = named.partition("/")
    try:
        return shelf.pack(id, version) if kind == INSTALLED else None
    except KeyError:
        return None
