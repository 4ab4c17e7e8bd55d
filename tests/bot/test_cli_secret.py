"""Secrets that the database keeps sealed: kept, listed, dropped, and the change of the key."""

import io
import os
import sqlite3

import pytest

from bot.call import Call
from bot.cli import main
from bot.kept_secrets import NoKey, WrongKey, with_kept
from bot.seal import NotSealed, Seal, keys_in, new_key
from bot.wiring import open_world

TOKEN = "xoxb-a-token-of-the-tests"


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    for name in [name for name in os.environ if name.startswith("METODCOACH_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("METODCOACH_DATABASE_URL", str(tmp_path / "coach.db"))
    return tmp_path


@pytest.fixture
def key_file(place, monkeypatch):
    file = place / "keys"
    file.write_text(f"{new_key()}\n")
    monkeypatch.setenv("METODCOACH_KEY_FILE", str(file))
    return file


@pytest.fixture
def run(capsys, monkeypatch):
    """Run a command with something on standard input; return its exit code, what it said and complained about."""

    def run(*arguments: str, typed: str = ""):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return main(arguments), *capsys.readouterr()

    return run


def opened():
    settings = Call().settings
    with open_world(settings) as world:
        return with_kept(settings, world.looking())


def test_a_kept_secret_stands_where_no_setting_says_otherwise(run, key_file, monkeypatch):
    assert run("secret", "keep", "slack_bot_token", typed=f"{TOKEN}\n")[0] == 0

    assert opened().secret("slack_bot_token") == TOKEN
    monkeypatch.setenv("METODCOACH_SLACK_BOT_TOKEN", "xoxb-another")
    assert opened().secret("slack_bot_token") == "xoxb-another"


def test_no_file_of_the_database_and_no_output_holds_the_secret(run, key_file, place):
    said = [
        run("secret", "keep", "METODCOACH_SLACK_BOT_TOKEN", typed=TOKEN),
        run("secret", "list"),
        run("secret", "renew"),
        run("doctor"),
    ]

    assert not any(TOKEN in f"{out}{complained}" for _, out, complained in said)
    assert not any(TOKEN.encode() in file.read_bytes() for file in place.iterdir() if file.is_file())


def test_a_key_is_changed_while_both_are_in_the_file(run, key_file):
    old = key_file.read_text()
    run("secret", "keep", "slack_bot_token", typed=TOKEN)
    new = new_key()
    key_file.write_text(f"{new}\n{old}")

    assert run("secret", "renew")[0] == 0

    key_file.write_text(new)
    assert opened().secret("slack_bot_token") == TOKEN


def test_without_the_right_key_nothing_is_opened_nothing_lost_and_it_is_said(run, key_file, monkeypatch):
    run("secret", "keep", "slack_bot_token", typed=TOKEN)
    right = key_file.read_text()

    key_file.write_text(new_key())
    with pytest.raises(WrongKey):
        opened()
    assert [run(*command)[0] for command in (("secret", "renew"), ("serve",), ("doctor",))] == [1, 78, 1]
    monkeypatch.delenv("METODCOACH_KEY_FILE")
    with pytest.raises(NoKey):
        opened()

    key_file.write_text(right)
    monkeypatch.setenv("METODCOACH_KEY_FILE", str(key_file))
    assert opened().secret("slack_bot_token") == TOKEN


def test_a_secret_that_is_dropped_is_gone(run, key_file, place):
    run("secret", "keep", "slack_bot_token", typed=TOKEN)

    assert run("secret", "drop", "slack_bot_token")[0] == 0
    assert run("secret", "drop", "slack_bot_token")[0] == 1
    with sqlite3.connect(place / "coach.db") as db:
        assert db.execute("SELECT count(*) FROM kept_secret").fetchone() == (0,)
    db.close()


@pytest.mark.parametrize(
    ("arguments", "typed", "code"),
    [
        (("secret", "keep", "metrics_token"), TOKEN, 2),
        (("secret", "keep", "slack_bot_token"), "", 1),
        (("secret", "keep", "slack_bot_token"), "two\nlines", 1),
        (("secret", "keep", "slack_bot_token"), "x" * 5000, 1),
    ],
)
def test_what_can_t_be_kept_is_refused_in_a_sentence(run, key_file, arguments, typed, code):
    ended, said, complained = run(*arguments, typed=typed)

    assert (ended, said) == (code, "")
    assert complained.count("\n") == 1


def test_without_a_key_file_nothing_is_kept(run):
    assert run("secret", "keep", "slack_bot_token", typed=TOKEN)[0] == 1
    assert "slack_bot_token" not in run("secret", "list")[1]


@pytest.mark.parametrize("content", [b"", b"no key\n", b"\xff\xfe", b"A" * 43 + b"=\nno-key\n"])
def test_a_file_without_keys_is_told_as_a_wrong_setting(run, place, monkeypatch, content):
    file = place / "keys"
    file.write_bytes(content)
    monkeypatch.setenv("METODCOACH_KEY_FILE", str(file))

    code, _, complained = run("secret", "list")

    assert code == 78
    assert "METODCOACH_KEY_FILE" in complained


def test_a_seal_opens_what_any_of_its_keys_closed_and_nothing_else(tmp_path):
    old, new = new_key(), new_key()
    sealed = Seal([old]).close(TOKEN)

    assert Seal([new, old]).open(sealed) == TOKEN
    assert Seal([new]).open(Seal([new, old]).anew(sealed)) == TOKEN
    with pytest.raises(NotSealed):
        Seal([new]).open(sealed)
    with pytest.raises(ValueError, match="can't be read"):
        keys_in(tmp_path / "nowhere")
