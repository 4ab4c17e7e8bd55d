"""The clock is put forward and back by hours, a day, a year: what is due is said at the next look, and nothing twice."""

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random  # noqa: TID251 - drawn by a seed

import pytest

from dialogs.calendar.budget import MOST_A_WEEK
from dialogs.time import HOME
from storage import schema
from tests.calendar.oracle import minute_of
from tests.calendar.plans import PLAN
from tests.calendar.years import FEW, Clockwork, Years, a_group, clockwork_of
from tests.conversation.planned import a_measure, another_group
from tests.conversation.talk import Talk, Told, begin

HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
DUE = date(2026, 9, 15)
JUMPS = (3 * HOUR, -3 * HOUR, DAY, -DAY, 9 * DAY, -9 * DAY, YEAR, -YEAR)


# ------------------------------------------------------------------------------------------------ by values


def lived(moments: Sequence[int], number: int) -> Clockwork:
    """Let a group's clock show these moments, one after the other."""
    years = Years(date(2026, 1, 1), date(2028, 1, 1), FEW)
    clockwork = clockwork_of(a_group(number, years, Random(number), a_year=30), years)
    clockwork.open_all()
    for moment in moments:
        clockwork.look(moment, 1)
    return clockwork


def shown(chance: Random, looks: int) -> Iterator[int]:
    """Yield what a clock shows that goes on by twenty minutes, and jumps now and then."""
    now = datetime.combine(date(2026, 6, 1), time(9), HOME)
    for _ in range(looks):
        now += chance.choice(JUMPS) if chance.random() < 0.05 else 20 * timedelta(minutes=1)
        now = min(max(now, datetime(2026, 1, 1, tzinfo=HOME)), datetime(2027, 12, 1, tzinfo=HOME))
        yield minute_of(now)


@pytest.mark.parametrize("number", range(3))
def test_however_the_clock_jumps_nothing_is_said_twice_or_at_a_bad_moment(number: int):
    clockwork = lived(list(shown(Random(number), 600)), number)

    assert clockwork.said  # that nothing is said twice, the clockwork looks after itself
    for key, minute in clockwork.said.items():
        person = clockwork.group.people[key.rpartition(":")[2]]
        assert person.hears(minute, clockwork.group.office)


@pytest.mark.parametrize("number", range(3))
def test_at_the_next_good_look_after_a_jump_nothing_of_before_is_left(number: int):
    start = minute_of(datetime(2026, 3, 2, 9, tzinfo=HOME))
    after = start + 90 * 24 * 60
    a_week = [after + 20 * look for look in range(7 * 72)]

    clockwork = lived([start, *a_week], number)

    assert not [one for one in clockwork.waiting.values() if one.day < date(2026, 5, 30)]


# ------------------------------------------------------------------------------------------------ through the desk


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Talk]:
    """A group with two measures, one due in September and one in March."""
    file = tmp_path_factory.mktemp("jumps") / "begun.db"
    schema.upgrade(f"sqlite:///{file}")
    talk = Talk(file)
    with talk.uow() as uow:
        uow.packs.put(PLAN, "summa", by="test", at=talk.clock.now())
        uow.commit()
    for who in ("Ada", "Bo", "Karl"):
        talk.privately(who, "hjälp")
    begin(talk)
    for what, day in (("Ring Bryssel", DUE), ("Boka tåget", date(2027, 3, 2))):
        for line in (f"ny insats: {what}", day.isoformat(), "Bo"):
            talk.says("Ada", line)
    talk.close()
    return file, talk


@pytest.fixture
def talk(begun: tuple[Path, Talk], tmp_path: Path) -> Iterator[Talk]:
    file, before = begun
    shutil.copy(file, tmp_path / "coach.db")
    talk = Talk(tmp_path / "coach.db", events=before.events, posted=dict(before.posted))
    yield talk
    talk.close()


def look(talk: Talk, now: datetime) -> Told:
    """Let the desk look when the clock shows *now*, which is in Stockholm."""
    talk.clock.day = now.date()
    talk.clock.seconds = int((now - datetime.combine(now.date(), time(9), HOME)).total_seconds())
    talk.desk.tick()
    return talk.hear()


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour, 1), HOME)


def to_bo(told: Told) -> int:
    return len(told.to("Bo").letters)


@pytest.mark.parametrize("jump", [3 * HOUR, DAY])
def test_what_fell_into_the_gap_is_said_at_the_next_look(talk: Talk, jump: timedelta):
    look(talk, at(date(2026, 9, 8)))
    look(talk, at(DUE - timedelta(days=1), 16))

    assert to_bo(look(talk, at(DUE, 8) + jump)) == 1


def test_after_a_year_each_thing_is_said_once_by_its_newest_step(talk: Talk):
    look(talk, at(date(2026, 9, 7)))

    told = look(talk, at(date(2027, 9, 7)))

    assert [len(told.to(who).letters) for who in ("Bo", "Karl")] == [1, 1]
    assert not look(talk, at(date(2027, 9, 7), 10)).letters


@pytest.mark.parametrize("jump", [3 * HOUR, DAY, YEAR])
def test_back_and_forth_again_nothing_is_said_twice(talk: Talk, jump: timedelta):
    assert to_bo(look(talk, at(DUE))) == 1

    for _ in range(2):
        assert not to_bo(look(talk, at(DUE) - jump))
        assert not to_bo(look(talk, at(DUE)))


def test_a_clock_that_was_a_day_ahead_for_a_while_says_the_rest_on_its_days(talk: Talk):
    look(talk, at(DUE))
    assert to_bo(look(talk, at(date(2026, 9, 16)))) == 1
    look(talk, at(DUE, 10))

    assert not to_bo(look(talk, at(date(2026, 9, 16))))
    assert to_bo(look(talk, at(date(2026, 9, 18)))) == 1


def test_after_a_year_ahead_what_is_to_come_comes_on_its_days_all_the_same(talk: Talk):
    look(talk, at(date(2026, 9, 7)))
    look(talk, at(date(2027, 9, 7)))

    assert to_bo(look(talk, at(date(2026, 9, 8)))) == 1  # ahead of the day
    assert len(look(talk, at(date(2026, 9, 14))).to("Ada").letters) == 1  # the week's nudge
    assert to_bo(look(talk, at(DUE))) == 1


def test_after_a_year_behind_too(talk: Talk):
    look(talk, at(date(2026, 9, 7)))
    assert not look(talk, at(date(2025, 9, 9))).letters

    assert to_bo(look(talk, at(date(2026, 9, 8)))) == 1
    assert to_bo(look(talk, at(DUE))) == 1


@pytest.mark.parametrize("jump", [3 * HOUR, DAY, YEAR, -DAY, -YEAR])
def test_what_is_put_off_comes_on_its_day_once_whatever_the_clock_did_meanwhile(talk: Talk, jump: timedelta):
    look(talk, at(DUE))
    talk.privately("Bo", "påminn mig på torsdag")

    look(talk, at(DUE, 12) + jump)
    look(talk, at(DUE, 14))

    assert to_bo(look(talk, at(date(2026, 9, 17)))) == 1
    look(talk, at(date(2026, 9, 17)) + jump)
    assert to_bo(look(talk, at(date(2026, 9, 17), 14))) == 0


@pytest.mark.parametrize("jump", [3 * HOUR, DAY, YEAR, -DAY, -YEAR])
def test_the_weeks_number_holds_whatever_the_clock_did_meanwhile(talk: Talk, jump: timedelta):
    talk.privately("Bo", "påminnelser lätt")
    for number, due in enumerate(date(2026, 9, 7) + n * DAY for n in range(5)):
        for line in (f"ny insats: Sak {number}", due.isoformat(), "Bo"):
            talk.says("Ada", line)

    for day in (date(2026, 9, 7) + n * DAY for n in range(5)):
        look(talk, at(day))
        look(talk, at(day, 12) + jump)
        look(talk, at(day, 14))

    assert max(weeks(talk, "Bo").values()) <= MOST_A_WEEK["light"]
    before = sum(weeks(talk, "Bo").values())
    look(talk, at(date(2026, 9, 14)))
    assert sum(weeks(talk, "Bo").values()) <= before + 1


@pytest.mark.parametrize("jump", [3 * HOUR, DAY, YEAR, -DAY, -YEAR])
def test_two_groups_things_are_one_message_and_come_once_whatever_the_clock_did(talk: Talk, jump: timedelta):
    another_group(talk)
    a_measure(talk, what="Boka rum", room="andra")
    look(talk, at(DUE - DAY))

    told = look(talk, at(DUE)).to("Bo")
    assert len(told.letters) == 1
    assert all(name in told.text for name in ("Ring Bryssel", "Boka rum"))
    for _ in range(2):
        ahead = look(talk, at(DUE, 12) + jump).to("Bo")
        assert len(ahead.letters) <= 1
        assert not look(talk, at(DUE, 14)).to("Bo").letters


@pytest.mark.parametrize("seed", range(2))
def test_whatever_the_clock_shows_no_row_is_said_twice_and_no_letter_either(talk: Talk, seed: int):
    chance, now = Random(seed), at(date(2026, 9, 7))
    for _ in range(25):
        now += chance.choice((*JUMPS, 20 * timedelta(minutes=1), 7 * DAY))
        now = min(max(now, at(date(2026, 9, 2))), at(date(2028, 9, 1)))
        if chance.random() < 0.2:
            talk.open()
        before = said(talk)
        look(talk, now)
        assert before.items() <= said(talk).items(), "what was said was said again, or forgotten"

    keys = Counter(
        letter.key for told in talk.seen for letter in told.letters if letter.key.startswith("due:")
    )
    assert keys
    assert set(keys.values()) == {1}
    assert max(count for who in ("Ada", "Bo", "Karl") for count in weeks(talk, who).values()) <= 5


def weeks(talk: Talk, who: str) -> Counter[tuple[int, int]]:
    """Return how many reminders somebody got, by the year and week that the clock showed then."""
    person = talk.member(who).person.id
    rows = talk.rows("select at from mention where person = :person", person=person)
    shown = [datetime.fromisoformat(str(row[0])).replace(tzinfo=UTC).astimezone(HOME) for row in rows]
    return Counter(one.isocalendar()[:2] for one in shown)


def said(talk: Talk) -> dict[object, object]:
    """Return when each thing was said that has been."""
    return {row[0]: row[1] for row in talk.rows("select key, at from occurrence where state = 'said'")}
