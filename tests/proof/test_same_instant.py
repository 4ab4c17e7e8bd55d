"""Two people answer the same question at the same instant, in two processes: both contributions are there."""

import os
import traceback
from datetime import date

import pytest

from bot.desk import Desk
from bot.ids import RandomIds
from bot.stage import WalkClock
from dialogs.incoming import Incoming, Said
from dialogs.model.journey import Journey
from storage.errors import Conflict
from tests.proof.conftest import Databases
from tests.proof.sweep import share_of
from tests.proof.world import METHOD, World, book

pytestmark = pytest.mark.proof
ROUNDS = 200
DAY = date(2026, 9, 1)
CHANNEL = "kanalen"


def a_group_of_two(world: World) -> Journey:
    """Begin a journey with Anna and Bo, by talking."""
    stage = world.stage(DAY)
    for text in (
        "starta",
        "Kommunen",
        METHOD,
        "-",
        "Skolan",
        "-",
        "ny person: Bo, arbetsgrupp",
        "ny person: Anna, arbetsgrupp",
    ):
        stage.says("Anna", text)
    stage.says("Bo", "läget")
    kept = stage.journey()
    assert kept is not None
    return kept[1]


def say(desk: Desk, name: str, number: int) -> None:
    words = Said(f"1.1: {name} i omgång {number}", f"m-{name}-{number}")
    at = desk.clock.now()
    event = f"{name}-{number}"
    assert desk.take(Incoming("terminal", "", event, name.casefold(), name, CHANNEL, False, at, words))


def somebody_speaks(world: World, name: str, rounds: int, ready: int, go: int) -> None:
    """Say something in each round as soon as the whistle is blown; both stand at the line before it is."""
    desk = Desk(world.uow(), world.shelf, WalkClock(DAY), RandomIds(), book(), Conflict)
    desk.look_at_the_day()
    for number in range(rounds):
        os.write(ready, b".")
        os.read(go, 1)
        say(desk, name, number)
    os.write(ready, b".")


def in_a_process(world: World, name: str, rounds: int) -> tuple[int, int, int]:
    ready, go = os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            somebody_speaks(world, name, rounds, ready[1], go[0])
        except BaseException:  # noqa: BLE001 - the parent sees that nobody is ready
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(ready[1])
    os.close(go[0])
    return pid, ready[0], go[1]


def test_both_contributions_are_there_whenever_two_answer_at_once(databases: Databases, sample: str) -> None:
    world = databases.fresh()
    journey = a_group_of_two(world)
    rounds = max(10, round(ROUNDS * share_of(sample, ROUNDS)))
    world.shelf.pack(METHOD, journey.version)
    world.rest()

    speakers = {name: in_a_process(world, name, rounds) for name in ("Anna", "Bo")}
    for _ in range(rounds):
        for _, ready, _ in speakers.values():
            assert os.read(ready, 1), "a speaker has failed"
        for _, _, go in speakers.values():
            os.write(go, b".")
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid, _, _ in speakers.values()]

    assert codes == [0, 0]
    with world.uow() as uow:
        kept = uow.journeys.whole(journey.id)
        said = [event for event in uow.journeys.events(journey.id) if event.kind == "contributed"]
    [item] = [item for item in kept.items.values() if item.contributions]
    wanted = sorted(f"{name} i omgång {number}" for name in speakers for number in range(rounds))
    assert sorted(one.value for one in item.contributions) == wanted
    assert len(said) == kept.sequence == 2 * rounds
