"""Every exercise that comes with the methods, held in the channel and on paper: the same structured result from both."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

from bot.packs_on_disk import built_in_packs
from bot.walking import Walker
from content.loader import Loaded, load_all
from content.schema.files import Scene, Walkthrough
from dialogs.model.exercise import ExerciseResult, Measures, Paired, Timeline, Tree
from dialogs.values.asking import Asking
from dialogs.values.exercise_result import is_empty, result_of

pytestmark = pytest.mark.e2e
MOVES = re.compile(r"övning (vidare|visa|vilka|nya par)|klart")
OWN = re.compile(r"(\d\.\d+): (.*)")


@cache
def loaded(pack: str) -> Loaded:
    found = load_all(built_in_packs())[pack]
    assert isinstance(found, Loaded)
    return found


def held_on_paper(walkthrough: Walkthrough) -> Walkthrough:
    """Return the same conversation where whoever leads types in from paper what the others said in the channel."""
    return walkthrough.model_copy(
        update={"id": f"{walkthrough.id}-papper", "scenes": tuple(_on_paper(walkthrough))}
    )


def _on_paper(walkthrough: Walkthrough) -> Iterator[Scene]:
    on, [leader, *_] = False, walkthrough.people
    for number, scene in enumerate(walkthrough.scenes):
        says = scene.says or ""
        if says.startswith("övning starta"):
            on = _begins(walkthrough.scenes[number + 1 :])
            yield Scene(who=leader, says=says.replace("starta", "papper"))
        elif not on:
            yield scene.model_copy(update={"expect": None})
        elif says == "övning klar":
            on = False
            yield Scene(who=leader, says=says)
        elif MOVES.fullmatch(says) or scene.presses == "exercise-next" or scene.restart:
            continue
        elif scene.to and says != "alla":
            yield Scene(who=leader, says=f"{scene.to}: {says}")
        elif scene.presses == "record":
            yield scene.model_copy(update={"who": leader, "expect": None})
        elif scene.privately and scene.who != leader and (own := OWN.fullmatch(scene.privately)):
            name = walkthrough.people[scene.who or ""].name
            yield Scene(who=leader, says=f"för {name}, {own[1]}: {own[2]}")
        else:
            yield scene.model_copy(update={"expect": None})


def _begins(following: Sequence[Scene]) -> bool:
    """Say whether the exercise that was started is ended: one that was refused is started again first."""
    said = [one.says or "" for one in following]
    return next(one for one in said if one.startswith(("övning starta", "övning klar"))) == "övning klar"


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
