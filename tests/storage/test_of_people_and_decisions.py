"""What is kept of a person, and what an organisation has decided, are found in both databases."""

from dataclasses import replace
from datetime import date

from dialogs.model.records import Record
from dialogs.model.registration import Registration, of_document
from tests.storage.builders import NOW, a_world, contribute, contributed, later
from tests.storage.test_adopted import version


def test_what_is_kept_of_a_person_is_found_and_nobody_elses(uow):
    world = a_world(uow)
    contribute(uow, "j1", contributed(world.bo, "c1", "Bos ord"))
    contribute(uow, "j1", contributed(world.anna, "c2", "Annas ord"))
    measure = Record("r1", "insatser", {"ansvarig": world.bo.id, "namn": "Solceller"}, "", world.anna.id, NOW)
    with uow:
        organisation, group = uow.journeys.head("j1").organisation, uow.journeys.head("j1").group
        uow.records.save(measure, organisation=organisation, group=group, journey="j1")
        uow.records.save(
            replace(measure, id="r2", fields={"namn": world.bo.id + "!"}), organisation=organisation, group=group, journey="j1"
        )  # fmt: skip
        uow.commit()
    with uow:
        rows = uow.own_data.rows(world.bo.id)
        events = uow.own_data.events(world.bo.id)
        records = uow.own_data.records(world.bo.id)
        names = uow.own_data.names()

    assert rows["person"][0]["name"] == world.bo.name
    assert [(journey, event.value) for journey, event in events] == [("j1", "Bos ord")]
    assert [(journey, one.id) for journey, one in records] == [("j1", "r1")]
    assert names["j1"] == names[group]


def test_a_number_takes_the_place_of_an_older_and_all_are_kept(uow):
    world = a_world(uow)
    about = of_document("j1", "plan", 1)
    with uow:
        uow.adopted.put("j1", version(1), by=world.bo.id, at=NOW)
        uow.registrations.put("j1", about, "KS 1", by=world.bo.id, at=NOW)
        uow.registrations.put("j1", about, "KS 2", by="cli", at=later(1))
        uow.commit()
    days = {"first": date(2026, 10, 1), "last": date(2026, 10, 1)}
    with uow:
        home = uow.journeys.head("j1").organisation
        decided = uow.registrations.decided(home, questions=["vision"], registers=["insatser"], **days)

        assert uow.journeys.whole("j1").registered == {about: "KS 2"}
        assert uow.registrations.of("j1") == [
            Registration(about, "KS 1", world.bo.id, NOW), Registration(about, "KS 2", "cli", later(1)),
        ]  # fmt: skip
        assert [(journey, one.number) for journey, one in decided.documents] == [("j1", 1)]
        assert uow.registrations.decided("annan", questions=[], registers=[], **days).documents == []
