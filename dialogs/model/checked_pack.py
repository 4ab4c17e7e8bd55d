"""What came of checking a pack that somebody sent: what it is and what it changes, or what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing that is wrong: the file, its line (0 for none) and field, and by language what to write instead."""

    file: str
    line: int
    field: str
    what: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PackFacts:
    """What a pack is. `follows` is the newest version that was installed when it was checked; "" when there was none.

    `new`, `changed` and `gone` count its questions against that version. `there` says that it is installed as it is.
    """

    id: str
    version: str
    checksum: str
    titles: Mapping[str, str]
    method: bool
    steps: int
    questions: int
    checkpoints: int
    follows: str = ""
    new: int = 0
    changed: int = 0
    gone: int = 0
    there: bool = False

    def title(self, language: str) -> str:
        return self.titles.get(language) or next(iter(self.titles.values()))


@dataclass(frozen=True, slots=True)
class CheckedPack:
    """A pack without a fault, compiled; or one with *slips*, of which nothing is kept but these."""

    facts: PackFacts | None = None
    text: str = ""
    slips: tuple[Slip, ...] = ()
