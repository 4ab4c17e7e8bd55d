"""The same exercise as two walkthroughs play it, in the channel and on paper: the same structured result."""

from pathlib import Path

import pytest

from bot.packs_on_disk import built_in_packs
from bot.walking import Walker
from content.loader import Loaded, load_all
from dialogs.model.exercise import ExerciseResult, Paired
from dialogs.values.asking import Asking
from dialogs.values.exercise_result import result_of

PACK, EXERCISE = "samverkan-processtod", "kollegiala-intervjuer"


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    found = load_all(built_in_packs())[PACK]
    assert isinstance(found, Loaded)
    return found


def result(loaded: Loaded, walkthrough: str, folder: Path) -> ExerciseResult:
    [one] = [one for one in loaded.walkthroughs if one.id == walkthrough]
    folder.mkdir()
    walker = Walker(loaded, folder)
    walker.prepare()
    with walker.played(one) as (played, stage, _):
        assert played.as_written
        kept = stage.journey()
        assert kept is not None
        pack, journey = kept
        return result_of(pack.exercise_of[EXERCISE], Asking(pack, journey, "sv", one.day))


def test_the_channel_and_the_paper_leave_the_same(loaded: Loaded, tmp_path: Path):
    in_the_channel = result(loaded, "samverkan-ovning-i-kanalen", tmp_path / "channel")
    on_paper = result(loaded, "samverkan-ovning-pa-papper", tmp_path / "paper")
    assert in_the_channel == on_paper
    assert in_the_channel == Paired(
        (
            ("Chefen", ("Ombudet vill vara med tidigare",)),
            ("Ombudet", ("Besluten kommer för sent",)),
            ("Skyddsombudet", ("Vi litar på varandra",)),
        ),
        ("Vi litar på varandra", "Besluten kommer för sent"),
    )
