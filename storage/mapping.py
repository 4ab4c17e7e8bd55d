"""Between the domain's frozen values and the JSON text that the tables keep."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from threading import Lock
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from content.pack import Pack
from dialogs.events import AnyEvent, Event
from dialogs.files import FileOut
from dialogs.incoming import Incoming
from dialogs.messages import Message, Press
from dialogs.model.answers import Contribution, Item, Value
from dialogs.model.checked_pack import CheckedPack
from dialogs.model.checkpoint import OpenCheckpoint
from dialogs.model.disposal import Stored
from dialogs.model.exercise import ExerciseRun
from dialogs.model.journey import Page, Signed
from dialogs.model.pack_job import Played, Task
from dialogs.model.people import Roster
from dialogs.model.pulse import Pulse
from dialogs.model.records import Record
from dialogs.model.written import Written
from dialogs.ports import DraftText
from dialogs.values.composed import composed

Kept = TypeVar("Kept")


class Json(Generic[Kept]):
    """How one kind of value is written as JSON text and read back."""

    def __init__(self, kind: Any, *, sparse: bool = False, remembered: int = 0) -> None:
        """A *sparse* text leaves out what is as by default: only where no kind is told by a default.

        So many texts are *remembered* with what they say, read or written: a group's next turn reads much of what its
        last one did. What is written must therefore be just what would be read: lists, not tuples, in an answer.
        """
        self._kind = kind
        self._sparse = sparse
        self._memory = _Memory[Kept](remembered)

    @cached_property
    def _adapter(self) -> TypeAdapter[Kept]:
        """Built when it is first needed: a start needs few of them."""
        return TypeAdapter(self._kind)

    @cached_property
    def _write(self) -> Callable[..., bytes]:
        return self._adapter.serializer.to_json

    @cached_property
    def _read(self) -> Callable[[str], Kept]:
        return self._adapter.validator.validate_json

    def text(self, value: Kept) -> str:
        text = self._write(value, exclude_defaults=self._sparse).decode()
        self._memory.keep(text, value)
        return text

    def value(self, text: str) -> Kept:
        known = self._memory.get(text)
        if known is None:
            known = self._read(text)
            self._memory.keep(text, known)
        return known


class _Memory(Generic[Kept]):
    """The texts that were met last, and what they say. Threads share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[str, Kept] = {}
        self._changing = Lock()

    def get(self, text: str) -> Kept | None:
        return self._known.get(text) if self._most else None

    def keep(self, text: str, value: Kept) -> None:
        if not self._most:
            return
        with self._changing:
            self._known.pop(text, None)
            self._known[text] = value
            if len(self._known) > self._most:
                del self._known[next(iter(self._known))]  # the one that was kept first


ANSWER_VALUE: Json[Value] = Json(Any)
CHECKED_PACK: Json[CheckedPack] = Json(CheckedPack, sparse=True)
CHECKPOINTS: Json[Sequence[OpenCheckpoint]] = Json(tuple[OpenCheckpoint, ...], sparse=True, remembered=200)
DRAFT: Json[DraftText] = Json(DraftText, sparse=True)
EXERCISES: Json[Mapping[str, ExerciseRun]] = Json(Mapping[str, ExerciseRun], sparse=True, remembered=100)
EVENT: Json[Event] = Json(AnyEvent)
FILE: Json[FileOut] = Json(FileOut, sparse=True)
INCOMING: Json[Incoming] = Json(Incoming)
ITEM: Json[Item] = Json(Item, sparse=True, remembered=2000)
MESSAGE: Json[Message] = Json(Message, remembered=50)
PACK_TASK: Json[Task] = Json(Task, sparse=True)
PAGE: Json[Page] = Json(Page, sparse=True, remembered=200)
PLAYED: Json[Played] = Json(Played, sparse=True)
PRESSES: Json[Sequence[Press]] = Json(tuple[Press, ...], sparse=True)
PULSE: Json[Pulse] = Json(Pulse, sparse=True, remembered=500)
RECORD: Json[Record] = Json(Record, sparse=True, remembered=500)
ROSTER: Json[Roster] = Json(Roster, sparse=True, remembered=100)
STORED: Json[Stored] = Json(Stored, sparse=True)
SIGNED: Json[Mapping[str, Signed]] = Json(Mapping[str, Signed], sparse=True, remembered=100)
WRITTEN: Json[Written] = Json(Written, sparse=True)


def pack_text(pack: Pack) -> str:
    return pack.model_dump_json(by_alias=True)


def pack_value(text: str) -> Pack:
    return Pack.model_validate_json(text)


def is_anonymous(item: Item) -> bool:
    """Whether the item has texts that nobody is named for, as far as one can see."""
    return bool(item.taken_part) or None in [one.by for one in item.contributions]


def without_anonymous(item: Item) -> Item:
    """Return the item as its row keeps it: a row that grows text by text would tell who wrote which."""
    return replace(item, contributions=tuple(one for one in item.contributions if one.by is not None))


def with_anonymous(item: Item, texts: Iterable[tuple[str, Value]]) -> Item:
    """Return the item with its anonymous texts, in the order of their random ids."""
    anonymous = tuple(
        Contribution(id, value, None, None) for id, value in sorted(texts, key=lambda one: one[0])
    )
    return replace(item, contributions=(*item.contributions, *anonymous))


def name_key(name: str) -> str:
    """Return how a name is looked for: whatever its case and its spaces, and however its letters are kept."""
    return " ".join(composed(name).casefold().split())
