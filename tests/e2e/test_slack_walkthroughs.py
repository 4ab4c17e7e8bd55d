"""The walkthroughs through Slack's door: real requests to the server, its posts to a Slack with strict scopes."""

import logging
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
from tests.slack.fixtures import Stages
from tests.slack.stage import SlackStage, everybody

pytestmark = pytest.mark.e2e

EVERY = [
    pytest.param(name, walkthrough, id=f"{name}/{walkthrough.id}")
    for name, pack in loaded().items()
    for walkthrough in pack.walkthroughs
]


def goes_as_written(stage: SlackStage, walkthrough: Walkthrough, pack: str) -> None:
    """Play it. Nothing is left to send, nothing was given up, and nothing is said twice."""
    played = play(walkthrough, stage, method=pack)
    stage.close()

    assert played.mismatches == []
    keys = [key for key in stage.town.adapter.posted.keys if key]
    assert sorted(keys) == sorted(set(keys))
    assert stage.kept.letters("ambiguous", "dead") == []


@pytest.mark.parametrize(("pack", "walkthrough"), EVERY)
def test_the_walkthrough_goes_as_written_in_slack(
    pack: str, walkthrough: Walkthrough, stages: Stages, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    stage = stages(everybody(walkthrough), walkthrough.day)

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
        # Slack says which language somebody has theirs in; at the desk nobody does.
        assert [where for where in differs if "/language: " not in where] == []


@pytest.mark.parametrize("walkthrough", ["felskrivningar", "hela-resan"])
def test_it_goes_as_written_over_postgresql(walkthrough: str, stages: Stages):
    stage = stages(everybody(the(walkthrough)), the(walkthrough).day, database="postgresql")

    goes_as_written(stage, the(walkthrough), METHOD)


def test_it_goes_as_written_with_the_program_in_a_process_that_is_killed(stages: Stages):
    """`metodcoach serve` itself, with SIGKILL where the walkthrough says that it restarts."""
    stage = stages(everybody(the("hela-resan")), the("hela-resan").day, process=True)

    goes_as_written(stage, the("hela-resan"), METHOD)
