"""Has packs that people send checked in a process of its own, against what is installed at that moment."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.apart import Apart, NotDone
from dialogs.model.checked_pack import CheckedPack
from dialogs.model.problem import Problem
from dialogs.ports import UnitOfWork
from storage.mapping import CHECKED_PACK

CHECK_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class PackChecks:
    """*looking* gives a unit of work that only reads."""

    looking: Callable[[], UnitOfWork]
    apart: Apart = field(default_factory=lambda: Apart(CHECK_SECONDS))

    def check(self, zipped: bytes) -> CheckedPack | Problem:
        """Return what came of it, or a slip when it took too long. Nothing in the zip can make this raise."""
        with self.looking() as uow:
            newest = {one.id: one for one in uow.packs.installed()}
            texts = [uow.packs.text(one.id, one.version) or "" for one in newest.values()]
        checksums = json.dumps({one.id: one.checksum for one in newest.values()})
        try:
            [told] = self.apart.do("check", zipped, checksums.encode(), *(text.encode() for text in texts))
        except NotDone:
            return Problem("pack-too-heavy")
        return CHECKED_PACK.value(told.decode())
