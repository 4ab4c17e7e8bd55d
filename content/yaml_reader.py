"""Reads a YAML file as its author typed it: every scalar as text, with the line of each, within bounds.

Reads ruamel's events and builds plain dictionaries, lists and texts itself, so that nothing is ever expanded, resolved
or constructed: an anchor, an alias, a tag or a merge key is a problem at its line, not something to follow.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)  # fmt: skip
from ruamel.yaml.loader import BaseLoader

from content.problems import Problem, problem

DEEPEST = 20
NODES = 20_000
FILE_PROBLEMS = 100

Data = str | list[Any] | dict[str, Any]
Path = tuple[str | int, ...]

# What no text needs and no screen shows as it is: controls, line breaks that aren't, direction changes, halves of pairs.
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that could be read: its data, and the line that each part of it stands on."""

    name: str
    data: Data
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """Return the line of what *path* leads to, or of the nearest thing around it that is there."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: Path, key: str, **args: Any) -> Problem:
        """Return the problem *key* at what *path* leads to."""
        return problem(self.name, self.line(path), in_words(path), key, **args)


def in_words(path: Path) -> str:
    """Return a path as people write it: ``questions[2].when``."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(
        "."
    )


def read_yaml(name: str, content: bytes) -> SourceFile | tuple[Problem, ...]:
    """Return the file as data with lines, or what is wrong with it as YAML."""
    text = _text(name, content)
    if isinstance(text, Problem):
        return (text,)
    reading = _Reading(name, text)
    data = reading.whole()
    if data is None or reading.problems:
        return tuple(reading.problems)
    return SourceFile(name, data, reading.lines)


def _text(name: str, content: bytes) -> str | Problem:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:4]:
        return problem(name, 1, "", "pack.not-utf8-but-utf16")
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        return problem(name, content.count(b"\n", 0, error.start) + 1, "", "pack.not-utf8")
    found = _UNSHOWABLE.search(text)
    if found is not None:
        line = text.count("\n", 0, found.start()) + 1
        return problem(name, line, "", "pack.control-character", code=f"U+{ord(found[0]):04X}")
    return text


class _Reading:
    """One file being read, event by event."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.lines: dict[Path, int] = {}
        self._text = text
        self._nodes = 0
        self._events = self._read()

    def whole(self) -> Data | None:
        """Return the file's data; None when it is no YAML, or too deep or too much of it. Problems are noted."""
        try:
            return self._document()
        except _GivenUp:
            return None
        except YAMLError as error:
            reason = _reason(error)
            self._note(_line_of(error, began=reason in _TOLD_WHERE_IT_BEGAN), reason)
        except (
            ValueError,
            OverflowError,
        ):  # ruamel's chr() of an escape beyond Unicode, such as "\U00110000"
            self._note(self._loader.line + 1, "pack.bad-escape")
        return None

    def _read(self) -> Iterator[Event]:
        self._loader = _Loader(self._text)
        while True:
            event = self._loader.get_event()
            yield event
            if event is None or isinstance(event, StreamEndEvent):
                return

    def _document(self) -> Data | None:
        data: Data | None = None
        documents = 0
        for event in self._events:
            match event:
                case DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        self._note(_line(event), "pack.several-documents")
                        return None
                case ScalarEvent() | SequenceStartEvent() | MappingStartEvent() | AliasEvent():
                    data = self._value(event, (), 1)
                case _:
                    pass
        if data is None or data == "":
            self.problems[:] = [problem(self.name, 1, "", "pack.empty-file")]
            return None
        return data

    def _value(self, event: Any, path: Path, depth: int) -> Data:
        """Return the value that begins with *event*; its line is noted unless its key's line is already."""
        line = _line(event)
        if len(self.problems) >= FILE_PROBLEMS:
            raise _GivenUp
        self._nodes += 1
        if self._nodes > NODES:
            self._note(line, "pack.too-many-nodes", most=NODES)
            raise _GivenUp
        if depth > DEEPEST:
            self._note(line, "pack.too-deep", most=DEEPEST)
            raise _GivenUp
        if isinstance(event, AliasEvent):
            self._note(line, "pack.anchor", path, word=f"*{event.anchor}")
            return ""
        if event.anchor is not None:
            self._note(line, "pack.anchor", path, word=f"&{event.anchor}")
        if event.tag is not None:
            self._note(line, "pack.tag", path, word=_as_typed(str(event.tag)))
        if isinstance(event, ScalarEvent):
            if (
                event.value or event.style is not None or path not in self.lines
            ):  # nothing at all: its key's line
                self.lines[path] = line
            return self._scalar(event, path)
        self.lines.setdefault(path, line)
        return (
            self._list(path, depth) if isinstance(event, SequenceStartEvent) else self._mapping(path, depth)
        )

    def _scalar(self, event: Any, path: Path) -> str:
        text: str = event.value
        if event.style is None and not text:
            key = "pack.empty-item" if path and isinstance(path[-1], int) else "pack.empty-value"
            self._note(self.lines[path], key, path, name=in_words(path[-1:]))
        elif event.style == '"' and (found := _UNSHOWABLE.search(text)):
            self._note(_line(event), "pack.control-character", path, code=f"U+{ord(found[0]):04X}")
        return text

    def _list(self, path: Path, depth: int) -> list[Any]:
        items: list[Any] = []
        for event in self._events:
            if isinstance(event, SequenceEndEvent):
                break
            items.append(self._value(event, (*path, len(items)), depth + 1))
        return items

    def _mapping(self, path: Path, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        first: dict[str, int] = {}
        for event in self._events:
            if isinstance(event, MappingEndEvent):
                break
            key, line = self._key(event, path, depth), _line(event)
            inside = (*path, key)
            if key in first:
                self._note(line, "pack.duplicate-key", inside, name=key, first=first[key])
            else:
                first[key] = self.lines[inside] = line
            value = self._value(next(self._events), inside, depth + 1)
            values.setdefault(key, value)
        return values

    def _key(self, event: Any, path: Path, depth: int) -> str:
        if not isinstance(event, ScalarEvent):
            self._value(event, path, depth + 1)
            self._note(_line(event), "pack.key-not-text", path)
            return ""
        key = self._value(event, (*path, ""), depth)
        if key == "<<":
            self._note(_line(event), "pack.merge-key", path)
        return str(key)

    def _note(self, line: int, key: str, path: Path = (), **args: Any) -> None:
        self.problems.append(problem(self.name, line, in_words(path), key, **args))


class _Loader(BaseLoader):
    """Ruamel's reader, but a directive is a slip wherever it stands; ruamel itself stumbles over one in a mapping."""

    def scan_directive(self) -> None:
        raise MarkedYAMLError(problem="a directive", problem_mark=self.reader.get_mark())


class _GivenUp(Exception):  # noqa: N818 - no error of anybody's: there is enough to say already
    """There is enough to say; reading on would help nobody."""


def _as_typed(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!", 1)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _line_of(error: YAMLError, *, began: bool) -> int:
    """Return the line where ruamel stumbled, or where that began which it didn't find the end of."""
    if isinstance(error, MarkedYAMLError):
        marks = (error.problem_mark, error.context_mark)
        for mark in reversed(marks) if began else marks:
            if mark is not None:
                return int(mark.line) + 1
    return 1


_TOLD_WHERE_IT_BEGAN = ("pack.why-no-colon", "pack.why-quote", "pack.why-bracket")
_REASONS = (
    ("a directive", "pack.directive"),
    ("mapping values are not allowed", "pack.why-colon"),
    ("could not find expected ':'", "pack.why-no-colon"),
    ("found character '\\t'", "pack.why-tab"),
    ("found character", "pack.why-character"),
    ("found unexpected end of stream", "pack.why-quote"),
    ("while scanning a block scalar", "pack.why-block"),
    ("while scanning a double-quoted scalar", "pack.why-escape"),
    ("while parsing a flow", "pack.why-bracket"),
    ("expected <block end>", "pack.why-indent"),
)


def _reason(error: YAMLError) -> str:
    """Return the phrase that says what is the likely slip behind ruamel's words."""
    said = f"{getattr(error, 'problem', '') or ''} {getattr(error, 'context', '') or ''}"
    return next((key for words, key in _REASONS if words in said), "pack.why-other")
