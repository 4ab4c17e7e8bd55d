"""What a turn costs the store: few statements, each led by an index, and as many after a thousand answers as after one."""

import re

import pytest
from sqlalchemy import event, text

from dialogs.events import Settled
from dialogs.letters import ToPerson
from dialogs.messages import Button, Press
from dialogs.model.answers import Address, Item
from dialogs.ports import Needs
from storage.prepared import Driver
from tests.storage.builders import NOW, VISION, a_world, contributed, incoming, letter, with_contribution


class Spy:
    """Stands before a driver's cursor and notes what it is told."""

    def __init__(self, cursor, sent):
        self.cursor, self.sent = cursor, sent

    def execute(self, statement, parameters=(), **more):
        self.sent.append((statement, parameters))
        return self.cursor.execute(statement, parameters, **more)

    def executemany(self, statement, many):
        self.sent.append((statement, many[0]))
        return self.cursor.executemany(statement, many)

    def __getattr__(self, name):
        return getattr(self.cursor, name)


@pytest.fixture
def statements(engine, monkeypatch):
    """What is sent to the database, through SQLAlchemy or past it."""
    sent = []

    class Overheard(Driver):
        def cursor_for(self, text):
            return Spy(super().cursor_for(text), sent)

    monkeypatch.setattr("storage.transaction.Driver", Overheard)

    @event.listens_for(engine, "before_cursor_execute")
    def note(connection, cursor, statement, parameters, context, executemany):
        sent.append((statement, parameters[0] if executemany else parameters))

    return sent


def take(uow, world, turn, *, key):
    with uow:
        uow.inbox.take(turn)
        before = uow.journeys.get(
            "j1",
            Needs(frozenset({"malbild"}), frozenset({VISION}), frozenset({"mal"}), frozenset({"measures"})),
        )
        happened = contributed(world.anna, f"c{key}", "ja")
        uow.journeys.save(before, with_contribution(before, happened), [("malbild", happened)])
        note = letter(f"n{key}", "j1", to=ToPerson(world.anna.id))
        button = Button("Ändra", Press("change", VISION))
        note = type(note)(note.key, note.to, type(note.message)("tack", buttons=(button,)), journey="j1")
        uow.outbox.post([letter(f"e{key}", "j1", how="edit", address=VISION), note], NOW)
        uow.inbox.done(turn)
        uow.commit()


def arrive(uow, key):
    with uow:
        turn = uow.inbox.store(incoming("ja", f"e{key}"))
        uow.commit()
    return turn


def test_a_turn_is_a_dozen_statements_whatever_is_stored(uow, statements):
    world = a_world(uow)
    turns = [arrive(uow, key) for key in range(3)]
    take(uow, world, turns[0], key=0)
    statements.clear()
    take(uow, world, turns[1], key=1)
    counted = len(statements)
    with uow:
        journey = uow.journeys.head("j1")
        for number in range(1000):
            journey = journey.with_item(Item(Address("annat", f"unit:{number}")))
        uow.journeys.refresh(journey)
        uow.commit()
    statements.clear()

    take(uow, world, turns[2], key=2)

    assert len(statements) == counted <= 14


def test_no_statement_of_a_turn_reads_a_whole_table(uow, engine, statements):
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL reads small tables whole, and rightly")
    world = a_world(uow)
    turn = arrive(uow, 1)
    statements.clear()
    take(uow, world, turn, key=1)
    with uow:
        before = uow.journeys.get("j1", Needs(addresses=frozenset({VISION})))
        settled = Settled(by=world.anna.id, at=NOW, address=VISION, value="ja")
        uow.journeys.save(before, before.counted(), [("malbild", settled)])
        uow.inbox.undone()
        uow.people.by_account("terminal", "", "anna")
        uow.outbox.spot(world.room.id, "m1")
        uow.audit.note("settled", organisation=world.organisation, by=world.anna.id, about="j1", at=NOW)
        for one in uow.outbox.claim("terminal", NOW):
            uow.outbox.sent(one, "m1", NOW)
        uow.journeys.in_room(world.room.id)
        uow.journeys.of_person(world.anna.id)

    with engine.connect() as connection:
        plans = [
            (row[3], statement)
            for statement, parameters in list(statements)
            if re.match("SELECT|UPDATE|DELETE", statement)
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(parameters)).all()
        ]
    whole = [
        (plan, statement)
        for plan, statement in plans
        if re.match(r"SCAN (?!outbox USING|inbox USING|\(subquery|in_turn|CONSTANT|anon_\d+ VIRTUAL)", plan)
    ]
    assert whole == []
    assert any("ix_outbox_due" in plan for plan, _ in plans)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM outbox")).scalar() == 2
