"""Reads what a platform has signed as a JSON object that can be walked through without harm."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

MOST_DEPTH = 64  # the platforms' own stay below 20


class Malformed(Exception):  # noqa: N818 - what was signed isn't what the platform sends
    """Says in a word what is wrong, and holds nothing of the payload."""


def decoded(body: bytes) -> str:
    """Return the body as text. Raises ``Malformed``."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("encoding") from None


def object_in(text: str) -> Mapping[str, Any]:
    """Return the JSON object that *text* is. Raises ``Malformed``."""
    try:
        found = _READER.decode(text)
    except (ValueError, RecursionError):
        raise Malformed("json") from None
    if not isinstance(found, dict):
        raise Malformed("json")
    # Few brackets can't be deep, and that is what nearly every request has.
    if text.count("{") + text.count("[") > MOST_DEPTH and is_deep(found):
        raise Malformed("depth")
    return found


def is_deep(whole: object) -> bool:
    level = [whole]
    for _ in range(MOST_DEPTH):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return True


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity, which JSON doesn't have


_READER = json.JSONDecoder(parse_constant=_no_constant)
