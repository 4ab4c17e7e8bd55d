"""Kills the serving program at its commits, its calls to Teams and its answers, through a whole journey."""

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
from tests.teams.fixtures import FoundTeams
from tests.teams.ledger import lost_or_doubled
from tests.teams.stage import everybody
from tests.teams.swept import SweptTeams

pytestmark = pytest.mark.proof

WALKTHROUGH = "steg-3-processledare"
NOBODY_DIES = Points(0, "")

Stage = Callable[..., SweptTeams]


@pytest.fixture
def a_stage(found_teams: FoundTeams) -> Iterator[Stage]:
    """Set a stage up whose program dies at these points; what people speak *about* may be known from another."""
    made: list[SweptTeams] = []

    def stage(url: str, points: Points, about: tuple[str, ...] = ()) -> SweptTeams:
        clock = RunningClock()
        clock.begin(the(WALKTHROUGH).day)
        town = found_teams(everybody(the(WALKTHROUGH)), clock.now)
        told = {"database_url": url, "port": 0, **town.told()}
        lives = Lives(told, clock, points, between=lambda: town.loop.do(town.at_rest()))
        made.append(SweptTeams(town, lives, Kept(url), clock, about=about))
        return made[-1]

    yield stage
    for one in made:
        one.lives.close()
        one.kept.close()


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_killed_at_each_point_it_goes_on_and_nothing_is_lost_or_said_twice(
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
    wanted = told_by(calm.kept.uow())
    assert calm.kept.letters("ambiguous") == []

    began = time.monotonic()
    points = Points(share_of(sample, calm.lives.passed), seed)
    swept = a_stage(new_database(database), points, tuple(calm.said))
    played = play(the(WALKTHROUGH), swept, method=METHOD)
    swept.kept.wait()
    wrong = lost_or_doubled(swept.town, swept.kept)
    unsure = swept.kept.letters("ambiguous")
    swept.close()

    assert wrong == []
    assert list(apart(told_by(swept.kept.uow()), wanted)) == []
    # What didn't come, nobody could be shown; everything else goes as written.
    assert [one for one in played.mismatches if not unsure or "nobody was shown" not in one] == []
    tell(
        f"{WALKTHROUGH} on {database}: killed at {len(swept.lives.died_at)} points in {swept.lives.lives}"
        f" lives (an undisturbed one passes {calm.lives.passed}), {len(unsure)} letters of unknown outcome,"
        f" {swept.sent_again} sent again by hand,"
        f" {time.monotonic() - began:.0f} s (PROOF_SEED={seed})"
    )
