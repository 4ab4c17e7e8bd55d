"""Markdown in which what people wrote stays text: no markup, no markup language within, nothing that breaks out."""

import re

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!&$])")
_NUMBERED = re.compile(r"(\d+)([.)])")


def escaped(text: str) -> str:
    """Return text, on one line, so that Markdown and HTML show it as it is inside a line."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _line(text: str) -> str:
    """Return text that begins a line: it is no list and no rule, either."""
    flat = escaped(text)
    if flat[:1] in ("-", "+", "="):
        return f"\\{flat}"
    return _NUMBERED.sub(r"\1\\\2", flat, count=1) if _NUMBERED.match(flat) else flat


def paragraph(text: str, *, before: str = "") -> list[str]:
    """Return the text's lines, each broken where it was; *before* stands in front of each: `> ` makes a quote."""
    lines = [_line(line) for line in text.split("\n")]
    broken = [
        f"{line}\\" if line and after else line for line, after in zip(lines, [*lines[1:], ""], strict=True)
    ]
    return [f"{before}{line}".rstrip() for line in broken]


def bullet(text: str) -> list[str]:
    """Return the text as one entry of a list."""
    first, *rest = paragraph(text.strip())  # an entry that begins with an empty line is none
    return [f"- {first}", *(f"  {line}".rstrip() for line in rest)]


def demoted(markdown: str, levels: int = 1) -> str:
    """Return a document with its headings so many levels further down. Escaped text never begins with a mark."""
    return re.sub(r"^#", "#" * (levels + 1), markdown, flags=re.MULTILINE)
