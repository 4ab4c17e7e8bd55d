"""What came in and can't be taken any more is shown to whoever said it, erased and disposed of all the same."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from storage.tables.base import table
from storage.tables.letters import InboxRow
from tests.storage.builders import NOW, a_world, incoming

_inbox = table(InboxRow)
AS_IT_WAS = (
    '{"door": "terminal", "account": "bo", "room": "C1", "what": {"kind": "sung", "text": "hemliga ord"}}'
)
BROKEN = '{"door": "terminal", "acc'


@pytest.fixture
def world(uow, engine):
    """One line of Bo's as an older program wrote it, one that nobody can read at all, and one of Anna's that can be."""
    world = a_world(uow)
    with uow:
        for person, account in ((world.anna, "anna"), (world.bo, "bo")):
            uow.people.tie("terminal", "", account, person.id)
        for event, words in (("old", AS_IT_WAS), ("broken", BROKEN), ("hers", "")):
            turn = uow.inbox.store(replace(incoming("hennes ord"), event=event, account="anna"))
            uow.inbox.failed(turn, "ValidationError")
            if words:
                uow.commit()
                with engine.begin() as connection:
                    connection.execute(_inbox.update().where(_inbox.c.event == event).values(incoming=words))
        uow.commit()
    return world


def kept(engine):
    with engine.connect() as connection:
        return {row.event for row in connection.execute(select(_inbox)) if row.incoming is not None}


@pytest.mark.parametrize("state", ["new", "failed"])
def test_own_data_tell_of_what_somebody_said_once_and_count_what_may_be_theirs(uow, world, engine, state):
    with engine.begin() as connection:
        connection.execute(_inbox.update().values(state=state))
    with uow:
        told = uow.own_data.rows(world.bo.id)
    assert told["unheard"] == [{"at": NOW, "state": state, "said": "hemliga ord"}]
    assert told["unreadable"] == [{"state": state}]


def test_erasing_wipes_what_is_known_to_be_theirs_and_counts_the_rest(uow, world, engine):
    with uow:
        assert uow.erasures.unreadable(world.bo.id) == 1
        uow.erasures.forget(world.bo.id, "En tidigare ledamot")
        uow.commit()

    assert kept(engine) == {"broken", "hers"}


@pytest.mark.parametrize(("alone", "held", "why"), [
    (True, False, [None, None, None]), (False, False, [None, "nobodys", None]), (True, True, [None, "hold", None]),
])  # fmt: skip
def test_disposal_goes_on_and_says_why_what_nobody_can_read_stays(uow, world, alone, held, why):
    with uow:
        if held:
            uow.disposals.hold(
                world.organisation, "person", world.bo.id, reason="KS 2026/1", by="Karin", at=NOW
            )
        found = list(uow.disposals.stored("inbox", world.organisation, alone=alone))
    assert [one.why for one in found] == why
    assert [one.persons for one in found] == [{world.bo.id}, frozenset(), {world.anna.id}]
