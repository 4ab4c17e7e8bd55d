"""Values read out of what people type, by kind: what is taken, and which slip is told of what isn't."""

from dataclasses import replace
from typing import Any

import pytest

from content.phrases.book import Phrasebook
from content.schema.questions import BodySpec, ReferenceSpec
from dialogs.forms import typed_again
from dialogs.model.people import Roster
from dialogs.model.problem import Problem
from dialogs.values.numbers import read_number, write_number
from dialogs.values.reading import LONGEST, clean, decision_of, read
from tests.dialogs.builders import (
    ADA,
    MEMBERS,
    TODAY,
    a_journey,
    a_pack,
    a_question,
    asking,
    options,
    record_added,
    settled,
)

AREAS = options("skola", "vard", "kultur", "kultur-och-fritid")


def read_as(kind: str, said: str, *, language: str = "sv", speaker: str = "", **more: Any) -> Any:
    pack = a_pack(a_question("q", kind, **more))
    return read(pack.places["q"].question, said, asking(pack, language=language), speaker=speaker)


def slip(found: object) -> str:
    assert isinstance(found, Problem), f"read as {found!r}"
    return found.key


# --- any text --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["", "   ", "\n\t\n"])
@pytest.mark.parametrize("kind", ["text", "number", "choice", "date"])
def test_nothing_is_no_answer(kind, said):
    assert slip(read_as(kind, said)) == "empty-text"


def test_the_longest_text_is_taken_and_one_more_character_is_not():
    assert clean("a" * LONGEST) == "a" * LONGEST
    assert clean("a" * (LONGEST + 1)) == Problem("text-too-long", {"count": 20_001, "most": 20_000})


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b[31m", "\x7f", "\x9b", "\x0b", "\ud800", "\u202e"])
def test_signs_that_cannot_be_shown_are_told(sign):
    assert slip(clean(f"före{sign}efter")) == "control-characters"


@pytest.mark.parametrize(
    "said", ["å ä ö é ü", "två\nrader", "tabb\tinne", "emoji 🎉", "👩‍👩‍👧 familj", "العربية"]
)
def test_ordinary_text_of_every_script_is_taken(said):
    assert clean(said) == said


def test_a_letter_and_its_mark_become_one_sign():
    assert clean("bla\u030ab\u00e4r") == "blåbär"


@pytest.mark.parametrize("said", ["\u200b", " \ufeff\n", "\u200e\u200f", "\u00ad\u2060"])
def test_what_nobody_sees_is_no_answer(said):
    assert slip(clean(said)) == "empty-text"


def test_what_nobody_sees_between_words_stays_as_it_is():
    assert clean("\u200bpers\u00adonal\u200b") == "pers\u00adonal"


def test_line_ends_become_one_sign():
    assert clean("a\r\nb\rc ") == "a\nb\nc"


def test_what_looks_like_markup_stays_text():
    said = "<!channel> [x](javascript:1) =1+1 *fet*"
    assert read_as("text", said) == said


# --- choices ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["skola", "Skola", "SKOLA", "1", " skola. ", "sko", "”skola”"])
def test_a_choice_is_named_numbered_or_begun(said):
    assert read_as("choice", said, options=AREAS) == "skola"


def test_a_choice_is_read_in_the_language_it_is_shown_in():
    assert read_as("choice", "Vard (en)", options=AREAS, language="en") == "vard"


def test_an_exact_name_wins_over_a_longer_one():
    assert read_as("choice", "kultur", options=AREAS) == "kultur"


@pytest.mark.parametrize(
    ("said", "key"),
    [("skolla", "choice-near"), ("kul", "choice-near"), ("rymden", "choice-unknown"), ("5", "choice-unknown"),
     ("0", "choice-unknown"), ("-1", "choice-unknown"), ("²", "choice-unknown"), ("1,2", "choice-unknown")],
)  # fmt: skip
def test_a_choice_that_is_none_is_told_and_never_guessed(said, key):
    assert slip(read_as("choice", said, options=AREAS)) == key


def test_own_words_are_taken_where_the_question_lets_them():
    assert read_as("choice", "rymden", options=AREAS, own=True) == "rymden"
    assert slip(read_as("choice", "skolla", options=AREAS, own=True)) == "choice-near"


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ("1, 3", ["skola", "kultur"]),
        ("1 och 3", ["skola", "kultur"]),
        ("1 and 3", ["skola", "kultur"]),
        ("1 3", ["skola", "kultur"]),
        ("skola; vard", ["skola", "vard"]),
        ("- skola\n- vard", ["skola", "vard"]),
        ("1. skola\n2. vard", ["skola", "vard"]),
        ("skola, skola", ["skola"]),
        ("alla", ["skola", "vard", "kultur", "kultur-och-fritid"]),
        ("all", ["skola", "vard", "kultur", "kultur-och-fritid"]),
    ],
)
def test_several_are_chosen_in_many_ways(said, chosen):
    assert read_as("choices", said, options=AREAS) == chosen


def test_yes_is_not_every_choice():
    assert slip(read_as("choices", "ja", options=AREAS)) == "choice-unknown"


def test_too_few_and_too_many_choices_are_told():
    assert slip(read_as("choices", "skola", options=AREAS, at_least=2)) == "too-few"
    assert slip(read_as("choices", "alla", options=AREAS, at_most=2)) == "too-many"


def test_one_wrong_choice_among_right_ones_is_told():
    assert slip(read_as("choices", "skola, rymden", options=AREAS)) == "choice-unknown"


# --- numbers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("12", 12), ("0", 0), ("-3", -3), ("12,5", 12.5), ("12.5", 12.5), ("12 500", 12500), ("12\u00a0500", 12500),
        ("1 234 567,50", 1234567.5), ("40 %", 40), ("500 kr", 500), ("12,0", 12), ("25 timmar", 25), ("12.500,50", 12500.5),
        ("1.234.567", 1234567), ("007", 7),
    ],
)  # fmt: skip
def test_a_number_is_read_as_swedes_write_it(said, number):
    assert read_as("number", said) == number


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("12,500", 12500),
        ("1,234,567.50", 1234567.5),
        ("12.5", 12.5),
        ("12.500", 12.5),
        ("0.125", 0.125),
        ("12,5", 12.5),
    ],
)
def test_a_number_is_read_as_it_is_written_in_english(said, number):
    assert read_as("number", said, language="en") == number


@pytest.mark.parametrize(
    "said",
    ["många", "tolv", "12-15", "12 till 15", "12 eller 13", "1,2,3", "12 50", "2 miljoner", "2,5 mkr", "5 tusen", "5 tkr",
     "1e9", "--5", "²", "1/2", "12.500", "½", "nan", "inf", "3 000 till 4 000"],
)  # fmt: skip
def test_what_may_mean_another_number_is_not_guessed(said):
    assert slip(read_as("number", said)) == "not-a-number"


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    "number", [12.125, 0.125, -1234.5, 1234567.89, 4000000.1, 99999999.99, 0.0000001, 1e20, 0.1, 12.0, 7, -3]
)
def test_a_number_is_written_as_it_is_read(number, language):
    again = write_number(number, language=language)

    assert read_number(again, language=language) == number
    assert len(again) <= 21


@pytest.mark.parametrize(("language", "typed"), [("sv", "12,125"), ("en", "12.125")])
def test_a_number_stands_in_a_form_as_it_is_typed(language, typed):
    pack = a_pack(a_question("q", "number"))
    spec = pack.places["q"].question

    assert typed_again(spec, 12.125, asking(pack, language=language)) == typed
    assert read(spec, typed, asking(pack, language=language)) == 12.125


def test_what_a_machine_is_not_sure_of_is_not_written():
    assert write_number(0.1 + 0.2, language="sv") == "0,3"
    assert write_number(1234567.89, language="sv") == "1234567,89"


def test_a_large_bound_is_told_in_figures():
    told = read_as("number", "6000000", most=5_000_000)
    assert told == Problem("number-too-large", {"most": "5000000"})
    assert read_as("number", "0", least=0.5) == Problem("number-too-small", {"least": "0,5"})


def test_a_number_has_its_bounds():
    assert slip(read_as("number", "12,5", whole=True)) == "not-a-whole-number"
    assert slip(read_as("number", "-1", least=0)) == "number-too-small"
    assert slip(read_as("number", "101", most=100)) == "number-too-large"
    assert read_as("number", "100", most=100, least=0, whole=True) == 100


def test_a_number_beyond_all_measure_is_told():
    assert slip(read_as("number", "9" * 400)) == "not-a-number"


@pytest.mark.parametrize(("said", "step"), [("1", 1), ("5", 5), (" 3 ", 3)])
def test_a_scale_takes_its_steps(said, step):
    assert read_as("scale", said) == step


@pytest.mark.parametrize("said", ["0", "6", "-1", "--3", "²", "3,5", "tre", "3 av 5"])
def test_a_scale_takes_nothing_else(said):
    assert slip(read_as("scale", said)) == "scale-outside"


# --- dates -----------------------------------------------------------------------------------------------------


def test_a_date_is_kept_as_it_is_written_in_data():
    assert read_as("date", "15 mars 2027") == "2027-03-15"


def test_a_day_that_has_been_is_told_where_only_coming_ones_are_asked_for():
    assert slip(read_as("date", "2026-11-20", past=False)) == "day-has-been"
    assert read_as("date", "2026-11-21", past=False) == TODAY.isoformat()
    assert read_as("date", "2020-01-01") == "2020-01-01"


def test_a_day_without_a_year_is_to_come_unless_the_question_asks_about_what_has_been():
    assert read_as("date", "20 november") == "2027-11-20"
    assert read_as("date", "20 november", without_year="latest") == "2026-11-20"
    assert read_as("date", "20 november", without_year="nearest") == "2026-11-20"
    assert read_as("date", "24 november", without_year="nearest") == "2026-11-24"
    assert read_as("date", "24 november 2026", without_year="latest") == "2026-11-24"


@pytest.mark.parametrize("said", ["31 februari", "snart", "29 februari 2027"])
def test_a_date_that_is_none_is_told(said):
    assert slip(read_as("date", said)) == "not-a-date"


# --- people, units, bodies, records ----------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["Bo Dahl", "bo dahl", "Bo", "Dahl"])
def test_a_person_is_found_by_name(said):
    assert read_as("person", said) == "bo"


@pytest.mark.parametrize("said", ["jag", "me", "I"])
def test_one_may_name_oneself(said):
    assert read_as("person", said, speaker=ADA.id) == ADA.id


def test_a_person_is_never_a_number():
    assert slip(read_as("person", "1")) == "person-unknown"


def test_an_unknown_person_is_told_and_a_near_one_suggested():
    assert slip(read_as("person", "Nils Nilsson")) == "person-unknown"
    assert slip(read_as("person", "Bo Dal")) == "person-unknown-near"
    assert slip(read_as("person", "Bo Dahl", role="politik")) != ""


def test_a_unit_is_found_by_name_beginning_or_number():
    assert [read_as("unit", said) for said in ("Vård och omsorg", "vård", "2")] == ["vard"] * 3
    assert slip(read_as("unit", "Gatukontoret")) == "unit-unknown"
    assert slip(read_as("unit", "Skolan")) == "unit-unknown-near"


def test_a_body_is_found_and_two_that_begin_alike_are_told():
    pack = a_pack()
    assert read(BodySpec(kind="body"), "kommunstyrelsen", asking(pack)) == "ks"
    assert slip(read(BodySpec(kind="body"), "kommun", asking(pack))) == "body-unknown-near"
    assert slip(read(BodySpec(kind="body"), "riksdagen", asking(pack))) == "body-not-among"


def test_an_unknown_body_is_told_with_those_there_are_and_how_to_add_one():
    told = read_as("body", "Riksdagen")
    assert isinstance(told, Problem)
    assert (told.key, told.args["names"]) == ("body-not-among", "Kommunstyrelsen, Kommunfullmäktige")
    for language, way in (("sv", "ny nämnd: Riksdagen"), ("en", "new body: Riksdagen")):
        assert way in Phrasebook.load().text(told.key, language, **told.args)


def test_a_body_is_answered_by_name_or_number_as_a_unit_is():
    assert [read_as("body", said) for said in ("kommunfullmäktige", "2")] == ["kf", "kf"]
    pack = a_pack(a_question("q", "body"))
    nobody = asking(pack, replace(a_journey(pack), roster=Roster(MEMBERS)))
    assert slip(read(pack.places["q"].question, "Kommunstyrelsen", nobody)) == "body-unknown"


def test_a_record_is_found_by_its_title():
    pack = a_pack(a_question("a"))
    spec = ReferenceSpec(kind="reference", register_="ideer")
    known = asking(pack, a_journey(pack, record_added("resa", namn="Resa till Gent")))
    assert read(spec, "resa till gent", known) == "resa"
    assert slip(read(spec, "Paris", known)) == "record-not-found"


# --- lists, links, commitments, decisions, rankings ------------------------------------------------------------


@pytest.mark.parametrize(
    "said", ["ett; två; tre", "ett\ntvå\ntre", "- ett\n* två\n• tre", "1. ett\n2) två\n3. tre"]
)
def test_a_list_is_read_line_by_line(said):
    assert read_as("list", said) == ["ett", "två", "tre"]


def test_a_comma_is_part_of_what_is_listed():
    assert read_as("list", "ett, två och tre") == ["ett, två och tre"]


def test_a_list_that_is_too_short_is_told():
    assert slip(read_as("list", "ett", at_least=2)) == "too-few"


def test_a_link_has_a_name_and_an_address():
    assert read_as("file", "Planen https://exempel.se/plan") == {
        "name": "Planen",
        "url": "https://exempel.se/plan",
    }
    assert read_as("file", "https://exempel.se") == {
        "name": "https://exempel.se",
        "url": "https://exempel.se",
    }
    assert slip(read_as("file", "på kontoret")) == "not-a-link"
    assert slip(read_as("file", "javascript:alert(1)")) == "not-a-link"


@pytest.mark.parametrize("said", ["alla", "ja", "ja, alla", "yes", "tid, pengar", "1, 2", "1 och 2"])
def test_every_item_is_confirmed_at_once_or_by_name(said):
    assert read_as("commitment", said) == {"confirms": ["tid", "pengar"]}


def test_one_item_is_confirmed_by_itself():
    assert read_as("commitment", "pengar") == {"confirms": ["pengar"]}
    assert slip(read_as("commitment", "lust")) == "choice-unknown"


@pytest.mark.parametrize(
    ("said", "laid"),
    [
        ("skola 2, vard", {"skola": 2, "vard": 1}),
        ("1 2; 2", {"skola": 2, "vard": 1}),
        ("skola: 2\nvard: 1", {"skola": 2, "vard": 1}),
        ("skola:3", {"skola": 3}),
        ("kultur och fritid", {"kultur-och-fritid": 1}),
        ("skola, skola", {"skola": 2}),
    ],
)
def test_dots_are_laid_one_or_several_on_each(said, laid):
    areas = [*options("skola", "vard"), {"id": "kultur-och-fritid", "title": {"sv": "Kultur och fritid"}}]
    assert read_as("ranking", said, options=areas) == laid


def test_an_option_that_ends_with_a_number_gets_its_dot():
    steps = [{"id": one, "title": {"sv": one.replace("-", " ").capitalize()}} for one in ("steg-1", "steg-2")]
    assert read_as("ranking", "steg 2", options=steps) == {"steg-2": 1}


def test_what_gets_no_dot_is_not_chosen():
    assert read_as("ranking", "skola 3, vard 0", options=AREAS) == {"skola": 3}
    assert slip(read_as("ranking", "skola 0", options=AREAS)) == "too-few"


@pytest.mark.parametrize("kind", ["ranking", "commitment", "choices", "list"])
def test_nothing_at_all_is_no_answer(kind):
    assert slip(read_as(kind, ";")) == "too-few"


def test_too_many_dots_are_told():
    assert slip(read_as("ranking", "skola 4", options=AREAS)) == "too-many-dots"
    assert slip(read_as("ranking", "rymden 2", options=AREAS)) == "choice-unknown"


def test_a_decision_is_given_in_one_line_or_in_a_form():
    given = {"body": "ks", "date": "2026-11-02", "reference": "§ 14", "what": "Nystart"}
    assert read_as("decision", "Kommunstyrelsen; 2026-11-02; § 14; Nystart") == given
    assert slip(read_as("decision", "KS sa ja")) == "use-the-form"
    assert slip(read_as("decision", "Riksdagen; 2026-11-02; § 14; Nystart")) == "body-not-among"
    assert slip(read_as("decision", "Kommunstyrelsen; snart; § 14; Nystart")) == "not-a-date"


def test_a_decision_says_what_was_decided():
    fields = {"body": "Kommunstyrelsen", "date": "2026-11-02", "what": ""}
    assert slip(decision_of(fields, asking(a_pack()))) == "empty-text"


def test_a_record_is_filled_in_as_a_form():
    assert slip(read_as("record", "en resa")) == "use-the-form"


def test_what_is_offered_follows_answers_and_records():
    pack = a_pack(
        a_question("lista", "list"), a_question("vald", "choice", options_from={"question": "lista"}),
        a_question("ide", "choice", options_from={"register": "ideer"}),
        a_question("omrade", "choice", options_from={"tag": "omraden"}),
        a_question("enhet", "choice", options_from={"units": "all"}),
        a_question("vem", "choice", options_from={"members": "grupp"}),
    )  # fmt: skip
    known = asking(pack, a_journey(pack, settled("lista", ["buss", "tåg"]), record_added("resa")))
    said = {"vald": "2", "ide": "resa", "omrade": "B", "enhet": "skola", "vem": "Cia"}
    found = {id: read(pack.places[id].question, text, known) for id, text in said.items()}
    assert found == {"vald": "tåg", "ide": "resa", "omrade": "b", "enhet": "skola", "vem": "cia"}
