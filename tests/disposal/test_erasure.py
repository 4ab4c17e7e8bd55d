"""A person who was erased is in no file of the database any more; what they took part in stands without their name."""

from collections.abc import Callable

import pytest

from bot.call import Call
from bot.commands.erase import erasing_in
from bot.usecases.office import Office
from bot.usecases.rebuild import check
from bot.wiring import World
from dialogs.model.erasure import Erasure
from dialogs.model.problem import Problem
from storage.wiping import wipe
from tests.disposal.places import bytes_of, everything, found, plant, played

pytestmark = pytest.mark.e2e
NAME, ADDRESS = "Ängla Öberg-Ström", "angla.oberg@exempel.se"
SPOKEN = "politikern"  # what they are called in the walkthrough, and in the terminal for ever after


def known_as(world: World, name: str, address: str) -> tuple[str, str, str]:
    """Let one of the walkthrough's people have a name of their own; return organisation, journey and person."""
    with world.uow() as uow:
        [ref] = [one for one in uow.journeys.all() if not one.practice]
        [person] = uow.people.named(SPOKEN, ref.organisation)
        uow.people.rename(person.id, name)
        uow.people.set_email(person.id, address)
        uow.commit()
    return ref.organisation, ref.id, str(person.id)


def leaves(world: World, journey: str, person: str) -> None:
    with world.uow() as uow:
        office = Office(uow, world.shelf, world.clock, world.ids, world.book, "sv")
        head = uow.journeys.head(journey)
        member = head.roster.member(person)
        assert member is not None
        assert office.remove_person(head, member) is None
        office.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_erased_person_is_in_no_file_and_what_they_took_part_in_stands(
    kind: str, new_database: Callable[[str], str]
) -> None:
    url = new_database(kind)
    with played(url, "eu-coachmetoden", "hela-resan") as world:
        organisation, journey, person = known_as(world, NAME, ADDRESS)
        plant(world, journey)
        erasing = erasing_in(Call("sv"), world)
        refused = erasing.plan(organisation, NAME, (), texts=True)
        assert isinstance(refused, Problem)  # they are in the group still
        leaves(world, journey, person)
        shown = erasing.plan(organisation, NAME, (), texts=True)
        assert isinstance(shown, Erasure)
        with world.looking() as uow:
            before = [(event.kind, event.by) for event in uow.journeys.events(journey)]
        world.engine.dispose()
        world.reading.dispose()
        on_disk = bytes_of(url)

        assert erasing.erase(shown, "KS 2031/10")

        gone = (NAME, ADDRESS, f"privat:{SPOKEN}")
        assert all(found(one, on_disk) for one in gone)
        assert not any(one in everything(world.engine) for one in gone)
        assert check(journey, uow=world.uow(), shelf=world.shelf) == []
        with world.looking() as uow:
            uow.audit.verify()
            after = [(event.kind, event.by) for event in uow.journeys.events(journey)]
            known = uow.people.get(person)
            assert set(uow.erasures.parts(person).values()) == {0}
            assert uow.people.accounts_of(person) == []
            assert uow.journeys.head(journey).roster.name(person) == shown.becomes
        assert known is not None
        assert known.name == shown.becomes
        changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
        assert len(changed) == sum(one.texts for one in shown.texts) > 0
        assert {new for _, new in changed} == {("text-disposed", person)}
        assert not isinstance(erasing.plan(organisation, NAME, (), texts=True), Erasure)
        world.engine.dispose()
        world.reading.dispose()
        wipe(url)
        on_disk = bytes_of(url)

    assert [one for one in gone if found(one, on_disk)] == []
