"""A form becomes a modal that Slack takes: each field as the input that fits it, with what it holds to begin with."""

from typing import Any

import pytest

from bot.slack.limits import INPUT_TEXT, PRIVATE_METADATA, VIEW_TITLE
from bot.slack.modal import modal
from dialogs.messages import FormField
from dialogs.values.reading import LONGEST
from tests.drawing.samples import ONE_OF_EACH_FIELD, a_field, a_form, options
from tests.slack_drawing.reading_back import METADATA, book, drawn_modal, every_option, runs


def inputs(field: FormField, language: str = "sv") -> list[dict[str, Any]]:
    return [block for block in drawn_modal(a_form(field), language)["blocks"] if block["type"] == "input"]


def element(field: FormField) -> dict[str, Any]:
    [block] = inputs(field)
    return dict(block["element"])


def labels(drawn: dict[str, Any]) -> list[str]:
    return [one["text"]["text"] for one in every_option(drawn)]


@pytest.mark.parametrize("name", ONE_OF_EACH_FIELD)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_slack_takes_each_kind_of_field_and_calls_it_by_its_id(name, language):
    assert inputs(ONE_OF_EACH_FIELD[name], language)[0]["block_id"] == "falt"


def test_slack_takes_all_of_them_in_one_form():
    fields = [a_field(**{**_shown(one), "id": f"f{n}"}) for n, one in enumerate(ONE_OF_EACH_FIELD.values())]

    view = drawn_modal(a_form(*fields))

    assert [one["block_id"] for one in view["blocks"] if ":" not in one.get("block_id", ":")] == [
        field.id for field in fields
    ]


def _shown(field: FormField) -> dict[str, Any]:
    return {name: getattr(field, name) for name in FormField.__dataclass_fields__}


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        (a_field("choice", options=options("Ja", "Nej"), required=True), "radio_buttons"),
        (a_field("choice", options=options("Ja", "Nej")), "static_select"),
        (a_field("choice", options=options(*"abcdef"), required=True), "static_select"),
        (a_field("choices", options=options(*"abc"), many=True), "checkboxes"),
        (a_field("choices", options=options(*"abcdefghijk"), many=True), "multi_static_select"),
        (a_field("unit", options=options("Skola")), "static_select"),
        (a_field("date"), "datepicker"),
        (a_field("date", value="nästa fredag"), "plain_text_input"),
        (a_field("date", value="2027-02-30"), "plain_text_input"),
        (a_field("account"), "users_select"),
        (a_field("account", many=True), "multi_users_select"),
        (a_field("account", value="Ada Ek"), "plain_text_input"),
        (a_field("body"), "plain_text_input"),
        (a_field("number"), "plain_text_input"),
        (a_field("scale"), "plain_text_input"),
        (a_field("choice", options=options("Ja", "Nej"), value="Vet inte"), "plain_text_input"),
        (a_field("choices", options=options("Ja", "Nej"), many=True, value="alla"), "plain_text_input"),
    ],
)
def test_a_field_is_drawn_as_what_fits_it_and_what_it_holds(field, kind):
    drawn = element(field)

    assert drawn["type"] == kind
    if kind == "plain_text_input":
        assert drawn.get("initial_value", "") == field.value


def test_a_title_that_is_too_long_is_cut_and_stands_in_full_above_the_fields():
    title = "Samtyckesrunda om A.4 Målbilden"

    view = drawn_modal(a_form(title=title, intro="Alla säger sitt."))

    assert view["title"]["text"] == "Samtyckesrunda om A.4…"
    assert len(view["title"]["text"]) <= VIEW_TITLE
    assert runs(view["blocks"])[:2] == [title, "Alla säger sitt."]


def test_a_title_that_fits_is_said_once():
    assert runs(drawn_modal(a_form(title="Ny insats"))["blocks"]) == []


def test_an_optional_field_may_be_left_and_a_required_one_may_not():
    assert [inputs(a_field(required=required))[0]["optional"] for required in (True, False)] == [False, True]


def test_an_answer_beside_the_options_has_an_input_of_its_own():
    first, own = inputs(a_field("choice", options=options("Workshop"), own=True, required=True, value="Eget"))

    assert first["optional"]
    assert "initial_option" not in first["element"]
    assert (own["block_id"], own["element"]["initial_value"]) == ("falt:own", "Eget")


def test_a_list_is_shown_a_line_each():
    drawn = element(a_field("list", many=True, value="Skola; Vård och omsorg"))

    assert drawn["multiline"]
    assert drawn["initial_value"] == "Skola\nVård och omsorg"


def test_one_of_several_long_texts_says_no_more_than_its_own_help():
    view = drawn_modal(a_form(a_field(long=True, help="Skriv kort."), a_field(id="annat", long=True)))

    assert [block.get("hint", {}).get("text") for block in view["blocks"]] == ["Skriv kort.", None]


def test_a_long_text_that_is_all_there_is_may_be_written_in_the_thread_instead():
    [block] = inputs(a_field(long=True, help="Skriv kort."))

    assert block["hint"]["text"] == f"Skriv kort. {book().text('slack-long', 'sv')}"
    assert block["element"]["max_length"] == INPUT_TEXT


def test_help_that_ends_with_an_example_is_told_from_what_comes_after_it():
    [block] = inputs(a_field(kind="list", help="Till exempel: Skola; Vård"))
    assert block["hint"]["text"] == f"Till exempel: Skola; Vård. {book().text('slack-lines', 'sv')}"


def test_a_text_too_long_for_the_input_is_shown_above_it_and_may_be_left():
    text = "Ord för ord. " * (LONGEST // 13)

    view = drawn_modal(a_form(a_field(required=True, value=text)))

    assert "".join(runs(view["blocks"])) == f"Vad gäller det?{text}"
    assert view["blocks"][-1]["optional"]
    assert "initial_value" not in view["blocks"][-1]["element"]


@pytest.mark.parametrize("count", [100, 101, 250, 500, 501, 2_000])
@pytest.mark.parametrize("kind", ["choice", "choices"])
def test_however_many_options_there_are_slack_takes_them(kind, count):
    many = options(*(f"Insats nummer {n} i handlingsplanen" for n in range(count)))
    drawn = element(a_field(kind, options=many, many=kind == "choices"))

    if count <= 500:
        assert labels(drawn) == [label for _, label in many]
    else:
        assert drawn["type"] == "plain_text_input"


def test_many_fields_of_many_long_options_are_written_where_menus_would_be_too_much():
    many = options(*(f"{n} " + "Ett mycket långt namn " * 20 for n in range(300)))
    fields = [a_field("reference", id=f"f{n}", options=many) for n in range(6)]

    view = drawn_modal(a_form(*fields))

    assert [one["block_id"] for one in view["blocks"] if one["type"] == "input"] == [
        field.id for field in fields
    ]


def test_options_with_long_or_equal_names_are_numbered_and_listed_in_full():
    long = "Gå med i ett internationellt nätverk inom ett av våra fokusområden och berätta om det"
    field = a_field("choice", options=options(long, "Resa", "Resa"))

    view = drawn_modal(a_form(field))

    assert runs(view["blocks"]) == ["Vad gäller det?", long, "Resa", "Resa"]
    assert [one[:2] for one in labels(view["blocks"][-1]["element"])] == ["1.", "2.", "3."]


def test_the_metadata_comes_back_as_it_was():
    assert drawn_modal(a_form())["private_metadata"] == METADATA


@pytest.mark.parametrize(
    ("form", "metadata"),
    [(a_form(), "x" * (PRIVATE_METADATA + 1)), (a_form(*(a_field(id=f"f{n}") for n in range(101))), "")],
)
def test_what_no_user_can_cause_is_a_bug(form, metadata):
    with pytest.raises(ValueError, match=r"Slack takes|a modal takes"):
        modal(form, metadata=metadata, text=str)
