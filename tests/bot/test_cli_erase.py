"""Somebody is erased from the command line: read first, never while on hold, and other people's words are told of."""

import re

import pytest
from sqlalchemy import text

from bot.settings import Settings
from bot.wiring import open_world

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def bo(run, talk, group):
    """Bo has been in the group, has written and was written about, and has left."""
    run("person", "add", "Bo Falk", "--email", "bo@exempel.se")
    talk("Bo Falk: 1.1: Framåt", "Karin Ek: fastställ 1.1: Låt Bo Falk hålla i det")
    run("person", "remove", "Bo Falk")


def people_known(home) -> list[str]:
    with open_world(Settings(database_url=f"sqlite:///{home}/coach.db")) as world:
        with world.uow() as uow:
            uow.audit.verify()
        with world.reading.connect() as connection:
            return [row.name for row in connection.execute(text("select name from person order by number"))]


def checksum(said: str) -> str:
    found = re.search(r"--plan (\w+)", said)
    assert found
    return found[1]


def test_somebody_is_erased_after_it_was_read_and_others_words_are_left_to_people(run, talk, home, bo):
    code, said, _ = run("person", "erase", "Bo Falk")
    assert code == 1
    assert "Svar eller inspel: Arbetsgruppen, mal " in said
    assert people_known(home) == ["Karin Ek", "Bo Falk"]

    code, _, complained = run("person", "erase", "bo falk", "--plan", checksum(said))

    assert (code, complained) == (0, "")
    assert people_known(home) == ["Karin Ek", "En tidigare ledamot (gruppen)"]
    assert run("person", "erase", "Bo Falk")[0] == 1
    told = talk("Karin Ek: historik 1.1", "Karin Ek: 1.1")
    assert "Låt Bo Falk hålla i det" in told  # what the group settled is the group's
    assert all(b"bo@exempel.se" not in file.read_bytes() for file in home.glob("coach.db*"))


def test_by_a_decision_their_contributions_go_too(run, home, bo):
    decision = ("--decision", "KS 2026/15")
    shown = checksum(run("person", "erase", "Bo Falk", *decision)[1])
    assert run("person", "erase", "Bo Falk", "--plan", shown)[0] == 1  # other things were shown

    assert run("person", "erase", "Bo Falk", *decision, "--plan", shown)[0] == 0

    assert all("Framåt".encode() not in file.read_bytes() for file in home.glob("coach.db*"))


@pytest.mark.parametrize("held", [("--group", "Arbetsgruppen"), ("--person", "Bo Falk"), ()])
def test_nobody_is_erased_while_they_are_on_hold(run, home, bo, held):
    shown = checksum(run("person", "erase", "Bo Falk")[1])
    run("disposal", "hold", "add", *held, "--reason", "Begäran om handlingar", "--by", "Eva Ek")

    code, said, complained = run("person", "erase", "Bo Falk", "--plan", shown)

    assert (code, complained.count("\n")) == (1, 1)
    assert "Begäran om handlingar" in said
    assert people_known(home) == ["Karin Ek", "Bo Falk"]


def test_whoever_is_in_a_group_or_looks_after_alone_stays(run, home, bo):
    run("person", "add", "Bo Falk")

    assert run("person", "erase", "Bo Falk")[0] == 1
    assert run("person", "erase", "Karin Ek")[0] == 1
    assert run("person", "erase", "Nobody")[0] == 1
    assert people_known(home) == ["Karin Ek", "Bo Falk"]


def test_what_nobody_can_read_any_more_holds_up_nothing_and_is_told_of(run, home, bo):
    plain = run("person", "erase", "Bo Falk")[1]
    with (
        open_world(Settings(database_url=f"sqlite:///{home}/coach.db")) as world,
        world.engine.begin() as one,
    ):
        one.execute(
            text(
                "insert into inbox (door, tenant, event, at, state, why, incoming)"
                " select 'terminal', '', 'broken', at, 'failed', '', '{\"acc' from inbox limit 1"
            )
        )

    _, said, _ = run("person", "erase", "Bo Falk")

    assert len(said.splitlines()) == len(plain.splitlines()) + 1
    assert run("person", "erase", "Bo Falk", "--plan", checksum(said))[0] == 0
    assert people_known(home) == ["Karin Ek", "En tidigare ledamot (gruppen)"]
