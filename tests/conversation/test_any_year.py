"""Whatever people say while a year goes by: nothing fails, nothing is said twice, and the journal makes the journey."""

import os
from datetime import date, timedelta
from pathlib import Path
from random import Random  # noqa: TID251 - drawn by the seed that the test is named by

import pytest

from bot.usecases.rebuild import check
from tests.conversation.test_any_conversation import WORDS, something
from tests.conversation.yearly import LOOK, TALKS, Year, a_meeting, a_trip, a_year, a_yearly

NUMBERS = (
    "H1",
    "H2",
    "H1.1",
    "H1.1.1",
    "H1.1.2",
    "H1.1.3",
    "H1.2",
    "H2.1",
    "H2.1.1",
    "H4.1",
    "H4.2",
    "H4.3",
    "1.2",
    "H9",
    "H1.9.9",
)
TEXTS = (
    "ett svar",
    "40",
    "2026-10-02",
    "klart",
    "ja",
    "-",
    "skäl: nej",
    "x" * 20_001,
    "Skola",
    "klar H1",
    "lämna H4: hann inte",
)
VERBS = ("hållpunkt klar", "hållpunkt lämna", "hållpunkt öppna", "hållpunkt påminn", "hållpunkter", "samtycke", "fastställ",
         "hoppa över", "ändra", "ta tillbaka", "öppna igen", "stäng enhet: Teknik", "ny enhet: Teknik", "läget", "mina", "kalender",
         "frågor", "visa årsplanen", "markera resor 1: struken", "pausa", "fortsätt", "borta till 2026-11-20")  # fmt: skip
PEOPLE = ("Ada", "Ada", "Bo", "Cia", "Pia", "Karl")
SEEDS = range(int(os.environ.get("METODCOACH_YEARS", "6")))


def a_line(draw: Random) -> str:
    if draw.random() < 0.4:
        return f"{draw.choice(NUMBERS)}: {draw.choice(TEXTS)}"
    if draw.random() < 0.7:
        verb = draw.choice(VERBS)
        line = f"{verb} {draw.choice(NUMBERS)}" if ":" not in verb and draw.random() < 0.8 else verb
        return f"{line}: {draw.choice(TEXTS)}" if draw.random() < 0.4 and ":" not in line else line
    return draw.choice((*TEXTS, *WORDS))


def something_about_the_year(year: Year, draw: Random, number: int, buttons: list):  # type: ignore[no-untyped-def, type-arg]
    who, line = draw.choice(PEOPLE), a_line(draw)
    match draw.randrange(6):
        case 0 if buttons:
            return year.presses(who, draw.choice(buttons[-40:]), in_private=draw.random() < 0.4)
        case 1 | 2:
            return year.privately(who, line, message=f"d{number}")
        case 3 if year.posted:
            return something(year, draw, number, buttons)
        case _:
            return year.says(who, line, message=f"d{number}")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.e2e
def test_nothing_fails_and_the_journal_makes_the_year(
    tmp_path: Path, seed: int, caplog: pytest.LogCaptureFixture
):
    draw = Random(seed)
    pack = a_yearly() if seed % 3 else a_yearly(LOOK, TALKS, steps=False)
    for year in a_year(tmp_path, pack):
        a_meeting(year)
        a_trip(year, date(2026, 9, 16))
        buttons: list = []  # type: ignore[type-arg]
        keys: list[str] = []
        for number in range(60):
            told = something_about_the_year(year, draw, number, buttons)
            if draw.random() < 0.25:
                told.letters += year.on(year.clock.day + timedelta(days=draw.choice((1, 2, 7)))).letters
            buttons += told.buttons
            keys += [letter.key for letter in told.letters]
            if draw.random() < 0.05:
                year.open()
        assert len(keys) == len(set(keys))
        with year.uow() as uow:
            journeys = [one.id for one in uow.journeys.all()]
        assert {id: check(id, uow=year.uow(), shelf=year.shelf) for id in journeys} == {
            id: [] for id in journeys
        }
    assert not [record.__dict__ for record in caplog.records if record.levelname == "ERROR"]
