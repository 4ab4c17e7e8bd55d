"""A form becomes a dialog: each field an input with its label, its help, what it holds and what is wrong with it."""

from dataclasses import replace

import pytest

from bot.teams.limits import OPTIONS
from dialogs.messages import FormField
from tests.drawing.samples import ONE_OF_EACH_FIELD, a_field, a_form, options
from tests.teams_drawing.reading_back import book, drawn_dialog, inputs, lines
from tests.teams_drawing.validators import npm


def the_input(field: FormField, **more):
    [found] = [
        one for id, one in inputs(drawn_dialog(a_form(field), **more)).items() if not id.startswith("own:")
    ]
    return found


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", ONE_OF_EACH_FIELD)
def test_teams_takes_each_kind_of_field(name, language):
    assert drawn_dialog(a_form(ONE_OF_EACH_FIELD[name]), language)


@pytest.mark.e2e
def test_npms_readers_take_each_kind_of_field(tmp_path):
    npm.need()
    fields = [replace(one, required=must) for one in ONE_OF_EACH_FIELD.values() for must in (True, False)]
    cards = [drawn_dialog(a_form(one), problems={"falt": "Något fattas."}) for one in fields]

    assert npm.parsed(cards) == [[] for _ in cards]
    assert npm.typed(cards, tmp_path) == {}


@pytest.mark.parametrize(
    ("field", "kind", "style"),
    [
        (a_field(), "Input.Text", None),
        (a_field("date"), "Input.Date", None),
        (a_field("date", value="nästa fredag"), "Input.Text", None),
        (a_field("choice", options=options("Ja", "Nej"), required=True), "Input.ChoiceSet", "expanded"),
        (a_field("choice", options=options("Ja", "Nej")), "Input.ChoiceSet", "compact"),
        (a_field("choice", options=options("*Ja*", "Nej"), required=True), "Input.ChoiceSet", "compact"),
        (a_field("choice", options=options(*map(str, range(30)))), "Input.ChoiceSet", "filtered"),
        (a_field("choices", options=options("Ja", "Nej"), many=True), "Input.ChoiceSet", "expanded"),
        (a_field("body"), "Input.Text", None),
    ],
)
def test_each_field_has_the_input_that_fits(field, kind, style):
    found = the_input(field)

    assert (found["type"], found.get("style")) == (kind, style)


def test_several_that_may_be_picked_stand_by_their_numbers_where_names_could_be_marks():
    field = a_field("choices", options=options("**Skola**", "Vård", "<at>x</at>"), many=True, value="Vård")
    card = drawn_dialog(a_form(field))

    assert [one["title"] for one in the_input(field)["choices"]] == ["1: Skola", "2: Vård", "3: at x at"]
    assert list(lines(card)) == ["1. **Skola**", "2. Vård", "3. <at>x</at>"]
    assert the_input(field)["value"] == "val-2"


def test_names_that_are_alike_stand_by_their_numbers():
    field = a_field("unit", options=options("Skolan", "Skolan"))

    assert [one["title"] for one in the_input(field)["choices"]] == ["1: Skolan", "2: Skolan"]


def test_more_than_can_be_picked_from_is_written():
    found = the_input(a_field("unit", options=options(*(f"Enhet {n}" for n in range(OPTIONS + 1)))))

    assert found["type"] == "Input.Text"
    assert found["placeholder"] == book().text("form-write-option", "sv")


def test_what_has_to_be_filled_in_says_so():
    found = the_input(a_field(required=True))

    assert (found["isRequired"], found["errorMessage"]) == (True, book().text("form-required", "sv"))
    assert "isRequired" not in the_input(a_field())


def test_an_own_answer_beside_options_is_enough():
    found = inputs(
        drawn_dialog(a_form(a_field("choice", options=options("Ja", "Nej"), own=True, required=True)))
    )

    assert [(id, one.get("isRequired", False)) for id, one in found.items()] == [
        ("field:falt", False),
        ("own:falt", False),
    ]


def test_what_is_wrong_stands_before_its_field_and_what_was_typed_stays():
    fields = (a_field(id="a", label="Första"), a_field(id="b", label="Andra", value="förr"))
    card = drawn_dialog(
        a_form(*fields), problems={"b": "För långt.", "": "Någon hann före."}, typed={"b": "nu"}
    )

    kinds = [one.get("id") or "".join(run["text"] for run in one["inlines"]) for one in card["body"]]
    assert kinds == ["⚠ Någon hann före.", "field:a", "⚠ För långt.", "field:b"]
    assert inputs(card)["field:b"]["value"] == "nu"
    assert "För långt." in card["speak"]


def test_the_dialog_is_told_in_the_order_in_which_it_stands():
    field = a_field(help="Skriv som ni talar.")
    card = drawn_dialog(a_form(field, title="Ny insats", intro="Kort."))

    assert card["speak"] == "Ny insats\nKort.\nVad gäller det?\nSkriv som ni talar."


def test_a_long_label_is_told_in_full_above():
    label = "Vad vill ni att var och en i kommunen ska kunna säga om det här? " * 12
    card = drawn_dialog(a_form(a_field(label=label)))

    assert label in list(lines(card))


def test_a_dialog_carries_its_form_its_opening_and_its_thread():
    [send] = drawn_dialog(a_form())["actions"]

    assert send["data"] == {"f": "f1", "n": "n1", "t": "1700000000001"}


def test_fifty_fields_with_the_longest_texts_are_one_dialog():
    fields = [a_field(id=f"f{n}", long=True, help="Hjälp " * 50, value="Ord. " * 1_200) for n in range(50)]

    assert len(inputs(drawn_dialog(a_form(*fields)))) == 50
