"""Between the domain's frozen values and the JSON text that the tables keep."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from content.pack import Pack
from dialogs.events import AnyEvent, Event
from dialogs.incoming import Incoming
from dialogs.messages import Message, Press
from dialogs.model.answers import Contribution, Item, Value
from dialogs.model.checkpoint import OpenCheckpoint
from dialogs.model.journey import Page, Signed
from dialogs.model.people import Roster
from dialogs.model.records import Record
from dialogs.ports import DraftText

Kept = TypeVar("Kept")


class Json(Generic[Kept]):
    """How one kind of value is written as JSON text and read back."""

    def __init__(self, kind: Any, *, sparse: bool = False, remembered: int = 0) -> None:
        """A *sparse* text leaves out what is as by default: only where no kind is told by a default.

        So many texts are *remembered* with what they say: a group's next turn reads much of what its last one did.
        """
        self._kind = kind
        self._sparse = sparse
        self._remembered = remembered

    @cached_property
    def _adapter(self) -> TypeAdapter[Kept]:
        """Built when it is first needed: a start needs few of them."""
        return TypeAdapter(self._kind)

    @cached_property
    def _write(self) -> Callable[..., bytes]:
        return self._adapter.serializer.to_json

    @cached_property
    def _read(self) -> Callable[[str], Kept]:
        read = self._adapter.validator.validate_json
        return lru_cache(self._remembered)(read) if self._remembered else read

    def text(self, value: Kept) -> str:
        return self._write(value, exclude_defaults=self._sparse).decode()

    def value(self, text: str) -> Kept:
        return self._read(text)


ANSWER_VALUE: Json[Value] = Json(Any)
CHECKPOINTS: Json[Sequence[OpenCheckpoint]] = Json(tuple[OpenCheckpoint, ...], sparse=True, remembered=200)
DRAFT: Json[DraftText] = Json(DraftText, sparse=True)
EVENT: Json[Event] = Json(AnyEvent)
INCOMING: Json[Incoming] = Json(Incoming)
ITEM: Json[Item] = Json(Item, sparse=True, remembered=2000)
MESSAGE: Json[Message] = Json(Message)
PAGE: Json[Page] = Json(Page, sparse=True, remembered=200)
PRESSES: Json[Sequence[Press]] = Json(tuple[Press, ...], sparse=True)
RECORD: Json[Record] = Json(Record, sparse=True, remembered=500)
ROSTER: Json[Roster] = Json(Roster, sparse=True, remembered=100)
SIGNED: Json[Mapping[str, Signed]] = Json(Mapping[str, Signed], sparse=True, remembered=100)


def pack_text(pack: Pack) -> str:
    return pack.model_dump_json(by_alias=True)


def pack_value(text: str) -> Pack:
    return Pack.model_validate_json(text)


def is_anonymous(item: Item) -> bool:
    """Whether the item has texts that nobody is named for, as far as one can see."""
    return bool(item.taken_part) or any(one.by is None for one in item.contributions)


def without_anonymous(item: Item) -> Item:
    """Return the item as its row keeps it: a row that grows text by text would tell who wrote which."""
    if not is_anonymous(item):
        return item
    return replace(item, contributions=tuple(one for one in item.contributions if one.by is not None))


def with_anonymous(item: Item, texts: Iterable[tuple[str, Value]]) -> Item:
    """Return the item with its anonymous texts, in the order of their random ids."""
    anonymous = tuple(
        Contribution(id, value, None, None) for id, value in sorted(texts, key=lambda one: one[0])
    )
    return replace(item, contributions=(*item.contributions, *anonymous))


def name_key(name: str) -> str:
    """Return how a name is looked for: whatever its case and its spaces."""
    return " ".join(name.casefold().split())
