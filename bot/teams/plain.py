"""Makes plain, readable text of what somebody wrote in Teams: mentions and escapes become what they show."""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from html.parser import HTMLParser
from typing import Any

_MENTION = re.compile(r"<at\b[^<>]*>(.*?)</at>", re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div)>", re.IGNORECASE)


def plain(text: str, coach: Iterable[str] = ()) -> str:
    """Return what *text* says. *coach* are the mentions, as they stand in it, that are the coach's own: they go.

    Teams hands text over with its signs escaped, whatever format it names; a sign that somebody typed as an escape is
    escaped twice.
    """
    said = text
    for mention in coach:
        said = _without(said, mention)
    said = _MENTION.sub(lambda found: f"@{found[1]}", said) if "<" in said else said
    if "<" in said or "&" in said:
        said = unescape(_BREAK.sub("\n", said)).replace("\xa0", " ")
    return whole(said.replace("\r\n", "\n").strip())


def whole(text: str) -> str:
    """Replace halves of characters, which JSON can carry and no database can keep."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def quoted(attachments: Iterable[Mapping[str, Any]]) -> str:
    """Return the id of the message that was quoted, as a reply in a chat without threads does; else ""."""
    for one in attachments:
        if one.get("contentType") == "text/html" and isinstance(html := one.get("content"), str):
            reader = _Quote()
            reader.feed(html)
            if reader.found:
                return reader.found
    return ""


def _without(text: str, mention: str) -> str:
    """Take the mention away: with what is said to begin an address, as in `@Metodcoach: status`; else with one space."""
    if not mention:
        return text
    sign = re.escape(mention)
    space = r"(?:\s|&nbsp;)"
    rest = re.sub(rf"\A(?:{space}*{sign}{space}*[:,]?)+{space}*", "", text)
    return re.sub(rf"(?:[ \t]|&nbsp;)*{sign}", "", rest)


class _Quote(HTMLParser):
    """Finds the first quoted message. What is no HTML is text to it: nothing raises."""

    def __init__(self) -> None:
        super().__init__()
        self.found = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "blockquote" and said.get("itemtype") == "http://schema.skype.com/Reply" and not self.found:
            self.found = said.get("itemid") or ""
