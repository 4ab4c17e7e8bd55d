"""A SQLite file is opened with what makes it safe."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError, OperationalError

from storage.engine import checkpoint, open_engine, sqlite_file
from storage.errors import Refused
from storage.tables import people
from storage.tables.base import table
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.builders import a_world, contribute, contributed, incoming

SECRET = "ett ord som ska bort"


@pytest.fixture
def engine(sqlite_url):
    opened = open_engine(sqlite_url)
    yield opened
    opened.dispose()


def bytes_of(engine) -> bytes:
    """Return all that lies on the disk, the log too."""
    file = sqlite_file(str(engine.url))
    return b"".join(path.read_bytes() for path in file.parent.glob(file.name + "*"))


def test_the_settings_are_on(engine):
    with engine.connect() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
    }


def test_a_row_cannot_refer_to_nothing(engine):
    account = {"door": "slack", "tenant": "T1", "account": "U1", "person": "nobody"}
    with engine.begin() as connection, pytest.raises(IntegrityError) as refused:
        connection.execute(insert(table(people.Account)), account)
    assert "nobody" not in str(refused.value)  # values stay out of errors


def test_words_are_gone_from_the_disk_once_the_turn_is_done(engine):
    uow = SqlUnitOfWork(engine)
    with uow:
        turn = uow.inbox.store(incoming(SECRET))
        uow.commit()
    assert SECRET.encode() in bytes_of(engine)

    with uow:
        uow.inbox.done(turn)
        uow.commit()
    checkpoint(engine)

    assert SECRET.encode() not in bytes_of(engine)


def test_a_changed_anonymous_text_is_gone_from_the_disk(engine):
    uow = SqlUnitOfWork(engine)
    world = a_world(uow)
    contribute(uow, "j1", contributed(world.anna, "x1", SECRET, person=None))
    contribute(uow, "j1", contributed(world.anna, "x1", "mildare", person=None, replaces="x1"))
    checkpoint(engine)

    assert SECRET.encode() not in bytes_of(engine)


def test_two_who_read_and_then_write_lose_nothing(engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE counter (n INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))

    def count():
        for _ in range(50):
            with engine.begin() as connection:
                seen = connection.execute(text("SELECT n FROM counter")).scalar_one()
                connection.execute(text("UPDATE counter SET n = :n"), {"n": seen + 1})

    threads = [threading.Thread(target=count) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with engine.connect() as connection:
        assert connection.execute(text("SELECT n FROM counter")).scalar() == 100


def test_a_writer_takes_the_lock_before_it_reads(engine, sqlite_url):
    impatient = sqlite3.connect(sqlite_file(sqlite_url), timeout=0, isolation_level=None)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            impatient.execute("BEGIN IMMEDIATE")
    impatient.execute("BEGIN IMMEDIATE")
    impatient.close()


def test_a_reader_neither_waits_nor_writes(engine, sqlite_url):
    reading = open_engine(sqlite_url, read_only=True)
    uow, reader = SqlUnitOfWork(engine), SqlUnitOfWork(reading)
    with uow:
        uow.people.add("Anna")
        with reader:
            assert reader.people.named("Anna", None) == []
            uow.commit()
            assert reader.people.named("Anna", None) == []  # it sees one moment throughout
        with reader:
            assert len(reader.people.named("Anna", None)) == 1
            with pytest.raises(OperationalError, match="readonly"):
                reader.people.add("Bo")
    reading.dispose()


def test_the_file_of_an_address_is_known():
    assert sqlite_file("sqlite:////srv/m.db") == Path("/srv/m.db")
    assert sqlite_file("sqlite://") is None
    assert sqlite_file("postgresql+psycopg://h/d") is None
    with pytest.raises(Refused, match="mysql"):
        open_engine("mysql://h/d")
