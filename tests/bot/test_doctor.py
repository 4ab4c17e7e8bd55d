"""The doctor names each misconfiguration, and ends with 1 only when something is an error."""

import os
import sqlite3
from contextlib import closing
from types import SimpleNamespace

import docx
import pytest

from bot.call import Call
from bot.cli import main
from bot.doctor.examination import Finding, examine, findings
from storage.lock import serving

pytestmark = pytest.mark.usefixtures("sound_sqlite")


@pytest.fixture
def sound_sqlite(monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 52, 0))


@pytest.fixture
def database(tmp_path, monkeypatch):
    for name in [name for name in os.environ if name.startswith("METODCOACH_")]:
        monkeypatch.delenv(name)
    file = tmp_path / "data" / "coach.db"
    monkeypatch.setenv("METODCOACH_DATABASE_URL", str(file))
    main(["db", "upgrade"])
    return file


def found() -> list[tuple[str, str]]:
    return [(one.weight, one.key) for one in findings(Call())]


def test_nothing_is_wrong(database, capsys):
    capsys.readouterr()

    assert found() == []
    assert examine(Call(), quiet=True) == 0
    assert capsys.readouterr().out == ""


def test_an_old_sqlite_is_a_warning(database, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 45, 1))

    assert found() == [("warning", "doctor-sqlite")]
    assert examine(Call()) == 0


def test_a_database_that_is_not_there_yet_is_good_to_know(database):
    database.unlink()

    assert found() == [("note", "doctor-no-database")]


def test_open_doors_are_a_warning(database):
    database.chmod(0o644)
    database.parent.chmod(0o777)

    assert found() == [("warning", "doctor-rights"), ("warning", "doctor-rights")]


def test_a_folder_for_everybody_is_not_ours_to_close(database):
    database.parent.chmod(0o1777)

    assert found() == [("warning", "doctor-shared-folder")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_an_error(database):
    database.parent.chmod(0o500)

    assert found() == [("error", "doctor-folder")]
    assert examine(Call()) == 1


def test_a_folder_that_cannot_be_made_is_an_error(database, monkeypatch):
    monkeypatch.setenv("METODCOACH_DATABASE_URL", str(database / "inside" / "a.db"))

    assert list(findings(Call())) == [Finding("error", "doctor-folder", {"folder": database})]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look everywhere")
def test_what_lies_in_a_closed_folder_is_an_error_and_no_bug(database, monkeypatch):
    database.parent.chmod(0)
    try:
        assert found() == [("error", "doctor-folder")]

        for setting in ("TEMPLATES", "PACKS"):
            monkeypatch.setenv(f"METODCOACH_{setting}", str(database.parent / "mine"))
        monkeypatch.setenv("METODCOACH_DATABASE_URL", str(database.parent.parent / "other.db"))
        main(["db", "upgrade"])
        assert found() == [("error", "doctor-templates-missing"), ("error", "doctor-pack-unreadable")]
    finally:
        database.parent.chmod(0o700)


def test_a_folder_in_place_of_the_file_is_an_error(database, monkeypatch):
    monkeypatch.setenv("METODCOACH_DATABASE_URL", str(database.parent))

    assert found() == [("error", "doctor-is-folder")]


@pytest.mark.parametrize("end", ["-wal", "-shm", ".lock"])
def test_a_file_beside_the_database_that_is_somebody_elses_is_named(database, monkeypatch, end):
    beside, access = database.with_name(database.name + end), os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: access(path, mode) and (path != beside or mode == os.F_OK)
    )
    with serving(f"sqlite:///{database}"), closing(sqlite3.connect(database)) as held:
        held.execute("SELECT version_num FROM alembic_version")

        assert list(findings(Call())) == [Finding("error", "doctor-file", {"file": beside})]


def test_a_full_disk_is_an_error(database, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=4096))

    assert found() == [("error", "doctor-full")]


def test_a_command_to_copy_holds_the_path_as_a_shell_takes_it(database, monkeypatch):
    spaced = database.rename(database.with_name("vår coach.db"))
    spaced.chmod(0o644)
    monkeypatch.setenv("METODCOACH_DATABASE_URL", str(spaced))

    [one] = findings(Call())

    assert f"chmod 600 '{spaced}'" in Call().text(one.key, **one.args)


def test_why_the_database_cannot_be_reached_is_told_without_a_password(monkeypatch):
    monkeypatch.setenv("METODCOACH_DATABASE_URL", "postgresql://u:hemligt@127.0.0.1:1/d")
    [one] = findings(Call())
    monkeypatch.setenv("METODCOACH_DATABASE_URL", "postgresql://u:hem@ligt@127.0.0.1:1/d")
    [split] = findings(Call())

    assert "127.0.0.1" in str(one.args["error"])
    assert "hemligt" not in str(one.args)
    assert "ligt" not in str(split.args)


def test_a_database_behind_or_ahead_is_an_error(database):
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert found() == [("error", "doctor-schema-ahead")]

    database.unlink()
    database.touch(0o600)
    assert found() == [("error", "doctor-schema-behind")]
    assert examine(Call()) == 1


def test_a_file_that_is_no_database_is_an_error(database):
    database.write_text("no database at all, but long enough to look at" * 100)

    assert found() == [("error", "doctor-unreachable")]


def test_a_bad_setting_is_an_error(monkeypatch):
    monkeypatch.setenv("METODCOACH_LOG_LEVEL", "loud")

    assert found() == [("error", "doctor-settings")]


def test_a_pack_with_a_slip_is_an_error(database, monkeypatch):
    monkeypatch.setattr("bot.packs.on_disk.built_in_packs", lambda: {"mine": {"pack.yaml": b"id: ["}})

    assert list(findings(Call())) == [Finding("error", "doctor-pack", {"name": "mine"})]


def test_a_serving_process_is_good_to_know(database):
    with serving(f"sqlite:///{database}"):
        assert found() == [("note", "doctor-serving")]
        assert examine(Call()) == 0


def test_a_template_that_is_none_and_a_folder_that_isnt_there_are_named(database, tmp_path, monkeypatch):
    folder = tmp_path / "mallar"
    monkeypatch.setenv("METODCOACH_TEMPLATES", str(folder))
    assert found() == [("error", "doctor-templates-missing")]

    folder.mkdir()
    docx.Document().save(str(folder / "mall.docx"))
    assert found() == []

    (folder / "ljungby.dotx").write_bytes(b"ingen mall")
    (folder / "anteckning.txt").write_bytes(b"")
    assert found() == [("error", "doctor-template")]
