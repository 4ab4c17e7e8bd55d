"""Turns a letter into Adaptive Cards. Pure; what is too much for one card goes on in the next, and nothing is lost.

Each card's `speak` and `fallbackText` are its reading version, for screen readers and for clients that draw no cards.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.teams.buttons import answering, rows
from bot.teams.draw import Part, parts
from bot.teams.limits import (
    BUTTONS,
    CARD_ITSELF,
    CLOSING_JSON,
    ELEMENTS,
    MESSAGE_JSON,
    MORE,
    NOTHING,
    READING_TEXT,
    Json,
    cut,
    pieces,
    weight,
)
from bot.teams.spans import mentions, rich, run
from dialogs.messages import Block, Fold, Mention, Message, Paragraph, words
from dialogs.ports import ClaimedLetter

SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
VERSION = "1.5"


@dataclass(frozen=True, slots=True)
class Post:
    """What is posted at once. The first is the message; the others follow it."""

    text: str
    card: Json


def posts(letter: ClaimedLetter) -> tuple[Post, ...]:
    """Return the letter as cards, at least one."""
    message = letter.message
    closing = [
        *(Closing((line,), tuple(entities)) for line, entities in mentions(_mentioned(message), letter.accounts)),
        *((Closing(tuple(answer)),) if (answer := answering(message, letter.key)) else ()),
        *(Closing((row,)) for row in rows(message)),
    ]  # fmt: skip
    blocks = message.blocks or (Paragraph(words(message.text)),)
    found = [*_bodies([*parts(blocks)], closing)]
    if letter.how == "edit" and len(found) > 1:
        # Of an edit, only the message itself can take the old one's place.
        first = found[0]
        found = [replace(first, shown=(*first.shown, _MORE))]
    return tuple(Post(one.text, card(one.elements, one.text, one.entities)) for one in found)


def card(body: Sequence[Json], text: str, entities: Iterable[Json] = ()) -> Json:
    """Return a card with its reading version *text*."""
    said = next(pieces(text, READING_TEXT), "") or NOTHING
    said = said if len(said) == len(text) or not text else f"{said.rstrip()}\n{MORE}"
    marked = list(entities)
    teams: dict[str, Any] = {"width": "full", **({"entities": marked} if marked else {})}
    return {
        "type": "AdaptiveCard", "$schema": SCHEMA, "version": VERSION, "speak": said, "fallbackText": said,
        "body": list(body) or [rich([])], "msteams": teams,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Closing:
    """What stands below what is said: a row of buttons, a place to answer in, or people who are to notice."""

    elements: tuple[Json, ...]
    entities: tuple[Json, ...] = ()

    @property
    def weight(self) -> int:
        return weight(self.elements) + weight(self.entities)

    @property
    def buttons(self) -> int:
        return sum(len(one.get("actions", ())) for one in self.elements)


@dataclass(frozen=True, slots=True)
class Body:
    """What one card holds."""

    shown: tuple[Part, ...] = ()
    closing: tuple[Closing, ...] = ()

    @property
    def elements(self) -> list[Json]:
        holding: list[Part | Closing] = [*self.shown, *self.closing]
        return [element for one in holding for element in one.elements]

    @property
    def entities(self) -> list[Json]:
        return [entity for one in self.closing for entity in one.entities]

    @property
    def text(self) -> str:
        return "\n".join(part.text for part in self.shown) or _labels(self.elements)


_MORE = Part((rich([run(MORE)]),), MORE, 0)


def _bodies(drawn: Sequence[Part], closing: Sequence[Closing]) -> Iterator[Body]:
    """Yield bodies with as much in each as a card takes; as many of *closing* as fit end the first, others come last."""
    first, *others = _shares_of(closing) or [()]
    ends: tuple[Closing, ...] = first
    held: list[Part] = []
    room = MESSAGE_JSON - CARD_ITSELF
    heavy = sum(one.weight for one in ends)
    if not drawn and not ends:
        yield Body()
    for part in drawn:
        elements = sum(len(one.elements) for one in held) + len(part.elements) + len(ends)
        if held and (heavy + part.weight > room or elements > ELEMENTS):
            yield Body(tuple(held), ends)
            held, ends, heavy = [], (), 0
        held.append(part)
        heavy += part.weight
    if held or ends:
        yield Body(tuple(held), ends)
    for more in others:
        yield Body((), more)


def _shares_of(closing: Sequence[Closing]) -> list[tuple[Closing, ...]]:
    shares: list[list[Closing]] = []
    heavy = buttons = 0
    for one in closing:
        if not shares or heavy + one.weight > CLOSING_JSON or buttons + one.buttons > BUTTONS:
            shares.append([])
            heavy = buttons = 0
        shares[-1].append(one)
        heavy += one.weight
        buttons += one.buttons
    return [tuple(share) for share in shares]


def _labels(body: Sequence[Json]) -> str:
    labels = [action["title"] for one in body for action in one.get("actions", ())]
    return cut(", ".join(labels), 300) or MORE


def _mentioned(message: Message) -> Iterator[Mention]:
    def inside(blocks: Iterable[Block]) -> Iterator[Mention]:
        for block in blocks:
            if isinstance(block, Fold):
                yield from inside(block.blocks)
                continue
            several = getattr(block, "items", None) or (getattr(block, "spans", ()),)
            yield from (span for spans in several for span in spans if isinstance(span, Mention))

    return inside(message.blocks)
