"""What a decision lets go is in no file of the database any more; what stands is what its journal makes."""

import json
from collections.abc import Callable

import pytest

from bot.usecases.export import export
from bot.usecases.rebuild import check
from bot.wiring import World
from dialogs.events import JourneyDisposed, TextDisposed
from dialogs.model.disposal import Run
from storage.wiping import wipe
from tests.disposal.places import PLANTED, bytes_of, disposing, everything, found, plant, played, texts_in

pytestmark = pytest.mark.e2e
METHOD, YEAR = "ljungby-verksamhetsplan", "ljungby-ett-ar"
JOURNEY_METHOD, JOURNEY = "eu-coachmetoden", "hela-resan"


def the_journey(world: World) -> tuple[str, str]:
    """Return the ids of the organisation and of the journey that was played."""
    with world.looking() as uow:
        [ref] = [one for one in uow.journeys.all() if not one.practice]
    return ref.organisation, ref.id


def let(world: World, organisation: str, **months: int) -> None:
    with world.uow() as uow:
        for kind, after in months.items():
            uow.disposals.set_rule(organisation, kind, after)  # type: ignore[arg-type]
        uow.commit()


def rest(world: World) -> None:
    """Close every connection of this process."""
    world.engine.dispose()
    world.reading.dispose()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_words_that_were_disposed_of_are_in_no_file_and_the_rest_stands(
    kind: str, new_database: Callable[[str], str]
) -> None:
    url = new_database(kind)
    with played(url, JOURNEY_METHOD, JOURNEY) as world:
        organisation, journey = the_journey(world)
        plant(world, journey)
        let(world, organisation, contributions=3)
        acts = disposing(world)
        plan = acts.plan(organisation, acts.clock.today())
        sequences = [number for one in plan.goes if one.kind == "contributions" for number in one.sequences]
        said = texts_in(world, journey, sequences)
        with world.looking() as uow:
            links = uow.audit.verify()
        rest(world)
        before = bytes_of(url)

        ended = acts.go_on(acts.begin(plan, "KS 2031/7"))

        assert isinstance(ended, Run)
        assert ended.texts == {line.kind: line.texts for line in plan.lines}
        logical = everything(world.engine)
        gone = {*PLANTED.values(), *(one for one in said if one not in logical)}
        assert len(gone) > len(PLANTED) + 3  # else the search would prove little
        assert all(found(one, before) for one in gone)
        assert not any(one in logical for one in PLANTED.values())
        assert check(journey, uow=world.uow(), shelf=world.shelf) == []
        with world.looking() as uow:
            events = list(uow.journeys.events(journey))
            assert uow.audit.verify() > links
        assert {events[number - 1].kind for number in sequences} == {"text-disposed"}
        assert {one.decision for one in events if isinstance(one, TextDisposed)} == {"KS 2031/7"}
        assert acts.plan(organisation, acts.clock.today()).goes == ()
        rest(world)
        wiped = wipe(url)
        after = bytes_of(url)

    assert (wiped.in_use, wiped.refused) == (False, ())
    assert [one for one in gone if found(one, after)] == []


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_of_a_whole_journey_one_line_and_the_adopted_documents_are_left(
    kind: str, new_database: Callable[[str], str]
) -> None:
    url = new_database(kind)
    with played(url, METHOD, YEAR) as world:
        organisation, journey = the_journey(world)
        plant(world, journey)
        let(world, organisation, journeys=24, contributions=3)
        acts = disposing(world)
        plan = acts.plan(organisation, acts.clock.today())
        with world.looking() as uow:
            happened = uow.journeys.head(journey).sequence
            adopted = [one.digest for one in uow.adopted.all(journey)]
            said = texts_in(world, journey, range(1, happened + 1))
        assert adopted
        assert "contributions" not in {one.kind for one in plan.goes}  # they go with the journey

        ended = acts.go_on(acts.begin(plan, "KS 2031/8"))

        assert isinstance(ended, Run)
        assert ended.texts == {line.kind: line.texts for line in plan.lines}
        assert check(journey, uow=world.uow(), shelf=world.shelf) == []
        with world.looking() as uow:
            head = uow.journeys.whole(journey)
            [line] = uow.journeys.events(journey)
            assert [one.digest for one in uow.adopted.all(journey)] == adopted
            uow.audit.verify()
        assert isinstance(line, JourneyDisposed)
        assert (line.decision, line.happened, head.sequence) == ("KS 2031/8", happened, happened + 1)
        assert (head.state, head.items, head.pages, head.checkpoints) == ("closed", {}, {}, ())
        told = export(
            journey, uow=world.looking(), shelf=world.shelf, book=world.book, clock=acts.clock, language="sv"
        )
        assert "KS 2031/8" in told.markdown
        assert json.loads(told.json)["disposed"] == "KS 2031/8"
        logical = everything(world.engine)
        gone = {*PLANTED.values(), *(one for one in said if one not in logical)}
        assert len(gone) > len(PLANTED) + 3
        rest(world)
        wipe(url)
        after = bytes_of(url)

    assert [one for one in gone if found(one, after)] == []
