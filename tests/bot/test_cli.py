"""The command line from outside: what it does, what it says, how it ends."""

import json
import os
import stat
from io import BytesIO, TextIOWrapper

import pytest

from bot.cli import main


@pytest.fixture(autouse=True)
def database(tmp_path, monkeypatch):
    """A database of the test's own, in a folder that isn't there yet."""
    for name in [name for name in os.environ if name.startswith("METODCOACH_")]:
        monkeypatch.delenv(name)
    file = tmp_path / "data" / "coach.db"
    monkeypatch.setenv("METODCOACH_DATABASE_URL", str(file))
    return file


@pytest.fixture
def run(capsys):
    """Run a command; return its exit code, what it said, and what it complained about."""

    def run(*arguments: str):
        code = main(arguments)
        return code, *capsys.readouterr()

    return run


@pytest.mark.parametrize(
    "arguments",
    [
        ("pack", "foo"),
        ("pack", "install"),
        ("pack", "check", ".", "--all"),
        ("admin", "add"),
        ("admin", "add", "Karin"),
        ("admin", "add", " ", "--organisation", "Exempelby"),
        ("--foo",),
        ("chat", "extra"),
        ("--language", "fi", "chat"),
        ("chat", "--database"),
    ],
)
def test_wrong_use_is_one_sentence_or_two_and_ends_with_2(run, arguments, database):
    code, said, complained = run(*arguments)

    assert (code, said) == (2, "")
    assert complained.count("\n") == 1
    assert not database.exists()


def test_nothing_asked_for_is_answered_with_help(run):
    assert run() == run("--help")


def test_the_version_is_told(run):
    code, said, complained = run("--version")

    assert (code, complained) == (0, "")
    assert said.startswith("metodcoach ")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_help_is_there_in_both_languages(run, language):
    code, said, _ = run("--help", "--language", language)

    assert code == 0
    assert ("together" in said or "through a method" in said) == (language == "en")


def test_the_database_is_for_its_owners_eyes_only(run, database):
    assert run("db", "upgrade")[0] == 0

    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert stat.S_IMODE(database.parent.stat().st_mode) == 0o700


def test_a_backup_is_put_back(run, database, tmp_path):
    run("admin", "add", "Karin Berg", "--organisation", "Exempelby")
    copy = tmp_path / "copy.db"

    assert run("db", "backup", str(copy))[0] == 0
    run("admin", "add", "Anna Ek", "--organisation", "Exempelby")
    assert run("db", "restore", str(copy))[0] == 0

    assert run("admin", "invite", "Karin Berg")[0] == 0
    assert run("admin", "invite", "Anna Ek")[0] == 1


def test_a_backup_never_writes_over_a_file(run, tmp_path):
    (tmp_path / "kept").write_text("mine")
    run("db", "upgrade")

    assert run("db", "backup", str(tmp_path / "kept"))[0] == 1
    assert (tmp_path / "kept").read_text() == "mine"


def test_a_place_that_cannot_be_written_to_is_named(run, tmp_path):
    run("db", "upgrade")
    run("admin", "add", "Karin Berg", "--organisation", "Exempelby")

    code, _, complained = run("db", "backup", str(tmp_path / "nowhere" / "copy.db"))

    assert code == 1
    assert str(tmp_path / "nowhere" / "copy.db") in complained


def test_what_is_no_backup_is_refused(run, tmp_path):
    (tmp_path / "text").write_text("no database")
    run("db", "upgrade")

    assert run("db", "restore", str(tmp_path / "text"))[0] == 1
    assert run("db", "restore", str(tmp_path / "nowhere"))[0] == 1


def test_an_admin_is_added_once_and_invited(run):
    first = run("admin", "add", "Karin  Berg", "--organisation", "Exempelby")
    again = run("admin", "add", "karin berg", "--organisation", "exempelby")
    code, said, _ = run("admin", "invite", "Karin Berg", "--language", "en")

    assert (first[0], again[0], code) == (0, 0, 0)
    assert first[1] != again[1]
    assert said.startswith("One-time code for Karin Berg: ")


def test_the_packs_that_come_along_are_in_order(run):
    code, said, _ = run("pack", "check", "--all")

    assert code == 0, said


def test_a_pack_with_a_slip_is_refused_with_file_and_line(run, tmp_path):
    (tmp_path / "pack.yaml").write_text("id: [\n")

    code, said, _ = run("pack", "check", str(tmp_path))

    assert code == 1
    assert f"{tmp_path}/pack.yaml:" in said
    assert run("pack", "install", str(tmp_path))[0] == 1


def test_a_check_is_told_as_json_for_programs(run, tmp_path):
    (tmp_path / "pack.yaml").write_text("id: prov\nversion: 1\n")

    code, said, _ = run("pack", "check", str(tmp_path), "--json", "--language", "en")

    [told] = json.loads(said)
    assert (code, told["pack"], told["version"]) == (1, str(tmp_path), None)
    assert [(one["file"], one["line"], one["field"], one["kind"]) for one in told["problems"]][-1] == (
        "pack.yaml",
        2,
        "version",
        "bad-version",
    )
    code, said, _ = run("pack", "check", "--all", "--json")
    assert code == 0
    assert {"eu-coachmetoden", "gemensamt"} <= {one["pack"] for one in json.loads(said)}


def test_nothing_of_a_hostile_pack_is_installed(run, tmp_path):
    (tmp_path / "bomb.zip").write_bytes(b"PK\x03\x04" + b"\0" * 3_000_000)
    (tmp_path / "prov").mkdir()
    (tmp_path / "prov" / "pack.yaml").write_text("a: &a [*a]\n")

    codes = [run("pack", "install", str(tmp_path / name))[0] for name in ("bomb.zip", "prov", "nothing")]

    assert codes == [1, 1, 1]
    assert "1.0.0" not in run("pack", "list")[1]


def test_a_pack_is_installed_once(run):
    from importlib.resources import files

    built_in = str(files("content").joinpath("packs", "gemensamt"))

    first, again = run("pack", "install", built_in), run("pack", "install", built_in)

    assert (first[0], again[0]) == (0, 0)
    assert first[1] != again[1]
    assert run("pack", "list")[1].startswith("gemensamt  ")
    assert run("pack", "show", "gemensamt")[0] == 0
    assert run("pack", "show", "nothing")[0] == 1


def test_the_schema_is_json(run):
    assert "$defs" in json.loads(run("pack", "schema")[1])


@pytest.mark.parametrize("where", ["bot.cli.commands", "bot.doctor.examination.examine"])
def test_ctrl_c_shows_no_traceback_either(run, monkeypatch, where):
    def pressed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(where, pressed)

    assert run("doctor") == (130, "", "")


@pytest.mark.parametrize(("typed", "said"), [(True, b"Anv?nd"), (False, "Använd".encode())])
def test_what_the_terminals_encoding_lacks_stops_no_command(run, monkeypatch, typed, said):
    out = TextIOWrapper(BytesIO(), encoding="ascii")
    monkeypatch.setattr(out, "isatty", lambda: typed)
    monkeypatch.setattr("sys.stdout", out)

    code, _, complained = run("admin", "add", "Bo Ek", "--organisation", "Användbo")

    out.flush()
    assert (code, complained) == (0, "")
    assert said in out.buffer.getvalue()


def test_a_bug_shows_no_traceback(run, monkeypatch):
    monkeypatch.setattr("bot.doctor.examination.examine", lambda call, quiet: {}["secret"])

    code, said, complained = run("doctor")

    assert (code, said) == (1, "")
    assert "Traceback" not in complained
    assert "secret" not in complained


def test_a_database_of_another_kind_is_refused_kindly(run):
    code, _, complained = run("pack", "list", "--database", "mysql://u:hemligt@h/d")

    assert code == 1
    assert "hemligt" not in complained
