"""A picture of the group is handed out where it is asked for, with the same in words; and what it shows is what the status says."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.made_files import MadeFiles
from bot.png import description_of
from bot.usecases.group_charts import chart_of
from bot.usecases.standings import summed_up
from content.phrases.book import Phrasebook
from dialogs.files import FileOut, Recipe
from dialogs.reports.chart import Chart, Mark
from tests.calendar.plans import PLAN as PLANNED
from tests.conversation.beginnings import begun_once
from tests.conversation.planned import a_measure
from tests.conversation.talk import Talk, Told, begin
from tests.conversation.yearly import LOOK, OPENS, PLAN, STOP, Year, a_meeting, a_year, a_yearly


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Year]:
    yield from a_year(tmp_path, a_yearly(PLAN, LOOK))


def file_in(told: Told) -> FileOut:
    [file] = [letter.message.file for letter in told.letters if letter.message.file]
    return file


def drawn(talk: Talk, told: Told) -> Chart:
    """Return what the picture shows that was handed out."""
    return chart(talk, file_in(told).recipe)


def chart(talk: Talk, recipe: Recipe) -> Chart:
    with talk.uow() as uow:
        found = chart_of(
            recipe, uow=uow, shelf=talk.shelf, book=Phrasebook.load(), language="sv", today=talk.clock.today()
        )
    assert found is not None
    return found


def test_the_steps_and_tracks_are_those_of_the_status(talk: Talk):
    talk.says("Bo", "Vi vill mer", to="1.1")
    talk.says("Ada", "fastställ 1.1: Mer samarbete")

    told = talk.says("Bo", "bild läget")

    shown = drawn(talk, told)
    with talk.uow() as uow:
        journey = talk.journey()
        summary = summed_up(journey.id, "", uow=uow, shelf=talk.shelf, today=talk.clock.today()).summary
    assert [(one.state, one.done, one.asked) for one in shown.marks] == [
        ("now", summary.standing.done, summary.standing.asked),
        ("ahead", 0, 0),
    ]
    assert [(one.done, one.asked) for one in shown.tracks] == [
        (one.done, one.asked) for one in summary.tracks
    ]
    assert f"{summary.standing.done} av {summary.standing.asked}" in shown.told


def test_the_message_and_the_alternative_text_say_all_that_is_drawn(talk: Talk):
    told = talk.says("Bo", "bild")

    file = file_in(told)
    lines = drawn(talk, told).lines
    assert all(line in told.text for line in lines)
    assert all(line in file.told for line in lines)
    assert (file.media, file.name) == ("image/png", "läget-för-arbetsgruppen-2026-09-01.png")


def test_the_file_that_is_made_carries_what_it_shows_when_it_is_made(talk: Talk):
    file = file_in(talk.says("Bo", "bild läget"))
    talk.says("Ada", "fastställ 1.1: Mer samarbete")

    made = MadeFiles(talk.shelf, talk.clock, Phrasebook.load()).make(file.recipe, talk.uow())

    assert made is not None
    assert description_of(made) == chart(talk, file.recipe).told != file.told


def test_the_button_under_the_status_shows_it_too(talk: Talk):
    button = talk.says("Ada", "läget").button("chart")

    told = talk.presses("Ada", button)

    assert drawn(talk, told).kind == "steps"
    assert [one.press.argument for one in told.buttons if one.press.action == "chart"] == ["plan"]


def test_only_the_groups_own_may_see_it(talk: Talk):
    button = talk.says("Ada", "läget").button("chart")

    for told in (talk.says("Nils", "bild läget"), talk.presses("Nils", button)):
        assert "file-not-yours" in told.keys
        assert not [letter for letter in told.letters if letter.message.file]


def test_whoever_follows_several_groups_names_the_one_that_is_meant(talk: Talk):
    assert drawn(talk, talk.privately("Karl", "bild läget Arbetsgruppen")).title == "Läget för Arbetsgruppen"


@pytest.mark.parametrize("words", ["bild på hela gruppen", "bild läget i dag", "bild året 1066"])
def test_other_words_are_words(talk: Talk, words: str):
    told = talk.privately("Bo", words)

    assert not [letter for letter in told.letters if letter.message.file]


def test_where_there_is_nothing_to_draw_it_is_said(talk: Talk):
    told = talk.says("Bo", "bild planen")

    assert "chart-none-plan" in told.keys
    assert not [letter for letter in told.letters if letter.message.file]


def test_a_method_without_checkpoints_shows_its_steps_instead_of_a_year(talk: Talk):
    assert drawn(talk, talk.says("Bo", "bild året")).kind == "steps"


def test_it_speaks_the_language_of_whoever_asks(talk: Talk):
    talk.says("Bo", "language English")

    shown = drawn(talk, talk.privately("Bo", "picture status"))

    assert shown.language == "en"
    assert shown.title.startswith("Status of")


def test_a_practice_says_that_nothing_counts(talk: Talk):
    talk.privately("Nils", "provkör")
    talk.privately("Nils", "1")

    shown = drawn(talk, talk.privately("Nils", "bild läget"))

    assert shown.practice
    assert shown.practice in shown.lines


def test_looking_at_a_picture_is_no_news_that_were_told(talk: Talk):
    talk.privately("Ada", "läget")
    talk.says("Bo", "Vi vill mer", to="1.1")
    talk.privately("Ada", "bild läget")

    assert "news-contributions" in talk.privately("Ada", "läget").keys


def a_mark(title: str, days: int) -> Mark:
    return Mark(title, "senast", "ahead", day=date(2026, 9, 1) + timedelta(days=days))


def test_an_alternative_text_that_is_too_long_says_that_there_is_more():
    many = Chart(
        "plan", "sv", "Planen", "Metod", date(2026, 9, 1),
        tuple(a_mark("Ett långt namn på en insats " * 3, n) for n in range(12)), rest="Resten står intill.",
    )  # fmt: skip

    assert len(many.told) <= 900
    assert many.told.endswith("Resten står intill.")
    assert not few_of(many).told.endswith(few_of(many).rest)


def few_of(many: Chart) -> Chart:
    return Chart(many.kind, "sv", many.title, many.of, many.today, many.marks[:2], rest=many.rest)


# ------------------------------------------------------------------------------------------- the plan


def begin_with_measures(talk: Talk) -> None:
    with talk.uow() as uow:
        uow.packs.put(PLANNED, "summa", by="test", at=talk.clock.now())
        uow.commit()
    begin(talk)


@pytest.fixture
def planned(tmp_path: Path) -> Iterator[Talk]:
    talk = begun_once(Talk, tmp_path / "planned.db", "measures", begin_with_measures)
    yield talk
    talk.close()


def test_the_plan_shows_what_is_due_and_whose_the_earliest_first(planned: Talk):
    a_measure(planned, what="Ring Bryssel", due=date(2026, 12, 1))
    a_measure(planned, what="Sök pengar", due=date(2026, 10, 1), who="Cia")
    planned.clock.day = date(2026, 10, 11)

    shown = drawn(planned, planned.says("Ada", "bild planen"))

    assert [(one.title, one.state, one.day) for one in shown.marks] == [
        ("Sök pengar", "late", date(2026, 10, 1)),
        ("Ring Bryssel", "ahead", date(2026, 12, 1)),
    ]
    assert "Cia" in shown.marks[0].told
    assert (shown.first, shown.last) == (date(2026, 10, 1), date(2026, 12, 31))
    with planned.uow() as uow:
        found = summed_up(planned.journey().id, "", uow=uow, shelf=planned.shelf, today=planned.clock.today())
    assert [one.day for one in found.summary.standing.late] == [
        one.day for one in shown.marks if one.state == "late"
    ]


def test_a_plan_with_much_in_it_says_how_much_it_leaves_out(planned: Talk):
    for number in range(10):
        a_measure(planned, what=f"Insats {number}", due=date(2026, 10, 1) + timedelta(days=number))

    shown = drawn(planned, planned.says("Ada", "bild planen"))

    assert [one.title for one in shown.marks] == [f"Insats {number}" for number in range(8)]
    [note] = shown.notes
    assert "2" in note


# ------------------------------------------------------------------------------------------- the year


def states(shown: Chart) -> dict[str, str]:
    return {one.number: one.state for one in shown.marks}


def test_the_year_shows_what_is_done_late_open_and_to_come(year: Year):
    a_meeting(year)
    assert states(drawn(year, year.says("Ada", "bild året"))) == {"H1": "ahead", "H2": "ahead"}

    year.on(OPENS)
    assert states(drawn(year, year.says("Ada", "bild året"))) == {"H1": "now", "H2": "late"}

    year.on(STOP + timedelta(days=1))
    year.says("Ada", "hållpunkt lämna H2: Vi hann inte")
    shown = drawn(year, year.says("Ada", "bild årshjulet 2026"))
    assert states(shown) == {"H1": "late", "H2": "left"}
    assert all(one.day and f"{one.day}" in one.told for one in shown.marks)


def test_another_year_is_another_picture_and_tells_nothing_of_today(year: Year):
    shown = drawn(year, year.says("Ada", "bild året 2027"))

    assert [one.day for one in shown.marks] == [date(2027, 10, 1)]
    assert (shown.now, shown.notes) == ("", ())


def test_what_is_late_since_last_year_is_told_beside_the_ring(year: Year):
    a_meeting(year)
    year.on(OPENS)
    year.clock.day = date(2027, 1, 20)

    shown = drawn(year, year.says("Ada", "bild året"))

    assert len(shown.notes) == 2
    assert all("2026" in note for note in shown.notes)


def test_a_method_without_steps_shows_its_year(tmp_path: Path):
    for talk in a_year(tmp_path, a_yearly(LOOK, steps=False)):
        assert drawn(talk, talk.says("Ada", "bild")).kind == "year"
