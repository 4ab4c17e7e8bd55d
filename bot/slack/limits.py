"""What Slack takes at the most, by name, and how a text is cut to fit. Over a limit a whole post or view is refused.

Read in Slack's reference for Block Kit in November 2026; what the reference doesn't say is said beside the number.
"""

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

BLOCKS_IN_MESSAGE = 50
BLOCKS_IN_VIEW = 100
HEADER = 150
BUTTONS_IN_BLOCK = 25
BUTTON_LABEL = 75  # and the label that is read aloud
PRIVATE_METADATA = 3_000
VIEW_TITLE = 24
VIEW_BUTTON = 24
LABEL = 2_000  # of an input, and its hint
INPUT_TEXT = 3_000
OPTIONS = 100  # in a select or in one of its groups
OPTION_GROUPS = 100
OPTION_TEXT = 75
OPTION_VALUE = 150
BOXES = 10  # checkboxes, and radio buttons

MESSAGE_TEXT = 4_000
"""`chat.update` answers `msg_too_long` over this, and `chat.postMessage` cuts or refuses by a number that has changed."""

MESSAGE_JSON = 12_000
"""All blocks of a post as JSON. The limit behind `msg_blocks_too_long` is in no reference: people have measured 13,297
characters of text in one block as the most (slackapi/bolt-js #2509), and of several blocks 15,561 characters of JSON
taken and 17,694 refused (#2867). This stays below them all."""

VIEW_JSON = 200_000
"""A view over 250 kB is refused."""

TEXT_ELEMENT = 3_000
"""One run of text in a rich text. No reference says how long it may be: this is what any other text may be."""

URL = 2_000  # Slack takes 3,000; a longer one than this works in few browsers

_BREAKS = ("\n\n", "\n", ". ", " ")  # where a text is best cut, best first
_JOINERS = frozenset("\u200d\ufe0e\ufe0f\u20e3")


def length(text: str) -> int:
    """Return how long *text* is to Slack: in UTF-16 units, the larger of the two ways in which it may count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def weight(block: object) -> int:
    """Return how much of `MESSAGE_JSON` a block takes."""
    return length(_as_json(block)) + 1


def escaped(text: str) -> str:
    """Return *text* for a place where Slack reads its own marks: no mention, link or broadcast is left in it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, most: int) -> str:
    """Return *text* on one line of at most *most*, cut between words where it is too long, with a sign that it was."""
    line = " ".join(text.split())
    if length(line) <= most:
        return line
    kept = line[: _fitting(line, most - 1)]
    whole, space, _ = kept.rpartition(" ")
    return f"{whole if space and length(whole) > most // 2 else kept}…"


def pieces(text: str, most: int, *, as_escaped: bool = False) -> Iterator[str]:
    """Return *text* in pieces of at most *most*, cut where it reads best; put together they are the text again."""
    while text:
        if _surely_fits(text, most):
            yield text
            return
        at = _fitting(text, most, as_escaped=as_escaped)
        if at < len(text):
            at = _good_break(text, at)
        yield text[:at]
        text = text[at:]


def _surely_fits(text: str, most: int) -> bool:
    """Tell it from the number of characters alone: none takes more than an escaped ampersand."""
    return 5 * len(text) <= most


def _fitting(text: str, most: int, *, as_escaped: bool = False) -> int:
    """Return how many of the first characters fit; at least one, and never half of a drawn sign if that can be helped."""
    taken, at = 0, 0
    for char in text:
        taken += length(escaped(char)) if as_escaped else length(char)
        if taken > most:
            break
        at += 1
    else:
        return at
    whole = at
    while whole > 0 and _belongs_to_what_stands_before(text, whole):
        whole -= 1
    return max(whole or at, 1)


def _belongs_to_what_stands_before(text: str, at: int) -> bool:
    char = text[at]
    return (
        unicodedata.combining(char) > 0
        or char in _JOINERS
        or "\U0001f3fb" <= char <= "\U0001f3ff"  # skin tones
        or text[at - 1] == "\u200d"
    )


def _good_break(text: str, most: int) -> int:
    """Return where to cut the first *most* characters: after the last good break in their second half."""
    for sign in _BREAKS:
        found = text.rfind(sign, most // 2, most)
        if found >= 0:
            return found + len(sign)
    return most
