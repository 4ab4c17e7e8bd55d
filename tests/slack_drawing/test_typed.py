"""What is handed in with a modal is read as what was meant: each kind, filled in already, chosen, or written."""

from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.slack.limits import INPUT_TEXT
from bot.slack.typed import typed
from dialogs.forms import Filling, choices_of, typed_again, values_of
from dialogs.messages import FormField
from dialogs.model.problem import Problem
from dialogs.values.asking import Asking
from dialogs.values.reading import read
from tests.dialogs.builders import ADA
from tests.drawing.fields import ANSWERS, LABELLED, MODELS, NAMES, form_with, in_any_order, known, titled
from tests.drawing.samples import a_field, a_form
from tests.slack_drawing.reading_back import drawn_modal, every_option, handed_in


def values(filling: Filling, view: Any, asking: Asking) -> Any:
    return in_any_order(values_of(filling, typed(view), asking, speaker=ADA.id))


# --- filled in already -----------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.sampled_from(sorted(MODELS)), ANSWERS, NAMES)
def test_what_was_filled_in_and_left_alone_is_read_as_the_same_value(name, answer, names):
    model, asking = MODELS[name], known(names)
    value = read(model, answer, asking, speaker=ADA.id)
    assume(not isinstance(value, Problem))
    again = typed_again(model, value, asking)
    assume(
        read(model, again, asking, speaker=ADA.id) == value
    )  # else the conversation itself can't show it again

    filling = form_with(model, asking, again)

    assert values(filling, handed_in(drawn_modal(filling.form)), asking) == in_any_order({model.id: value})


@settings(deadline=None)
@given(st.sampled_from(sorted(MODELS)), ANSWERS, NAMES)
@example("choices", ";", ["1"])
def test_what_was_typed_half_and_is_shown_again_stays_as_it_was_typed(name, draft, names):
    """A draft may hold anything: what it is read as, or what is wrong with it, is the same when it is handed in."""
    model, asking = MODELS[name], known(names)
    filling = form_with(model, asking, draft)

    found = values(filling, handed_in(drawn_modal(filling.form)), asking)

    assert found == in_any_order(values_of(filling, {model.id: draft}, asking, speaker=ADA.id))


# --- chosen ----------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.sampled_from(["unit", "person"]), NAMES, st.data())
def test_whichever_option_is_chosen_is_the_one_that_is_read(name, names, data):
    model, asking = MODELS[name], known(names)
    filling = form_with(model, asking)
    view = drawn_modal(filling.form)
    shown = [*every_option(view["blocks"][-1]["element"])]
    ids = [id for id, _ in choices_of(model, asking)]
    at = data.draw(st.integers(0, len(shown) - 1))

    state = {"type": "static_select", "selected_option": shown[at]}

    assert values(filling, handed_in(view, **{model.id: state}), asking) == {model.id: ids[at]}


@pytest.mark.e2e
@settings(deadline=None)
@given(st.sampled_from(["choice", "choices"]), LABELLED, st.booleans(), st.data())
def test_options_of_any_name_are_read_as_they_were_chosen(kind, titles, required, data):
    model = titled(kind, titles, required=required)
    asking = known(["Skola"])
    filling = form_with(model, asking)
    view = drawn_modal(filling.form)
    element = view["blocks"][-1]["element"]
    shown = [*every_option(element)]
    assume(shown)  # else it is written, as in the conversation
    chosen = data.draw(st.lists(st.sampled_from(range(len(titles))), min_size=1, unique=True))
    chosen = chosen[:1] if kind == "choice" else sorted(chosen)

    if kind == "choice":
        state = {"type": element["type"], "selected_option": shown[chosen[0]]}
        meant: Any = f"val-{chosen[0]}"
    else:
        state = {"type": element["type"], "selected_options": [shown[at] for at in chosen]}
        meant = [f"val-{at}" for at in chosen]

    assert values(filling, handed_in(view, falt=state), asking) == {"falt": meant}


def test_options_of_ordinary_names_are_chosen_by_their_ids():
    view = drawn_modal(a_form(a_field("choice", options=(("val-1", "Ja"), ("val-2", "Nej")))))

    assert [one["value"] for one in every_option(view["blocks"][-1]["element"])] == ["val-1", "val-2"]


# --- written ---------------------------------------------------------------------------------------------------


def submitted(field: FormField, **state: dict[str, Any]) -> dict[str, str]:
    return typed(handed_in(drawn_modal(a_form(field)), **state))


OWN = a_field("choice", options=(("resa", "Resa"), ("besok", "Besök")), own=True)
OWN_MANY = a_field("choices", options=(("resa", "Resa"), ("besok", "Besök")), own=True, many=True)


def test_own_words_take_the_place_of_the_option():
    chosen = {"selected_option": {"value": "resa"}}

    assert submitted(OWN, falt=chosen) == {"falt": "resa"}
    assert submitted(OWN, falt=chosen, **{"falt:own": {"value": "Ett läger"}}) == {"falt": "Ett läger"}


def test_own_words_stand_beside_several_options():
    chosen = {"selected_options": [{"value": "resa"}, {"value": "besok"}]}

    assert submitted(OWN_MANY, falt=chosen, **{"falt:own": {"value": "Ett läger"}}) == {
        "falt": "resa; besok; Ett läger"
    }
    assert submitted(OWN_MANY, **{"falt:own": {"value": "Ett läger"}}) == {"falt": "Ett läger"}


def test_people_are_handed_in_as_slack_writes_them():
    assert submitted(a_field("account"), falt={"selected_user": "U1"}) == {"falt": "<@U1>"}
    assert submitted(a_field("account", many=True), falt={"selected_users": ["U1", "U2"]}) == {
        "falt": "<@U1>; <@U2>"
    }
    assert submitted(a_field("account", value="<@U0ADA>")) == {"falt": "<@U0ADA>"}


def test_what_is_left_empty_is_empty():
    fields = [a_field(kind, id=f"f{n}", options=choice, many=many) for n, (kind, choice, many) in enumerate([
        ("text", (), False), ("date", (), False), ("account", (), False), ("account", (), True),
        ("choice", (("a", "A"),), False), ("choices", (("a", "A"),), True)])]  # fmt: skip

    assert typed(handed_in(drawn_modal(a_form(*fields)))) == {field.id: "" for field in fields}


def test_a_text_too_long_for_the_input_is_kept_when_it_is_left_alone():
    long = "Ord för ord. " * 500
    assert len(long) > INPUT_TEXT

    assert submitted(a_field(value=long)) == {"falt": ""}


@pytest.mark.parametrize(
    "view",
    [{}, {"state": None}, {"state": {"values": []}}, {"state": {"values": {"a": None, "b": {"value": 7}}}}],
)
def test_a_view_that_nobody_drew_holds_nothing(view):
    assert not any(typed(view).values())
