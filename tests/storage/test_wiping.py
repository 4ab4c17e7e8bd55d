"""The files are written anew where nobody else is at them: who is just leaving is waited for, who stays is told of."""

from collections.abc import Iterator
from threading import Timer

import pytest
from sqlalchemy import Connection

from storage import wiping
from storage.engine import open_engine
from storage.wiping import wipe


@pytest.fixture
def other(postgresql_url) -> Iterator[Connection]:
    """Somebody else's connection."""
    engine = open_engine(postgresql_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_who_is_just_leaving_is_waited_for(postgresql_url, other):
    driver = other.connection.driver_connection
    assert driver is not None
    leaving = Timer(0.2, driver.close)
    leaving.start()

    wiped = wipe(postgresql_url)

    leaving.join()
    assert not wiped.in_use


def test_who_stays_is_told_of(postgresql_url, other, monkeypatch):
    monkeypatch.setattr(wiping, "TO_LEAVE", 0.0)

    assert wipe(postgresql_url).in_use
