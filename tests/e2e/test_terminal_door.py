"""The terminal door from outside: the walkthroughs through a pipe, with SIGKILL where they say that it restarts."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.packs.on_disk import built_in_packs
from bot.settings import Settings
from bot.usecases.rebuild import check
from bot.usecases.walk import play
from bot.wiring import World, open_world
from content.loader import Loaded, load_all
from content.schema.files import Walkthrough
from tests.e2e.terminal import Terminal
from tests.e2e.terminal_stage import TerminalStage

pytestmark = pytest.mark.e2e

METHOD = "EU-coachmetoden"

EVERY = [
    pytest.param(name, walkthrough, id=f"{name}/{walkthrough.id}")
    for name, pack in load_all(built_in_packs()).items()
    if isinstance(pack, Loaded)
    for walkthrough in pack.walkthroughs
]


def typable(walkthrough: Walkthrough) -> Walkthrough:
    """Leave out what nobody can say here: an empty line never leaves the window."""
    scenes = tuple(scene for scene in walkthrough.scenes if "" not in (scene.says, scene.privately))
    return walkthrough.model_copy(update={"scenes": scenes})


@contextmanager
def kept_in(database: Path) -> Iterator[World]:
    with open_world(Settings(database_url=f"sqlite:///{database}")) as world:
        yield world


@pytest.mark.parametrize(("pack", "walkthrough"), EVERY)
def test_the_walkthrough_goes_as_written_at_the_terminal(pack: str, walkthrough: Walkthrough, tmp_path: Path):
    with kept_in(tmp_path / "coach.db"):
        pass  # the stage reads beside the program, from a file that is there
    stage = TerminalStage(tmp_path / "coach.db", walkthrough.language)

    played = play(typable(walkthrough), stage, method=pack)
    stage.close()

    assert played.mismatches == []
    with kept_in(tmp_path / "coach.db") as world:
        with world.uow() as uow:
            assert uow.inbox.undone() == []
            assert uow.audit.verify() > 0
            journeys = [ref.id for ref in uow.journeys.all()]
        assert [check(one, uow=world.uow(), shelf=world.shelf) for one in journeys] == [[] for _ in journeys]


def test_what_was_shown_outlives_a_kill(tmp_path: Path):
    """The installed command, as it is: nothing acknowledged is lost, and nothing is said twice."""
    database = tmp_path / "coach.db"
    command = ["-m", "bot.cli", "chat"]
    first = Terminal(command, database)
    begun = first.say("/som Karin Ek", "starta", "Ljungby", METHOD, "-", "Skola", "-", "1.1: Vi vill mer.")
    assert "1.1" in begun
    first.kill()

    second = Terminal(command, database)
    opened = second.say()
    shown = second.say("Karin Ek: visa svar 1.1")

    assert "Vi vill mer." not in opened
    assert "Vi vill mer." in shown
    assert second.close() == (0, "")


def test_a_second_window_over_the_same_file_is_told_so(tmp_path: Path):
    first = Terminal(["-m", "bot.cli", "chat"], tmp_path / "coach.db")
    first.say("/som Karin Ek")

    code, complained = Terminal(["-m", "bot.cli", "chat"], tmp_path / "coach.db").close()

    assert (code, complained.count("\n")) == (1, 1)
    assert first.close() == (0, "")


def test_commands_run_beside_the_conversation(tmp_path: Path):
    database = tmp_path / "coach.db"
    window = Terminal(["-m", "bot.cli", "chat"], database)
    window.say("/som Karin Ek", "starta", "Ljungby", METHOD, "-", "Skola", "-")

    assert Terminal(
        ["-m", "bot.cli", "person", "add", "Bo Falk", "--role", "politiker"], database
    ).close() == (0, "")

    assert "Bo Falk" in window.say("Karin Ek: personer")
    assert window.close() == (0, "")
