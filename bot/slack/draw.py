"""Draws a message's blocks: each as one or more parts that are small enough to stand in any post."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import assert_never

from bot.slack.limits import HEADER, MESSAGE_JSON, Json, escaped, length, weight
from bot.slack.spans import Accounts, elements, filled, reading_length, split, text_element
from dialogs.messages import (
    Block,
    Bullets,
    Facts,
    Fold,
    Heading,
    Paragraph,
    Quote,
    Spans,
    Words,
    plain,
    reading_text,
)

PART_TEXT = 2_800
"""The most reading text of one part, escaped: well below a post's, so that posts are filled."""

PART_JSON = MESSAGE_JSON // 2 - 500
LEAST = 40  # below this a part isn't divided further
ITEMS = 50  # in one list

# Slack reads these three signs and their names as its own marks even in some plain texts, but not in rich text.
_MARKS = re.compile(r"[<>]|&(?:amp|lt|gt);")


@dataclass(frozen=True, slots=True)
class Part:
    """One drawn block, what it says for those who don't see it, how long that is there, and what the block weighs.

    Nobody changes it.
    """

    block: Json
    text: str
    length: int
    weight: int

    @classmethod
    def of(cls, block: Json, text: str, heavy: int | None = None) -> "Part":
        return cls(block, text, length(escaped(text)), weight(block) if heavy is None else heavy)


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, or a share of one; `first` is the number that a share of an ordered list begins with."""

    block: Block
    first: int = 1

    @property
    def text(self) -> str:
        match self.block:
            case Bullets(items=items, ordered=True):
                return "\n".join(f"{n}. {plain(item)}" for n, item in enumerate(items, start=self.first))
            case block:
                return reading_text((block,))


def parts(blocks: Iterable[Block], accounts: Accounts) -> list[Part]:
    """Return the blocks, drawn, in order. A fold stands open under its title."""
    called = tuple(accounts.items())
    return [part for block in blocks for part in _drawn_before(block, called)]


@lru_cache(256)
def _drawn_before(block: Block, called: tuple[tuple[str, str], ...]) -> tuple[Part, ...]:
    """Return the block, drawn once: a question's message is edited at each answer, and little in it is new."""
    return tuple(_parts(Piece(block), dict(called), PART_TEXT))


def text_block(text: str) -> Json:
    return _rich_text([_section(text_element(text))])


def _rich_text(drawn: Iterable[Json]) -> Json:
    return {"type": "rich_text", "elements": list(drawn)}


def _parts(piece: Piece, accounts: Accounts, most: int) -> Iterator[Part]:
    for smaller in _divided(piece, most):
        text = smaller.text
        if not text.strip():
            continue
        drawn = _drawn(smaller, accounts)
        heavy = weight(drawn)
        if heavy > PART_JSON and most > LEAST:
            yield from _parts(smaller, accounts, most // 2)
        else:
            yield Part.of(drawn, text, heavy)


def _drawn(piece: Piece, accounts: Accounts) -> Json:
    """Return the piece as a block of Slack's."""
    if isinstance(piece.block, Heading) and is_header(piece.block.text):
        text = {"type": "plain_text", "text": piece.block.text, "emoji": False}
        return {"type": "header", "text": text}
    return _rich_text(_rich(piece, accounts))


def is_header(text: str) -> bool:
    """Return whether *text* can stand in a header; else it is strong text."""
    return length(text) <= HEADER and "\n" not in text and not _MARKS.search(text)


def _rich(piece: Piece, accounts: Accounts) -> Iterator[Json]:
    match piece.block:
        case Paragraph(spans=spans):
            yield _section(elements(spans, accounts))
        case Heading(text=text):
            yield _section(text_element(text, strong=True))
        case Quote(spans=spans):
            yield {"type": "rich_text_quote", "elements": filled(elements(spans, accounts))}
        case Bullets(items=items, ordered=ordered):
            drawn = {
                "type": "rich_text_list",
                "style": "ordered" if ordered else "bullet",
                "elements": [_section(elements(item, accounts)) for item in items],
            }
            yield drawn | ({"offset": piece.first - 1} if ordered and piece.first > 1 else {})
        case Facts(pairs=pairs):
            for name, value in pairs:
                yield _section(chain(text_element(f"{name}:", strong=True), text_element(f" {value}")))
        case Fold(title=title, blocks=inner):
            yield _section(text_element(title, strong=True))
            for one in inner:
                if reading_text((one,)).strip():
                    yield from _rich(Piece(one), accounts)
        case _:
            assert_never(piece.block)


def _section(drawn: Iterable[Json]) -> Json:
    return {"type": "rich_text_section", "elements": filled(list(drawn))}


def _divided(piece: Piece, most: int) -> Iterator[Piece]:
    """Return the piece; or, when it says more than *most*, pieces that don't. No word is lost between them."""
    match piece.block:
        case Paragraph(spans=spans):
            yield from (Piece(Paragraph(one)) for one in split(spans, most))
        case Quote(spans=spans):
            yield from (Piece(Quote(one)) for one in split(spans, most))
        case Heading(text=text) as heading:
            if is_header(text) or length(escaped(text)) <= most:
                yield piece
            else:
                yield from (Piece(Paragraph(one)) for one in split((Words(heading.text, strong=True),), most))
        case Bullets() as bullets:
            yield from _shares_of_list(bullets, piece.first, most)
        case Facts(pairs=pairs):
            yield from _shares_of_facts(pairs, most)
        case Fold(title=title, blocks=inner) as fold:
            if length(escaped(piece.text)) <= most and all(_is_one_piece(one, most) for one in fold.blocks):
                yield piece
            else:
                for one in (Heading(title), *inner):
                    yield from _divided(Piece(one), most)
        case _:
            assert_never(piece.block)


def _is_one_piece(block: Block, most: int) -> bool:
    return len(list(_divided(Piece(block), most))) <= 1


def _shares_of_list(bullets: Bullets, first: int, most: int) -> Iterator[Piece]:
    share: list[Spans] = []
    taken, begins = 0, first
    for number, item in enumerate(bullets.items, start=first):
        size = reading_length(item) + len(f"{number}. ") + 1
        if share and (taken + size > most or len(share) == ITEMS):
            yield Piece(replace(bullets, items=tuple(share)), begins)
            share, taken = [], 0
        if not share:
            begins = number
        if size > most:
            head, *rest = split(item, most - 20)
            yield Piece(replace(bullets, items=(head,)), number)
            yield from (Piece(Paragraph(one)) for one in rest)
        else:
            share.append(item)
            taken += size
    if share:
        yield Piece(replace(bullets, items=tuple(share)), begins)


def _shares_of_facts(pairs: tuple[tuple[str, str], ...], most: int) -> Iterator[Piece]:
    share: list[tuple[str, str]] = []
    taken = 0
    for name, value in pairs:
        size = length(escaped(f"{name}: {value}")) + 1
        if share and (taken + size > most or len(share) == ITEMS):
            yield Piece(Facts(tuple(share)))
            share, taken = [], 0
        if size > most:
            spans = (Words(f"{name}:", strong=True), Words(f" {value}"))
            yield from (Piece(Paragraph(one)) for one in split(spans, most))
        else:
            share.append((name, value))
            taken += size
    if share:
        yield Piece(Facts(tuple(share)))
