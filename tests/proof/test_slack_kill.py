"""Kills the serving program at its commits, its calls to Slack and its answers, through a whole journey."""

import time
from collections.abc import Callable, Iterator
from typing import Literal

import pytest

from bot.usecases.walk import play
from content.schema.files import Walkthrough
from tests.proof.sweep import Points, share_of
from tests.proof.telling import apart, told
from tests.slack.clocks import RunningClock
from tests.slack.fixtures import Found, loaded
from tests.slack.kept import Kept
from tests.slack.ledger import lost_or_doubled
from tests.slack.stage import everybody
from tests.slack.swept import Lives, SweptStage

pytestmark = pytest.mark.proof

WALKTHROUGH = "steg-3-processledare"
NOBODY_DIES = Points(0, "")


def the_walkthrough() -> Walkthrough:
    return next(one for one in loaded()["eu-coachmetoden"].walkthroughs if one.id == WALKTHROUGH)


Stage = Callable[..., SweptStage]


@pytest.fixture
def a_stage(found_town: Found) -> Iterator[Stage]:
    """Set a stage up whose program dies at these points; *opening* are the acts that are known to open a form."""
    made: list[SweptStage] = []

    def stage(url: str, points: Points, opening: frozenset[str] = frozenset()) -> SweptStage:
        clock = RunningClock()
        clock.begin(the_walkthrough().day)
        town = found_town(everybody(the_walkthrough()), clock.now)
        lives = Lives(url, town.adapter.url, clock, points)
        made.append(SweptStage(town, lives, Kept(url), clock, opening=opening))
        return made[-1]

    yield stage
    for one in made:
        one.lives.close()
        one.kept.close()


def told_by(stage: SweptStage) -> dict[str, object]:
    """Return what the journey came to, without ids and times, and what was acknowledged and taken."""
    kept = stage.kept
    with kept.uow() as uow:
        assert uow.inbox.undone() == []
        assert uow.audit.verify() > 0
        [ref] = [ref for ref in uow.journeys.all() if not ref.practice]
        journey, events = uow.journeys.whole(ref.id), list(uow.journeys.events(ref.id))
    return {**told(journey, events, ()), "inbox": kept.count("SELECT count(*) FROM inbox")}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_killed_at_each_point_it_goes_on_and_nothing_is_lost_or_doubled(
    a_stage: Stage,
    new_database: Callable[[str], str],
    database: Literal["sqlite", "postgresql"],
    sample: str,
    seed: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    calm = a_stage(new_database(database), NOBODY_DIES)
    assert play(the_walkthrough(), calm).mismatches == []
    calm.close()
    wanted = told_by(calm)

    began = time.monotonic()
    points = Points(share_of(sample, calm.lives.passed), seed)
    swept = a_stage(new_database(database), points, frozenset(calm.opened))
    played = play(the_walkthrough(), swept)
    swept.kept.wait()
    wrong = lost_or_doubled(swept.town, swept.kept)
    swept.close()

    assert played.mismatches == []
    assert wrong == []
    assert list(apart(told_by(swept), wanted)) == []
    with capsys.disabled():
        print(
            f"\n{WALKTHROUGH} on {database}: killed at {len(swept.lives.died_at)} points in {swept.lives.lives}"
            f" lives (an undisturbed one passes {calm.lives.passed}), {time.monotonic() - began:.0f} s"
            f" (PROOF_SEED={seed})"
        )
