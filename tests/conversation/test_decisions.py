"""Decisions in the conversation: who decides what, when they meet, and records that wait until they have."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from storage import schema
from tests.conversation.talk import Talk, Told, begin
from tests.dialogs.builders import a_pack, a_question, a_register, text

FIELDS = [
    {"id": "namn", "kind": "text", "title": text("Namn"), "required": "true"},
    {"id": "enhet", "kind": "unit", "title": text("Verksamhet")},
    {"id": "organ", "kind": "body", "title": text("Beslutat av")},
    {"id": "dag", "kind": "date", "title": text("Beslutsdag")},
    {"id": "diarie", "kind": "text", "title": text("Diarienummer")},
    {"id": "slut", "kind": "date", "title": text("Slut")},
    {"id": "utvarderad", "kind": "date", "past": True, "title": text("Utvärderad")},
]
STATES = [
    {"id": "forslag", "title": {"sv": "Förslag", "en": "Proposed"}},
    {"id": "pagar", "title": {"sv": "Pågår", "en": "Under way"}},
]
RIGHTS = (
    {"id": "vanorter", "by": "council", "title": {"sv": "Nya vänorter", "en": "New twin towns"}},
    {"id": "overgripande", "by": "board", "title": {"sv": "Övergripande samarbeten", "en": "Overall collaborations"},
     "records": {"register": "samarbeten", "to": ["pagar"], "where": {"not": {"filled": "enhet"}},
                 "prolongs": "slut"}},
    {"id": "egna", "by": "committee", "title": {"sv": "En nämnds egna samarbeten", "en": "A committee's own"},
     "records": {"register": "samarbeten", "to": ["pagar"], "where": {"filled": "enhet"}, "unit": "enhet"}},
)  # fmt: skip


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    """A municipality with a board, a council and a committee, and a collaboration that somebody proposes."""
    file = tmp_path / "coach.db"
    schema.upgrade(f"sqlite:///{file}")
    talk = Talk(file)
    register = a_register(
        "samarbeten", title={"sv": "Samarbeten", "en": "Collaborations"}, fields=FIELDS, states=STATES,
        singular={"sv": "samarbete", "en": "collaboration"},
        decision={"body": "organ", "date": "dag", "reference": "diarie"},
        prolonging=[{"date": "slut", "in": ["pagar"], "must": [
            {"rule": {"filled": "utvarderad"}, "say": text("Utvärdera först.")},
            {"rule": {"not": {"before": {"field": "dag", "than": {"field": "utvarderad"}}}},
             "say": text("Skriv in ett nytt beslut.")},
        ]}],
    )  # fmt: skip
    with talk.uow() as uow:
        uow.packs.put(
            a_pack(a_question("vision"), registers=(register, a_register()), decides=RIGHTS), "summa", by="test",
            at=talk.clock.now(),
        )  # fmt: skip
        uow.commit()
    begin(talk)
    talk.says("Ada", "ny nämnd: Kommunfullmäktige; Utbildningsnämnden")
    talk.says(
        "Ada", "sammanträden Kommunstyrelsen: 22 september, stopp 25 augusti, 6 oktober, stopp 22 september"
    )
    propose(talk, "Skogsnätverket")
    yield talk
    talk.close()


def propose(talk: Talk, name: str, unit: str = "-") -> None:
    talk.says("Ada", f"nytt samarbete: {name}")
    for field in (unit, "-", "-", "-", "-", "-"):
        talk.says("Ada", field)


def kept(talk: Talk, number: int = 1) -> tuple[str, dict[str, object]]:
    record = talk.journey().records_in("samarbeten")[number - 1]
    names = {body.id: body.name for body in talk.journey().roster.bodies}
    fields = {
        name: names.get(value, value)
        for name, value in record.fields.items()
        if name in ("organ", "dag", "diarie")
    }
    return record.state, fields


def test_whoever_asks_is_told_who_decides_what_and_when_they_meet(talk: Talk):
    told = talk.says("Bo", "vem beslutar?")

    assert all(
        word in told.text
        for word in ("Nya vänorter: Kommunfullmäktige", "Kommunstyrelsen", "Utbildningsnämnden")
    )
    assert (
        talk.book.text(
            "next-meeting-with-stop", "sv", body="Kommunstyrelsen", day="2026-10-06", stop="2026-09-22"
        )
        in told.text
    )
    assert "2026-09-22." in told.text  # the document stop of the meeting before is past


@pytest.mark.parametrize(("words", "shown"), [
    ("vem beslutar om nya vänorter", ["Nya vänorter"]), ("who decides on collaborations", ["Overall collaborations", "A committee's own"]),
])  # fmt: skip
def test_one_thing_may_be_asked_about(talk: Talk, words: str, shown: list[str]):
    if words.startswith("who"):
        talk.privately("Bo", "language English")
        told = talk.privately("Bo", words).text
    else:
        told = talk.says("Bo", words).text

    every = ["Nya vänorter", "Overall collaborations", "A committee's own"]
    assert [one for one in every if one in told] == shown


def test_words_about_something_else_are_an_answer(talk: Talk):
    talk.says("Bo", "vem beslutar om budgeten", to="1.1")
    talk.says("Bo", "beslut: vi säger ja", to="1.1")

    assert talk.said_on("1.1") == ["vem beslutar om budgeten", "beslut: vi säger ja"]


def test_a_record_waits_for_the_board_and_goes_on_once_the_decision_is_entered(talk: Talk):
    told = talk.says("Ada", "markera samarbeten 1: pågår")
    assert {"record-waits-missing", "next-meeting-with-stop"} <= told.keys
    assert kept(talk)[0] == "forslag"

    talk.presses("Ada", told.button("record-decision"))
    for line in ("Kommunstyrelsen", "2026-08-25"):
        talk.says("Ada", line)
    told = talk.says("Ada", "KS 2026/12")

    assert {"receipt-record-changed", "receipt-record-moved"} <= told.keys
    assert kept(talk) == ("pagar", {"organ": "Kommunstyrelsen", "dag": "2026-08-25", "diarie": "KS 2026/12"})


def test_a_decision_is_entered_on_one_line(talk: Talk):
    talk.says("Ada", "beslut samarbeten 1: Kommunstyrelsen; 25 augusti; KS 2026/12")
    talk.says("Ada", "markera samarbeten 1: pågår")

    assert kept(talk) == ("pagar", {"organ": "Kommunstyrelsen", "dag": "2026-08-25", "diarie": "KS 2026/12"})


def test_a_decision_of_the_wrong_body_is_kept_and_does_not_do(talk: Talk):
    propose(talk, "Lärarutbytet", "Skola")
    talk.says("Ada", "beslut samarbeten 2: Kommunstyrelsen; 2026-08-25")

    told = talk.says("Ada", "markera samarbeten 2: pågår")

    assert "record-waits-other-body" in told.keys
    assert "Utbildningsnämnden" in told.text
    assert kept(talk, 2) == ("forslag", {"organ": "Kommunstyrelsen", "dag": "2026-08-25"})
    talk.says("Ada", "beslut samarbeten 2: utbildning; 2026-08-26")
    talk.says("Ada", "markera samarbeten 2: pågår")
    assert kept(talk, 2)[0] == "pagar"


def test_the_card_says_which_decision_is_waited_for(talk: Talk):
    told = talk.says("Bo", "visa samarbeten 1")

    assert (
        talk.book.text("record-waits-short", "sv", what="övergripande samarbeten", who="Kommunstyrelsen")
        in told.text
    )
    assert told.actions == ["change-record", "record-decision"]


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        ("beslut samarbeten 7: Kommunstyrelsen; 2026-08-25", "decision-how"),
        ("beslut samarbeten 1: Kulturnämnden; 2026-08-25", "body-not-among"),
        ("beslut samarbeten 1: Kommunstyrelsen; i fjol", "not-a-date"),
        ("beslut idéer 1: Kommunstyrelsen; 2026-08-25", "decision-how"),
    ],
)
def test_a_slip_in_a_decision_is_told_and_the_words_are_kept(talk: Talk, words: str, phrase: str):
    assert phrase in talk.says("Ada", words).keys
    assert talk.draft("Ada") == words.partition(": ")[2]


# ------------------------------------------------------------------------------------------------ a unit's own committee


def decide(talk: Talk, body: str) -> Told:
    """Enter a committee's decision about the school's collaboration, and move it on."""
    propose(talk, "Lärarbyte", "Skola")
    talk.says("Ada", f"beslut samarbeten 2: {body}; 2026-08-25; 12")
    return talk.says("Ada", "markera samarbeten 2: pågår")


def test_while_nobody_has_said_who_answers_for_the_unit_any_committee_passes_and_that_is_said(talk: Talk):
    assert "unit-body-unknown" in talk.says("Bo", "vem beslutar").keys

    told = decide(talk, "Utbildningsnämnden")

    assert kept(talk, 2)[0] == "pagar"
    assert "decision-on-trust" in told.keys
    assert "nämnd för Skola" in told.text


@pytest.mark.parametrize(
    "words", ["nämnd för Skola: Utbildningsnämnden", "committee for Skola: Utbildningsnämnden"]
)
def test_once_it_is_said_that_committee_decides_and_no_other(talk: Talk, words: str):
    talk.says("Ada", "ny nämnd: Socialnämnden")
    assert "unit-body-set" in talk.says("Ada", words).keys

    told = talk.says("Bo", "vem beslutar")
    assert talk.book.text("decides-for-units", "sv", body="Utbildningsnämnden", units="Skola") in told.text
    waiting = decide(talk, "Socialnämnden")
    assert {"record-waits-other-body"} <= waiting.keys
    assert "Utbildningsnämnden" in waiting.text
    assert "Socialnämnden" not in waiting.text
    assert kept(talk, 2)[0] == "forslag"

    talk.says("Ada", "beslut samarbeten 2: Utbildningsnämnden; 2026-08-26; 13")
    told = talk.says("Ada", "markera samarbeten 2: pågår")
    assert kept(talk, 2)[0] == "pagar"
    assert "decision-on-trust" not in told.keys
    assert talk.differences() == []


def test_what_is_said_of_units_is_shown_changed_and_taken_away(talk: Talk):
    talk.says("Ada", "nämnd för Skola: Utbildningsnämnden")
    assert "Skola (Utbildningsnämnden)" in talk.says("Bo", "enheter").text
    assert "Skola (Utbildningsnämnden)" in talk.says("Bo", "vem svarar för").text

    assert "only-leader" in talk.says("Bo", "nämnd för Skola: ingen").keys
    assert "unit-unknown" in talk.says("Ada", "nämnd för Parken: Utbildningsnämnden").keys
    assert "body-unknown" in talk.says("Ada", "nämnd för Skola: Parknämnden").keys
    assert "unit-body-dropped" in talk.says("Ada", "nämnd för Skola: ingen").keys
    assert "Skola (" not in talk.says("Bo", "enheter").text


def test_words_about_somebody_who_answers_are_words(talk: Talk):
    talk.says("Bo", "vem svarar för budgeten", to="1.1")

    assert talk.said_on("1.1") == ["vem svarar för budgeten"]


def test_a_reorganisation_hands_on_who_answers(talk: Talk):
    talk.says("Ada", "nämnd för Skola: Utbildningsnämnden")

    talk.says("Ada", "nämnd upphör: Utbildningsnämnden, efterträds av Barnnämnden")
    assert "Skola (Barnnämnden)" in talk.says("Bo", "enheter").text
    talk.says("Ada", "enhet upphör: Skola, efterträds av Lärande")
    assert "Lärande (Barnnämnden)" in talk.says("Bo", "enheter").text
    talk.says("Ada", "nämnd upphör: Barnnämnden")
    assert "Lärande (" not in talk.says("Bo", "enheter").text


# ------------------------------------------------------------------------------------------------ for longer


def amended(talk: Talk, **fields: str) -> Told:
    """Fill in the form that changes the first entry: `-` leaves a field as it is."""
    talk.says("Ada", "ändra post samarbeten 1")
    told = Told([], [])
    for name in ("namn", "enhet", "organ", "dag", "diarie", "slut", "utvarderad"):
        told = talk.says("Ada", fields.get(name, "-"))
    return told


def end(talk: Talk) -> object:
    return talk.journey().records_in("samarbeten")[0].fields.get("slut")


def test_what_goes_on_for_longer_waits_for_its_evaluation_and_a_new_decision(talk: Talk):
    talk.says("Ada", "beslut samarbeten 1: Kommunstyrelsen; 2026-08-25; 1")
    talk.says("Ada", "markera samarbeten 1: pågår")
    amended(talk, slut="2027-06-30")
    assert end(talk) == "2027-06-30"

    told = amended(talk, slut="2030-06-30", diarie="KS 1")
    assert {"prolonging-held", "prolonging-decided-by", "next-meeting-with-stop"} <= told.keys
    assert "Kommunstyrelsen" in told.text
    assert {"change-record", "record-decision"} <= set(told.actions)
    assert (end(talk), kept(talk)[1]["diarie"]) == ("2027-06-30", "KS 1")  # all else is kept

    amended(talk, utvarderad="2026-08-28")
    assert "prolonging-held" in amended(talk, slut="2030-06-30").keys
    talk.clock.day = date(2026, 9, 23)
    talk.says("Ada", "beslut samarbeten 1: Kommunstyrelsen; 2026-09-22; 2")
    assert "prolonging-held" not in amended(talk, slut="2030-06-30").keys
    assert end(talk) == "2030-06-30"
    assert talk.differences() == []


def test_a_decision_about_an_entry_is_given_its_number_and_a_new_decision_needs_its_own(talk: Talk):
    assert "registration-no-decision" in talk.says("Ada", "diarienummer samarbeten 1: KS 2026/5").keys
    talk.says("Ada", "beslut samarbeten 1: Kommunstyrelsen; 2026-08-25; § 7")

    assert "registration-is-missing" in talk.says("Bo", "diarienummer samarbeten 1").keys
    assert "registration-kept" in talk.says("Ada", "diarienummer samarbeten 1: KS 2026/5").keys
    assert "KS 2026/5" in talk.says("Bo", "visa samarbeten 1").text

    talk.says("Ada", "beslut samarbeten 1: Kommunstyrelsen; 2026-08-26; 13")
    assert "registration-is" in talk.says("Bo", "diarienummer samarbeten 1").keys
    assert "KS 2026/5" not in talk.says("Bo", "visa samarbeten 1").text
