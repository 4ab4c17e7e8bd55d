"""A rehearsed year to read: as lines in a terminal, and as a page that can be sent on."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from bot.rehearsing.year import Heard
from content.phrases.book import Phrasebook

STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}"
    "article{border-left:.25rem solid #595959;margin:1rem 0;padding:.25rem 1rem}"
    "pre{white-space:pre-wrap;font:inherit;margin:.25rem 0}nav a{display:inline-block;margin-right:1rem}"
    ".to{font-weight:600}.choices{color:#404040}"
)


def as_lines(heard: Iterable[Heard], language: str) -> Iterator[str]:
    """Yield the year line by line: a day's heading, then each message under whom it goes to."""
    book = Phrasebook.load()
    for day, messages in groupby(heard, key=lambda one: one.at.date()):
        yield ""
        yield book.text("rehearse-day", language, day=day)
        for one in messages:
            yield ""
            yield f"{one.at:%H:%M}  {to_whom(book, one, language)}"
            yield from (f"    {line}" for line in one.text.splitlines())
            if one.buttons:
                yield "    " + "  ".join(f"[{label}]" for label in one.buttons)


def as_page(heard: Sequence[Heard], title: str, language: str) -> str:
    """Return a page of HTML with nothing from elsewhere: a heading a month, a heading a day, an article a message."""
    book = Phrasebook.load()
    months = [(month, list(part)) for month, part in groupby(heard, key=lambda one: one.at.strftime("%Y-%m"))]
    links = "".join(f'<a href="#m{month}">{month}</a>' for month, _ in months)
    told = "".join(
        f'<h2 id="m{month}">{month}</h2>' + "".join(_days(book, part, language)) for month, part in months
    )
    about = escape(book.text("rehearse-about", language, n=len(heard)))
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{STYLE}</style></head>'
        f"<body><h1>{escape(title)}</h1><p>{about}</p><nav>{links}</nav><main>{told}</main></body></html>\n"
    )


def to_whom(book: Phrasebook, heard: Heard, language: str) -> str:
    return (
        book.text("rehearse-to", language, name=heard.to)
        if heard.to
        else book.text("rehearse-channel", language)
    )


def _days(book: Phrasebook, heard: Sequence[Heard], language: str) -> Iterator[str]:
    for day, messages in groupby(heard, key=lambda one: one.at.date()):
        yield f"<h3>{escape(book.text('rehearse-day', language, day=day))}</h3>"
        for one in messages:
            choices = ", ".join(one.buttons)
            buttons = (
                f'<p class="choices">{escape(book.text("rehearse-buttons", language, labels=choices))}</p>'
                if choices else ""
            )  # fmt: skip
            to = escape(to_whom(book, one, language))
            yield f'<article><p class="to">{one.at:%H:%M} {to}</p><pre>{escape(one.text)}</pre>{buttons}</article>'
