"""Each conversation that comes with a pack goes as written, the guide's page of it is what is said today, and what is
stored is what its journal makes.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache

import pytest

from bot.packs.on_disk import built_in_packs
from bot.stage import DeskStage
from bot.usecases.rebuild import check
from bot.usecases.walk import Played
from bot.walking import Walker
from content.loader import Loaded, load_all
from content.schema.files import Walkthrough
from dialogs.reports.status import next_thing
from dialogs.wording.teller import Teller
from storage.mapping import Json
from tools.walkthrough_pages import FOLDER, Page


@cache
def loaded() -> Mapping[str, Loaded]:
    return {name: one for name, one in load_all(built_in_packs()).items() if isinstance(one, Loaded)}


LONG = 50  # scenes: what takes a while is played by `make e2e`
EVERY = [
    pytest.param(
        (name, one), id=f"{name}/{one.id}", marks=[pytest.mark.e2e] if len(one.scenes) > LONG else []
    )
    for name, pack in loaded().items()
    for one in pack.walkthroughs
]


@pytest.fixture(scope="module")
def walkers(tmp_path_factory) -> Mapping[str, Walker]:
    found = {name: Walker(pack, tmp_path_factory.mktemp(name)) for name, pack in loaded().items()}
    for name, walker in found.items():
        if loaded()[name].walkthroughs:
            walker.prepare()
    return found


@dataclass(frozen=True)
class Happened:
    """What there is to look at when a walkthrough has been played."""

    played: Played
    wanted: Walkthrough
    page: str
    slips: Mapping[str, list[str]]  # by journey
    undone: Sequence[object]
    steps: int  # that the audit tells of, each in its place
    unheard: Sequence[object]


def _there_is_a_next_thing(stage: DeskStage, walkthrough: Walkthrough) -> None:
    kept = stage.journey()
    if kept is not None:
        assert next_thing(Teller(stage.book, *kept, walkthrough.language, stage.today))


@pytest.fixture(scope="module", params=EVERY)
def happened(request, walkers) -> Happened:
    """Each walkthrough is played once, for all tests."""
    pack, walkthrough = request.param
    stages: list[DeskStage] = []
    page = Page(pack, walkthrough)
    shown = page.onlookers()

    def scene(*said: str) -> None:
        if stages:
            _there_is_a_next_thing(stages[0], walkthrough)
        shown.scene(*said)

    onlookers = replace(shown, scene=scene, stage=stages.append)
    with (
        _what_is_written_is_what_would_be_read(),
        walkers[pack].played(walkthrough, onlookers) as (played, stage, world),
    ):
        _there_is_a_next_thing(stage, walkthrough)
        with world.uow() as uow:
            journeys = [ref.id for ref in uow.journeys.all()]
        slips = {journey: check(journey, uow=world.uow(), shelf=world.shelf) for journey in journeys}
        with world.uow() as uow:
            undone, steps = uow.inbox.undone(), uow.audit.verify()
        return Happened(played, walkthrough, page.text(), slips, undone, steps, stage.heard())


@contextmanager
def _what_is_written_is_what_would_be_read() -> Iterator[None]:
    """The store remembers what it wrote instead of reading it: it must not matter which."""
    write = Json.text

    def text(self, value):
        told = write(self, value)
        assert self._read(told) == value
        return told

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Json, "text", text)
        yield


def test_the_walkthrough_goes_as_written(happened: Happened):
    assert happened.played.mismatches == []
    assert happened.played.scenes == len(happened.wanted.scenes)
    assert not any(happened.slips.values()), happened.slips
    assert happened.unheard == []
    assert happened.undone == []
    assert happened.steps > 0


@pytest.mark.e2e
def test_the_page_of_the_guide_is_what_is_said_today(happened: Happened):
    there = (FOLDER / f"{happened.wanted.id}.md").read_text(encoding="utf-8")

    assert there == happened.page, "Write it anew with: python -m tools.walkthrough_pages"


def test_there_is_a_page_for_each_walkthrough_and_no_other():
    every = {one.id for pack in loaded().values() for one in pack.walkthroughs}

    assert {file.stem for file in FOLDER.glob("*.md")} == every


def test_every_method_has_walkthroughs():
    assert [name for name, one in loaded().items() if one.pack.manifest.method and not one.walkthroughs] == []
