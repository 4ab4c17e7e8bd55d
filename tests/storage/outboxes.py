"""Posts, claims and sends letters, in one word each."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from dialogs.ports import ClaimedLetter
from storage.tables.base import table
from storage.tables.letters import OutboxRow
from tests.storage.builders import NOW, VISION, a_world, letter

MINUTE = timedelta(seconds=60)


@pytest.fixture
def world(uow):
    return a_world(uow)


def post(uow, *letters):
    with uow:
        uow.outbox.post(letters, NOW)
        uow.commit()


def claim(uow, now=NOW, **more) -> list[ClaimedLetter]:
    with uow:
        claimed = uow.outbox.claim("terminal", now, **more)
        uow.commit()
    return list(claimed)


def send(uow, claimed, platform_message="m1") -> bool:
    with uow:
        was_ours = uow.outbox.sent(claimed, platform_message, NOW)
        uow.commit()
    return was_ours


def question(key: str, **more):
    return letter(key, "j1", how="question", address=VISION, **more)


def edit(key: str, **more):
    return letter(key, "j1", how="edit", address=VISION, **more)


def states(engine):
    outbox = table(OutboxRow)
    with engine.connect() as connection:
        return dict(connection.execute(select(outbox.c.key, outbox.c.state)).all())


def not_sent(uow, claimed, state, why="because", **more):
    with uow:
        uow.outbox.not_sent(claimed, state, why, **more)
        uow.commit()
