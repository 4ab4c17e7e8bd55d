"""Loads a content pack from names and bytes: read, schema, put together, checked; all of it or nothing."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from content.assembly import put_together
from content.checks import check_pack
from content.file_names import FILE_BYTES, check_files, kind_of
from content.loaded import Loaded, Refused, checksum
from content.pack import Pack
from content.pack_files import PackFiles, Read
from content.problems import Problem, in_order
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
from content.schema_problems import schema_problems
from content.yaml_reader import SourceFile, read_yaml

MODELS: Mapping[str, type[Part]] = {
    "pack": PackFile,
    "steps": Step,
    "tracks": Track,
    "registers": Register,
    "documents": Document,
    "guides": Guide,
    "exercises": Exercise,
    "cycle": CycleFile,
    "nudges": NudgesFile,
    "walkthroughs": Walkthrough,
    "coverage": CoverageFile,
}

P = TypeVar("P", bound=Part)

__all__ = ["Loaded", "Refused", "checksum", "load", "load_all", "with_used"]


def load(files: Mapping[str, bytes], *, used: Mapping[str, Pack] | None = None) -> Loaded | Refused:
    """Return the pack that *files* make, or every problem with it.

    *used* are the packs that it may name under ``uses``, by id. The names are those of the files inside the pack, with
    ``/`` between. Nothing in the files can make this raise.
    """
    problems = list(check_files(files))
    if problems:
        return Refused(in_order(problems))
    read = {name: _read(name, content) for name, content in sorted(files.items())}
    problems = [found for result in read.values() if isinstance(result, tuple) for found in result]
    if problems:
        return Refused(in_order(problems))
    pack_files = _by_kind({name: result for name, result in read.items() if isinstance(result, Read)})
    pack, problems = put_together(pack_files, used or {})
    if pack is None:
        return Refused(in_order(problems))
    problems += check_pack(pack_files, pack)
    if problems:
        return Refused(in_order(problems))
    return Loaded(
        pack,
        tuple(walkthrough.part for walkthrough in pack_files.walkthroughs),
        pack_files.coverage.part if pack_files.coverage else None,
        checksum(files),
    )


def load_all(packs: Mapping[str, Mapping[str, bytes]]) -> dict[str, Loaded | Refused]:
    """Return each of the packs, given by id, loaded or refused: those that others use before those that use them."""
    done: dict[str, Loaded | Refused] = {}

    def loaded(name: str, waiting: tuple[str, ...]) -> None:
        for other in _uses(packs[name]):
            if other in packs and other not in done and other not in waiting:
                loaded(other, (*waiting, name))
        used = {other: result.pack for other, result in done.items() if isinstance(result, Loaded)}
        done.setdefault(name, load(packs[name], used=used))

    for name in packs:
        if name not in done:
            loaded(name, (name,))
    return done


def with_used(packs: Mapping[str, Mapping[str, bytes]], name: str) -> dict[str, Mapping[str, bytes]]:
    """Return the pack *name* and those of *packs* that it uses, itself or by another, in the order of *packs*."""
    needed, waiting = {name}, [name]
    while waiting:
        more = [other for other in _uses(packs[waiting.pop()]) if other in packs and other not in needed]
        needed.update(more)
        waiting += more
    return {one: files for one, files in packs.items() if one in needed}


def _uses(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return what a pack says that it uses; nothing where its manifest can't be read, which loading it will tell."""
    content = files.get("pack.yaml", b"")
    read = _read("pack.yaml", content) if len(content) <= FILE_BYTES else ()
    return read.part.uses if isinstance(read, Read) and isinstance(read.part, PackFile) else ()


def _read(name: str, content: bytes) -> Read[Part] | tuple[Problem, ...]:
    source = read_yaml(name, content)
    if not isinstance(source, SourceFile):
        return source
    model = MODELS[kind_of(name)]
    try:
        # by_name=False: an author writes at-least; at_least is Python's.
        return Read(source, model.model_validate(source.data, by_alias=True, by_name=False))
    except ValidationError as error:
        return tuple(schema_problems(source, model, error))


def _by_kind(read: Mapping[str, Read[Any]]) -> PackFiles:
    def every(model: type[P]) -> tuple[Read[P], ...]:
        return tuple(file for file in read.values() if isinstance(file.part, model))

    return PackFiles(
        manifest=read["pack.yaml"],
        steps=every(Step),
        tracks=every(Track),
        registers=every(Register),
        documents=every(Document),
        guides=every(Guide),
        exercises=every(Exercise),
        cycle=read.get("cycle.yaml"),
        nudges=read.get("nudges.yaml"),
        walkthroughs=every(Walkthrough),
        coverage=read.get("coverage.yaml"),
    )
