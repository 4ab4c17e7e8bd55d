"""Every message that the walkthroughs bring about, in both languages, is one that Slack takes and anybody can read."""

import re
from dataclasses import replace

import pytest

from bot.slack.home_view import home_view
from bot.slack.render import posts
from content.phrases.book import LANGUAGES
from dialogs.messages import Mention, Message
from tests.drawing.conversations import NAMES, Conversation, conversation
from tests.slack_drawing.reading_back import Json, blocks_of, drawn, drawn_modal, runs, unescaped
from tests.slack_drawing.validators import refusals
from tests.slack_drawing.validators.by_our_rules import every

# Minutes of drawing, all told: these look at the door as a whole.
pytestmark = pytest.mark.e2e

A_WORD = re.compile(r"[^\W_]")


@pytest.fixture(params=NAMES, ids="-".join, scope="module")
def played(request) -> Conversation:
    return conversation(*request.param)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_hundreds_in_each_language(language):
    assert sum(len(conversation(*name).letters) for name in NAMES if name[-1] == language) > 900


def test_slack_takes_each_letter_and_tells_all_of_it(played: Conversation):
    for letter in played.letters:
        found = drawn(replace(letter, accounts={}))
        told = "\n".join(unescaped(post.text) for post in found)
        assert _in_any_order(told) == _in_any_order(letter.message.text)
        blocks = blocks_of(found)
        shown = "\n".join((*runs(blocks), *_addresses(blocks)))
        assert _without_numbers(letter.message.text) <= _without_numbers(shown)


def test_each_can_be_understood_without_pictures_and_colours(played: Conversation):
    for letter in played.letters:
        for post in posts(letter):
            assert A_WORD.search(post.text)
            for one in every(post.blocks):
                if one.get("type") == "button":
                    assert A_WORD.search(one["text"]["text"])
                    assert A_WORD.search(one["accessibility_label"])


def test_whoever_has_an_account_is_mentioned(played: Conversation):
    for letter in played.letters:
        people = sorted(_mentioned(letter.message))
        accounts = {person: f"U{number}" for number, person in enumerate(people)}
        found = posts(replace(letter, accounts=accounts))
        users = [one["user_id"] for one in every(blocks_of(found)) if one.get("type") == "user"]
        assert set(users) == set(accounts.values())


def test_slack_takes_each_form_that_is_opened(played: Conversation):
    for letter in played.letters:
        if letter.message.form is not None:
            assert drawn_modal(letter.message.form, played.language)


def test_slack_takes_the_home_of_each_who_took_part(played: Conversation):
    assert played.homes
    for home in played.homes:
        view = home_view(home)
        assert refusals("home", view) == {}
        assert _without_numbers(home.text) <= _without_numbers("\n".join(runs(view)))


def _addresses(blocks: list[Json]) -> list[str]:
    """Return where the links lead: Slack shows their words, the text says the address as well."""
    return [one["url"] for one in every(blocks) if one.get("type") == "link"]


def _mentioned(message: Message) -> set[str]:
    spans = [span for block in message.blocks for span in getattr(block, "spans", ())]
    spans += [span for block in message.blocks for item in getattr(block, "items", ()) for span in item]
    return {span.person for span in spans if isinstance(span, Mention)}


def _without_numbers(text: str) -> set[str]:
    """Return which words there are; a list's numbers are in the text, and drawn by Slack in the blocks."""
    return {word for word in re.findall(r"\w+", text) if not word.isdecimal()}


def _in_any_order(text: str) -> list[str]:
    """Return the words of a text, sorted: what is put into the thread is told last."""
    return sorted(re.findall(r"\w+", text))
