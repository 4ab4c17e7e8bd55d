"""Which files a pack may hold: their names, their number and their size, looked at before anything is read."""

import re
from collections.abc import Iterator, Mapping

from content.problems import Problem, problem

FILE_BYTES = 200_000
PACK_BYTES = 1_000_000
PACK_FILES = 100

ALONE = ("pack.yaml", "cycle.yaml", "nudges.yaml", "coverage.yaml")
FOLDERS = ("steps", "tracks", "registers", "documents", "guides", "exercises", "walkthroughs")
_STEM = re.compile(r"[a-z0-9][a-z0-9-]{0,79}\Z")
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])\Z")


def kind_of(name: str) -> str:
    """Return what kind of file a good name names: ``pack``, ``steps`` and so on."""
    return name.split("/")[0].removesuffix(".yaml")


def check_files(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield what is wrong with the names and sizes of a pack's files."""
    if len(files) > PACK_FILES:
        yield problem("pack.yaml", 0, "", "pack.too-many-files", count=len(files), most=PACK_FILES)
        return
    total = sum(map(len, files.values()))
    if total > PACK_BYTES:
        yield problem(
            "pack.yaml", 0, "", "pack.too-large", size=_kilobytes(total), most=_kilobytes(PACK_BYTES)
        )
    seen: dict[str, str] = {}
    for name, data in sorted(files.items()):
        if len(data) > FILE_BYTES:
            yield problem(
                name, 0, "", "pack.file-too-large", size=_kilobytes(len(data)), most=_kilobytes(FILE_BYTES)
            )
        wrong = _name_problem(name)
        if wrong is not None:
            yield wrong
        if name.casefold() in seen:
            yield problem(name, 0, "", "pack.name-clash", other=seen[name.casefold()])
        seen[name.casefold()] = name
    if "pack.yaml" not in files:
        yield problem("pack.yaml", 0, "", "pack.no-manifest")


def _name_problem(name: str) -> Problem | None:
    folder, slash, last = name.rpartition("/")
    if not name:
        return problem('""', 0, "", "pack.name-empty")
    if not name.isprintable() or any(0xD800 <= ord(char) <= 0xDFFF for char in name):
        return problem(name, 0, "", "pack.name-unprintable")
    if (
        name.startswith("/")
        or "\\" in name
        or ":" in name
        or ".." in name.split("/")
        or "." in name.split("/")
    ):
        return problem(name, 0, "", "pack.name-outside")
    if not slash:
        return None if name in ALONE else _unknown(name)
    if folder not in FOLDERS:
        return _unknown(name)
    if not last.endswith(".yaml"):
        return problem(name, 0, "", "pack.name-not-yaml", name=last)
    stem = last.removesuffix(".yaml")
    if not _STEM.match(stem) or _DEVICES.match(stem):
        return problem(name, 0, "", "pack.name-letters", name=last)
    return None


def _unknown(name: str) -> Problem:
    known = (*ALONE, *(f"{folder}/….yaml" for folder in FOLDERS))
    folder, slash, last = name.rpartition("/")
    return problem(
        name, 0, "", "pack.unknown-file",
        known=known, meant=f"{folder}/….yaml" if slash else last,
    )  # fmt: skip


def _kilobytes(size: int) -> str:
    return f"{-(-size // 1000)} kB"
