"""What is to be done twice a year is counted for each unit: who is at 0, 1 or 2 shows wherever one looks."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from content.pack import Pack
from content.schema.coverage import Coverage
from content.schema.rules import Tally
from dialogs.flows.facts import Facts, tally
from tests.conversation.yearly import WINDOWS, Year, a_checkpoint, a_year, a_yearly
from tests.dialogs.builders import a_question, text

TALK = a_checkpoint(
    "samtalet",
    {"kind": "times-per-year", "windows": WINDOWS},
    a_question("pratade", "date", who="each-unit", settle="direct", short=text("Pratade")),
)
TWICE = Coverage.model_validate({
    "id": "samtal", "title": text("Samtalen"), "units": "all", "what": {"answer": "pratade"}, "times": 2, "per": "year",
})  # fmt: skip
SPRING, AUTUMN = date(2027, 2, 1), date(2027, 9, 1)


def counted(coverage: Coverage = TWICE) -> Pack:
    return a_yearly(TALK).model_copy(update={"yearly": (coverage,)})


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Year]:
    yield from a_year(tmp_path, counted())


@pytest.fixture
def second(year: Year) -> Year:
    """In the year after: Bo and Ada have talked in spring, and Bo once more in autumn; Cia hasn't."""
    year.on(SPRING)
    year.says("Ada", "H1.1.1: 2027-03-01")
    year.says("Bo", "H1.1.2: 2027-03-01")
    year.says("Ada", "hållpunkt lämna H1: Teknik kommer i höst")
    year.on(AUTUMN)
    year.says("Bo", "H1.1.2: 2027-08-30")
    return year


@pytest.mark.parametrize("words", ["hållpunkter", "läget"])
def test_whoever_asks_sees_who_is_at_none_one_or_two_this_year(second: Year, words: str):
    said = second.says("Ada", words).text

    assert "Samtalen 2027. 0 av 2: Teknik. 1 av 2: Skola. 2 av 2: Vård." in said.replace("*", "")


def test_the_weekly_nudge_says_so_to_whoever_leads_as_long_as_somebody_lacks_one(second: Year):
    nudge = second.on(date(2027, 9, 6)).to("Ada").text.replace("*", "")

    assert "0 av 2: Teknik. 1 av 2: Skola. 2 av 2: Vård." in nudge


def test_the_nudge_is_silent_of_it_before_anybody_has_been_asked_this_year(year: Year):
    year.on(date(2027, 1, 4))
    assert "Samtalen" not in year.on(date(2027, 1, 11)).to("Ada").text


def test_in_the_year_in_which_a_group_begins_it_owes_what_is_left_of_the_year(year: Year):
    year.on(date(2026, 9, 2))
    year.says("Bo", "H1.1.2: 2026-09-01")

    assert "Samtalen 2026. 0 av 1: Skola och Teknik. 1 av 1: Vård." in year.says(
        "Ada", "hållpunkter"
    ).text.replace("*", "")


def test_what_waits_for_the_day_after_the_beginning_is_said_to_open_then_and_not_in_the_past(year: Year):
    assert "checkpoint-line-soon" in year.says("Ada", "hållpunkter").keys
    assert "checkpoint-next-soon" in year.says("Ada", "läget").keys
    year.on(date(2026, 9, 2))
    assert "checkpoint-line-soon" not in year.says("Ada", "hållpunkter").keys


def test_when_all_have_them_one_sentence_says_so_and_the_nudge_leaves_it_out(year: Year):
    for opens in (SPRING, AUTUMN):
        year.on(opens)
        for who, part in (("Ada", "H1.1.1"), ("Bo", "H1.1.2"), ("Cia", "H1.1.3")):
            year.says(who, f"{part}: {opens}")

    assert "Samtalen 2027. Alla har 2 av 2." in year.says("Ada", "läget").text.replace("*", "")
    assert "Samtalen" not in year.on(date(2027, 9, 6)).to("Ada").text


def test_a_new_year_begins_from_none(second: Year):
    second.on(date(2028, 1, 10))

    assert "0 av 2: Skola, Vård och Teknik" in second.says("Ada", "hållpunkter").text.replace("*", "")


def test_the_gaps_of_the_year_can_be_counted_by_rules(second: Year):
    journey = second.journey()
    facts = Facts(counted(), journey, AUTUMN)

    assert tally(Tally(gaps="samtal"), facts) == 2


def test_records_count_in_the_year_of_their_date(tmp_path: Path):
    trips = {"register": "resor", "by": "vem", "dated": "dag"}
    coverage = {
        "id": "resor-i-ar",
        "title": text("Resorna"),
        "members": "grupp",
        "what": trips,
        "per": "year",
    }
    for year in a_year(tmp_path, counted(Coverage.model_validate(coverage))):
        for name, home in (("Wien", "2026-05-02"), ("Rom", "2025-12-31")):
            for line in (f"ny resa: {name}", home, "Bo" if name == "Wien" else "Cia"):
                year.says("Ada", line)

        said = year.says("Ada", "läget").text.replace("*", "")

        assert "Resorna 2026. 0 av 1: Ada och Cia. 1 av 1: Bo." in said
