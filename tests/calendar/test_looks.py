"""While serving, a look at the clock is many short transactions, with turns in between: what comes of it is the same."""

import asyncio
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.clock import StoppedClock
from bot.counter import Counter
from bot.desk import Desk
from bot.ids import RandomIds
from bot.reminding import Look
from bot.usecases.remind import MOST_PEOPLE, Reminded
from content.phrases.book import Phrasebook
from dialogs.model.people import PersonId
from dialogs.ports import Due
from dialogs.time import HOME
from dialogs.wording.due import Share
from storage import schema
from storage.errors import Conflict
from storage.unit_of_work import SqlUnitOfWork
from tests.conversation.planned import DUE, a_measure, another_group, begun
from tests.conversation.talk import Talk
from tests.proof.test_calendar_recipients import AT_NINE, LEADER, Standing, begin
from tests.proof.world import World, book

BO, ADA = PersonId("bo"), PersonId("ada")
A_SHARE: Any = object()


# ------------------------------------------------------------------------------------------------ through the counter


@pytest.fixture(scope="module")
def two_groups(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Talk]:
    file = tmp_path_factory.mktemp("looks") / "begun.db"
    before = begun(file)
    talk = Talk(file, events=before.events, posted=dict(before.posted))
    another_group(talk)
    a_measure(talk)
    a_measure(talk, what="Boka tåget", room="andra")
    talk.close()
    return file, talk


@pytest.fixture
def talk(two_groups: tuple[Path, Talk], tmp_path: Path) -> Iterator[Talk]:
    file, before = two_groups
    shutil.copy(file, tmp_path / "coach.db")
    talk = Talk(tmp_path / "coach.db", events=before.events, posted=dict(before.posted))
    yield talk
    talk.close()


def looked(talk: Talk, looks: int, breaks: Callable[[Counter], None] = lambda counter: None) -> list[str]:
    """Let a counter look so many times on the day; return when it was said that there may be letters."""
    clock = StoppedClock(datetime.combine(DUE, time(9, 1), HOME).astimezone(UTC), HOME)
    woken: list[str] = []

    async def story() -> None:
        desk = Desk(talk.uow(), talk.shelf, clock, RandomIds(), Phrasebook.load(), Conflict)
        counter = Counter(desk, lambda: SqlUnitOfWork(talk.reading))
        counter.start()
        counter.wake_after_turns(lambda: woken.append("woken"))
        breaks(counter)
        for look in range(looks):
            woken.append(f"look {look}")
            await counter.look_at_the_clock()
        await counter.finish()
        await counter.close()

    asyncio.run(story())
    return woken


def test_a_look_while_serving_says_all_at_one_go_and_wakes_the_delivery(talk: Talk):
    woken = looked(talk, 2)

    [letter] = talk.hear().to("Bo").letters
    assert "Ring Bryssel" in letter.message.text
    assert "Boka tåget" in letter.message.text
    assert "woken" in woken[: woken.index("look 1")]
    assert "woken" not in woken[woken.index("look 1") :]


# ------------------------------------------------------------------------------------------------ act by act


@dataclass
class Recorded:
    """A desk that notes what it is asked for, and answers as it is told to."""

    answers: dict[str, list[Reminded]] = field(default_factory=dict)
    asked: list[object] = field(default_factory=list)

    def remind(self, journey: str, shared: Collection[PersonId], *, again: bool = False) -> Reminded:
        self.asked.append((journey, *sorted(shared), *(["again"] if again else [])))
        answers = self.answers.get(journey, [])
        return answers.pop(0) if answers else Reminded(0, dict.fromkeys(shared, A_SHARE))

    def say_together(self, person: PersonId, shares: Sequence[Share]) -> int:
        self.asked.append((person, len(shares)))
        return 1


def acted(desk: Recorded, due: Due, fails: str = "") -> Look:
    look = Look(desk, due)
    for about, act in look.acts():
        if about != fails:  # else it raises, and whoever lets it happen goes on
            act()
    return look


def test_somebody_is_written_to_as_soon_as_all_their_groups_have_been_looked_at():
    desk = Recorded()

    look = acted(desk, Due(("a", "b", "c", "d"), {BO: ("a", "b"), ADA: ("b", "d")}))

    assert desk.asked == [
        ("a", BO), ("b", ADA, BO), (BO, 2), ("c",), ("d", ADA), (ADA, 2)
    ]  # fmt: skip
    assert look.written == 2


def test_a_group_with_more_to_say_than_one_transaction_holds_is_gone_on_with():
    desk = Recorded({"a": [Reminded(40, more=True), Reminded(40, more=True), Reminded(3)]})

    look = acted(desk, Due(("a", "b"), {}))

    assert desk.asked == [("a",), ("a", "again"), ("a", "again"), ("b",)]
    assert look.written == 83


def test_no_transaction_writes_to_more_people_than_one_may_hold(tmp_path: Path):
    schema.upgrade(f"sqlite:///{tmp_path / 'coach.db'}")
    world = World(f"sqlite:///{tmp_path / 'coach.db'}")
    everybody = [LEADER, *(f"p{number}" for number in range(2 * MOST_PEOPLE))]
    begin(world, everybody)
    desk = Desk(world.uow(), world.shelf, Standing(AT_NINE), RandomIds(), book(), Conflict)
    written: list[int] = []

    for _, act in Look(desk, desk.due()).acts():
        act()
        with world.reading.connect() as connection:
            written.append(connection.execute(text("select count(*) from outbox")).scalar_one())

    assert written == [MOST_PEOPLE, 2 * MOST_PEOPLE, 2 * MOST_PEOPLE + 1]
    world.rest()


def test_what_is_moved_while_a_group_is_told_in_turns_is_not_said(tmp_path: Path):
    schema.upgrade(f"sqlite:///{tmp_path / 'coach.db'}")
    world = World(f"sqlite:///{tmp_path / 'coach.db'}")
    everybody = [LEADER, *(f"p{number:03}" for number in range(MOST_PEOPLE))]
    begin(world, everybody)
    desk = Desk(world.uow(), world.shelf, Standing(AT_NINE), RandomIds(), book(), Conflict)
    acts = Look(desk, desk.due()).acts()
    next(acts)[1]()
    [(left,)] = told(world, "select about from occurrence where state = 'due' and slot like '%/day'")

    with world.uow() as uow:
        journey, record = uow.journeys.head("j0"), uow.records.history(left)[-1]
        fields = {**record.fields, "dag": "2027-03-01"}
        moved = replace(record, fields=fields, revision=record.revision + 1)
        uow.records.save(moved, organisation=journey.organisation, group=journey.group, journey="j0")
        uow.calendar.mark(["j0"], AT_NINE)
        uow.commit()
    for _, act in acts:
        act()

    assert told(world, "select count(*) from outbox") == [(MOST_PEOPLE,)]
    world.rest()


def told(world: World, asked: str) -> list[tuple[Any, ...]]:
    with world.reading.connect() as connection:
        return [tuple(row) for row in connection.execute(text(asked))]


def test_whose_group_is_in_another_clocks_hands_waits_and_nobody_else_does():
    desk = Recorded({"b": [Reminded(held=False)]})

    acted(desk, Due(("a", "b", "c"), {BO: ("a", "b"), ADA: ("a", "c")}))

    assert desk.asked == [("a", ADA, BO), ("b", BO), ("c", ADA), (ADA, 2)]


def test_a_group_that_cannot_be_looked_at_keeps_nobody_from_hearing_of_the_others():
    desk = Recorded()

    acted(desk, Due(("a", "b"), {BO: ("a", "b")}), fails="b")

    assert desk.asked == [("a", BO), (BO, 1)]


def test_what_more_than_fifty_groups_have_to_say_comes_in_portions():
    journeys = tuple(f"j{number}" for number in range(120))
    desk = Recorded()

    acted(desk, Due(journeys, {BO: journeys}))

    assert [one for one in desk.asked if one[0] == BO] == [(BO, 50), (BO, 50), (BO, 20)]
