"""What is told about a journey, in a test."""

from datetime import date
from functools import cache

from content.pack import Pack
from content.phrases.book import Phrasebook
from dialogs.messages import Message
from dialogs.model.journey import Journey
from dialogs.wording.teller import Teller
from tests.dialogs.builders import TODAY


@cache
def book() -> Phrasebook:
    return Phrasebook.load()


def a_teller(pack: Pack, journey: Journey, *, language: str = "sv", today: date = TODAY) -> Teller:
    return Teller(book(), pack, journey, language, today)


def actions(message: Message) -> list[str]:
    return [button.press.action for button in message.buttons]
