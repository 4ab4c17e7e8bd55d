"""Keeps deploy/teams as `metodcoach teams package` writes it, for an app and a site that are nobody's.

`python -m tools.teams_package` writes it anew, `--check` says which files are out of date.
"""

import sys
import tomllib
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.teams.package import files
from content.phrases.book import Phrasebook

PROJECT = Path(__file__).parents[1]
FOLDER = PROJECT / "deploy" / "teams"
APP, SITE = "11111111-2222-3333-4444-555555555555", "https://coach.example.org"
BEFORE_CHUNKS = 8  # bytes of a PNG


def written() -> Mapping[str, bytes]:
    """Return the files of today's package by name."""
    book = Phrasebook.load()
    return files(APP, SITE, _version(), lambda key, language: book.text(key, language))


def outdated(folder: Path = FOLDER) -> Iterator[str]:
    """Yield the names of files that are missing, have changed, or are none of the package's."""
    today = written()
    there = {file.name: file.read_bytes() for file in folder.iterdir()}
    yield from sorted(today.keys() ^ there.keys())
    yield from sorted(
        name for name in today.keys() & there.keys() if content(today[name]) != content(there[name])
    )


def content(file: bytes) -> bytes:
    """Return what a file holds: of a picture its size and its pixels, as no two zlibs press alike."""
    if not file.startswith(b"\x89PNG"):
        return file
    chunks = dict(_chunks(file))
    return chunks[b"IHDR"] + zlib.decompress(chunks[b"IDAT"])


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = BEFORE_CHUNKS
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def _version() -> str:
    told = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(told["project"]["version"])


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        found = list(outdated())
        for name in found:
            print(f"deploy/teams/{name} is out of date. Write it anew with: python -m tools.teams_package")
        return 1 if found else 0
    for name, data in written().items():
        (FOLDER / name).write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
