"""Disposal from the command line: nothing goes without a decision, nothing that wasn't shown, and nothing on hold."""

import re

import pytest
from sqlalchemy import text

from bot.settings import Settings
from bot.usecases.rebuild import check
from bot.wiring import open_world
from storage.lock import serving

pytestmark = pytest.mark.usefixtures("home")
SAID = "Alla ska kunna cykla till skolan"
DECISION = ("--decision", "KS 2026/12")


@pytest.fixture
def settled(run, talk, group):
    """Somebody has put something in, the leader has settled another text, and much time has passed."""
    run("person", "add", "Bo Falk")
    talk(f"Bo Falk: 1.1: {SAID}", "Karin Ek: 1.1: Tryggt", "Karin Ek: fastställ 1.1: Trygga skolvägar")


def aged(home, years: int) -> None:
    """Let everything in the journal have happened so many years earlier."""
    with open_world(Settings(database_url=f"sqlite:///{home}/coach.db")) as world:
        with world.engine.begin() as connection:
            rows = connection.execute(text("select journey, sequence, event from entry")).all()
            for row in rows:
                older = re.sub(r'"at":"(\d{4})', lambda at: f'"at":"{int(at[1]) - years}', row.event)
                values = {"event": older, "journey": row.journey, "sequence": row.sequence}
                connection.execute(
                    text(
                        "update entry set event = :event, at = datetime(at, :back)"
                        " where journey = :journey and sequence = :sequence"
                    ),
                    {**values, "back": f"-{years} years"},
                )
        with world.uow() as uow:
            from bot.usecases.rebuild import rebuild

            for ref in uow.journeys.all():
                uow.journeys.refresh(rebuild(ref.id, uow=uow, shelf=world.shelf))
            uow.commit()


def checksum(run, *arguments: str) -> str:
    code, said, _ = run("disposal", "plan", *arguments)
    assert code == 0
    found = re.search(r"kontrollsumma: (\w+)", said)
    return found[1] if found else ""


def state(home) -> tuple[list[str], bool, list[str]]:
    """Return the kinds in the journal, whether what was said stands anywhere, and the audit's kinds; all is whole."""
    with open_world(Settings(database_url=f"sqlite:///{home}/coach.db")) as world:
        with world.uow() as uow:
            uow.audit.verify()
            [ref] = uow.journeys.all()
        assert check(ref.id, uow=world.uow(), shelf=world.shelf) == []
        with world.reading.connect() as connection:
            kinds = [row.kind for row in connection.execute(text("select kind from entry order by sequence"))]
            audit = [
                row.kind
                for row in connection.execute(
                    text("select kind from audit where kind like 'dispos%' order by number")
                )
            ]
    there = any(SAID.encode() in file.read_bytes() for file in home.glob("coach.db*"))
    return kinds, there, audit


def test_what_was_shown_goes_by_a_decision_and_is_in_no_file(run, talk, home, settled):
    aged(home, 3)
    assert run("disposal", "rule", "contributions", "24")[0] == 0
    before = state(home)
    shown = checksum(run)

    code, said, complained = run("disposal", "run", *DECISION, "--plan", shown)

    assert (code, complained) == (0, "")
    assert "2" in said
    kinds, there, audit = state(home)
    assert (before[0].count("contributed"), before[1]) == (2, True)
    assert (kinds.count("text-disposed"), kinds.count("contributed"), there) == (2, 0, False)
    assert audit == ["disposal-rule", "disposal-begun", "disposed-contributions", "disposal-done"]
    assert "KS 2026/12" in run("disposal", "log")[1]
    told = talk("Karin Ek: historik 1.1")
    assert "KS 2026/12" in told
    assert "Trygga skolvägar" in told
    assert checksum(run) == ""

    again = run(
        "disposal", "run", *DECISION, "--plan", shown
    )  # as after a stop between the last word and the files
    assert again == (0, said, "")
    assert state(home)[2] == audit


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 2),
        (("--decision", ""), 2),
        (("--decision", "enligt beslut"), 2),
        (("--decision", "1" * 61), 2),
        (DECISION, 1),
        ((*DECISION, "--plan", "0123456789abcdef"), 1),
        ((*DECISION, "--as-of", "2999-01-01"), 2),
        ((*DECISION, "--as-of", "nej"), 2),
    ],
)
def test_without_a_decision_and_the_plan_nothing_goes(run, home, settled, arguments, code):
    aged(home, 3)
    run("disposal", "rule", "contributions", "24")
    before = state(home)

    assert run("disposal", "run", *arguments)[0] == code

    assert state(home) == before


def test_while_the_conversation_is_open_the_words_go_and_the_files_are_wiped_later(run, home, settled):
    aged(home, 3)
    run("disposal", "rule", "contributions", "24")
    shown = checksum(run)
    with serving(f"sqlite:///{home}/coach.db"):
        code, said, _ = run("disposal", "run", *DECISION, "--plan", shown)

        assert code == 0
        assert "disposal wipe" in said
        assert state(home)[0].count("text-disposed") == 2

    copy = home / "coach.db.before-0001.bak"
    copy.write_bytes(SAID.encode())
    code, said, _ = run("disposal", "wipe")
    assert code == 0
    assert str(copy) in said  # it holds the words still, and is for people to remove
    copy.unlink()
    assert not state(home)[1]


@pytest.mark.parametrize("held", [("--group", "Arbetsgruppen"), ("--person", "Bo Falk"), ()])
def test_what_is_on_hold_stays_until_the_hold_is_lifted(run, home, settled, held):
    aged(home, 3)
    run("disposal", "rule", "contributions", "24")
    shown = checksum(run)
    why = ("--reason", "Begäran om handlingar", "--by", "Eva Ek")
    assert run("disposal", "hold", "add", *held, *why)[0] == 0
    before = state(home)

    assert checksum(run) == ""
    assert run("disposal", "run", *DECISION, "--plan", shown)[0] == 1
    assert state(home) == before
    assert "Begäran om handlingar" in run("disposal", "hold", "list")[1]
    assert run("disposal", "hold", "remove", "1", "--by", "Eva Ek")[0] == 0
    assert run("disposal", "hold", "remove", "1", "--by", "Eva Ek")[0] == 1
    assert checksum(run) == shown


def test_a_plan_that_was_changed_by_what_happened_since_is_refused(run, talk, home, settled):
    aged(home, 3)
    run("disposal", "rule", "contributions", "24")
    shown = checksum(run)
    talk("Karin Ek: öppna 1.1: vi tänker om")

    assert run("disposal", "run", *DECISION, "--plan", shown)[0] == 1

    kinds, there, _ = state(home)
    assert (kinds[-1], there) == ("reopened", True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("rule", "svar", "12"),
        ("rule", "drafts", "0"),
        ("rule", "drafts", "1201"),
        ("rule", "drafts", "ett år"),
        ("hold", "add", "--reason", "x"),
        ("hold", "add", "--by", "x"),
        ("hold", "add", "--reason", "x", "--by", "y", "--group", "a", "--person", "b"),
        ("hold", "remove", "1"),
    ],
)
def test_what_is_written_wrongly_changes_nothing(run, home, group, arguments):
    code, said, complained = run("disposal", *arguments)

    assert (code, said, complained.count("\n")) == (2, "", 1)
    assert state(home)[2] == []
