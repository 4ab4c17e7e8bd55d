"""Kills the serving program at its commits, its calls to Slack and its answers, through a whole journey."""

import time
from collections.abc import Callable, Iterator
from typing import Literal

import pytest

from bot.usecases.walk import play
from tests.doors.clocks import RunningClock
from tests.doors.fixtures import METHOD, the
from tests.doors.kept import Kept
from tests.doors.left import told_by
from tests.doors.swept import Lives
from tests.proof.parts import Tell
from tests.proof.sweep import Points, share_of
from tests.proof.telling import apart
from tests.slack.fixtures import Found
from tests.slack.ledger import lost_or_doubled
from tests.slack.stage import everybody
from tests.slack.swept import SweptSlack

pytestmark = pytest.mark.proof

WALKTHROUGH = "steg-3-processledare"
NOBODY_DIES = Points(0, "")


Stage = Callable[..., SweptSlack]


@pytest.fixture
def a_stage(found_town: Found) -> Iterator[Stage]:
    """Set a stage up whose program dies at these points; *opening* are the acts that are known to open a form."""
    made: list[SweptSlack] = []

    def stage(url: str, points: Points, opening: frozenset[str] = frozenset()) -> SweptSlack:
        clock = RunningClock()
        clock.begin(the(WALKTHROUGH).day)
        town = found_town(everybody(the(WALKTHROUGH)), clock.now)
        told = {"database_url": url, "port": 0, **town.told()}

        def between() -> None:
            town.loop.do(town.adapter.at_rest())
            clock.tick(*town.clocks())

        lives = Lives(told, clock, points, between)
        made.append(SweptSlack(town, lives, Kept(url), clock, opening=opening))
        return made[-1]

    yield stage
    for one in made:
        one.lives.close()
        one.kept.close()


def all_of(stage: SweptSlack) -> dict[str, object]:
    """Return what the journey came to, without ids and times, and what was acknowledged and taken."""
    return {**told_by(stage.kept.uow()), "inbox": stage.kept.count("SELECT count(*) FROM inbox")}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_killed_at_each_point_it_goes_on_and_nothing_is_lost_or_doubled(
    a_stage: Stage,
    new_database: Callable[[str], str],
    database: Literal["sqlite", "postgresql"],
    sample: str,
    seed: str,
    tell: Tell,
) -> None:
    calm = a_stage(new_database(database), NOBODY_DIES)
    assert play(the(WALKTHROUGH), calm, method=METHOD).mismatches == []
    calm.close()
    wanted = all_of(calm)

    began = time.monotonic()
    points = Points(share_of(sample, calm.lives.passed), seed)
    swept = a_stage(new_database(database), points, frozenset(calm.opened))
    played = play(the(WALKTHROUGH), swept, method=METHOD)
    swept.kept.wait()
    wrong = lost_or_doubled(swept.town, swept.kept)
    swept.close()

    assert played.mismatches == []
    assert wrong == []
    assert list(apart(all_of(swept), wanted)) == []
    tell(
        f"{WALKTHROUGH} on {database}: killed at {len(swept.lives.died_at)} points in {swept.lives.lives}"
        f" lives (an undisturbed one passes {calm.lives.passed}), {time.monotonic() - began:.0f} s"
        f" (PROOF_SEED={seed})"
    )
