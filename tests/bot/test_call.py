"""What stands before every command: language, database, settings."""

import pytest

from bot.call import SET_UP_WRONGLY, Call, Slip, call_of
from bot.settings import database_address


@pytest.mark.parametrize(
    ("arguments", "environment", "call", "rest"),
    [
        ([], {}, Call(), []),
        (["pack", "list", "--language", "en"], {}, Call("en"), ["pack", "list"]),
        (["--language=en", "chat"], {"METODCOACH_LANGUAGE": "sv"}, Call("en"), ["chat"]),
        (["chat"], {"METODCOACH_LANGUAGE": "en"}, Call("en"), ["chat"]),
        (["chat", "--database", "a.db"], {}, Call("", "a.db"), ["chat"]),
        (["person", "add", "--", "--language"], {}, Call(), ["person", "add", "--", "--language"]),
    ],
)
def test_language_and_database_may_stand_anywhere(arguments, environment, call, rest):
    assert call_of(arguments, environment) == (call, rest)


@pytest.mark.parametrize("arguments", [["--language"], ["--database="], ["--language", "fi"]])
def test_an_option_without_a_value_that_works_is_wrong_use(arguments):
    with pytest.raises(Slip) as slip:
        call_of(arguments, {})

    assert slip.value.code == 2


def test_a_language_that_the_setting_chose_wrongly_is_a_wrong_setting():
    with pytest.raises(Slip, match="METODCOACH_LANGUAGE") as slip:
        call_of(["serve"], {"METODCOACH_LANGUAGE": "svenska"})

    assert slip.value.code == SET_UP_WRONGLY


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("/tmp/a.db", "sqlite:////tmp/a.db"),  # noqa: S108 - a path that is read, never opened
        ("sqlite:///a.db", "sqlite:///a.db"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
    ],
)
def test_a_database_is_a_path_or_an_address(typed, address):
    assert database_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    ["sqlite://data/a.db", "sqlite:/data/a.db", "postgresl://u@h/d", "postgres:u@h/d", "mysql://u@h/d"],
)
def test_an_address_of_no_database_is_refused_before_anything_is_made(typed, monkeypatch):
    monkeypatch.setenv("METODCOACH_DATABASE_URL", typed)

    with pytest.raises(Slip, match="METODCOACH_DATABASE_URL") as slip:
        _ = Call().settings

    assert slip.value.code == SET_UP_WRONGLY
    monkeypatch.delenv("METODCOACH_DATABASE_URL")
    with pytest.raises(Slip):
        _ = Call(database=typed).settings


def test_a_bad_setting_is_named(monkeypatch):
    monkeypatch.setenv("METODCOACH_TIME_ZONE", "Mars/Olympus")
    monkeypatch.setenv("METODCOACH_LOG_LEVEL", "loud")

    with pytest.raises(Slip, match="METODCOACH_LOG_LEVEL, METODCOACH_TIME_ZONE") as slip:
        _ = Call().settings

    assert slip.value.code == SET_UP_WRONGLY
