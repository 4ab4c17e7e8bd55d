"""Draws spans as runs of a rich text, where what people wrote is text and can't be anything else.

Markdown, dates in braces and mentions are alive in every other element that shows text, so no words of people's stand
there, unless they are plain in any reading. In runs the dates are alive as well: a run ends between two braces.
Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import dropwhile
from typing import Any, assert_never
from unicodedata import category

from bot.teams.limits import MENTIONS_IN_LINE, NOTHING, Json
from dialogs.messages import Link, Mention, Spans, Words, plain
from dialogs.values.composed import composed

Accounts = Mapping[str, str]  # person -> the account that Teams knows them by

_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x20\x7f\"'<>\\]+", re.IGNORECASE)
_LIKE_AN_ADDRESS = re.compile(r"://|^\s*www\.|^mailto:", re.IGNORECASE)
_DATE = re.compile(r"(?<=\{)(?=\{)")
# Words with the signs that no Markdown, no date and no mention begins with.
_HARMLESS = re.compile(r"(?!\d+[.)](?:\s|$))[^\W_](?:[^\W_]|[ .,:;!?'’”–—…%()-])*")
_MARK = re.compile(r"www\.|--|\.\.\.|\((?:c|r|tm|p)\)", re.IGNORECASE)
LONGEST_URL = 2_000
LONGEST_NAME = 100


def rich(runs: Iterable[Json], **more: object) -> Json:
    """Return a rich text of *runs*; one that holds nothing holds a space, for Teams refuses an empty one."""
    return {"type": "RichTextBlock", "inlines": list(runs) or [run(NOTHING)], **more}


def run(text: str, *, strong: bool = False, **more: object) -> Json:
    return {"type": "TextRun", "text": text, **({"weight": "Bolder"} if strong else {}), **more}


def still(text: str, **more: Any) -> Iterator[Json]:
    """Yield *text* as runs in which no date is put for what stands in braces."""
    return (run(piece, **more) for piece in _DATE.split(text) if piece)


def in_one(text: str) -> str:
    """Return *text* where it has to stand in one piece: nothing is seen between two braces, and nothing is put there."""
    return _DATE.sub("\u2060", text)


def is_harmless(text: str) -> bool:
    """Tell whether *text* is nothing but words, whatever it is read as."""
    return bool(_HARMLESS.fullmatch(text)) and not _MARK.search(text)


def runs(spans: Spans) -> Iterator[Json]:
    """Yield the spans as runs; one that is empty is left out."""
    for span in spans:
        match span:
            case Words(text=text, strong=strong):
                yield from still(text, strong=strong)
            case Link():
                yield from _link(span)
            case Mention(name=name):
                yield from still(" ".join(name.split()), strong=True)
            case _:
                assert_never(span)


def lines(spans: Spans) -> Iterator[Spans]:
    """Yield the spans line by line: a run shows no line break."""
    line: list[Words | Link | Mention] = []
    for span in spans:
        if not isinstance(span, Words) or "\n" not in span.text:
            line.append(span)
            continue
        first, *rest = span.text.split("\n")
        line.append(Words(first, span.strong))
        for one in rest:
            yield tuple(line)
            line = [Words(one, span.strong)]
    yield tuple(line)


def mentions(spans: Iterable[Mention], accounts: Accounts) -> Iterator[tuple[Json, list[Json]]]:
    """Yield lines that notify people, each with what makes it do so; none where Teams knows none of them.

    A name stands here without any sign that could be a mark: the line is the one that isn't a rich text.
    """
    known: list[Json] = []
    for mention in {one.person: one for one in spans}.values():
        account = accounts.get(mention.person)
        name = _name(mention.name)
        if account and name:
            mentioned = {"id": account, "name": name}
            known.append({"type": "mention", "text": f"<at>{name}</at>", "mentioned": mentioned})
    for at in range(0, len(known), MENTIONS_IN_LINE):
        entities = known[at : at + MENTIONS_IN_LINE]
        written = ", ".join(entity["text"] for entity in entities)
        yield {"type": "TextBlock", "text": written, "wrap": True, "isSubtle": True}, entities


def _name(given: str) -> str:
    """Return a name that is nothing else, whatever stands around it: an accent without a letter would change what does."""
    usual = " ".join("".join(map(_usual, composed(given))).split())
    return "".join(dropwhile(lambda sign: sign == " " or _is_accent(sign), usual))[:LONGEST_NAME]


def _usual(sign: str) -> str:
    """Return the sign of a name; a space for one that could be a mark of something else."""
    return sign if sign.isalnum() or sign in " .'-" or _is_accent(sign) else " "


def _is_accent(sign: str) -> bool:
    return category(sign) in ("Mn", "Mc")


def _link(link: Link) -> Iterator[Json]:
    """Yield a link that goes where it says; an address that isn't one for the web or for mail stays text."""
    if not _ADDRESS.fullmatch(link.url) or not link.url.isprintable() or len(link.url) > LONGEST_URL:
        yield from still(" ".join(plain((link,)).split()))
        return
    hides = link.text != link.url and _LIKE_AN_ADDRESS.search(link.text)
    shown = link.text if link.text.strip() and not hides else link.url
    if hides:  # a name that looks like another address would hide where the link goes
        yield from still(f"{' '.join(link.text.split())} (")
    opening = {"type": "Action.OpenUrl", "url": link.url}
    yield from still(" ".join(shown.split()), underline=True, color="Accent", selectAction=opening)
    if hides:
        yield run(")")
