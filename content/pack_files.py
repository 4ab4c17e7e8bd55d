"""The files of a pack after the schema: each part beside the file it was read from, so that problems have a line."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from content.schema.base import Part
from content.schema.cycle import CycleFile
from content.schema.exercises import Exercise
from content.schema.files import (
    CoverageFile,
    Document,
    NudgesFile,
    PackFile,
    Register,
    Step,
    Track,
    Walkthrough,
)
from content.schema.guides import Guide
from content.yaml_reader import SourceFile

P = TypeVar("P", bound=Part, covariant=True)


@dataclass(frozen=True, slots=True)
class Read(Generic[P]):
    """A part of a pack and the file it was read from."""

    source: SourceFile
    part: P


@dataclass(frozen=True, slots=True)
class PackFiles:
    """Every file of a pack, by kind, in the order of their names."""

    manifest: Read[PackFile]
    steps: tuple[Read[Step], ...] = ()
    tracks: tuple[Read[Track], ...] = ()
    registers: tuple[Read[Register], ...] = ()
    documents: tuple[Read[Document], ...] = ()
    guides: tuple[Read[Guide], ...] = ()
    exercises: tuple[Read[Exercise], ...] = ()
    cycle: Read[CycleFile] | None = None
    nudges: Read[NudgesFile] | None = None
    walkthroughs: tuple[Read[Walkthrough], ...] = ()
    coverage: Read[CoverageFile] | None = None

    def __iter__(self) -> Iterator[Read[Part]]:
        yield self.manifest
        yield from self.steps
        yield from self.tracks
        yield from self.registers
        yield from self.documents
        yield from self.guides
        yield from self.exercises
        yield from self.walkthroughs
        for alone in (self.cycle, self.nudges, self.coverage):
            if alone is not None:
                yield alone
