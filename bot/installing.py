"""Puts packs on the shelf: those that come with the program when they are new, others when an admin says so."""

import logging
from collections.abc import Mapping, Sequence

from bot.usecases.methods import retire_versions
from bot.wiring import World
from content.loaded import Loaded, Refused, checksum
from content.problems import Problem

PROGRAM = "program"
log = logging.getLogger(__name__)


def install_new(world: World, packs: Mapping[str, Mapping[str, bytes] | Refused]) -> list[Refused]:
    """Install those of *packs* whose content isn't installed. Nothing is parsed when there are none.

    Return what was refused; the others are installed all the same.
    """
    with world.uow() as uow:
        installed = {checksum for _, _, checksum in uow.packs.all()}
    readable = {name: files for name, files in packs.items() if not isinstance(files, Refused)}
    results: dict[str, Loaded | Refused] = {n: one for n, one in packs.items() if isinstance(one, Refused)}
    if not all(checksum(files) in installed for files in readable.values()):
        from content.loader import load_all  # it brings the YAML reader, which an ordinary start doesn't need

        results |= load_all(readable)
    refused: list[Refused] = []
    for name, result in results.items():
        if isinstance(result, Loaded) and result.checksum not in installed:
            problems, _ = install(world, result, by=PROGRAM)
            result = Refused(tuple(problems)) if problems else result
        if isinstance(result, Refused):
            log.error("pack refused", extra={"pack": name, "problems": len(result.problems)})
            refused.append(result)
    return refused


def install(world: World, loaded: Loaded, *, by: str) -> tuple[Sequence[Problem], bool]:
    """Store a pack that is loaded. Return what stands against it, and whether it is new."""
    with world.uow() as uow:
        pack = loaded.pack
        installed = [(version, checksum) for id, version, checksum in uow.packs.all() if id == pack.id]
        if (pack.version, loaded.checksum) in installed:
            return (), False
        if installed:
            from content.checks.upgrade import check_upgrade

            newest = uow.packs.get(pack.id, installed[-1][0])
            if newest is not None and (problems := check_upgrade(newest, pack)):
                return problems, False
        versions = [one for one in uow.packs.installed() if one.id == pack.id]
        uow.packs.put(pack, loaded.checksum, by=by, at=world.clock.now())
        if by == PROGRAM and versions and all(one.retired_at is not None for one in versions):
            # Whoever retired the method meant it: a newer program doesn't bring it back, an admin may.
            uow.packs.retire(pack.id, pack.version, by=by, at=world.clock.now())
        digest = loaded.checksum
        uow.audit.note(
            "pack-installed", organisation="", by=by, about=pack.id, at=world.clock.now(), digest=digest
        )
        uow.commit()
    return (), True


def retire(world: World, id: str, version: str = "", *, by: str, undo: bool = False) -> Sequence[str]:
    """Let no new journeys start from the version, or from any of the method; or let them again, with *undo*.

    Return the versions that it changed something for.
    """
    with world.uow() as uow:
        changed = retire_versions(id, version, uow=uow, by=by, at=world.clock.now(), undo=undo)
        uow.commit()
    return changed
