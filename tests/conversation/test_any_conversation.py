"""Whatever people say, in whatever order: nothing fails, and what is kept is what the journal makes."""

from random import Random  # noqa: TID251 - drawn by the seed that the test is named by

import pytest

from bot.usecases.rebuild import check
from content.words import commands
from tests.conversation.talk import Talk, Told

PEOPLE = ("Ada", "Ada", "Ada", "Bo", "Cia", "Pia", "Karl", "Nils")
NUMBERS = (
    "1.1",
    "1.2",
    "1.3",
    "1.4",
    "1.5",
    "1.5.1",
    "1.5.9",
    "1.6",
    "1.7",
    "1.8",
    "1.9",
    "1.10",
    "1.11",
    "2.1",
    "A.1",
    "9.9",
)
WORDS = tuple(word for command in commands().values() for word in command.words)
TEXTS = (
    "ett svar", "40", "ja", "1", "2, 3", "alla", "-", "Skola", "Bo", "15 mars", "x" * 20_001, "\x00", "²", "2.5", "2.5 miljoner",
    "Kommunstyrelsen; 2026-01-01; §1; Ja", "två\nrader", "Resa", "skäl: nej", "jag", "idéer 1", "idéer 1: klar", "idé: En resa",
    "Ada, ledare", "Cia, grupp", "Nils", "engelska", "svenska", "till 3 september", "1: för att",
)  # fmt: skip


def a_line(draw: Random) -> str:
    if draw.random() < 0.5:
        return f"{draw.choice(NUMBERS)}: {draw.choice(TEXTS)}" if draw.random() < 0.3 else draw.choice(TEXTS)
    line = draw.choice(WORDS)
    line += f" {draw.choice(NUMBERS)}" if draw.random() < 0.5 else ""
    return line + (f": {draw.choice(TEXTS)}" if draw.random() < 0.5 else "")


def something(talk: Talk, draw: Random, number: int, buttons: list) -> Told:  # type: ignore[type-arg]
    who, line = draw.choice(PEOPLE), a_line(draw)
    match draw.randrange(7):
        case 0 if buttons:
            return talk.presses(who, draw.choice(buttons[-30:]), in_private=draw.random() < 0.3)
        case 1:
            return talk.edits(who, f"d{draw.randrange(number + 1)}", line)
        case 2:
            return talk.deletes(who, f"d{draw.randrange(number + 1)}")
        case 3:
            return talk.privately(who, line)
        case 4 | 5:
            return talk.says(who, line, to=draw.choice(list(talk.posted)), message=f"d{number}")
        case _:
            return talk.says(who, line, message=f"d{number}")


@pytest.mark.parametrize("seed", range(6))
def test_nothing_fails_and_the_journal_makes_the_journey(talk: Talk, seed):
    draw = Random(seed)
    buttons = []
    for number in range(50):
        buttons += something(talk, draw, number, buttons).buttons
        if draw.random() < 0.05:
            talk.clock.day = talk.clock.day.fromordinal(talk.clock.day.toordinal() + 2)
        if draw.random() < 0.05:
            talk.open()
    with talk.uow() as uow:
        journeys = [one.id for one in uow.journeys.all()]
    assert {id: check(id, uow=talk.uow(), shelf=talk.shelf) for id in journeys} == {id: [] for id in journeys}
