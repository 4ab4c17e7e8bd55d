"""A group's dates as a file, and secret addresses, from the command line."""

import re

import pytest
from icalendar import Calendar

from bot.settings import Settings
from bot.wiring import open_world

ADDRESS = re.compile(r"(https?://\S+)/calendar/([A-Za-z0-9_-]{20,80})\.ics")


@pytest.fixture(autouse=True)
def meeting(run, group):
    """A meeting to show, far enough away to be a coming one."""
    assert run("body", "add", "Kommunstyrelsen")[0] == 0
    assert run("meetings", "add", "Kommunstyrelsen", "31 december")[0] == 0


def feed(home, secret: str):
    with open_world(Settings(database_url=f"sqlite:///{home}/coach.db")) as world, world.looking() as uow:
        return uow.calendar.feed(secret)


def given(said: str) -> tuple[str, str]:
    [found] = ADDRESS.findall(said)
    return found


@pytest.mark.parametrize("of", [(), ("--group", "Arbetsgruppen")])
def test_the_dates_are_written_as_a_file(run, home, of):
    code, said, _ = run("calendar", "write", "karin ek", "--to", "ut.ics", *of)

    assert (code, said.count("ut.ics")) == (0, 1)
    [event] = Calendar.from_ical((home / "ut.ics").read_bytes()).walk("VEVENT")
    assert (event["DTSTART"].dt.month, event["DTSTART"].dt.day) == (12, 31)


def test_the_file_is_for_its_owners_eyes_and_takes_no_others_place_unasked(run, home):
    assert run("calendar", "write", "karin ek", "--to", "ut.ics")[0] == 0
    assert (home / "ut.ics").stat().st_mode & 0o777 == 0o600
    (home / "ut.ics").write_text("viktigt")

    code, said, complained = run("calendar", "write", "karin ek", "--to", "ut.ics")

    assert (code, said, (home / "ut.ics").read_text()) == (1, "", "viktigt")
    assert complained.count("\n") == 1
    assert run("calendar", "write", "karin ek", "--to", "ut.ics", "--overwrite")[0] == 0
    assert run("calendar", "write", "karin ek", "--to", "ut.ics/i/en/fil")[0] == 1


def test_whoever_makes_them_for_others_is_noted(run, home):
    run("calendar", "write", "Karin Ek")
    run("calendar", "link", "Karin Ek", "--group", "arbetsgruppen")
    run("calendar", "unlink", "Karin Ek")

    assert run("audit", "export", "--to", "logg.jsonl")[0] == 0
    kinds = re.findall(r'"kind": ?"([a-z-]+)"', (home / "logg.jsonl").read_text())
    assert [one for one in kinds if one == "exported" or "calendar" in one] == [
        "exported", "calendar-unlinked", "calendar-linked",
    ]  # fmt: skip


def test_an_address_is_made_with_the_public_one_where_it_is_set(run, home, monkeypatch):
    base, secret = given(run("calendar", "link", "Karin Ek")[1])
    assert (base, feed(home, secret)[1]) == ("http://127.0.0.1:8080", "")

    monkeypatch.setenv("METODCOACH_PUBLIC_URL", "https://coach.example.org/")
    base, secret = given(run("calendar", "link", "Karin Ek", "--group", "arbetsgruppen")[1])
    assert base == "https://coach.example.org"
    assert feed(home, secret)[1] != ""


def test_all_of_a_persons_addresses_are_taken_away(run, home):
    secrets = [given(run("calendar", "link", "Karin Ek")[1])[1] for _ in range(2)]

    assert run("calendar", "unlink", "Karin Ek")[0] == 0
    assert [feed(home, one) for one in secrets] == [None, None]


@pytest.mark.parametrize(
    "arguments",
    [
        ("calendar", "write", "nobody"), ("calendar", "link", "nobody"), ("calendar", "unlink", "nobody"),
        ("calendar", "write", "Karin Ek", "--group", "nej"), ("calendar", "link", "Karin Ek", "--group", "nej"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_kindly(run, arguments):
    code, said, complained = run(*arguments)

    assert (code, said, complained.count("\n")) == (1, "", 1)
