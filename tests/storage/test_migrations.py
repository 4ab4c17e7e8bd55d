"""What a database held before an upgrade is there after it, and means the same."""

from datetime import date

import pytest
from alembic import command
from sqlalchemy import inspect, text

from dialogs.messages import Press
from dialogs.model.pulse import Pulse
from dialogs.ports import Spot
from storage import schema
from storage.engine import open_engine
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.builders import VISION

BEFORE = """
INSERT INTO organisation (id, name, name_key) VALUES ('o1', 'Ängby', 'ängby');
INSERT INTO room (id, organisation, door, tenant, external, private)
  VALUES ('r1', 'o1', 'terminal', '', 'kanalen', false);
INSERT INTO working_group (id, organisation, name, name_key, roster) VALUES ('g1', 'o1', 'G', 'g', '{}');
INSERT INTO journey (id, organisation, group_id, room, pack, version, language, starter, first_step, started, state,
                     group_state, practice, at_once, signed, sequence, written)
  VALUES ('j1', 'o1', 'g1', 'r1', 'm', '1', 'sv', 'p1', 's', '2026-09-01', 'active', 'temporary', false, 3, '{}', 0, 0);
INSERT INTO button (id, organisation, journey, room, address, press, at)
  VALUES ('b1', 'o1', 'j1', 'r1', 'vision||', '{"action":"settle","address":["vision","",""]}', '2026-09-01 06:00:00');
INSERT INTO entry (journey, sequence, organisation, step, address, kind, person, at, event) VALUES
  ('j1', 1, 'o1', 's', 'vision||', 'contributed', 'p1', '2026-09-01 22:30:00', '{"person":"p2"}'),
  ('j1', 2, 'o1', 's', 'vision||', 'round-opened', 'p1', '2026-09-01 22:40:00', '{}'),
  ('j1', 3, 'o1', 's', 'vision||', 'round-closed', 'p3', '2026-09-09 06:00:00', '{"outcome":"no-quorum"}'),
  ('j1', 4, 'o1', 's', 'annat||', 'round-closed', 'p3', '2026-09-09 06:00:00', '{"outcome":"no-quorum"}'),
  ('j1', 5, 'o1', 's', 'annat||', 'settled', 'p1', '2026-09-10 06:00:00', '{"how":"leader"}');
INSERT INTO message_spot (room, platform_message, organisation, journey, address, contribution, person)
  VALUES ('r1', 'm1', 'o1', 'j1', 'vision||', 'c1', 'p1');
"""


@pytest.fixture
def first_url(request, tmp_path, kind):
    """The address of a database as the first version left it."""
    if kind == "sqlite":
        url = f"sqlite:///{tmp_path / 'first.db'}"
    else:
        server = open_engine(request.getfixturevalue("postgresql_url"))
        with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("DROP DATABASE IF EXISTS first"))
            connection.execute(text("CREATE DATABASE first"))
        url = server.url.set(database="first").render_as_string(hide_password=False)
        server.dispose()
    engine = open_engine(url)
    with engine.begin() as connection:
        config = schema._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in BEFORE.split(";")[:-1]:
            connection.execute(text(statement.replace(":", "\\:")))
    engine.dispose()
    return url


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_pulse_is_read_from_the_journal(first_url):
    schema.upgrade(first_url)

    engine = open_engine(first_url)
    with SqlUnitOfWork(engine) as uow:
        pulse = uow.journeys.head("j1").pulse
    engine.dispose()
    assert pulse == Pulse({"p1": date(2026, 9, 10), "p2": date(2026, 9, 2)}, (VISION.key,))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_old_buttons_and_messages_mean_what_they_meant(first_url):
    schema.upgrade(first_url)

    engine = open_engine(first_url)
    with SqlUnitOfWork(engine) as uow:
        button = uow.buttons.get("b1")
        spot = uow.outbox.spot("r1", "m1")
    names = {index["name"] for index in inspect(engine).get_indexes("outbox")}
    engine.dispose()
    assert (button.id, button.press, button.journey, button.room) == (
        "b1",
        Press("settle", VISION),
        "j1",
        "r1",
    )
    assert spot == Spot("j1", VISION, "c1", "p1")
    assert "ix_outbox_due" in names
    assert "ix_outbox_about" not in names
