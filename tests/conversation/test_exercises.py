"""Exercises in the conversation: run in the channel, or on paper and typed in; both leave the same, whatever is killed."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.usecases.export import export
from content.schema.questions import Source
from dialogs.files import Recipe
from dialogs.model.exercise import Paired
from dialogs.values.asking import Asking, from_source
from dialogs.values.exercise_result import result_of
from dialogs.wording.teller import Teller
from storage import schema
from tests.conversation.talk import Talk, begin
from tests.dialogs.builders import a_pack, a_phase, a_question, text

INTERVIEWS = {
    "id": "intervjuer",
    "title": {"sv": "Kollegiala intervjuer", "en": "Peer interviews"},
    "prepare": [text("Boka ett rum")],
    "facilitator": [text("Låt alla tala till punkt")],
    "phases": [
        a_phase("fraga", form="pairs", minutes=10, notes=[text("Håll tiden")]),
        a_phase("beratta", a_question("berattat", who="each", visibility="after-round")),
        a_phase("samla", a_question("bilden", "list")),
    ],
    "follow-up": [text("Ta med bilden till nästa steg")],
    "result": {"kind": "pairs", "interviews": "berattat", "picture": "bilden"},
}
LIST = {
    "id": "lista",
    "title": {"sv": "Listan", "en": "The list"},
    "phases": [a_phase("skriv", a_question("rader", "list"))],
    "result": {"kind": "list", "question": "rader"},
}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, int]:
    file = tmp_path_factory.mktemp("exercises") / "coach.db"
    schema.upgrade(f"sqlite:///{file}")
    talk = Talk(file)
    with talk.uow() as uow:
        pack = a_pack(exercises=[INTERVIEWS, LIST], after=[a_question("efter")])
        uow.packs.put(pack, "summa", by="test", at=talk.clock.now())
        uow.commit()
    begin(talk)
    talk.close()
    return file, talk.events, talk.clock.seconds


@pytest.fixture
def talks(begun: tuple[Path, int, int], tmp_path: Path) -> Iterator[list[Talk]]:
    """Two groups that stand at the same place."""
    file, events, seconds = begun
    found = []
    for name in ("one", "other"):
        shutil.copy(file, tmp_path / f"{name}.db")
        talk = Talk(tmp_path / f"{name}.db", events=events)
        talk.clock.seconds = seconds
        found.append(talk)
    yield found
    for talk in found:
        talk.close()


@pytest.fixture
def talk(talks: list[Talk]) -> Talk:
    return talks[0]


def result(talk: Talk, exercise: str = "intervjuer") -> object:
    journey = talk.journey()
    return result_of(talk.pack.exercise_of[exercise], Asking(talk.pack, journey, "sv", talk.clock.today()))


def in_the_channel(talk: Talk, *, killed: bool = False) -> None:
    def maybe_killed() -> None:
        if killed:
            talk.open()

    talk.says("Ada", "övning starta 1")
    maybe_killed()
    talk.says("Ada", "övning vidare")
    maybe_killed()
    for who, said in (("Ada", "Korta beslut"), ("Bo", "Möten i tid"), ("Cia", "Vi lyssnar")):
        talk.privately(who, said)
        maybe_killed()
    talk.says("Ada", "övning vidare")
    maybe_killed()
    talk.says("Bo", "1.2: Vi håller tiden; Vi lyssnar på varandra")
    maybe_killed()
    talk.says("Ada", "övning klar")


def on_paper(talk: Talk) -> None:
    talk.says("Ada", "övning papper 1")
    for who, said in (("Cia", "Vi lyssnar"), ("Ada", "Korta beslut"), ("Bo", "Möten i tid")):
        talk.says("Ada", f"för {who}, 1.1: {said}")
    talk.says("Ada", "1.2: Vi håller tiden; Vi lyssnar på varandra")
    talk.says("Ada", "övning klar")


def test_the_channel_and_the_paper_leave_the_same_result(talks: list[Talk]):
    in_the_channel(talks[0])
    on_paper(talks[1])
    assert result(talks[0]) == result(talks[1])
    assert result(talks[0]) == Paired(
        (("Ada", ("Korta beslut",)), ("Bo", ("Möten i tid",)), ("Cia", ("Vi lyssnar",))),
        ("Vi håller tiden", "Vi lyssnar på varandra"),
    )
    assert talks[0].differences() == talks[1].differences() == []


def test_an_exercise_goes_on_where_it_was_killed(talks: list[Talk]):
    in_the_channel(talks[0])
    in_the_channel(talks[1], killed=True)
    assert result(talks[0]) == result(talks[1])
    assert talks[1].differences() == []
    assert talks[1].journey().exercises["intervjuer"].over


def test_the_facilitators_notes_are_told_to_whoever_leads_alone(talk: Talk):
    told = talk.says("Ada", "övning starta 1")
    assert "Låt alla tala till punkt" in told.to("Ada").text
    assert "Håll tiden" in told.to("Ada").text
    assert "Håll tiden" not in told.in_room().text
    assert not told.to("Bo").letters


def test_nobody_reads_a_hidden_round_before_it_is_shown(talk: Talk):
    talk.says("Ada", "övning starta 1")
    talk.says("Ada", "övning vidare")
    told = talk.privately("Bo", "Möten i tid")
    assert "Möten i tid" not in told.in_room().text
    for who in ("Ada", "Cia", "Karl"):
        looked = talk.privately(who, "svar 1.1")
        assert "Möten i tid" not in looked.text
        assert "round-is-hidden" in looked.keys
    assert "Möten i tid" in talk.privately("Bo", "svar 1.1").text
    assert "Möten i tid" not in talk.says("Ada", "visa svar 1.1").text

    shown = talk.says("Ada", "övning visa")
    assert "Möten i tid" in shown.in_room().text
    assert talk.item("1.1").status == "settled"


def test_whoever_answers_after_the_round_was_shown_is_counted(talk: Talk):
    talk.says("Ada", "övning starta 1")
    talk.says("Ada", "övning vidare")
    talk.privately("Bo", "Möten i tid")
    talk.says("Ada", "övning visa")
    talk.privately("Cia", "1.1: Jag kom sent")

    teller = Teller(talk.book, talk.pack, talk.journey(), "sv", talk.clock.today())
    assert teller.heard(talk.item("1.1")) == 2


def test_only_whoever_leads_shows_a_hidden_round(talk: Talk):
    talk.says("Ada", "övning starta 1")
    talk.says("Ada", "övning vidare")
    talk.privately("Bo", "Möten i tid")
    assert "only-leader" in talk.says("Cia", "övning visa").keys
    assert talk.item("1.1").status == "contributed"


def test_a_press_on_an_earlier_phase_moves_nothing(talk: Talk):
    first = talk.says("Ada", "övning starta 1").in_room().button("exercise-next")
    talk.presses("Ada", first)
    assert talk.journey().exercises["intervjuer"].phase == "beratta"
    assert "old-button" in talk.presses("Ada", first).keys
    assert talk.journey().exercises["intervjuer"].phase == "beratta"


def test_only_whoever_leads_starts_and_moves_on(talk: Talk):
    assert "only-leader" in talk.says("Bo", "övning starta 1").keys
    talk.says("Ada", "övning starta 1")
    assert "only-leader" in talk.says("Bo", "övning vidare").keys
    assert talk.journey().exercises["intervjuer"].phase == "fraga"


def test_an_exercise_is_found_by_number_and_by_name(talk: Talk):
    assert "Listan" in talk.says("Bo", "övning 2").text
    assert "Kollegiala" in talk.says("Bo", "övning kollegiala intervjuer").text
    assert "exercise-unknown" in talk.says("Bo", "övning 9").keys
    assert "exercise-how-to" in talk.says("Bo", "övning").keys
    assert "exercise-none-on" in talk.says("Ada", "övning vidare").keys
    listed = talk.says("Bo", "övningar").text
    assert "Listan" in listed
    assert "Kollegiala" in listed


def test_words_that_begin_as_the_command_may_be_an_answer(talk: Talk):
    talk.says("Ada", "övning starta 2")
    talk.says("Bo", "Övning ger färdighet", to="1.3")
    assert talk.said_on("1.3") == [["Övning ger färdighet"]]


def test_whoever_is_unheard_is_named(talk: Talk):
    talk.says("Ada", "övning starta 2")
    talk.says("Bo", "1.3: En rad")
    told = talk.says("Ada", "övning vilka").text
    assert "Ada" in told
    assert "Cia" in told
    assert "Bo" not in told


def test_the_status_says_which_exercise_is_on(talk: Talk):
    talk.says("Ada", "övning starta 1")
    assert "next-exercise" in talk.says("Bo", "läget").keys
    talk.says("Ada", "övning vidare")
    assert "next-exercise" not in talk.says("Bo", "läget").keys


def test_new_pairs_are_drawn(talk: Talk):
    talk.says("Ada", "övning starta 1")
    assert "pairs-anew" in talk.says("Ada", "övning nya par").keys
    people = {person for pair in talk.journey().exercises["intervjuer"].pairs for person in pair}
    assert people == {talk.member(name).person.id for name in ("Ada", "Bo", "Cia")}
    assert talk.differences() == []


def test_whoever_is_not_there_is_left_out_of_the_pairs(talk: Talk):
    talk.says("Ada", "övning starta 1")
    talk.says("Ada", "övning nya par utan Cia")
    people = {person for pair in talk.journey().exercises["intervjuer"].pairs for person in pair}
    assert people == {talk.member(name).person.id for name in ("Ada", "Bo")}
    assert "person-unknown" in talk.says("Ada", "övning nya par utan Nemo").keys


def test_the_sheet_is_handed_out(talk: Talk):
    told = talk.says("Ada", "övning blad 1")
    [file] = [letter.message.file for letter in told.letters if letter.message.file]
    assert file.name == "blad-kollegiala-intervjuer.pdf"
    assert file.recipe == Recipe(
        "exercise-sheet", talk.member("Ada").person.id, talk.journey().id, "intervjuer", "sv"
    )
    assert not [letter for letter in talk.says("Nils", "övning blad 1").letters if letter.message.file]


def test_a_round_is_suggested_from_once_it_is_shown_and_never_as_a_count(talk: Talk):
    talk.says("Ada", "övning starta 1")
    talk.says("Ada", "övning vidare")
    talk.privately("Bo", "Möten i tid")
    source = Source(question="berattat")

    def suggested() -> list[str]:
        asking = Asking(talk.pack, talk.journey(), "sv", talk.clock.today())
        return [label for _, label in from_source(source, asking)]

    assert suggested() == []
    talk.says("Ada", "övning visa")
    assert suggested() == ["Möten i tid"]


def test_the_result_is_shown_when_it_is_over(talk: Talk):
    in_the_channel(talk)
    told = talk.seen[-1].in_room()
    assert "exercise-over" in talk.seen[-1].keys
    assert "Vi håller tiden" in told.text
    assert "Ta med bilden till nästa steg" in told.text


def test_held_again_it_has_a_result_of_its_own_and_the_earlier_one_is_kept(talk: Talk):
    in_the_channel(talk)
    assert "exercise-is-over" in talk.says("Ada", "övning starta 1").keys
    shown = talk.says("Bo", "övning 1")
    talk.presses("Ada", shown.button("exercise-again"))
    assert "old-button" in talk.presses("Ada", shown.button("exercise-again")).keys
    talk.says("Ada", "övning vidare")
    talk.privately("Bo", "Nytt")
    talk.says("Ada", "övning vidare")
    talk.says("Bo", "1.2: Ny bild")
    talk.says("Ada", "övning klar")
    assert result(talk) == Paired((("Bo", ("Nytt",)),), ("Ny bild",))

    earlier = talk.says("Cia", "övning 1 gång 1").text
    assert "Vi lyssnar på varandra" in earlier
    assert "Ny bild" not in earlier
    assert "Ny bild" in talk.says("Cia", "övning 1 gång 2").text
    assert "exercise-no-such-time" in talk.says("Cia", "övning 1 gång 3").keys
    assert talk.presses("Cia", talk.says("Cia", "övning 1").button("exercise-earlier")).text == earlier
    assert talk.differences() == []


def test_what_was_put_in_before_is_in_the_export(talk: Talk):
    in_the_channel(talk)
    before = talk.said_on("1.1")
    talk.says("Ada", "övning igen 1")
    talk.says("Ada", "övning vidare")
    talk.privately("Bo", "Nytt")
    talk.says("Ada", "övning vidare")
    handed = export(
        talk.journey().id, uow=talk.uow(), shelf=talk.shelf, book=talk.book, clock=talk.clock, language=""
    )
    told = json.loads(handed.json)
    [question] = [one for step in told["steps"] for one in step["questions"] if one["number"] == "1.1"]
    assert [one["text"] for one in question["contributions"]] == ["Nytt"]
    assert sorted(one["text"] for one in question["other_times"]) == sorted(map(str, before))
    [exercise] = told["exercises"]
    assert [one["held"] for one in exercise["earlier"]] == ["channel"]


def test_broken_off_nothing_is_lost_and_the_earlier_result_holds(talk: Talk):
    in_the_channel(talk)
    held = result(talk)
    talk.says("Ada", "övning igen 1")
    talk.says("Ada", "övning vidare")
    talk.privately("Bo", "Nytt")
    assert "only-leader" in talk.says("Bo", "övning avbryt").keys
    talk.open()
    assert "exercise-stopped-again" in talk.says("Ada", "övning avbryt").keys
    assert result(talk) == held
    assert talk.differences() == []
    talk.open()
    talk.says("Ada", "övning starta 1")
    talk.says("Ada", "övning vidare")
    assert talk.said_on("1.1") == ["Nytt"]
    assert talk.differences() == []


def test_broken_off_the_first_time_it_can_be_started_as_if_it_had_paused(talk: Talk):
    talk.says("Ada", "övning starta 1")
    talk.says("Ada", "övning vidare")
    talk.privately("Bo", "Möten i tid")
    told = talk.presses("Ada", talk.says("Ada", "övning 1").button("exercise-stop"))
    assert "exercise-stopped" in told.keys
    assert talk.journey().exercises == {}
    talk.says("Ada", "övning papper 1")
    assert talk.said_on("1.1") == ["Möten i tid"]
    assert talk.differences() == []


def test_a_note_knows_the_phase_that_was_on(talk: Talk):
    assert "exercise-own-notes" in talk.says("Ada", "övning starta 1").keys
    talk.says("Ada", "övning vidare")
    talk.privately("Ada", "anteckna: Cia tvekar")
    assert "Kollegiala intervjuer, Beratta" in talk.privately("Ada", "mina anteckningar").text
    assert talk.item("1.1").status == "open"


def test_a_method_without_a_question_to_colleagues_says_so(talk: Talk):
    assert "staff-none" in talk.says("Bo", "nivåer").keys
    assert "staff-none" in talk.says("Bo", "frågeblad").keys
