"""Who hears which language: the channel the journey's, and each person their own where nobody else reads it."""

import pytest

from tests.conversation.talk import Talk


@pytest.fixture
def talk(talk: Talk) -> Talk:
    """Bo reads English; the group's journey is in Swedish."""
    talk.privately("Bo", "hjälp")
    talk.privately("Bo", "språk engelska")
    return talk


def test_the_channel_speaks_the_journeys_language_whoever_is_heard(talk: Talk):
    told = talk.says("Bo", "Vi vill mer", to="1.1")

    assert "har svarat" in told.in_room().text
    assert "have answered" not in told.in_room().text


def test_each_person_hears_their_own_language_in_private(talk: Talk):
    assert "This is what you can write to me" in talk.privately("Bo", "hjälp").text
    assert "Det här kan du skriva till mig" in talk.privately("Ada", "hjälp").text


def test_the_words_are_understood_in_either_language_whatever_one_reads(talk: Talk):
    swedish, english = (talk.privately("Bo", words) for words in ("mina frågor", "my questions"))

    assert swedish.text == english.text
