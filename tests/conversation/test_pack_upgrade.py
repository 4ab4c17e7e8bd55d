"""``metodcoach pack upgrade``: which groups are behind, what the newest version would change, and asking those who lead."""

from pathlib import Path

import pytest

from bot.cli import main
from tests.conversation.talk import Talk
from tests.conversation.test_versions import answered, install


@pytest.fixture
def told(talk: Talk, capsys: pytest.CaptureFixture[str]):
    def run(*arguments: str) -> str:
        code = main([*arguments, "--database", str(talk.file)])
        out = capsys.readouterr()
        assert code == 0, out.err
        return out.out

    return run


def test_nobody_is_behind_the_newest(talk: Talk, told):
    assert "Alla grupper använder redan" in told("pack", "upgrade", "prov")


def test_a_group_that_is_behind_is_told_with_what_would_become_of_its_answers(talk: Talk, told):
    answered(talk)
    install(talk)

    line = told("pack", "upgrade", "prov")

    assert "1.0.0 till 2.0.0. Följer med: 2 svar. Ställs på nytt: 1. Läggs åt sidan: 1." in line
    assert talk.journey().version == "1.0.0"


def test_one_group_is_shown_question_by_question(talk: Talk, told):
    install(talk)

    assert "ny fråga" in told("pack", "upgrade", "prov", "--group", talk.journey().group_name)


def test_those_who_lead_are_asked_once_and_decide(talk: Talk, told):
    install(talk)
    talk.privately("Ada", "hjälp")

    assert "1 av dem som leder" in told("pack", "upgrade", "prov", "--ask")
    asked = talk.hear().to("Ada")
    told("pack", "upgrade", "prov", "--ask")
    assert not talk.hear().letters
    talk.presses("Ada", asked.button("change-version"), in_private=True)

    assert talk.journey().version == "2.0.0"


def test_a_group_that_is_not_behind_is_told_with_those_that_are(
    talk: Talk, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    assert main(["pack", "upgrade", "prov", "--group", "Ingen", "--database", str(talk.file)]) == 1
    assert "Ingen grupp som heter Ingen" in capsys.readouterr().err
