"""Kills the program at each commit of a year with checkpoints: they open once, and no part is lost or asked for twice."""

from pathlib import Path

import pytest

from bot.usecases.walk import play
from content.schema.files import Walkthrough
from tests.proof.conftest import Databases
from tests.proof.parts import Tell
from tests.proof.sweep import Points, Script, Sweep, share_of
from tests.proof.telling import apart
from tests.proof.test_kill_sweep import undisturbed
from tests.proof.world import installed

pytestmark = pytest.mark.proof
METHOD = "ljungby-verksamhetsplan"
YEAR = "ljungby-ett-ar"


def the_year() -> Walkthrough:
    return next(one for one in installed()[METHOD].walkthroughs if one.id == YEAR)


def test_killed_at_each_commit_of_a_year_nothing_is_lost_or_doubled(
    databases: Databases, sample: str, seed: str, tmp_path: Path, tell: Tell
) -> None:
    script = Script()
    play(the_year(), script, method=METHOD)
    calm = undisturbed(databases, script.moves, tmp_path / "calm")
    swept = Sweep(databases.fresh(), script.moves, Points(share_of(sample, calm.passed), seed), tmp_path)
    swept.run()

    assert swept.processes == len(swept.died_at) + 1
    assert len(swept.acked) == len(script.moves)
    assert list(apart(swept.told(), calm.told())) == []
    with swept.world.uow() as uow:
        [journey] = [one.id for one in uow.journeys.all() if not one.practice]
        kept = uow.journeys.checkpoints(journey)
    assert kept
    tell(
        f"{YEAR} on {swept.world.engine.dialect.name}: {len(script.moves)} events, {len(kept)} checkpoints,"
        f" killed at {len(swept.died_at)} points (PROOF_SEED={seed})"
    )
