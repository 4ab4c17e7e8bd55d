"""What is told about a journey, in a test."""

from datetime import date
from functools import cache

from content.pack import Pack
from content.phrases.book import Phrasebook
from dialogs.messages import Message
from dialogs.model.journey import Journey
from dialogs.reports.summary import Summary, summary_of
from dialogs.wording.teller import Teller
from tests.dialogs.builders import TODAY


@cache
def book() -> Phrasebook:
    return Phrasebook.load()


def a_teller(pack: Pack, journey: Journey, *, language: str = "sv", today: date = TODAY) -> Teller:
    return Teller(book(), pack, journey, language, today)


def actions(message: Message) -> list[str]:
    return [button.press.action for button in message.buttons]


def a_summary(teller: Teller) -> Summary:
    """Return the summary for somebody who looks for the first time."""
    return summary_of(
        teller.pack, teller.journey, today=teller.today, meetings=(), elsewhere=(), coming=(), changes=None
    )
