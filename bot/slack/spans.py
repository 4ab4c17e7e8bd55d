"""Draws spans as rich text, where what people wrote is text and can't be anything else."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from bot.slack.limits import TEXT_ELEMENT, URL, Json, escaped, length, pieces
from dialogs.messages import Link, Mention, Span, Spans, Words, plain

Accounts = Mapping[str, str]  # person -> Slack's id for them
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x20\x7f]+", re.IGNORECASE)
_LIKE_AN_ADDRESS = re.compile(r"://|^\s*www\.|^mailto:", re.IGNORECASE)
MORE = "…"
NOTHING = "\u00a0"  # for a place that must hold something: Slack refuses an empty text


def elements(spans: Iterable[Span], accounts: Accounts) -> list[Json]:
    """Return the spans as elements of a rich text; one that is empty is left out."""
    return [one for span in _together(spans) for one in _element(span, accounts)]


def filled(drawn: list[Json]) -> list[Json]:
    return drawn or [{"type": "text", "text": NOTHING}]


def text_element(text: str, *, strong: bool = False) -> Iterator[Json]:
    for piece in pieces(text, TEXT_ELEMENT):
        yield {"type": "text", "text": piece} | ({"style": {"bold": True}} if strong else {})


def split(spans: Spans, most: int) -> Iterator[Spans]:
    """Return *spans* in pieces whose reading text, escaped, takes at most *most*. Nothing is lost between them."""
    if spans and reading_length(spans) <= most:
        yield spans
        return
    piece: list[Span] = []
    room = most
    for span in spans:
        for part in _parts(span, room, most):
            taken = reading_length((part,))
            if piece and taken > room:
                yield tuple(piece)
                piece, room = [], most
            piece.append(part)
            room -= taken
    if piece:
        yield tuple(piece)


def reading_length(spans: Iterable[Span]) -> int:
    return length(escaped(plain(spans)))


def _parts(span: Span, room: int, most: int) -> Iterator[Span]:
    if reading_length((span,)) <= room:
        yield span
        return
    match span:
        case Words(text=text, strong=strong):
            if reading_length((span,)) <= most // 2:  # soon said: let it begin the next piece whole
                yield span
                return
            first = next(pieces(text, room, as_escaped=True)) if room > most // 4 else ""
            if first:
                yield Words(first, strong)
            for one in pieces(text[len(first) :], most, as_escaped=True):
                yield Words(one, strong)
        case Link() | Mention():
            if reading_length((span,)) <= most:
                yield span
            else:
                for one in pieces(plain((span,)), most, as_escaped=True):
                    yield Words(one)
        case _:
            assert_never(span)


def _together(spans: Iterable[Span]) -> Iterator[Span]:
    """Return the same with neighbouring words that look alike as one, so that a sentence is one run of text."""
    kept: Words | None = None
    for span in spans:
        if kept is not None and isinstance(span, Words) and span.strong == kept.strong:
            kept = Words(kept.text + span.text, kept.strong)
            continue
        if kept is not None:
            yield kept
        kept = span if isinstance(span, Words) else None
        if kept is None:
            yield span
    if kept is not None:
        yield kept


def _element(span: Span, accounts: Accounts) -> Iterator[Json]:
    match span:
        case Words(text=text, strong=strong):
            yield from text_element(text, strong=strong)
        case Link():
            yield from _link(span)
        case Mention(person=person, name=name):
            account = accounts.get(person)
            if account:
                yield {"type": "user", "user_id": account}
            else:
                yield from text_element(name, strong=True)
        case _:
            assert_never(span)


def _link(link: Link) -> Iterator[Json]:
    """Return a link that goes where it says; an address that isn't one for the web or for mail stays text."""
    if not _ADDRESS.fullmatch(link.url) or length(link.url) > URL or length(link.text) > TEXT_ELEMENT:
        yield from text_element(plain((link,)))
    elif link.text != link.url and _LIKE_AN_ADDRESS.search(link.text):
        # A name that looks like another address would hide where the link goes.
        yield from text_element(f"{link.text} (")
        yield {"type": "link", "url": link.url, "text": link.url}
        yield from text_element(")")
    else:
        name = link.text if link.text.strip() else link.url
        yield {"type": "link", "url": link.url, "text": name}
