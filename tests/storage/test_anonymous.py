"""An anonymous text is kept apart from whoever wrote it, in every table."""

from dataclasses import replace

import pytest
from sqlalchemy import select, text

from dialogs.events import Contributed, Withdrawn
from dialogs.model.answers import Contribution, Item
from dialogs.ports import Spot
from storage.tables import metadata
from tests.storage.builders import NEEDS_VISION, NOW, VISION, a_world, contribute, contributed

TEXTS = {
    "f00.id": "chefen lyssnar inte",
    "a11.id": "mötena är för långa",
    "c22.id": "jag vågar inte säga det",
}
"""By ids that no random one can hold: those have no dot."""


def anonymous(by, id, value, **more) -> Contributed:
    return contributed(by, id, value, person=None, **more)


@pytest.fixture
def world(uow):
    world = a_world(uow)
    with uow:
        cecilia = uow.people.add("Cecilia")
        uow.commit()
    for person, (id, value) in zip((world.anna, world.bo, cecilia), TEXTS.items(), strict=True):
        contribute(uow, "j1", anonymous(person, id, value))
    return world


def everything(engine) -> dict[str, list[str]]:
    """Return every row of every table, as text."""
    with engine.connect() as connection:
        return {
            table.name: [str(tuple(row)) for row in connection.execute(select(table))]
            for table in metadata.sorted_tables
        }


def test_the_texts_come_back_in_the_order_of_their_ids(uow, world):
    with uow:
        item = uow.journeys.get("j1", NEEDS_VISION).item(VISION)
        whole = uow.journeys.whole("j1").item(VISION)
        told = uow.journeys.anonymous_of("j1", VISION)

    assert item == whole
    assert item.contributions == tuple(Contribution(id, TEXTS[id], None, None) for id in sorted(TEXTS))
    assert item.taken_part[:2] == (world.anna.id, world.bo.id)
    assert told == [(id, TEXTS[id]) for id in sorted(TEXTS)]


def test_no_row_ties_a_text_to_a_person_or_a_time(engine, world):
    tables = everything(engine)

    holding = {
        name
        for name, rows in tables.items()
        for row in rows
        for id, said in TEXTS.items()
        if said in row or id in row
    }
    assert holding == {"anonymous_text"}
    for row in tables["anonymous_text"]:
        assert world.anna.id not in row
        assert "2026" not in row


def test_the_journal_says_who_took_part_and_nothing_else(uow, world):
    with uow:
        events = list(uow.journeys.events("j1"))

    assert [(one.by, one.id, one.value, one.person, one.replaces) for one in events[:2]] == [
        (world.anna.id, "", None, None, ""),
        (world.bo.id, "", None, None, ""),
    ]


def test_a_text_can_be_changed_and_keeps_no_trace_of_the_old(uow, engine, world):
    contribute(
        uow, "j1", anonymous(world.bo, "a11.id", "mötena är för korta", replaces="a11.id", why="tänkte om")
    )

    with uow:
        told = dict(uow.journeys.anonymous_of("j1", VISION))
    assert told == {**TEXTS, "a11.id": "mötena är för korta"}
    assert "mötena är för långa" not in str(everything(engine))
    assert "tänkte om" not in str(everything(engine))


def test_a_new_id_takes_the_old_ones_place_where_the_journey_says_so(uow, world):
    contribute(uow, "j1", anonymous(world.bo, "b33.id", "ny", replaces="a11.id"))

    with uow:
        assert [id for id, _ in uow.journeys.anonymous_of("j1", VISION)] == ["b33.id", "c22.id", "f00.id"]


def test_a_text_can_be_taken_back(uow, engine, world):
    with uow:
        before = uow.journeys.get("j1", NEEDS_VISION)
        item = before.item(VISION)
        left = replace(item, contributions=tuple(one for one in item.contributions if one.id != "a11.id"))
        event = Withdrawn(by=world.bo.id, at=NOW, address=VISION, id="a11.id")
        uow.journeys.save(before, before.with_item(left).counted(), [("malbild", event)])
        uow.commit()

    with uow:
        assert [id for id, _ in uow.journeys.anonymous_of("j1", VISION)] == ["c22.id", "f00.id"]
        assert uow.journeys.whole("j1").item(VISION) == left
    assert "a11.id" not in str(everything(engine))


@pytest.mark.parametrize("first", ["spot", "text"])
def test_the_message_that_gave_a_text_does_not_lead_to_it(uow, engine, first):
    world = a_world(uow)
    steps = {
        "spot": lambda: uow.outbox.remember_spot(
            world.room.id, "m1", Spot("j1", VISION, "x99.id", world.anna.id)
        ),
        "text": lambda: uow.journeys.save(world.journey, *moved(world)),
    }
    with uow:
        steps.pop(first)()
        steps.popitem()[1]()
        uow.commit()

    with uow:
        assert uow.outbox.spot(world.room.id, "m1") == Spot("j1", VISION)
    assert [name for name, rows in everything(engine).items() if "x99.id" in str(rows)] == ["anonymous_text"]


def moved(world):
    event = anonymous(world.anna, "x99.id", "hemligt")
    item = Item(VISION, (Contribution("x99.id", "hemligt", None, None),), taken_part=(world.anna.id,))
    return world.journey.with_item(item).counted(), [("malbild", event)]


def test_postgresql_does_not_tell_by_transaction_which_text_came_when(engine, world):
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite keeps no such note: its rows lie in the order of their ids")
    with engine.connect() as connection:
        noted = connection.execute(text("SELECT count(DISTINCT xmin::text) FROM anonymous_text")).scalar()
    assert noted == 1


def test_sqlite_keeps_the_texts_without_a_rowid(engine):
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has none")
    with engine.connect() as connection:
        assert connection.execute(
            text("SELECT wr FROM pragma_table_list WHERE name = 'anonymous_text'")
        ).scalar()
