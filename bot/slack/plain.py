"""Makes plain, readable text of what somebody wrote in Slack: links, mentions and escapes become what they show."""

import re

# <@U123>, <@U123|anna>, <#C123|general>, <!here>, <!subteam^S123|@group>, <!date^..|fallback>, <https://..|label>
_MARKED = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
PERSON = re.compile(r"<@([A-Z0-9]+)>")
"""Somebody mentioned whose name the platform didn't say, as `plain` leaves it."""

_ESCAPES = (
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&amp;", "&"),
)  # in this order: &amp;lt; is what somebody wrote as &lt;


def mentions(text: str, user: str) -> bool:
    return f"<@{user}>" in text or f"<@{user}|" in text


def plain(text: str, coach: str = "") -> str:
    """Return what *text* says, without the mention of the coach.

    Whoever else is mentioned without a name stays as `<@U123>`, for only the platform knows what they are called.
    """
    said = _without(text, coach) if coach and mentions(text, coach) else text
    return unescaped(_MARKED.sub(_shown, said)) if "<" in said or "&" in said else whole(said)


def unescaped(text: str) -> str:
    for escape, sign in _ESCAPES:
        text = text.replace(escape, sign)
    return whole(text)


def whole(text: str) -> str:
    """Replace halves of characters, which JSON can carry and no database can keep."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _without(text: str, coach: str) -> str:
    """Take the mention away: with what is said to begin an address, as in `@Metodcoach: status`; else with one space."""
    mention = rf"<@{re.escape(coach)}(?:\|[^<>]*)?>"
    rest = re.sub(rf"\A(?:\s*{mention}[ \t]*[:,]?)+[ \t]*", "", text)
    return re.sub(rf"[ \t]*{mention}", "", rest).strip()


def _shown(found: re.Match[str]) -> str:
    sign, what, label = found[1], found[2], found[3] or ""
    match sign:
        case "@":
            return f"@{label.removeprefix('@')}" if label else f"<@{what}>"
        case "#":
            return f"#{label or what}"
        case "!":
            return label or f"@{what.partition('^')[0]}"
        case _:
            return _link(what, label)


def _link(address: str, label: str) -> str:
    bare = address.removeprefix("mailto:").removeprefix("tel:")
    shown = {address, bare, bare.removeprefix("https://"), bare.removeprefix("http://")}
    return bare if not label or label in shown else f"{label} ({bare})"
