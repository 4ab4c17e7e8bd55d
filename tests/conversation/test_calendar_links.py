"""A secret address for one's own calendar: given in private, changed and taken away by whoever has it."""

import re
from dataclasses import replace

import pytest

from tests.conversation.planned import another_group
from tests.conversation.talk import Talk
from tests.conversation.workplace import Workplace, aside_to

ADDRESS = re.compile(r"https://coach\.example\.org/calendar/([A-Za-z0-9_-]{20,80})\.ics")


@pytest.fixture
def reached(talk: Talk) -> Talk:
    """A conversation at a server that others reach."""
    talk.desk = replace(talk.desk, public_url="https://coach.example.org")
    talk.privately("Bo", "hjälp")
    return talk


def secret(told) -> str:
    [found] = ADDRESS.findall(told.text)
    return found


def reads(talk: Talk, secret: str) -> tuple[str, str] | None:
    with talk.uow() as uow:
        return uow.calendar.feed(secret)


def test_an_address_of_ones_own_is_given_with_what_it_shows(reached: Talk):
    told = reached.privately("Bo", "kalender länk")

    assert {"calendar-link-is", "calendar-link-shows", "calendar-link-secret"} <= told.keys
    assert reads(reached, secret(told)) == (reached.member("Bo").person.id, "")


def test_asked_for_in_the_channel_it_is_given_in_private(reached: Talk):
    told = reached.says("Bo", "calendar link")

    assert ADDRESS.search(told.to("Bo").text)
    assert not ADDRESS.search(told.in_room().text)


def test_a_groups_address_is_of_that_group(reached: Talk):
    told = reached.privately("Bo", "kalender länk arbetsgruppen")

    assert "calendar-link-shows-group" in told.keys
    assert reads(reached, secret(told)) == (reached.member("Bo").person.id, reached.journey().id)


def test_the_address_is_shown_once_and_a_second_time_one_is_told_that_there_is_one(reached: Talk):
    first = secret(reached.privately("Bo", "kalender länk"))

    told = reached.privately("Bo", "kalender länk")

    assert "calendar-link-there" in told.keys
    assert first not in told.text
    assert reads(reached, first)


def test_a_new_one_takes_the_old_ones_place_and_leaves_others_alone(reached: Talk):
    first, of_group = (secret(reached.privately("Bo", f"kalender länk {of}")) for of in ("", "arbetsgruppen"))
    annas = secret(reached.privately("Ada", "kalender länk"))

    second = secret(told := reached.privately("Bo", "kalender länk ny"))

    assert "calendar-link-old" in told.keys
    assert (reads(reached, first), first != second) == (None, True)
    assert all(reads(reached, one) for one in (second, of_group, annas))


def test_a_new_address_may_be_the_first_one(reached: Talk):
    told = reached.privately("Bo", "new calendar link")

    assert reads(reached, secret(told))
    assert "calendar-link-old" not in told.keys


def test_all_of_ones_addresses_are_taken_away_or_that_of_one_group(reached: Talk):
    another_group(reached)
    own, first, second = (
        secret(reached.privately("Bo", f"kalender länk {of}"))
        for of in ("", "arbetsgruppen", "andra gruppen")
    )

    reached.privately("Bo", "kalender länk bort arbetsgruppen")
    assert [reads(reached, one) is None for one in (own, first, second)] == [False, True, False]
    assert "calendar-links-dropped" in reached.privately("Bo", "kalender länk bort").keys
    assert [reads(reached, one) for one in (own, first, second)] == [None] * 3
    assert "no-calendar-link" in reached.privately("Bo", "ta bort kalenderlänk").keys


def test_a_group_that_is_not_ones_own_gives_no_address(reached: Talk):
    reached.says("Eva", "starta", room="egen")
    told = reached.privately("Bo", "kalender länk Evas grupp")

    assert "calendar-link-which" in told.keys
    assert not ADDRESS.search(told.text)


def test_whoever_is_in_no_group_is_told_whom_to_ask(reached: Talk):
    assert "calendar-link-no-group" in reached.privately("Eva", "kalender länk").keys


def test_where_nobody_reaches_the_server_one_is_told_whom_to_ask(talk: Talk):
    told = talk.privately("Bo", "kalender länk")

    assert "calendar-link-nowhere" in told.keys
    assert "Ada" in told.text
    assert talk.rows("select * from feed_secret") == []


def test_the_address_is_kept_nowhere(reached: Talk):
    given = secret(reached.privately("Bo", "kalender länk"))

    assert all(given not in row for rows in reached.everything().values() for row in rows)


def test_asked_aside_in_a_channel_it_is_shown_to_whoever_asked_alone(work: Workplace):
    told = work.commands("Bo", "kalender länk")

    assert "calendar-link-nowhere" in told.keys
    [letter] = aside_to(told)
    assert (letter.person, told.letters) == (work.member("Bo").person.id, [letter])


def test_the_words_with_a_long_name_are_still_heard(reached: Talk):
    another_group(reached, room="lang", name="Gruppen för internationellt arbete i hela kommunen")
    reached.privately("Bo", "kalender länk gruppen för internationellt arbete")

    told = reached.privately("Bo", "kalender länk gruppen för internationellt arbete")

    assert "calendar-link-there-group" in told.keys
    [again] = re.findall(r"kalender länk ny [^,.;]*?(?= så)", told.text)
    assert ADDRESS.search(reached.privately("Bo", again).text)
