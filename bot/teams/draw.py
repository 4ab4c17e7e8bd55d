"""Draws a message's blocks as elements of a card, each small enough to stand in any card."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from bot.teams.limits import BUTTON_LABEL, MORE, PART_JSON, Json, cut, pieces, size, weight
from bot.teams.spans import is_harmless, lines, rich, runs, still
from dialogs.messages import (
    Block,
    Bullets,
    Facts,
    Fold,
    Heading,
    Paragraph,
    Quote,
    Span,
    Spans,
    Words,
    plain,
    reading_text,
)

PART = 4_000
"""Bytes of text in one part, where it weighs no more than a part may."""

LEAST = 40  # below this a text isn't divided further


@dataclass(frozen=True, slots=True)
class Part:
    """One or more drawn elements that belong together, and what they say for those who don't see them.

    `weight` is what the card grows by: the elements, and the text twice, as it is spoken and as it stands instead.
    """

    elements: tuple[Json, ...]
    text: str
    weight: int


def parts(blocks: Iterable[Block], *, folded: bool = True) -> Iterator[Part]:
    """Yield the blocks, drawn, in order. A fold is closed, with a button that opens it, or stands open."""
    for number, block in enumerate(blocks):
        if isinstance(block, Fold):
            yield from _fold(block, f"fold{number}", folded=folded)
        elif reading_text((block,)).strip():
            yield from _parts(block)


def _parts(block: Block) -> Iterator[Part]:
    match block:
        case Heading(text=text):
            for one in pieces(" ".join(text.split()), PART // 4):
                yield _part([_heading(one)], one)
        case Paragraph(spans=spans):
            yield from _texts(spans)
        case Quote(spans=spans):
            for part in _texts(spans):
                quote = {"type": "Container", "style": "emphasis", "items": list(part.elements)}
                yield _part([quote], part.text)
        case Bullets(items=items, ordered=ordered):
            for number, item in enumerate(items, start=1):
                mark, said = (f"{number}. ",) * 2 if ordered else ("• ", "- ")
                first, *rest = _texts((Words(mark), *item))
                yield _part(first.elements, said + first.text.removeprefix(mark))
                yield from rest
        case Facts(pairs=pairs):
            for name, value in pairs:
                yield from _texts((Words(f"{name}: ", strong=True), Words(value)))
        case Fold():
            yield from _fold(block, "fold", folded=False)
        case _:
            assert_never(block)


def _heading(text: str) -> Json:
    """Return a heading that screen readers find as one; where its signs could be read as marks, one that only looks so."""
    if is_harmless(text):
        look = {"size": "Medium", "weight": "Bolder", "wrap": True, "spacing": "Medium"}
        return {"type": "TextBlock", "text": text, "style": "heading", **look}
    return rich(still(text, strong=True, size="Medium"), spacing="Medium")


def _fold(fold: Fold, id: str, *, folded: bool) -> Iterator[Part]:
    """Yield the fold as parts, each of which a button opens; or open, under its title."""
    inner = [part for one in fold.blocks if reading_text((one,)).strip() for part in _parts(one)]
    title = " ".join(fold.title.split())
    if not folded or not inner:
        yield from _texts((Words(title, strong=True),)) if title else ()
        yield from inner
        return
    label = cut(title, BUTTON_LABEL) or MORE
    if label != title and title:
        yield from _texts((Words(title, strong=True),))
        title = ""
    for number, share in enumerate(_filled(inner), start=1):
        inside = {
            "type": "Container", "id": f"{id}-{number}", "isVisible": False,
            "items": [element for part in share for element in part.elements],
        }  # fmt: skip
        said = label if number == 1 else f"{cut(label, BUTTON_LABEL - 6)} ({number})"
        button = {"type": "Action.ToggleVisibility", "title": said, "targetElements": [f"{id}-{number}"]}
        text = "\n".join([*filter(None, [title if number == 1 else ""]), *(part.text for part in share)])
        yield _part([{"type": "ActionSet", "actions": [button]}, inside], text)


def _filled(inner: Iterable[Part]) -> Iterator[list[Part]]:
    """Yield the parts in shares that weigh no more than a part may."""
    held: list[Part] = []
    for part in inner:
        if held and sum(one.weight for one in held) + part.weight > PART_JSON:
            yield held
            held = []
        held.append(part)
    if held:
        yield held


def _texts(spans: Spans, most: int = PART) -> Iterator[Part]:
    """Yield a text as parts, a rich text a line: a run shows no line break. No word is lost between them."""
    for share in _shares(spans, most):
        if not plain(share).strip():
            continue
        drawn = [
            rich(runs(line), **({} if n == 0 else {"spacing": "None"})) for n, line in enumerate(lines(share))
        ]
        part = _part(drawn, plain(share))
        if part.weight > PART_JSON and most > LEAST:
            yield from _texts(share, most // 2)
        else:
            yield part


def _shares(spans: Spans, most: int) -> Iterator[Spans]:
    """Yield shares of the spans that say no more than *most* bytes; a link that is cut is text."""
    if size(plain(spans)) <= most:
        yield spans
        return
    share: list[Span] = []
    room = most
    for span in spans:
        said = plain((span,))
        strong = isinstance(span, Words) and span.strong
        whole = size(said) <= most // 2
        for one in (span,) if whole else [Words(text, strong) for text in pieces(said, most // 2)]:
            heavy = size(plain((one,)))
            if share and heavy > room:
                yield tuple(share)
                share, room = [], most
            share.append(one)
            room -= heavy
    if share:
        yield tuple(share)


def _part(elements: Iterable[Json], text: str) -> Part:
    drawn = tuple(elements)
    return Part(drawn, text, sum(map(weight, drawn)) + 2 * weight(text))
