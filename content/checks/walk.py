"""Walks a file's parts with the path that each has in the file, and what is at hand there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pydantic import BaseModel

from content.problems import Problem
from content.reads import date_of
from content.schema.base import Text
from content.schema.cycle import Checkpoint
from content.schema.files import Document, Register
from content.schema.guides import Guide
from content.schema.questions import Asked
from content.yaml_reader import Path, SourceFile

GUIDE = "guide:"
"""Before a guide's id: its answers are the fields of the record at hand there."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a file: where it stands, the register whose record is at hand, and the question around it."""

    part: BaseModel
    source: SourceFile
    path: Path = ()
    register: str | None = None
    question: Any = None

    def problem(self, *inside: str | int, key: str, **args: Any) -> Problem:
        """Return the problem *key* at what *inside* leads to from here."""
        return self.source.problem((*self.path, *inside), key, **args)


def walk(source: SourceFile, part: BaseModel) -> Iterator[Spot]:
    """Yield *part* and every part inside it, outer before inner."""
    return _walk(Spot(part, source))


def _walk(spot: Spot) -> Iterator[Spot]:
    part = spot.part
    if isinstance(part, Asked):
        about = part.for_each.register_ if part.for_each is not None else spot.register
        spot = replace(spot, question=part, register=about)
    elif isinstance(part, Checkpoint):
        date = date_of(part.when)
        spot = replace(spot, register=date.register_ if date is not None else None)
    elif isinstance(part, Register):
        spot = replace(spot, register=part.extends or part.id)
    elif isinstance(part, Document):
        spot = replace(spot, register=part.about)
    elif isinstance(part, Guide):
        spot = replace(spot, register=f"{GUIDE}{part.id}")
    yield spot
    if isinstance(part, Text):
        return
    for name, key in aliases(type(part)):
        inner = spot
        if name == "where":
            inner = replace(spot, register=getattr(part, "register_", None))
        elif isinstance(part, Register) and name == "warn":
            inner = replace(spot, register=None)  # said of the register as a whole
        yield from _inside(inner, getattr(part, name), (*spot.path, key))


def _inside(spot: Spot, value: Any, path: Path) -> Iterator[Spot]:
    if isinstance(value, BaseModel):
        yield from _walk(replace(spot, part=value, path=path))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _inside(spot, item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _inside(spot, item, (*path, key))


@cache
def aliases(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a model: Python's name and the author's."""
    return tuple((name, field.alias or name) for name, field in model.model_fields.items())
