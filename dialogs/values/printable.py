"""What a page can hold: text without signs that files are not allowed to have, whoever wrote them."""

from collections.abc import Mapping
from typing import Any


def printable(text: str) -> str:
    """Return *text* without control signs, halves of pairs, and what is no sign at all. Line breaks and tabs stay."""
    return "".join(sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if _is_fit(ord(sign)))


def all_printable(value: Any) -> Any:
    """Return data as JSON has it, with every text in it printable."""
    match value:
        case str():
            return printable(value)
        case list() | tuple():
            return [all_printable(one) for one in value]
        case Mapping():
            return {name: all_printable(one) for name, one in value.items()}
        case _:
            return value


def _is_fit(code: int) -> bool:
    if code < 0x20:
        return code in (0x09, 0x0A)
    return not (0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code & 0xFFFE == 0xFFFE)
