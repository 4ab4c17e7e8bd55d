"""Text as keyboards here write it: å as one sign, and nothing unseen around it, whatever machine it comes from."""

from unicodedata import normalize

_UNSEEN = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
"""Signs of no width that come along from web pages and documents."""
_AROUND = "".join(filter(str.isspace, map(chr, range(0x3001)))) + _UNSEEN  # the last white space is U+3000


def composed(text: str) -> str:
    """Return *text* with a letter and its mark as one sign, where there is one: on a Mac, å may be an a and a ring."""
    return text if text.isascii() else normalize("NFC", text)


def trimmed(text: str) -> str:
    """Return it composed, without white space, or signs that nobody sees, around it."""
    return composed(text).strip(_AROUND)
