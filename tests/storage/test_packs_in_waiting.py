"""Packs that were sent wait for an hour, one for each person, and are told without being read."""

from datetime import timedelta

import pytest

from dialogs.model.checked_pack import CheckedPack, PackFacts, Slip
from storage.mapping import pack_text
from tests.dialogs.builders import a_pack, a_question
from tests.storage.builders import NOW, a_world

HOUR = timedelta(hours=1)
FACTS = PackFacts("m", "1.0.0", "summa", {"sv": "Metod"}, True, 1, 2, 0, follows="0.9.0", new=1)
SLIPS = (Slip("pack.yaml", 3, "title", {"sv": "Fel", "en": "Wrong"}),)


def test_what_waits_is_there_until_its_hour_has_gone(uow):
    world, pack = a_world(uow), a_pack(a_question("vision"))
    with uow:
        id = uow.packs_in_waiting.put(
            world.bo.id, CheckedPack(FACTS, pack_text(pack)), at=NOW, until=NOW + HOUR
        )
        uow.commit()
    with uow:
        found = uow.packs_in_waiting.get(id, NOW)
        assert (found.person, found.checked, found.until) == (world.bo.id, CheckedPack(FACTS), NOW + HOUR)
        assert uow.packs_in_waiting.pack(id) == pack
        assert uow.packs_in_waiting.get(id, NOW + HOUR) is None
        assert uow.packs_in_waiting.get("another", NOW) is None
        assert not uow.packs_in_waiting.some_late(NOW)
        assert uow.packs_in_waiting.some_late(NOW + HOUR)
        uow.packs_in_waiting.forget(NOW + HOUR)
        with pytest.raises(KeyError):
            uow.packs_in_waiting.text(id)


def test_a_person_has_one_in_waiting_and_others_keep_theirs(uow):
    world = a_world(uow)
    with uow:
        put = uow.packs_in_waiting.put
        first = put(world.bo.id, CheckedPack(slips=SLIPS), at=NOW, until=NOW + HOUR)
        other = put(world.anna.id, CheckedPack(FACTS, "{}"), at=NOW, until=NOW + HOUR)
        second = put(world.bo.id, CheckedPack(slips=SLIPS), at=NOW, until=NOW + HOUR)
        assert uow.packs_in_waiting.get(first, NOW) is None
        assert uow.packs_in_waiting.get(second, NOW).checked.slips == SLIPS
        assert uow.packs_in_waiting.get(other, NOW) is not None
        assert uow.packs_in_waiting.of_person(world.anna.id, NOW).id == other
        assert uow.packs_in_waiting.of_person(world.anna.id, NOW + HOUR) is None
        uow.packs_in_waiting.drop(other)
        assert uow.packs_in_waiting.get(other, NOW) is None
        assert uow.packs_in_waiting.of_person(world.anna.id, NOW) is None


def test_a_compiled_pack_is_installed_as_it_is(uow):
    pack = a_pack(a_question("vision"))
    with uow:
        assert uow.packs.put_text(pack.id, pack.version, pack_text(pack), "summa", by="p1", at=NOW)
        assert not uow.packs.put_text(pack.id, pack.version, pack_text(pack), "summa", by="p1", at=NOW)
        assert uow.packs.get(pack.id, pack.version) == pack
        assert uow.packs.text(pack.id, pack.version) == pack_text(pack)
        with pytest.raises(ValueError, match="another content"):
            uow.packs.put_text(pack.id, pack.version, "{}", "annan", by="p1", at=NOW)
