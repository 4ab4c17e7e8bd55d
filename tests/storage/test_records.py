"""A journey's records are found by their scope, however many others there are and whatever the database knows of them."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import insert, text, union_all

from dialogs.model.people import Member
from dialogs.model.records import Record
from dialogs.ports import Needs
from storage.prepared import Driver, with_lists
from storage.repositories.records import records_seen
from storage.tables import journeys, people
from storage.tables.base import table
from tests.storage.builders import NOW, a_journey, a_world
from tests.storage.test_claims import work_of

MANY = 20_000
NEEDS = Needs(registers=frozenset({"measures"}))


@pytest.fixture
def world(uow):
    made = a_world(uow)
    with uow:
        for id, group in (("group", made.group), ("organisation", None)):
            uow.records.save(
                Record(id, "measures", {"title": id}, "planned", made.anna.id, NOW),
                organisation=made.organisation, group=group, journey="j1",
            )  # fmt: skip
        uow.commit()
    return made


def many_others(engine) -> None:
    """Let three organisations have many records each, and the database look at itself."""
    kept = table(journeys.RecordRow)
    owner = {"register_id": "measures", "practice": False, "revision": 1, "state": "", "content": "{}"}
    with engine.begin() as connection:
        for name in ("a", "b", "c"):
            connection.execute(
                insert(table(people.Organisation)), {"id": name, "name": name, "name_key": name}
            )
        connection.execute(
            insert(kept), [{**owner, "id": f"r{n}", "organisation": "abc"[n % 3]} for n in range(MANY)]
        )
        connection.execute(text("ANALYZE"))
    engine.dispose()


def read(uow) -> list[str]:
    with uow:
        return [one.id for one in uow.journeys.get("j1", NEEDS).records_in("measures")]


def test_on_sqlite_the_work_is_the_same_among_many_others(uow, world, engine):
    if engine.dialect.name != "sqlite":
        pytest.skip("counted in SQLite's own steps")
    read(uow)
    few = work_of(engine, lambda: read(uow))
    many_others(engine)
    read(uow)

    assert work_of(engine, lambda: read(uow)) < 1.2 * few
    assert read(uow) == ["group", "organisation"]


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_on_postgresql_they_are_found_by_their_indexes(uow, world, engine):
    many_others(engine)
    statement = with_lists(lambda one_of: union_all(*records_seen(practice=False, one_of=one_of)))
    values = {"group": world.group, "organisation": world.organisation, "registers": ["measures"], "own": []}
    with engine.connect() as connection:
        connection.begin()
        driver = Driver(connection)
        words = statement.said(driver.dialect, values)
        said = words.text.decode() if isinstance(words.text, bytes) else words.text
        explain = f"EXPLAIN (FORMAT JSON) {said}"
        [[plan]] = driver.cursor_for(explain).execute(explain, words.parameters(values)).fetchall()

    assert "Seq Scan" not in json.dumps(plan)
    assert read(uow) == ["group", "organisation"]


def test_of_an_own_register_a_group_reads_what_it_has_written_itself_in_any_journey(uow, world):
    """What was written for the organisation before the method kept it apart is still the group's to read."""
    with uow:
        theirs = uow.groups.add(world.organisation, "Andra gruppen")
        uow.groups.put_member(theirs, Member(world.anna), on=NOW.date())
        room = uow.rooms.find("terminal", "", "C2", private=False)
        uow.journeys.start(a_journey(world.organisation, theirs, world.anna, id="j2"), room.id)
        for id, group, journey in (("theirs", None, "j2"), ("kept", theirs, "j2"), ("nobody's", None, "")):
            uow.records.save(
                Record(id, "measures", {"title": id}, "planned", world.anna.id, NOW),
                organisation=world.organisation, group=group, journey=journey,
            )  # fmt: skip
        uow.commit()
    assert read(uow) == ["group", "organisation", "theirs", "nobody's"]

    with uow:
        uow.journeys.refresh(replace(uow.journeys.head("j1"), own_registers=frozenset({"measures"})))
        uow.commit()

    assert read(uow) == ["group", "organisation"]
    with uow:
        assert [one.id for one in uow.journeys.whole("j1").records_in("measures")] == [
            "group",
            "organisation",
        ]
        heads = uow.journeys.heads_of(world.anna.id)
        placed = uow.journeys.standing_now(heads, {}, ["measures"], [])
    assert {one.journey.id: [record.id for record in one.journey.records_in("measures")] for one in placed} == {
        "j1": ["group", "organisation"], "j2": ["kept", "organisation", "theirs", "nobody's"],
    }  # fmt: skip
