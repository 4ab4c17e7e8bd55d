"""Meetings are entered from the command line, one by one or out of a file: all of it or nothing, told line by line."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.clock import SystemClock
from bot.settings import Settings
from bot.wiring import open_world
from dialogs.time import HOME

TODAY = SystemClock(HOME).today()
FIRST, SECOND, THIRD = (TODAY + timedelta(days=days) for days in (30, 60, 90))
STOP = FIRST - timedelta(days=8)
BOARD, COMMITTEE = "Kommunstyrelsen", "Kommunstyrelsens arbetsutskott"


@pytest.fixture
def bodies(run, group):
    assert run("body", "add", BOARD, COMMITTEE)[0] == 0


def listed(run, *arguments: str) -> list[str]:
    code, said, _ = run("meetings", "list", "--language", "en", *arguments)
    assert code == 0
    return [" ".join(line.split()) for line in said.splitlines()]


def a_table(home, *lines: str, name: str = "meetings.csv"):
    (home / name).write_text("\n".join(["organ;datum;handlingsstopp", *lines]), encoding="cp1252")
    return str(home / name)


@pytest.mark.usefixtures("bodies")
def test_a_meeting_is_entered_changed_and_taken_away(run):
    assert listed(run) == ["No meetings are entered."]
    assert run("meetings", "add", "kommunstyrelsen", str(FIRST), "--stop", str(STOP))[0] == 0
    assert run("meetings", "add", COMMITTEE, str(FIRST))[0] == 0
    assert sorted(listed(run)) == [f"{FIRST} {BOARD}, document stop {STOP}", f"{FIRST} {COMMITTEE}"]
    assert listed(run, "--body", COMMITTEE) == [f"{FIRST} {COMMITTEE}"]

    assert run("meetings", "add", BOARD, str(FIRST))[0] == 0
    assert listed(run, "--body", BOARD) == [f"{FIRST} {BOARD}"]

    assert run("meetings", "drop", BOARD, str(FIRST))[0] == 0
    assert listed(run) == [f"{FIRST} {COMMITTEE}"]


@pytest.mark.usefixtures("bodies")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("meetings", "add", "Kulturnämnden", str(FIRST)), 1),
        (("meetings", "add", "Kommun", str(FIRST)), 1),  # it may be either
        (("meetings", "add", BOARD, "snart"), 2),
        (("meetings", "add", BOARD, str(FIRST), "--stop", "snart"), 2),
        (("meetings", "add", BOARD, str(FIRST), "--stop", str(SECOND)), 1),
        (("meetings", "add", BOARD, "2206-12-08"), 1),
        (("meetings", "add", BOARD, str(FIRST), "--organisation", "nej"), 1),
        (("meetings", "drop", BOARD, str(FIRST)), 1),
        (("meetings", "list", "--body", "Kulturnämnden"), 1),
        (("meetings", "import", "nope.csv"), 1),
        (("meetings", "import", "nope.csv", "--body", "Kulturnämnden"), 1),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_kindly_and_changes_nothing(run, home, arguments, code):
    found, _, complained = run(*arguments)

    assert (found, complained.count("\n")) == (code, 1)
    assert listed(run) == ["No meetings are entered."]
    assert kinds(home) == ["bodies-added"]


def kinds(home) -> list[str]:
    with open_world(Settings(database_url=f"sqlite:///{home}/coach.db")) as world:
        with world.uow() as uow:
            uow.audit.verify()
        with world.reading.connect() as connection:
            rows = connection.execute(text("select kind from audit where person = 'cli' order by number"))
            return [row.kind for row in rows]


@pytest.mark.usefixtures("bodies")
def test_a_table_is_read_in_once_and_again(run, home):
    file = a_table(home, f"{BOARD};{FIRST};{STOP}", f"{COMMITTEE};{SECOND};", f"{BOARD};2020-01-15;")

    assert run("meetings", "import", file)[0] == 0
    assert len(listed(run)) == 2
    assert len(listed(run, "--past")) == 3
    code, said, _ = run("meetings", "import", file, "--language", "en")
    assert (code, said.splitlines()[-1]) == (0, "Meetings: 0 new, 0 changed, 3 were there already.")
    assert kinds(home) == ["bodies-added", "meetings-kept"]


@pytest.mark.usefixtures("bodies")
def test_with_one_wrong_line_nothing_is_read_in_and_each_is_told(run, home):
    file = a_table(home, f"{BOARD};{FIRST};{STOP}", f"{BOARD};30 februari;", f"Kommunstyrelse;{SECOND};")

    code, said, complained = run("meetings", "import", file, "--language", "en")

    assert (code, complained.count("\n")) == (1, 1)
    assert [line.partition(":")[0] for line in said.splitlines()] == ["Line 3", "Line 4"]
    assert listed(run) == ["No meetings are entered."]


@pytest.mark.usefixtures("bodies")
def test_what_is_right_is_read_in_when_that_is_asked_for(run, home):
    file = a_table(home, f"{BOARD};{FIRST};{STOP}", f"{BOARD};30 februari;")

    assert run("meetings", "import", file, "--keep-good")[0] == 1
    assert listed(run) == [f"{FIRST} {BOARD}, document stop {STOP}"]


@pytest.mark.usefixtures("bodies")
def test_a_dry_run_tells_and_changes_nothing(run, home):
    file = a_table(home, f"{BOARD};{FIRST};{STOP}")

    code, said, _ = run("meetings", "import", file, "--dry-run", "--language", "en")

    assert (code, said.count("1 new")) == (0, 1)
    assert listed(run) == ["No meetings are entered."]
    assert kinds(home) == ["bodies-added"]


@pytest.mark.usefixtures("bodies")
def test_a_list_that_replaces_takes_away_what_it_leaves_out_between_its_days(run, home):
    before = [f"{BOARD};{FIRST};", f"{BOARD};{SECOND};", f"{COMMITTEE};{SECOND};", f"{BOARD};{THIRD};"]
    run("meetings", "import", a_table(home, *before))
    file = a_table(home, f"{BOARD};{FIRST};", f"{BOARD};{THIRD - timedelta(days=1)};")

    shown = run("meetings", "import", file, "--replace", "--dry-run")[1]
    assert (shown.count(str(SECOND)), len(listed(run))) == (1, 4)
    assert run("meetings", "import", file, "--replace")[0] == 0

    assert listed(run) == [
        f"{FIRST} {BOARD}", f"{SECOND} {COMMITTEE}", f"{THIRD - timedelta(days=1)} {BOARD}", f"{THIRD} {BOARD}",
    ]  # fmt: skip


@pytest.mark.usefixtures("bodies")
def test_a_calendar_is_read_in_for_the_body_that_is_named(run, home):
    day = f"{FIRST:%Y%m%d}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:a", "SUMMARY:Möte", f"DTSTART:{day}T120000Z",
             "RRULE:FREQ=WEEKLY;COUNT=2", "END:VEVENT", "BEGIN:VEVENT", "UID:b", "SUMMARY:Handlingsstopp",
             f"DTSTART;VALUE=DATE:{STOP:%Y%m%d}", "END:VEVENT", "END:VCALENDAR"]  # fmt: skip
    (home / "ks.ics").write_text("\r\n".join(lines))

    assert run("meetings", "import", "ks.ics")[0] == 1
    assert run("meetings", "import", "ks.ics", "--body", "Kommunstyrelsen")[0] == 0

    assert listed(run) == [f"{FIRST} {BOARD}, document stop {STOP}", f"{FIRST + timedelta(days=7)} {BOARD}"]


@pytest.mark.usefixtures("bodies")
def test_of_very_many_wrong_lines_some_are_told_and_the_rest_counted(run, home):
    code, said, _ = run("meetings", "import", a_table(home, *["x;y;z"] * 120))

    assert (code, len(said.splitlines())) == (1, 51)
    assert "70" in said.splitlines()[-1]
