"""What Teams takes at the most, by name, and how a text is cut to fit.

Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages, read in November 2026.
Where it doesn't say, the number stands below anything that was ever refused.
"""

import json
from collections.abc import Iterator
from typing import Any
from unicodedata import combining

Json = dict[str, Any]

MESSAGE_JSON = 26_000
"""Bytes of one card, with its reading version twice. A message may have about 100 kB in UTF-16, and 80 are advised;
it was 40 before, and is 28 still where others than bots post. This is half of it at the most, whatever the letters."""

CARD_ITSELF = 600  # bytes of a card with nothing in it
PART_JSON = 9_000
"""Bytes of one part of a card with its text twice more: less than half a card, so that cards are filled."""

CLOSING_JSON = 10_000  # of the buttons below a message and of those who are mentioned there; more go on in a card of their own

READING_TEXT = 20_000
"""Bytes of a reading version. A message's is never cut: its card is filled by it; a long dialog's may be."""

ELEMENTS = 120  # of one card: no limit is told, but a longer one is no longer read
BUTTONS_IN_ROW = 4
BUTTONS = 60  # of one card
MENTIONS_IN_LINE = 20
BUTTON_LABEL = 80
TOOLTIP = 300
LABEL = 500  # of an input
DIALOG_TITLE = 64
INPUT_TEXT = 20_000  # as in the conversation
OPTIONS = 500  # of one input; more are written
OPTION_TEXT = 200

MORE = "…"
NOTHING = "\u00a0"
_JOINER = "\u200d"

_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def weight(drawn: object) -> int:
    """Return how many bytes it takes as JSON."""
    return len(_as_json(drawn).encode("utf-8", "replace")) + 1


def size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def cut(text: str, most: int) -> str:
    """Return *text* on one line, in at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}{MORE}"


def pieces(text: str, most: int) -> Iterator[str]:
    """Yield *text* in pieces of at most so many bytes, cut between words where that can be. Nothing is lost."""
    while size(text) > most:
        at = most
        while size(text[:at]) > most:
            at -= max(1, (size(text[:at]) - most) // 4)
        at = _between(text, at)
        yield text[:at]
        text = text[at:]
    if text:
        yield text


def _between(text: str, at: int) -> int:
    """Return where to cut at the latest, at *at*: after a line, a sentence or a word, and never inside an emoji."""
    for sign in ("\n", ". ", " "):
        found = text.rfind(sign, at // 2, at)
        if found > 0:
            return found + len(sign)
    least = max(1, at - 40)
    while at > least and (_joins(text[at]) or text[at - 1] == _JOINER):
        at -= 1
    return at


def _joins(sign: str) -> bool:
    """Tell whether the sign belongs to the one before it: an accent, a skin's colour or what joins emojis."""
    return (
        combining(sign) > 0 or sign in (_JOINER, "\ufe0f", "\u20e3") or "\U0001f3fb" <= sign <= "\U0001f3ff"
    )
