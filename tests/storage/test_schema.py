"""The schema that migrations make is the one that the tables say, and nothing is upgraded without a copy."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage import AlreadyServing, Refused, schema
from storage.engine import open_engine, sqlite_file
from storage.lock import serving
from storage.tables import metadata
from storage.unit_of_work import SqlUnitOfWork
from tests.once import script_of

NOW = schema.HEAD
BESIDE_TABLES = (
    "search_words", "search_words_config", "search_words_data", "search_words_idx", "ix_search_entry_stems",
)  # fmt: skip
"""What only one kind of database has: see the migration of shares."""
NEXT = '''"""One more table, for a test."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade() -> None:
    op.create_table("more", sa.Column("id", sa.Integer(), primary_key=True))
    {more}
'''


def names(url: str) -> list[str]:
    engine = open_engine(url)
    with SqlUnitOfWork(engine) as uow:
        found = [name for _, name in uow.organisations.all()]
    engine.dispose()
    return found


def add(url: str, name: str) -> None:
    engine = open_engine(url)
    with SqlUnitOfWork(engine) as uow:
        uow.organisations.add(name)
        uow.commit()
    engine.dispose()


@pytest.fixture
def next_version(tmp_path, monkeypatch):
    """Let the program be one migration further."""

    def write(more: str = "pass") -> None:
        shutil.copytree(schema.MIGRATIONS, tmp_path / "migrations")
        (tmp_path / "migrations" / "versions" / "9999_more.py").write_text(NEXT.format(more=more, head=NOW))
        monkeypatch.setattr(schema, "MIGRATIONS", tmp_path / "migrations")
        monkeypatch.setattr(schema, "HEAD", "9999")

    return write


def test_the_migrations_make_what_the_tables_say(engine):
    with engine.connect() as connection:
        opts = {"compare_type": True, "include_name": lambda name, kind, _: name not in BESIDE_TABLES}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []


def test_what_the_tests_are_given_is_what_migrating_makes(tmp_path):
    """Here most new files get what migrating made of the first one: see tests/once.py."""
    made = []
    for name, run in (("given", schema._run), ("migrated", schema._run.__wrapped__)):
        opened = open_engine(f"sqlite:///{tmp_path / name}.db")
        with opened.begin() as connection:
            run(connection)
            made.append(script_of(connection))
        opened.dispose()

    given, migrated = made
    assert given == migrated
    assert len(given) > len(metadata.tables)


def test_the_newest_migration_is_the_one_we_say():
    assert ScriptDirectory(str(schema.MIGRATIONS)).get_heads() == [schema.head()]


def test_a_schema_in_step_is_seen_without_alembic(url):
    look = f"""
import sys
from storage.engine import open_engine
from storage import schema
engine = open_engine({url!r})
assert schema.is_current(engine)
assert not schema.is_behind({url!r})
assert schema.upgrade({url!r}) is None
engine.dispose()
assert "alembic" not in sys.modules
"""
    subprocess.run([sys.executable, "-W", "error", "-c", look], check=True, cwd=Path(__file__).parents[2])


def test_an_empty_place_becomes_a_private_file(tmp_path):
    url = f"sqlite:///{tmp_path / 'new' / 'store.db'}"
    assert schema.current(url) is None
    assert schema.is_behind(url)

    assert schema.upgrade(url) is None

    assert schema.current(url) == schema.head()
    assert sqlite_file(url).stat().st_mode & 0o777 == 0o600
    assert names(url) == []


def test_a_copy_is_taken_before_an_older_file_is_upgraded(sqlite_url, next_version):
    add(sqlite_url, "Ängby")
    next_version()
    assert schema.is_behind(sqlite_url)

    kept = schema.upgrade(sqlite_url)

    assert kept.name == "store.db.before-9999.bak"
    assert schema.current(sqlite_url) == "9999"
    assert schema.current(f"sqlite:///{kept}") == NOW
    assert names(f"sqlite:///{kept}") == names(sqlite_url) == ["Ängby"]


def test_an_upgrade_that_fails_changes_nothing(sqlite_url, next_version):
    next_version("raise ZeroDivisionError")

    with pytest.raises(ZeroDivisionError):
        schema.upgrade(sqlite_url)

    assert schema.current(sqlite_url) == NOW
    with closing(sqlite3.connect(sqlite_file(sqlite_url))) as connection, connection:
        assert connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'more'").fetchone() is None
    connection.close()


def test_a_database_from_a_newer_program_is_left_alone(sqlite_url):
    with closing(sqlite3.connect(sqlite_file(sqlite_url))) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    with pytest.raises(Refused, match="9999"):
        schema.upgrade(sqlite_url)


def test_a_backup_is_taken_while_somebody_writes_and_put_back(sqlite_url, tmp_path):
    add(sqlite_url, "Ängby")
    saved = tmp_path / "saved.db"
    engine = open_engine(sqlite_url)
    with SqlUnitOfWork(engine) as uow:
        uow.organisations.add("Öby")
        schema.backup(sqlite_url, saved)
        uow.commit()
    engine.dispose()
    assert saved.stat().st_mode & 0o777 == 0o600

    replaced = schema.restore(sqlite_url, saved)

    assert names(sqlite_url) == ["Ängby"]
    assert sorted(names(f"sqlite:///{replaced}")) == ["Ängby", "Öby"]
    assert not list(tmp_path.glob("*.restoring*"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_what_root_restores_belongs_to_whoever_runs_the_program(sqlite_url, tmp_path):
    saved, service = tmp_path / "saved.db", 4321
    file = sqlite_file(sqlite_url)
    assert file is not None
    schema.backup(sqlite_url, saved)
    os.chown(file, service, service)

    schema.restore(sqlite_url, saved)
    file_restored = file.stat()
    file.unlink()
    os.chown(file.parent, service, service)
    schema.restore(sqlite_url, saved)

    assert (file_restored.st_uid, file.stat().st_uid, file.stat().st_gid) == (service, service, service)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_the_lock_that_root_makes_is_for_whoever_runs_the_program(sqlite_url, tmp_path):
    saved, service = tmp_path / "saved.db", 4321
    schema.backup(sqlite_url, saved)
    file = tmp_path / "service" / "store.db"
    file.parent.mkdir()
    os.chown(file.parent, service, service)

    schema.restore(f"sqlite:///{file}", saved)

    assert {one.name: one.stat().st_uid for one in file.parent.iterdir()} == {
        "store.db": service,
        "store.db.lock": service,
    }


def test_a_copy_that_has_no_room_is_refused_and_nothing_is_left(sqlite_url, tmp_path, monkeypatch):
    class Full(sqlite3.Connection):
        def backup(self, *_: object, **__: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: connect(*given, **named, factory=Full))
    before = set(tmp_path.iterdir())

    with pytest.raises(Refused, match="disk is full"):
        schema.backup(sqlite_url, tmp_path / "saved.db")

    assert set(tmp_path.iterdir()) == before


@pytest.mark.e2e
def test_a_log_that_a_killed_process_left_is_not_read_into_the_restored_file(sqlite_url, tmp_path):
    saved = tmp_path / "saved.db"
    schema.backup(sqlite_url, saved)
    kill = f"""
import os
from storage.engine import open_engine
from storage.unit_of_work import SqlUnitOfWork
uow = SqlUnitOfWork(open_engine({sqlite_url!r}))
with uow:
    uow.organisations.add("Öby")
    uow.commit()
    os._exit(0)
"""
    subprocess.run([sys.executable, "-c", kill], check=True, cwd=Path(__file__).parents[2])
    file = sqlite_file(sqlite_url)
    assert file.with_name("store.db-wal").stat().st_size > 0

    replaced = schema.restore(sqlite_url, saved)

    assert names(sqlite_url) == []
    assert names(f"sqlite:///{replaced}") == ["Öby"]


def test_a_damaged_database_can_be_replaced(sqlite_url, tmp_path):
    saved = tmp_path / "saved.db"
    schema.backup(sqlite_url, saved)
    sqlite_file(sqlite_url).write_bytes(b"not a database" * 1000)

    schema.restore(sqlite_url, saved)

    assert names(sqlite_url) == []


def test_what_is_no_whole_database_is_not_put_in_place(sqlite_url, tmp_path):
    add(sqlite_url, "Ängby")
    rubbish, empty, damaged = (tmp_path / name for name in ("rubbish", "empty", "damaged"))
    rubbish.write_bytes(b"hej" * 1000)
    sqlite3.connect(empty).close()
    empty.touch()
    schema.backup(sqlite_url, damaged)
    content = bytearray(damaged.read_bytes())
    content[4096:40960] = b"x" * 36864
    damaged.write_bytes(content)

    for bad in (rubbish, empty, damaged, tmp_path / "none"):
        with pytest.raises(Refused):
            schema.restore(sqlite_url, bad)

    assert names(sqlite_url) == ["Ängby"]


def test_a_database_in_use_is_not_replaced(sqlite_url, tmp_path):
    saved = tmp_path / "saved.db"
    schema.backup(sqlite_url, saved)

    with serving(sqlite_url), pytest.raises(AlreadyServing):
        schema.restore(sqlite_url, saved)


def test_a_backup_never_writes_over_a_file(sqlite_url, tmp_path):
    (tmp_path / "saved.db").write_text("dear to me")

    with pytest.raises(Refused, match="exists"):
        schema.backup(sqlite_url, tmp_path / "saved.db")


def test_postgresql_is_saved_by_its_own_tools(postgresql_url, tmp_path):
    secret = "postgresql+psycopg://anna:hemligt@host/store"
    with pytest.raises(Refused, match="pg_dump") as refused:
        schema.backup(secret, tmp_path / "x")
    assert "hemligt" not in str(refused.value)
    with pytest.raises(Refused, match=r"before_restore.*pg_restore"):
        schema.restore(postgresql_url, tmp_path / "x")
