"""Every message that the walkthroughs bring about, in both languages, is one that Teams takes and anybody can read."""

import re
from dataclasses import replace

import pytest

from dialogs.messages import mentioned
from tests.drawing.conversations import NAMES, Conversation, conversation
from tests.drawing.samples import a_letter
from tests.teams_drawing.reading_back import buttons, cards_of, drawn, drawn_dialog, lines
from tests.teams_drawing.validators import npm

# Minutes of drawing, all told: these look at the door as a whole.
pytestmark = pytest.mark.e2e

A_WORD = re.compile(r"[^\W_]")


@pytest.fixture(params=NAMES, ids="-".join, scope="module")
def played(request) -> Conversation:
    return conversation(*request.param)


ADDRESS = re.compile(r" \(https://\S+\)")
"""Where a link leads: the text says it, a card has it behind the link's words."""


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_teams_takes_each_letter_and_tells_all_of_it_in_order(played: Conversation):
    for letter in played.letters:
        found = drawn(replace(letter, accounts={}, how="note"))
        assert words("\n".join(post.text for post in found)) == words(letter.message.text)
        if letter.message.blocks:
            told = ADDRESS.sub("", letter.message.text)
            assert words(ADDRESS.sub("", "\n".join(lines(cards_of(found))))) == words(told)


def test_npms_parser_takes_each_of_them(played: Conversation):
    npm.need()
    cards = [card for letter in played.letters for card in cards_of(drawn(letter))]
    forms = [letter.message.form for letter in played.letters if letter.message.form is not None]
    cards += [drawn_dialog(form, played.language) for form in forms]
    cards += [card for home in played.homes for card in cards_of(drawn(a_letter(home)))]

    assert not any(npm.parsed(cards))


def test_each_can_be_understood_without_pictures_and_colours(played: Conversation):
    for letter in played.letters:
        for post in drawn(letter):
            assert A_WORD.search(post.text)
            assert all(A_WORD.search(one["title"]) for one in buttons(post.card))


def test_every_button_and_form_of_a_letter_can_be_pressed(played: Conversation):
    for letter in played.letters:
        if letter.how == "edit":
            continue
        pressed = [one["data"].get("b") for one in buttons(cards_of(drawn(letter))) if "b" in one["data"]]
        form = [letter.message.form.id] if letter.message.form is not None else []
        assert pressed == [*form, *(button.id for button in letter.message.buttons)]


def test_whoever_has_an_account_is_notified(played: Conversation):
    for letter in played.letters:
        people = sorted(mentioned(letter.message))
        accounts = {person: f"29:{number}" for number, person in enumerate(people)}
        found = drawn(replace(letter, accounts=accounts))
        told = [one["mentioned"]["id"] for post in found for one in post.card["msteams"].get("entities", [])]
        assert set(told) == set(accounts.values())
