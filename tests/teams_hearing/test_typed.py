"""What is typed into a question's card is told of at once, as Teams shows it to whoever pressed."""

import pytest

from bot.teams.interactions import ANSWER
from content.phrases.book import Phrasebook
from tests.teams.driver import Place
from tests.teams_hearing.house import ANNA, ROOM, acted


@pytest.mark.parametrize(
    ("typed", "key"), [("Vi vill mer.", "teams-answered"), ("", "empty-text"), (" \n", "empty-text")]
)
def test_nobody_is_thanked_for_an_answer_that_did_not_come(typed: str, key: str):
    async def act(house):
        button = {"verb": ANSWER, "data": {"n": "1"}}
        place = Place(ROOM, "channel", "1700000000001")
        return await house.driver().execute(ANNA, place, "1700000000001", button, {ANSWER: typed})

    assert acted(act).json["value"] == Phrasebook.load().text(key, "sv")
