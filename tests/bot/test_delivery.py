"""Letters reach their rooms once, in order and at their pace, whatever the platform does; and trouble stays where it is."""

import asyncio
import math
import shutil
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random  # noqa: TID251 - drawn by a seed

import pytest
from sqlalchemy import select

from bot.usecases.deliver import LONGEST_PAUSE, PAUSE, Doubt, patience, take_back
from dialogs.letters import Aside, ToPerson, ToRoom
from dialogs.ports import ClaimedLetter, RoomRef
from dialogs.sending import Later, Never, Unknown
from storage import schema
from storage.engine import open_engine
from storage.repositories.claims import HELD_FOR
from storage.tables.base import table
from storage.tables.letters import OutboxRow
from storage.unit_of_work import SqlUnitOfWork
from tests.bot.letterbox import (
    BUSY,
    BUSY_MISSING,
    BUSY_NONSENSE,
    FINE,
    REFUSED,
    RESET_AFTER,
    RESET_BEFORE,
    SILENT,
    SILENT_AFTER,
    SILENT_AND_LATE,
    Act,
    Box,
    Platform,
    note,
    played,
)
from tests.storage.builders import NOW, message


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sqlite") / "master.db"
    schema.upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def box(master, tmp_path):
    shutil.copy(master, tmp_path / "store.db")
    engine = open_engine(f"sqlite:///{tmp_path / 'store.db'}")
    yield Box(engine)
    engine.dispose()


def first_time(act: Act):
    """Do *act* with the first try of each letter, and take the next."""
    return lambda letter, tried: FINE if tried else act


def rows(box: Box):
    outbox = table(OutboxRow)
    with box.engine.connect() as connection:
        return {row.key: row for row in connection.execute(select(outbox))}


def states(box: Box):
    return {key: row.state for key, row in rows(box).items()}


def test_a_room_hears_everything_once_in_order_and_at_its_pace(box):
    rooms, platform = box.rooms(3), Platform()
    box.fill(rooms, 5)

    played(lambda: box.delivered(box.delivery(platform)))

    assert platform.rooms == {f"C{room}": [f"{room}:{n:04}" for n in range(5)] for room in range(3)}
    assert box.counts() == {"sent": 15}
    for times in platform.times.values():
        assert all(later - earlier >= 1.0 for earlier, later in pairwise(times))


def test_no_more_rooms_are_sent_to_at_once_than_one_may(box):
    platform = Platform(lambda letter, tried: Act(after=2.0))
    box.fill(box.rooms(30), 2)

    played(lambda: box.delivered(box.delivery(platform, at_once=7)))

    assert platform.most_at_work == 7
    assert box.counts() == {"sent": 60}


@pytest.mark.parametrize("act", [BUSY, BUSY_NONSENSE, BUSY_MISSING])
def test_a_room_that_is_told_to_wait_waits_and_keeps_its_order(box, act):
    platform = Platform(first_time(act))
    box.fill(box.rooms(1), 3)

    played(lambda: box.delivered(box.delivery(platform)))

    [times] = platform.times.values()
    asked = act.answers.seconds
    assert platform.rooms["C0"] == ["0:0000", "0:0001", "0:0002"]
    for refused, again in zip(times[::2], times[1::2], strict=True):
        assert again - refused == pytest.approx(asked if asked > 0 else PAUSE, abs=1.0)
        assert again - refused >= (asked if asked > 0 else PAUSE)


@pytest.mark.parametrize(
    ("seconds", "tries", "waits"),
    [
        (3.0, 1, 3.0),
        (0.0, 1, 1.0),
        (0.0, 6, 32.0),
        (40.0, 6, 40.0),
        (0.0, 500, 900.0),
        (1e9, 1, LONGEST_PAUSE),
        (math.inf, 1, PAUSE),
        (math.nan, 1, PAUSE),
        (-5.0, 1, PAUSE),
    ],
)
def test_patience_is_what_was_asked_for_within_reason_and_grows(seconds, tries, waits):
    assert patience(seconds, tries) == waits


def test_when_the_whole_door_has_to_wait_no_room_is_sent_to(box):
    halt = Act(Later(60.0, "ratelimited", everywhere=True), takes=None)
    platform = Platform(lambda letter, tried: halt if letter.key == "0:0000" and not tried else FINE)
    box.fill(box.rooms(20), 3)

    played(lambda: box.delivered(box.delivery(platform, at_once=1)))

    times = sorted(time for times in platform.times.values() for time in times)
    assert times[1] - times[0] >= 60.0
    assert len(platform.keys) == len(set(platform.keys)) == 60


@pytest.mark.parametrize("act", [RESET_BEFORE, RESET_AFTER, SILENT, SILENT_AFTER, SILENT_AND_LATE])
def test_a_letter_whose_reply_was_lost_is_asked_for_before_it_is_sent_again(box, act):
    platform = Platform(first_time(act))
    box.fill(box.rooms(1), 3)

    played(lambda: box.delivered(box.delivery(platform)))

    assert platform.rooms["C0"] == ["0:0000", "0:0001", "0:0002"]
    assert box.counts() == {"sent": 3}
    assert set(platform.asked) == {"0:0000", "0:0001", "0:0002"}
    assert set(platform.tried.values()) == {2 if act in (RESET_BEFORE, SILENT) else 1}


def test_what_nobody_can_tell_stays_ambiguous_and_holds_up_its_room_for_minutes_only(box):
    platform = Platform(
        lambda letter, tried: RESET_AFTER if letter.key == "0:0000" else FINE,
        lambda letter, asked: Unknown("no such scope"),
    )
    box.fill(box.rooms(1), 2)

    took = played(lambda: box.delivered(box.delivery(platform)))

    assert 300 <= took < 600
    assert platform.asked["0:0000"] > 3
    assert platform.tried == {"0:0000": 1, "0:0001": 1}
    assert states(box) == {"0:0000": "ambiguous", "0:0001": "sent"}


def test_as_long_as_nobody_can_be_asked_a_letter_stays_in_doubt(box):
    platform = Platform(
        first_time(RESET_AFTER), lambda letter, asked: Later(120.0, "status 503") if asked < 10 else None
    )
    box.fill(box.rooms(1), 1)

    took = played(lambda: box.delivered(box.delivery(platform)))

    assert took > 1200
    assert platform.rooms["C0"] == ["0:0000"]
    assert box.counts() == {"sent": 1}


def test_what_only_one_person_is_shown_is_asked_for_once(box):
    [room] = box.rooms(1)
    anna = box.person("U1")
    platform = Platform(
        lambda letter, tried: RESET_AFTER if letter.aside else FINE,
        lambda letter, asked: Unknown("nobody can look"),
    )
    box.post(note("k1", Aside(room, anna)), note("k2", ToRoom(room=room)))

    took = played(lambda: box.delivered(box.delivery(platform)))

    assert took < 60
    assert platform.asked == {"k1": 1}
    assert states(box) == {"k1": "ambiguous", "k2": "sent"}


def test_what_the_platform_refuses_for_good_is_dead_and_the_room_goes_on(box, caplog):
    platform = Platform(lambda letter, tried: REFUSED if letter.key == "0:0000" else FINE)
    box.fill(box.rooms(1), 2)

    with caplog.at_level("WARNING"):
        played(lambda: box.delivered(box.delivery(platform)))

    assert states(box) == {"0:0000": "dead", "0:0001": "sent"}
    assert rows(box)["0:0000"].why == "invalid_blocks"
    [told] = caplog.records
    assert (told.why, told.becomes, told.letter) == ("invalid_blocks", "dead", rows(box)["0:0000"].id)


@pytest.mark.e2e
def test_a_letter_that_is_refused_for_a_day_and_a_night_is_given_up(box):
    platform = Platform(lambda letter, tried: Act(Later(5.0, "status 503"), takes=None))
    box.fill(box.rooms(1), 1)

    took = played(lambda: box.delivered(box.delivery(platform)))

    assert 24 * 3600 <= took < 26 * 3600
    assert platform.tried["0:0000"] < 150
    assert rows(box)["0:0000"].why == "given up: status 503"


def test_when_the_door_itself_is_in_trouble_no_letter_is_given_up(box):
    platform = Platform(lambda letter, tried: Act(Later(300.0, "invalid_auth", everywhere=True), takes=None))
    box.fill(box.rooms(1), 1)

    played(lambda: box.delivered(box.delivery(platform), within=3 * 24 * 3600))

    assert states(box) == {"0:0000": "new"}


def test_one_bad_room_delays_no_other(box):
    box.fill(box.rooms(8), 10)
    bad = {"C0": SILENT, "C1": BUSY_NONSENSE, "C2": RESET_BEFORE}
    platform = Platform(lambda letter, tried: bad.get(letter.room.external, FINE))

    played(lambda: box.delivered(box.delivery(platform), within=60))

    for number in range(3, 8):
        assert platform.rooms[f"C{number}"] == [f"{number}:{n:04}" for n in range(10)]
        times = platform.times[f"C{number}"]
        assert times[-1] - times[0] < 9 * 1.0 + 9 * 0.5


def test_a_messenger_that_stumbles_over_a_letter_gives_it_up_and_goes_on(box, caplog):
    class Stumbling(Platform):
        async def send(self, letter):
            if letter.key == "0:0000":
                self.tried[letter.key] += 1
                raise TypeError("Annas hemliga ord")
            return await super().send(letter)

    platform = Stumbling()
    box.fill(box.rooms(1), 2)

    played(lambda: box.delivered(box.delivery(platform)))

    assert states(box) == {"0:0000": "dead", "0:0001": "sent"}
    assert platform.tried["0:0000"] == 3
    assert "hemliga" not in caplog.text
    assert all("hemliga" not in str(vars(record)) for record in caplog.records)


def test_what_is_late_is_waited_for_no_more_and_never_doubled(box):
    """A messenger that takes no cancelling is left to itself."""

    class Deaf(Platform):
        async def send(self, letter):
            try:
                return await super().send(letter)
            except asyncio.CancelledError:
                await asyncio.sleep(50)
                raise

    platform = Deaf(first_time(SILENT_AFTER))
    box.fill(box.rooms(1), 2)

    took = played(lambda: box.delivered(box.delivery(platform)))

    assert took < 90
    assert platform.rooms["C0"] == ["0:0000", "0:0001"]


def test_letters_that_were_expected_are_found_without_another_look(box):
    """The store is asked for them while they are still to be written, and tells of them last."""
    [room] = box.rooms(1)
    platform = Platform()

    async def story():
        delivery = box.delivery(platform)
        running = asyncio.create_task(delivery.run())
        await asyncio.sleep(1)
        delivery.expect()
        box.post(note("k1", ToRoom(room=room)))
        await asyncio.sleep(0.5)
        found = list(platform.keys)
        await delivery.stop()
        await running
        return found

    assert played(story) == ["k1"]


def test_letters_that_come_when_a_look_is_over_are_looked_for_anew(box):
    [room] = box.rooms(1)
    platform = Platform()

    async def story():
        delivery = box.delivery(platform)
        running = asyncio.create_task(delivery.run())
        await asyncio.sleep(1)
        delivery.expect()
        await asyncio.sleep(0.5)
        box.post(note("k1", ToRoom(room=room)))
        delivery.written()
        await asyncio.sleep(0.5)
        found = list(platform.keys)
        await delivery.stop()
        await running
        return found

    assert played(story) == ["k1"]


def test_a_delivery_wakes_for_letters_and_looks_by_itself_now_and_then(box):
    [room] = box.rooms(1)
    platform = Platform()

    async def story():
        delivery = box.delivery(platform)
        running = asyncio.create_task(delivery.run())
        await asyncio.sleep(1)
        box.post(note("k1", ToRoom(room=room)))
        delivery.wake()
        await asyncio.sleep(0.5)
        woken = list(platform.keys)
        await asyncio.sleep(10)
        box.post(note("k2", ToRoom(room=room)))
        await asyncio.sleep(6)
        await delivery.stop()
        await running
        return woken

    assert played(story) == ["k1"]
    assert platform.keys == ["k1", "k2"]


def test_stopping_finishes_what_is_in_hand_and_takes_no_more(box):
    box.fill(box.rooms(2), 5)
    platform = Platform(lambda letter, tried: Act(after=3.0))

    async def story():
        delivery = box.delivery(platform)
        running = asyncio.create_task(delivery.run())
        await asyncio.sleep(1)
        await delivery.stop()
        assert running.done()
        return asyncio.get_running_loop().time()

    assert played(story) == pytest.approx(3.0, abs=0.5)
    assert box.counts() == {"sent": 2, "new": 8}


def test_a_store_that_fails_for_a_while_loses_nothing(box, monkeypatch):
    box.fill(box.rooms(4), 5)
    platform, chance = Platform(), Random(3)
    whole = SqlUnitOfWork.commit

    def sometimes(uow):
        if chance.random() < 0.3:
            raise OSError("disk")
        whole(uow)

    async def story():
        delivery = box.delivery(platform)
        running = asyncio.create_task(delivery.run())
        with monkeypatch.context() as patch:
            patch.setattr(SqlUnitOfWork, "commit", sometimes)
            await asyncio.sleep(30)
        while box.waiting():
            await asyncio.sleep(1)
        await delivery.stop()
        await running

    played(story)

    assert sorted(platform.keys) == sorted(f"{room}:{n:04}" for room in range(4) for n in range(5))
    assert box.counts() == {"sent": 20}


@pytest.mark.parametrize("act", [FINE, SILENT_AFTER, SILENT])
def test_whoever_comes_after_a_kill_asks_first_for_what_was_in_hand(box, act):
    platform = Platform(first_time(act))
    box.fill(box.rooms(3), 2)

    async def story():
        first = asyncio.create_task(box.delivery(platform).run())
        await asyncio.sleep(0.15)
        first.cancel()
        await asyncio.wait({first})
        take_back("slack", uow=box.uow)
        began = asyncio.get_running_loop().time()
        await box.delivered(box.delivery(platform))
        return min(asyncio.get_running_loop().time(), began)

    played(story)

    assert set(platform.asked) >= {"0:0000", "1:0000", "2:0000"}
    assert platform.rooms == {f"C{room}": [f"{room}:0000", f"{room}:0001"] for room in range(3)}
    assert box.counts() == {"sent": 6}


def test_nobody_believes_that_a_letter_is_not_there_as_soon_as_it_was_sent(box):
    """It may still be on its way into the room."""
    platform = Platform(lambda letter, tried: Act(Unknown("reset"), takes=Doubt().settle - 0.5, after=0.1))
    box.fill(box.rooms(1), 1)

    played(lambda: box.delivered(box.delivery(platform)))

    assert platform.tried == {"0:0000": 1}
    assert platform.rooms["C0"] == ["0:0000"]


def test_a_private_room_is_opened_for_whoever_has_letters_and_none(box):
    platform = Platform()
    people = [box.person(f"U{number}") for number in range(9)]
    box.post(*(note(f"k{number}", ToPerson(person)) for number, person in enumerate(people)))

    took = played(lambda: box.delivered(box.delivery(platform)))

    assert took < 5
    assert platform.rooms == {f"D-U{number}": [f"k{number}"] for number in range(9)}
    assert sorted(platform.opened) == [f"U{number}" for number in range(9)]


def test_whoever_cannot_be_reached_is_not_asked_for_again_and_again(box):
    answers = {"U0": Never("user_disabled"), "U1": Later(60.0, "ratelimited")}
    platform = Platform(opens=lambda account: answers.get(account, f"D-{account}"))
    people = [box.person(f"U{number}") for number in range(3)]
    box.post(*(note(f"k{number}", ToPerson(person)) for number, person in enumerate(people)))

    played(lambda: box.delivered(box.delivery(platform), within=3600))

    assert platform.opened.count("U0") == 1
    assert 3 < platform.opened.count("U1") < 15
    assert platform.keys == ["k2"]
    assert states(box) == {"k0": "new", "k1": "new", "k2": "sent"}


def test_a_letter_posted_while_the_room_was_being_opened_comes_too(box):
    person = box.person("U1")
    box.post(note("k1", ToPerson(person)))
    with box.uow as uow:
        room = uow.rooms.find("slack", "T1", "D-U1", private=True)
        uow.people.get(person)
        uow.commit()
    outbox = table(OutboxRow)
    with box.uow as uow:
        uow.rooms.bind_private(person, room.id)
        uow.commit()
    with box.engine.begin() as connection:  # as another turn leaves it that didn't see the room yet
        connection.execute(outbox.update().values(room=None, door=None))
    platform = Platform()

    played(lambda: box.delivered(box.delivery(platform)))

    assert platform.rooms == {"D-U1": ["k1"]}


def test_what_the_metrics_count_is_what_happened(box):
    platform = Platform(lambda letter, tried: REFUSED if letter.key == "0:0000" else FINE)
    box.fill(box.rooms(2), 2)
    delivery = box.delivery(platform)

    played(lambda: box.delivered(delivery))

    assert delivery.outcomes == {"Sent": 3, "Never": 1}


def test_a_clock_that_was_ahead_and_set_right_keeps_no_letter_in_doubt():
    room = RoomRef("r1", "slack", "T1", "C1", private=False)

    def left(unsure_for: float) -> float:
        since = NOW - timedelta(seconds=unsure_for)
        letter = ClaimedLetter(1, 2, "k1", room, "", message("hej"), "note", "", None, "", unsure_since=since)
        return Doubt(limit=20, settle=5).left(letter, NOW)

    assert (left(0), left(20), left(25), left(-86_400)) == (25, 5, 0, 0)


def test_asking_and_sending_stay_within_a_claim():
    assert HELD_FOR.total_seconds() > 2 * Doubt().limit
