"""Words for the list for the public web site: the list itself as text to paste, and what its owner should look at."""

from dialogs.messages import Composer, words
from dialogs.reports.web_list import WebPage, entry_markdown
from dialogs.wording.teller import Speech, Teller

MOST_IN_CHAT = 20
MOST_TOLD = 20


def web_message(teller: Teller, page: WebPage) -> Composer:
    said = teller.composer().say(
        teller.say("web-list-is" if page.entries else "web-list-empty", title=page.title)
    )
    for entry in page.entries[:MOST_IN_CHAT]:
        said.say(words(entry_markdown(entry)))
    if len(page.entries) > MOST_IN_CHAT:
        said.say(teller.say("web-list-more", n=len(page.entries) - MOST_IN_CHAT))
    told = remarks(teller, page)
    return said.bullets(words(one) for one in told) if told else said


def remarks(speech: Teller | Speech, page: WebPage) -> list[str]:
    """Return what is to be looked at, a sentence each."""
    told = [
        speech.text("web-list-lacks", title=title, fields=", ".join(lacks)) for title, lacks in page.lacking
    ]
    told += [speech.text("web-list-changed", title=title, day=day) for title, day in page.changed]
    return told[:MOST_TOLD] + (
        [speech.text("web-list-told-more", n=len(told) - MOST_TOLD)] if len(told) > MOST_TOLD else []
    )
