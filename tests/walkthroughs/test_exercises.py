"""Every exercise that comes with the methods, held in the channel and on paper: the same structured result from both."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from bot.packs.on_disk import built_in_packs
from bot.walking import Walker
from content.loader import Loaded, load_all
from content.schema.files import Walkthrough
from dialogs.model.exercise import ExerciseResult, Measures, Paired, Timeline, Tree
from dialogs.values.asking import Asking
from dialogs.values.exercise_result import is_empty, result_of
from tests.walkthroughs.on_paper import held_on_paper

pytestmark = pytest.mark.e2e


@cache
def loaded(pack: str) -> Loaded:
    found = load_all(built_in_packs())[pack]
    assert isinstance(found, Loaded)
    return found


def results(loaded: Loaded, walkthrough: Walkthrough, folder: Path) -> Mapping[str, ExerciseResult]:
    folder.mkdir()
    walker = Walker(loaded, folder)
    walker.prepare()
    with walker.played(walkthrough) as (played, stage, _):
        assert played.as_written
        kept = stage.journey()
        assert kept is not None
        pack, journey = kept
        assert all(journey.exercises[one.id].over for one in pack.exercises), journey.exercises
        asking = Asking(pack, journey, "sv", walkthrough.day)
        return {one.id: result_of(one, asking) for one in pack.exercises}


@pytest.mark.parametrize(
    ("pack", "walkthrough", "kinds"),
    [
        (
            "samverkan-processtod", "samverkan-hela-processen",
            {
                "framstegslinjen": Timeline, "kollegiala-intervjuer": Paired, "fem-ganger-varfor": Tree,
                "handlingsplan": Measures,
            },
        ),
        ("benchlearning", "pa-studiebesok", {"pa-studiebesok": Paired}),
    ],
)  # fmt: skip
def test_each_exercise_leaves_the_same_from_the_channel_and_from_paper(
    pack: str, walkthrough: str, kinds: Mapping[str, type], tmp_path: Path
) -> None:
    [one] = [one for one in loaded(pack).walkthroughs if one.id == walkthrough]
    in_the_channel = results(loaded(pack), one, tmp_path / "channel")
    on_paper = results(loaded(pack), held_on_paper(one), tmp_path / "paper")

    assert in_the_channel == on_paper
    assert not any(is_empty(result) for result in in_the_channel.values())
    for exercise, kind in kinds.items():
        assert isinstance(in_the_channel[exercise], kind)


def test_the_two_walkthroughs_that_show_it_leave_the_same(tmp_path: Path) -> None:
    found = []
    for name in ("samverkan-ovning-i-kanalen", "samverkan-ovning-pa-papper"):
        pack = loaded("samverkan-processtod")
        [one] = [one for one in pack.walkthroughs if one.id == name]
        folder = tmp_path / name
        folder.mkdir()
        walker = Walker(pack, folder)
        walker.prepare()
        with walker.played(one) as (played, stage, _):
            assert played.as_written
            kept = stage.journey()
            assert kept is not None
            exercise = kept[0].exercise_of["kollegiala-intervjuer"]
            found.append(result_of(exercise, Asking(*kept, "sv", one.day)))
    assert found[0] == found[1]
    assert found[0] == Paired(
        (
            ("Chefen", ("Ombudet vill vara med tidigare",)),
            ("Ombudet", ("Besluten kommer för sent",)),
            ("Skyddsombudet", ("Vi litar på varandra",)),
        ),
        ("Vi litar på varandra", "Besluten kommer för sent"),
    )
