"""A database that an older program wrote is found by the words of this one, without anybody's doing."""

import sqlite3
from contextlib import closing

from alembic import command

from bot.settings import Settings
from bot.wiring import open_world
from dialogs.model.words import Counts
from storage import schema
from storage.engine import open_engine

ENTRY = "INSERT INTO search_entry (record, organisation, group_id, register_id, terms, counts) VALUES (?, ?, ?, ?, ?, ?)"


def test_opening_an_older_database_writes_its_search_anew(tmp_path):
    url = f"sqlite:///{tmp_path / 'coach.db'}"
    engine = open_engine(url)
    with engine.begin() as connection:
        config = schema._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0023")
    engine.dispose()
    with closing(sqlite3.connect(tmp_path / "coach.db")) as raw:
        raw.execute(ENTRY, ("gone", "o1", "g1", "exempel", "miljön", "1"))  # of a record that isn't there
        raw.execute("INSERT INTO search_term VALUES ('', 1), ('miljön', 1)")
        raw.commit()

    with open_world(Settings(database_url=url)) as world, world.uow() as uow:
        assert uow.search.counts(["miljön"]) == Counts(0, {})
        assert not uow.search.is_old()
