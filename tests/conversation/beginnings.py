"""A conversation's beginning is talked through once in a process; each test gets a copy of the database it led to."""

from collections.abc import Callable
from copy import copy
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from storage import schema
from tests.conversation.talk import Talk

T = TypeVar("T", bound=Talk)

_BEGUN: dict[str, tuple[bytes, dict[str, Any]]] = {}


def begun_once(kind: type[T], file: Path, key: str, begin: Callable[[T], None]) -> T:
    """Return a talk over *file*, which isn't there yet, as *begin* leaves it. *key* says which beginning it is."""
    if key not in _BEGUN:
        schema.upgrade(f"sqlite:///{file}")
        talk = kind(file)
        begin(talk)
        talk.close()
        _BEGUN[key] = file.read_bytes(), {one.name: getattr(talk, one.name) for one in fields(talk)}
    content, left = _BEGUN[key]
    file.write_bytes(content)
    return kind(**{name: copy(value) for name, value in left.items()} | {"file": file})
