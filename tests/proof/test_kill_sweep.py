"""Kills the program at each commit of a whole journey, and goes on in the same journey."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from content.schema.files import Walkthrough
from tests.proof.conftest import Databases
from tests.proof.parts import Tell
from tests.proof.sweep import Move, Points, Sweep, moves_of, share_of
from tests.proof.telling import apart
from tests.proof.world import as_written, walkthroughs

pytestmark = pytest.mark.proof
NOBODY_DIES = Points(0, "")


def longest(databases: Databases) -> Walkthrough:
    """Return the longest of the method's walkthroughs that plays as written."""
    return next(one for one in walkthroughs() if as_written(one, databases.fresh()))


def undisturbed(databases: Databases, moves: Sequence[Move], folder: Path) -> Sweep:
    """Play to the end in one process."""
    folder.mkdir()
    sweep = Sweep(databases.fresh(), moves, NOBODY_DIES, folder)
    sweep.run()
    return sweep


def test_killed_at_each_commit_it_goes_on_and_nothing_is_lost_or_doubled(
    databases: Databases, sample: str, seed: str, tmp_path: Path, tell: Tell
) -> None:
    walkthrough = longest(databases)
    moves = moves_of(walkthrough)
    calm = undisturbed(databases, moves, tmp_path / "calm")
    began = time.monotonic()
    swept = Sweep(databases.fresh(), moves, Points(share_of(sample, calm.passed), seed), tmp_path)
    swept.run()

    assert swept.processes == len(swept.died_at) + 1
    assert len(swept.acked) == len(moves)
    assert list(apart(swept.told(), calm.told())) == []
    tell(
        f"{walkthrough.id} on {swept.world.engine.dialect.name}: {len(moves)} events,"
        f" killed at {len(swept.died_at)} points, {swept.posted_again} letters posted again,"
        f" {time.monotonic() - began:.0f} s (PROOF_SEED={seed})"
    )
