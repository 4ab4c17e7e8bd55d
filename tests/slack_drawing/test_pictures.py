"""The pictures in the docs show what the walkthrough says today, and are told to those who don't see them."""

import json
from functools import cache

import pytest

from bot.png import description_of
from tests.slack_drawing.validators import refusals
from tests.teams_drawing.validators import refusal
from tools.pictures.__main__ import FOLDER, page
from tools.pictures.scenes import as_data, pictures

# Plays a whole walkthrough to see what the pictures show.
pytestmark = pytest.mark.e2e

drawn = cache(pictures)
IN_SLACK = ("step", "question", "consent", "modal", "home")
IN_TEAMS = ("teams-step", "teams-question", "teams-consent", "teams-dialog")
DRAWN = ("chart-steps", "chart-plan", "chart-year")
NAMES = (*IN_SLACK, *IN_TEAMS, *DRAWN)


def test_each_is_there_and_told():
    assert tuple(one.name for one in drawn()) == NAMES
    assert all(len(one.alt) > 40 for one in drawn())
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == page(drawn()), "make pictures"


@pytest.mark.parametrize("name", NAMES)
def test_each_has_been_drawn(name):
    assert (FOLDER / f"{name}.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize("name", NAMES)
def test_what_can_be_read_in_it_is_what_would_be_shown_today(name):
    [picture] = [one for one in drawn() if one.name == name]

    there = description_of((FOLDER / f"{name}.png").read_bytes())
    assert there == picture.says != "", "make pictures"


@pytest.mark.parametrize("name", IN_SLACK)
def test_what_the_page_of_one_is_drawn_of_can_be_handed_to_it(name):
    [picture] = [one for one in drawn() if one.name == name]

    assert json.loads(json.dumps(as_data(picture)))["blocks"] == picture.blocks


@pytest.mark.parametrize("name", ["step", "question", "consent"])
def test_what_is_drawn_is_what_slack_gets(name):
    [picture] = [one for one in drawn() if one.name == name]

    assert refusals("message", {"text": picture.alt, "blocks": picture.blocks}) == {}


@pytest.mark.parametrize("name", IN_TEAMS)
def test_what_is_drawn_is_what_teams_gets(name):
    [picture] = [one for one in drawn() if one.name == name]

    assert refusal("dialog" if picture.kind == "dialog" else "message", picture.card) == ""


def test_a_card_says_itself_to_those_who_do_not_see_it():
    assert all(one.card["speak"] for one in drawn() if one.name in IN_TEAMS)
