"""Each conversation that comes with a pack goes as written, and what is stored is what its journal makes."""

from collections.abc import Mapping
from functools import cache

import pytest

from bot.packs_on_disk import built_in_packs
from bot.usecases.rebuild import check
from bot.walking import Onlookers, Walker
from content.loader import Loaded, load_all
from content.schema.files import Walkthrough
from dialogs.reports.status import next_thing
from dialogs.wording.teller import Teller
from storage.mapping import Json


@cache
def loaded() -> Mapping[str, Loaded]:
    return {name: one for name, one in load_all(built_in_packs()).items() if isinstance(one, Loaded)}


EVERY = [
    pytest.param(name, one, id=f"{name}/{one.id}")
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


@pytest.fixture(autouse=True)
def what_is_written_is_what_would_be_read(monkeypatch):
    """The store remembers what it wrote instead of reading it: it must not matter which."""
    write = Json.text

    def text(self, value):
        told = write(self, value)
        assert self._read(told) == value
        return told

    monkeypatch.setattr(Json, "text", text)


@pytest.mark.parametrize(("pack", "walkthrough"), EVERY)
def test_the_walkthrough_goes_as_written(walkers, pack: str, walkthrough: Walkthrough):
    def there_is_a_next_thing(*_: str) -> None:
        kept = stages[0].journey() if stages else None
        if kept is not None:
            assert next_thing(Teller(stages[0].book, *kept, walkthrough.language, stages[0].today))

    stages = []
    onlookers = Onlookers(scene=there_is_a_next_thing, stage=stages.append)
    with walkers[pack].played(walkthrough, onlookers) as (played, stage, world):
        there_is_a_next_thing()
        with world.uow() as uow:
            journeys = [ref.id for ref in uow.journeys.all()]
        slips = {journey: check(journey, uow=world.uow(), shelf=world.shelf) for journey in journeys}
        with world.uow() as uow:
            assert uow.inbox.undone() == []
            assert uow.audit.verify() > 0

    assert played.mismatches == []
    assert played.scenes == len(walkthrough.scenes)
    assert not any(slips.values()), slips
    assert stage.heard() == []


def test_every_method_has_walkthroughs():
    assert [name for name, one in loaded().items() if one.pack.manifest.method and not one.walkthroughs] == []
