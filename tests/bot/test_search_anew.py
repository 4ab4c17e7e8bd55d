"""A database that an older program wrote is found by the words of this one, without anybody's doing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command

from bot.settings import Settings
from bot.wiring import open_world
from dialogs.model.words import Counts
from storage import schema
from storage.engine import open_engine

ENTRY = "INSERT INTO search_entry (record, organisation, group_id, register_id, terms, counts) VALUES (?, ?, ?, ?, ?, ?)"


@pytest.fixture
def older(tmp_path: Path) -> Settings:
    """The settings of a database that an older program wrote, with an entry of a record that isn't there."""
    url = f"sqlite:///{tmp_path / 'coach.db'}"
    engine = open_engine(url)
    with engine.begin() as connection:
        config = schema._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0023")
    engine.dispose()
    with closing(sqlite3.connect(tmp_path / "coach.db")) as raw:
        raw.execute(ENTRY, ("gone", "o1", "g1", "exempel", "miljön", "1"))
        raw.execute("INSERT INTO search_term VALUES ('', 1), ('miljön', 1)")
        raw.commit()
    return Settings(database_url=url)


def test_opening_an_older_database_writes_its_search_anew(older):
    with open_world(older) as world, world.uow() as uow:
        assert uow.search.counts(["miljön"]) == Counts(0, {})
        assert not uow.search.is_old()


def test_what_keeps_it_from_being_written_anew_keeps_nobody_from_starting(older, monkeypatch, caplog):
    def unreadable(*_: object) -> None:
        raise ValueError

    with monkeypatch.context() as broken:
        broken.setattr("bot.usecases.sharing.index_anew", unreadable)
        with open_world(older) as world, world.uow() as uow:
            assert uow.search.is_old()
    assert "the search was not written anew" in caplog.text

    with open_world(older) as world, world.uow() as uow:
        assert not uow.search.is_old()
