"""What was taken back isn't told as the group's answer anywhere."""

import json

from bot.usecases.export import export
from content.phrases.book import Phrasebook
from tests.conversation.talk import Talk


def test_a_fact_that_was_taken_back_is_no_longer_among_what_is_settled(talk: Talk):
    talk.says("Ada", "hoppa över 1.1: inte nu")
    talk.says("Bo", "1.2: 471")
    assert "471" in exported(talk)

    talk.says("Bo", "ta tillbaka 1.2")

    assert talk.item("1.2").value is None
    assert "471" not in exported(talk)
    assert "471" not in talk.says("Cia", "visa svar 1.2").text
    assert "471" not in talk.says("Ada", "ny person: Eva, grupp").text
    assert talk.differences() == []


def exported(talk: Talk) -> str:
    handed = export(
        talk.journey().id, uow=talk.uow(), shelf=talk.shelf, book=Phrasebook.load(), clock=talk.clock, language="sv"
    )  # fmt: skip
    assert json.loads(handed.json)
    return handed.markdown
