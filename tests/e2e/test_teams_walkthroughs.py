"""The walkthroughs through Teams' door: signed activities to the server, its cards to a connector of the tests."""

import logging
import re
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.usecases.walk import play
from bot.walking import Walker
from bot.wiring import open_world
from content.schema.files import Walkthrough
from tests.doors.fixtures import METHOD, loaded, the
from tests.doors.left import left_by
from tests.proof.telling import apart
from tests.teams.fixtures import TeamsStages
from tests.teams.stage import TeamsStage, everybody

pytestmark = pytest.mark.e2e

EVERY = [
    pytest.param(name, walkthrough, id=f"{name}/{walkthrough.id}")
    for name, pack in loaded().items()
    for walkthrough in pack.walkthroughs
]


def goes_as_written(stage: TeamsStage, walkthrough: Walkthrough, pack: str = METHOD) -> None:
    """Play it. Nothing is left to send, nothing was given up, and nothing is said twice."""
    played = play(walkthrough, stage, method=pack)
    stage.close()

    assert played.mismatches == []
    keys = [key for key in stage.town.connector.posted if key]
    assert sorted(keys) == sorted(set(keys))
    assert stage.kept.letters("ambiguous", "dead") == []
    assert stage.town.connector.refused == 0


@pytest.mark.parametrize(("pack", "walkthrough"), EVERY)
def test_the_walkthrough_goes_as_written_in_a_channel_of_teams(
    pack: str,
    walkthrough: Walkthrough,
    teams_stages: TeamsStages,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
):
    stage = teams_stages(everybody(walkthrough), walkthrough.day)

    goes_as_written(stage, walkthrough, pack)

    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []
    walker = Walker(loaded()[pack], tmp_path)
    walker.prepare()
    with (
        open_world(Settings(database_url=stage.kept.url)) as world,
        walker.played(walkthrough) as (at_the_desk, _, desk_world),
    ):
        assert at_the_desk.as_written
        differs = apart(left_by(world), left_by(desk_world))
        # Teams says which language somebody has theirs in; at the desk nobody does.
        assert [where for where in differs if "/language: " not in where] == []


@pytest.mark.parametrize(
    "walkthrough", ["felskrivningar", "steg-1-beslut", "steg-3-processledare", "in-english"]
)
def test_it_goes_as_written_in_a_group_chat(walkthrough: str, teams_stages: TeamsStages):
    stage = teams_stages(everybody(the(walkthrough)), the(walkthrough).day, scope="groupChat")

    goes_as_written(stage, the(walkthrough))


@pytest.mark.parametrize("walkthrough", ["provkorning", "steg-3-processledare"])
def test_it_goes_as_written_when_people_answer_in_their_private_chats(
    walkthrough: str, teams_stages: TeamsStages
):
    stage = teams_stages(everybody(the(walkthrough)), the(walkthrough).day, alone=True)

    goes_as_written(stage, the(walkthrough))


@pytest.mark.parametrize("scope", ["channel", "groupChat"])
def test_it_goes_as_written_with_mentions_alone(scope: str, teams_stages: TeamsStages):
    """The app may not read what isn't put to it."""
    stage = teams_stages(
        everybody(the("felskrivningar")), the("felskrivningar").day, scope=scope, mentions=True
    )

    goes_as_written(stage, the("felskrivningar"))


@pytest.mark.parametrize("walkthrough", ["steg-1-beslut", "steg-2-eu-coach"])
def test_it_goes_as_written_when_people_answer_in_the_card_itself(
    walkthrough: str, teams_stages: TeamsStages
):
    stage = teams_stages(everybody(the(walkthrough)), the(walkthrough).day, in_cards=True)

    goes_as_written(stage, the(walkthrough))
    assert stage.answered_in_cards > 0


@pytest.mark.parametrize("walkthrough", ["felskrivningar", "hela-resan"])
def test_it_goes_as_written_over_postgresql(walkthrough: str, teams_stages: TeamsStages):
    stage = teams_stages(everybody(the(walkthrough)), the(walkthrough).day, database="postgresql")

    goes_as_written(stage, the(walkthrough))


def test_it_goes_as_written_with_the_program_in_a_process_that_is_killed(teams_stages: TeamsStages):
    """`metodcoach serve` itself, with SIGKILL where the walkthrough says that it restarts."""
    stage = teams_stages(everybody(the("hela-resan")), the("hela-resan").day, process=True)

    goes_as_written(stage, the("hela-resan"))


THREADS = re.compile(r"\btråd|\bthread")


@pytest.mark.parametrize("scope", ["groupChat", "channel"])
def test_threads_are_spoken_of_where_there_are_any(scope: str, teams_stages: TeamsStages):
    """In a group chat people answer by replying to the question's message, in private by writing what they think."""
    stage = teams_stages(everybody(the("steg-1-beslut")), the("steg-1-beslut").day, scope=scope)
    played = play(the("steg-1-beslut"), stage, method=METHOD)
    who = stage.town.people[0].name
    for said in ("hjälp", "1.1", "starta", "läget"):
        stage.says(who, said)
        stage.privately(who, said)
    stage.close()

    assert played.mismatches == []
    said_in = {
        there: [
            one.text
            for one in stage.town.connector.messages.values()
            if (one.room == stage.town.room) is there
        ]
        for there in (True, False)
    }
    assert [one for one in said_in[False] if THREADS.search(one)] == []
    assert bool([one for one in said_in[True] if THREADS.search(one)]) is (scope == "channel")
