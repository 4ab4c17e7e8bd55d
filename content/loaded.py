"""What comes of loading a pack, and the checksum that says whether it has to be loaded at all: nothing here reads YAML."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from content.pack import Pack
from content.problems import Problem
from content.schema.files import CoverageFile, Walkthrough


@dataclass(frozen=True, slots=True)
class Loaded:
    """A pack without a problem, what came with it, and the checksum of its files."""

    pack: Pack
    walkthroughs: tuple[Walkthrough, ...]
    coverage: CoverageFile | None
    checksum: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A pack that isn't loaded, and why: by file and line."""

    problems: tuple[Problem, ...]


def checksum(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of the files, names and all; the order that they come in doesn't count."""
    digest = sha256()
    for name, content in sorted(files.items()):
        for part in (name.encode("utf-8", "surrogatepass"), content):
            digest.update(len(part).to_bytes(8))
            digest.update(part)
    return digest.hexdigest()
