"""A picture is shown where it was asked for at every door, with the same in words; only to the group's own."""

import pytest

from bot.png import description_of
from tests.conversation.workplace import Workplace
from tests.files.office import file_in, made

pytestmark = pytest.mark.e2e


def test_in_a_channel_it_is_shown_to_all_who_talk_there(work: Workplace):
    told = work.mentions("Bo", "bild läget").in_room()

    file = file_in(told)
    content = made(work, file)
    assert content is not None
    assert description_of(content) == file.told
    assert "get-file" not in told.actions
    assert "Bilden i ord" in told.text


def test_asked_for_aside_it_comes_in_private(work: Workplace):
    told = work.commands("Bo", "bild läget")

    assert file_in(told.to("Bo")).name.endswith(".png")
    assert not [letter for letter in told.in_room().letters if letter.message.file]


def test_whoever_is_in_the_channel_and_not_in_the_group_gets_none(work: Workplace):
    told = work.mentions("Eva", "bild läget")

    assert "file-not-yours" in told.keys
    assert not [letter for letter in told.letters if letter.message.file]


def test_whoever_has_left_before_it_is_made_gets_none(work: Workplace):
    file = file_in(work.privately("Bo", "bild läget"))
    work.says("Ada", "ta bort person: Bo")

    assert made(work, file) is None
