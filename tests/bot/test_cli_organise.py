"""People, units and bodies are changed from the command line, and the conversation hears of it."""

import pytest
from sqlalchemy import text

from bot.settings import Settings
from bot.wiring import open_world

pytestmark = pytest.mark.usefixtures("home")


def letters_to(home, name: str) -> str:
    with open_world(Settings(database_url=f"sqlite:///{home}/coach.db")) as world:
        with world.uow() as uow:
            [person] = uow.people.named(name, None)
        with world.reading.connect() as connection:
            query = text("select message from outbox where person = :person")
            return "".join(row.message for row in connection.execute(query, {"person": person.id}))


def kinds(home) -> list[str]:
    """Return what the audit has noted from the command line, and see that its chain holds."""
    with open_world(Settings(database_url=f"sqlite:///{home}/coach.db")) as world:
        with world.uow() as uow:
            uow.audit.verify()
        with world.reading.connect() as connection:
            rows = connection.execute(text("select kind from audit where person = 'cli' order by number"))
            return [row.kind for row in rows]


def people(run) -> list[str]:
    code, said, _ = run("person", "list")
    assert code == 0
    return [line.strip() for line in said.splitlines() if line.startswith("  ")]


def test_somebody_is_added_with_role_unit_and_address_and_stays_one_person(run, group):
    first = run("person", "add", "Bo  Falk", "--unit", "skola", "--email", "bo@exempel.se")
    again = run("person", "add", "bo falk", "--role", "Gruppen")

    assert (first[0], again[0]) == (0, 0)
    assert people(run) == ["Karin Ek: ledare, Skola", "Bo Falk: gruppen, Skola"]


def test_whoever_is_added_speaks_in_the_terminal_as_the_same_person(run, talk, group):
    run("person", "add", "Bo Falk")

    talk("/som Bo Falk", "1.1: Framåt")

    assert len(people(run)) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("person", "add", "Bo", "--role", "kung"),
        ("person", "add", "Bo", "--role", "ledare"),
        ("person", "add", "Bo", "--unit", "månen"),
        ("person", "add", "Bo", "--group", "nej"),
        ("person", "add", "Bo", "--organisation", "nej"),
        ("person", "remove", "Karin"),
        ("person", "remove", "nobody"),
        ("person", "role", "Karin", "ledare", "--drop"),
        ("person", "role", "Karin", "gruppen", "--deputy"),
        ("person", "role", "nobody", "ledare"),
        ("person", "rename", "nobody", "Bo"),
        ("unit", "close", "nope"),
        ("unit", "close", "Skola", "--successor", "skola"),
        ("unit", "rename", "nope", "Vård"),
        ("body", "close", "nope"),
    ],
)
def test_what_cannot_be_done_is_said_kindly_and_changes_nothing(run, home, group, arguments):
    before = people(run)

    code, said, complained = run(*arguments)

    assert (code, said, complained.count("\n")) == (1, "", 1)
    assert people(run) == before
    assert kinds(home) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("person", "add", " "),
        ("person", "add", "x" * 121),
        ("person", "add", "Bo\x1b[2J"),
        ("person", "add", "Bo", "--email", "nej"),
        ("person", "rename", "Karin Ek", ""),
        ("person", "role", "Karin", "ledare", "--hand-over", "--drop"),
        ("unit", "add", "Vård", " "),
        ("unit", "add"),
    ],
)
def test_what_is_no_name_is_wrong_use(run, arguments):
    assert run(*arguments)[:2] == (2, "")


def test_roles_are_given_handed_over_deputised_and_taken(run, home, group):
    run("person", "add", "Bo Falk")
    steps = [
        (("Bo", "ledare"), 1, "Bo Falk: gruppen"),
        (("Bo", "ledare", "--deputy"), 0, "Bo Falk: gruppen, ersättare för ledare"),
        (("Bo", "ledare", "--deputy", "--drop"), 0, "Bo Falk: gruppen"),
        (("Bo", "ledare", "--hand-over"), 0, "Bo Falk: gruppen, ledare"),
        (("Karin", "gruppen", "--drop"), 0, "Bo Falk: gruppen, ledare"),
    ]
    for arguments, code, line in steps:
        assert run("person", "role", *arguments)[0] == code
        assert people(run)[1] == line
    assert people(run)[0] == "Karin Ek: Skola"
    assert kinds(home) == ["member-put", "deputy-named", "deputy-dropped", "handed-over", "role-dropped"]


def test_somebody_leaves_and_somebody_is_renamed(run, talk, home, group):
    run("person", "add", "Bo Falk")
    talk("Bo Falk: 1.1: Framåt")

    assert run("person", "rename", "bo falk", "Bo Berg")[0] == 0
    assert run("person", "rename", "Karin Ek", "Bo Berg")[0] == 1
    assert run("person", "remove", "Bo Berg")[0] == 0

    assert people(run) == ["Karin Ek: ledare, Skola"]
    assert "Bo Berg" in talk("Karin Ek: visa svar 1.1")
    assert kinds(home) == ["member-put", "person-renamed", "member-removed"]


def test_a_new_unit_is_asked_about_at_once(run, talk, group):
    talk("Karin Ek: 1.1: Framåt", "fastställ 1.1", "1.2.1: Undervisar", "fastställ 1.2.1")

    assert run("unit", "add", "Vård", "skola")[0] == 0

    shown = talk("/som Karin Ek", "läget")
    assert "1.2.2" in shown.partition("> /som")[0], "the letter waited for the window to open"
    assert run("unit", "list")[1].splitlines() == ["Skola", "Vård"]


def test_a_unit_is_renamed_and_closed_and_what_was_said_of_it_keeps_its_name(run, talk, home, group):
    talk("Karin Ek: 1.1: Framåt", "fastställ 1.1", "1.2.1: Undervisar", "fastställ 1.2.1")

    assert run("unit", "rename", "Skola", "Lärande")[0] == 0
    assert run("unit", "close", "lärande", "--successor", "Barn, unga och utbildning")[0] == 0

    assert run("unit", "list")[1].splitlines() == ["Barn, unga och utbildning"]
    assert run("unit", "rename", "Lärande", "Skola")[0] == 1
    assert "Lärande: Undervisar" in talk("/som Karin Ek", "visa rapport")
    assert kinds(home) == ["unit-renamed", "unit-closed"]


def test_which_committee_answers_for_a_unit_is_said_and_taken_back(run, talk, home, group):
    run("body", "add", "Utbildningsnämnden")

    assert run("unit", "body", "skola", "utbildningsnämnden")[0] == 0
    assert run("unit", "list")[1].splitlines() == ["Skola – Utbildningsnämnden"]
    assert run("unit", "body", "Skola", "Parknämnden")[0] == 1
    assert run("unit", "body", "Parken", "Utbildningsnämnden")[0] == 1
    assert run("unit", "body", "Skola", "none")[0] == 0
    assert run("unit", "list")[1].splitlines() == ["Skola"]
    assert kinds(home)[-2:] == ["unit-body-set", "unit-body-set"]


def test_closing_the_last_open_unit_lets_the_group_go_on(run, talk, group):
    talk("Karin Ek: 1.1: Framåt", "fastställ 1.1")
    assert "1.2.1" in talk("Karin Ek: läget")

    run("unit", "close", "Skola")

    assert "1.3" in talk("/som Karin Ek").partition("> /som")[0]


def test_bodies_are_added_and_closed(run, home, group):
    assert run("body", "add", "Nämnden", "Styrelsen")[0] == 0
    assert run("body", "close", "nämnd", "--successor", "Styrelsen")[0] == 0

    assert run("body", "list")[1] == "Styrelsen\n"
    assert kinds(home) == ["bodies-added", "body-closed"]


def test_an_organisation_has_to_be_named_where_there_are_several(run, group):
    run("admin", "add", "Anna", "--organisation", "Växjö")

    code, _, complained = run("unit", "list")

    assert (code, "Ljungby, Växjö" in complained) == (1, True)
    assert run("unit", "list", "--organisation", "ljung")[:2] == (0, "Skola\n")
    assert run("unit", "list", "--organisation", "Växjö")[0] == 0
    assert run("person", "add", "Bo", "--organisation", "Växjö")[0] == 1  # it has no group


def test_practice_is_no_organisation(run, talk):
    talk("/som Karin Ek", "provkör")

    assert run("person", "list")[0] == 1


def test_a_newcomer_to_a_journey_under_way_is_told_where_it_stands(run, talk, home, group):
    run("unit", "close", "Skola")
    talk(
        "Karin Ek: 1.1: Framåt", "fastställ 1.1", "Karin Ek (privat): 1.3: Tiden", "Karin Ek (privat): 1.4: Bra",
        "klart",
    )  # fmt: skip
    talk("Karin Ek: läget")

    run("person", "add", "Bo Falk")

    assert "Framåt" in letters_to(home, "Bo Falk")
