"""Kills the program at each commit of an exercise in the channel: it goes on in its phase, and nothing is lost or doubled."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

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
METHOD = "samverkan-processtod"
EXERCISE = "samverkan-ovning-i-kanalen"
_CLOCK = re.compile(r"(till|\d{4}-\d\d-\d\d) \d\d:\d\d")


def the_exercise() -> Walkthrough:
    return next(one for one in installed()[METHOD].walkthroughs if one.id == EXERCISE)


def without_clock(told: Mapping[str, Any]) -> Any:
    """Return the same without until when a phase lasts, and when a note was made: each start takes its time."""
    return json.loads(_CLOCK.sub(r"\1 dess", json.dumps(told, ensure_ascii=False)))


def test_killed_at_each_commit_of_an_exercise_it_goes_on_and_nothing_is_lost_or_doubled(
    databases: Databases, sample: str, seed: str, tmp_path: Path, tell: Tell
) -> None:
    script = Script()
    play(the_exercise(), script, method=METHOD)
    calm = undisturbed(databases, script.moves, tmp_path / "calm")
    swept = Sweep(databases.fresh(), script.moves, Points(share_of(sample, calm.passed), seed), tmp_path)
    swept.run()

    assert swept.processes == len(swept.died_at) + 1
    assert len(swept.acked) == len(script.moves)
    assert list(apart(without_clock(swept.told()), without_clock(calm.told()))) == []
    with swept.world.uow() as uow:
        [journey] = [one.id for one in uow.journeys.all() if not one.practice]
        head = uow.journeys.head(journey)
        run = head.exercises["kollegiala-intervjuer"]
        assert (run.over, run.number, run.broken is not None) == (True, 1, True)
        [note] = [note for member in head.roster.members for note in uow.notes.of(member.person.id)]
        assert (note.exercise, note.phase) == ("kollegiala-intervjuer", "fragorna")
    tell(
        f"{EXERCISE} on {swept.world.engine.dialect.name}: {len(script.moves)} events,"
        f" killed at {len(swept.died_at)} points (PROOF_SEED={seed})"
    )
