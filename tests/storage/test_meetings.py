"""An organisation's days are kept with every change counted, and addresses of calendars as hashes."""

from datetime import timedelta

import pytest

from dialogs.model.meeting import FeedRef, KeptMeeting
from dialogs.model.occurrence import MeetingDay
from tests.storage.builders import NOW, TODAY, a_world, later

DAY = timedelta(days=1)


@pytest.fixture
def world(uow):
    return a_world(uow)


@pytest.fixture
def board(uow, world):
    with uow:
        body = uow.organisations.add_body(world.organisation, "Kommunstyrelsen", since=TODAY).id
        uow.commit()
    return body


def put(uow, world, meeting, *, at=NOW):
    with uow:
        uow.calendar.put_meeting(world.organisation, meeting, at)
        uow.commit()


def kept(uow, world):
    with uow:
        return list(uow.calendar.kept_meetings(world.organisation, since=TODAY))


def test_a_new_meeting_has_not_changed_yet(uow, world, board):
    meeting = MeetingDay(board, TODAY + DAY, TODAY)

    put(uow, world, meeting)

    assert kept(uow, world) == [KeptMeeting(meeting, 0, NOW)]


def test_each_change_counts_and_what_says_the_same_does_not(uow, world, board):
    meeting, moved = (
        MeetingDay(board, TODAY + 9 * DAY, TODAY + 3 * DAY),
        MeetingDay(board, TODAY + 9 * DAY, TODAY),
    )
    put(uow, world, meeting)

    put(uow, world, meeting, at=later(1))
    assert kept(uow, world) == [KeptMeeting(meeting, 0, NOW)]
    put(uow, world, moved, at=later(2))
    assert kept(uow, world) == [KeptMeeting(moved, 1, later(2))]
    put(uow, world, MeetingDay(board, moved.day), at=later(3))
    assert kept(uow, world) == [KeptMeeting(MeetingDay(board, moved.day), 2, later(3))]


def test_what_is_called_off_is_kept_as_such_and_may_come_back(uow, world, board):
    meeting = MeetingDay(board, TODAY + DAY, TODAY)
    put(uow, world, meeting)

    with uow:
        assert uow.calendar.drop_meeting(board, meeting.day, later(1))
        assert not uow.calendar.drop_meeting(board, meeting.day, later(2))
        assert not uow.calendar.drop_meeting(board, TODAY, later(2))
        uow.commit()
        assert uow.calendar.meetings(world.organisation, since=TODAY) == []
    assert kept(uow, world) == [KeptMeeting(meeting, 1, later(1), called_off=True)]

    put(uow, world, meeting, at=later(3))
    assert kept(uow, world) == [KeptMeeting(meeting, 2, later(3))]


def test_every_change_of_an_organisations_days_is_counted(uow, world, board):
    counts = []
    meeting = MeetingDay(board, TODAY + DAY)

    def count():
        with uow:
            counts.append(uow.calendar.changes_of_days(world.organisation))

    count()
    for act in (
        lambda: uow.calendar.put_meeting(world.organisation, meeting, NOW),
        lambda: uow.calendar.drop_meeting(board, meeting.day, NOW),
        lambda: uow.calendar.put_meeting(world.organisation, meeting, NOW),
        lambda: uow.calendar.close_day(world.organisation, TODAY),
        lambda: uow.calendar.open_day(world.organisation, TODAY),
        lambda: uow.calendar.close_day(world.organisation, TODAY),
    ):
        with uow:
            act()
            uow.commit()
        count()

    assert counts == [0, 1, 2, 3, 4, 5, 6]
    with uow:
        assert uow.calendar.closed_days(world.organisation) == {TODAY}
        assert uow.calendar.changes_of_days(uow.organisations.add("Åby kommun")) == 0


def test_addresses_are_listed_and_dropped_one_kind_at_a_time(uow, world):
    with uow:
        for secret, journey, at in (("own", "", NOW), ("group", "j1", later(1)), ("own2", "", later(2))):
            uow.calendar.put_feed(secret, world.bo.id, journey, at)
        uow.calendar.put_feed("annas", world.anna.id, "", NOW)
        uow.commit()

        assert uow.calendar.feeds(world.bo.id) == [
            FeedRef("", NOW),
            FeedRef("j1", later(1)),
            FeedRef("", later(2)),
        ]
        assert uow.calendar.feed("group") == (world.bo.id, "j1")

        assert uow.calendar.drop_feeds(world.bo.id, "") == 2
        assert uow.calendar.feeds(world.bo.id) == [FeedRef("j1", later(1))]
        assert uow.calendar.drop_feeds(world.bo.id, "j2") == 0
        assert uow.calendar.drop_feeds(world.bo.id) == 1
        assert uow.calendar.feed("group") is None
        assert uow.calendar.feeds(world.anna.id) == [FeedRef("", NOW)]
