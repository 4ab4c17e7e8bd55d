"""Makes text harmless to show: nothing that somebody wrote may steer the screen or turn its reading direction."""

import unicodedata

TAB = "    "
_LINE_ENDS = str.maketrans(
    {"\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\t": TAB}
)
# They join letters and emoji, or mark where a long word may be broken; without them some text reads wrongly.
_JOINERS = "\u200c\u200d"
_UNSEEN = frozenset("\u00ad\u200b\u2060\ufeff")


def shown(text: str) -> str:
    """Return *text* with its line breaks, and with everything that is no character to read made visible."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_ENDS)
    if whole.isascii() and whole.replace("\n", " ").isprintable():
        return whole
    return "".join(char if char == "\n" else _harmless(char) for char in whole)


def one_line(text: str) -> str:
    """Return *text* on one line, made harmless, without doubled spaces."""
    return " ".join(shown(text).split())


def shortened(text: str, longest: int) -> str:
    """Return *text* on one line of at most *longest* characters."""
    line = one_line(text)
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _harmless(char: str) -> str:
    if char.isprintable() or char in _JOINERS:
        return char
    if char in _UNSEEN:
        return ""
    code = ord(char)
    match unicodedata.category(char):
        case "Zs":
            return " "
        case "Cc" if code < 0x20:
            return chr(0x2400 + code)  # the picture of the control character: ␛ for escape
        case "Cc" if code == 0x7F:
            return "␡"
        case _:
            return f"<U+{code:04X}>"
