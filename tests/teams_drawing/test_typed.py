"""What is handed in with a dialog is read as what was meant: each kind, filled in already, chosen, or written."""

from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.teams.interactions import typed_in
from dialogs.forms import Filling, choices_of, typed_again, values_of
from dialogs.model.problem import Problem
from dialogs.values.asking import Asking
from dialogs.values.reading import read
from tests.dialogs.builders import ADA
from tests.drawing.fields import ANSWERS, LABELLED, MODELS, NAMES, form_with, in_any_order, known, titled
from tests.drawing.samples import a_field, a_form, options
from tests.teams_drawing.reading_back import drawn_dialog, handed_in, inputs


def values(filling: Filling, data: dict[str, str], asking: Asking) -> Any:
    return in_any_order(values_of(filling, typed_in(data), asking, speaker=ADA.id))


@settings(deadline=None)
@given(st.sampled_from(sorted(MODELS)), ANSWERS, NAMES)
def test_what_was_filled_in_and_left_alone_is_read_as_the_same_value(name, answer, names):
    model, asking = MODELS[name], known(names)
    value = read(model, answer, asking, speaker=ADA.id)
    assume(not isinstance(value, Problem))
    again = typed_again(model, value, asking)
    assume(read(model, again, asking, speaker=ADA.id) == value)  # else the conversation can't show it again

    filling = form_with(model, asking, again)

    assert values(filling, handed_in(drawn_dialog(filling.form)), asking) == in_any_order({model.id: value})


@settings(deadline=None)
@given(st.sampled_from(sorted(MODELS)), ANSWERS, NAMES)
@example("choices", ";", ["1"])
def test_what_was_typed_half_and_is_shown_again_stays_as_it_was_typed(name, draft, names):
    """A draft may hold anything: what it is read as, or what is wrong with it, is the same when it is handed in."""
    model, asking = MODELS[name], known(names)
    filling = form_with(model, asking)

    found = values(filling, handed_in(drawn_dialog(filling.form, typed={model.id: draft})), asking)

    assert found == in_any_order(values_of(filling, {model.id: draft}, asking, speaker=ADA.id))


@settings(deadline=None)
@given(st.sampled_from(["unit", "person"]), NAMES, st.data())
def test_whichever_option_is_chosen_is_the_one_that_is_read(name, names, data):
    model, asking = MODELS[name], known(names)
    filling = form_with(model, asking)
    card = drawn_dialog(filling.form)
    shown = inputs(card)[f"field:{model.id}"]["choices"]
    ids = [id for id, _ in choices_of(model, asking)]
    at = data.draw(st.integers(0, len(shown) - 1))

    assert values(filling, handed_in(card, **{f"field:{model.id}": shown[at]["value"]}), asking) == {
        model.id: ids[at]
    }


@settings(deadline=None)
@given(st.sampled_from(["choice", "choices"]), LABELLED, st.booleans(), st.data())
def test_options_of_any_name_are_read_as_they_were_chosen(kind, titles, required, data):
    asking = known(["Skola"])
    filling = form_with(titled(kind, titles, required=required), asking)
    card = drawn_dialog(filling.form)
    [(id, menu)] = inputs(card).items()
    assume("choices" in menu)  # else it is written, as in the conversation
    chosen = data.draw(st.lists(st.sampled_from(range(len(titles))), min_size=1, unique=True))
    chosen = chosen[:1] if kind == "choice" else sorted(chosen)
    meant: Any = [f"val-{at}" for at in chosen]

    found = values(
        filling, handed_in(card, **{id: ",".join(menu["choices"][at]["value"] for at in chosen)}), asking
    )

    assert found == {"falt": meant[0] if kind == "choice" else meant}


# --- written ---------------------------------------------------------------------------------------------------

OWN = a_field("choice", options=options("Resa", "Besök"), own=True)
OWN_MANY = a_field("choices", options=options("Resa", "Besök"), own=True, many=True)


def submitted(field, **changes: str) -> dict[str, str]:
    return typed_in(handed_in(drawn_dialog(a_form(field)), **changes))


def test_own_words_take_the_place_of_the_option():
    assert submitted(OWN, **{"field:falt": "val-1"}) == {"falt": "val-1"}
    assert submitted(OWN, **{"field:falt": "val-1", "own:falt": " Ett läger "}) == {"falt": "Ett läger"}


def test_own_words_stand_beside_several_options():
    both = {"several:falt": "val-1,val-2"}

    assert submitted(OWN_MANY, **both) == {"falt": "val-1; val-2"}
    assert submitted(OWN_MANY, **both, **{"own:falt": "Ett läger"}) == {"falt": "val-1; val-2; Ett läger"}
    assert submitted(OWN_MANY, **{"own:falt": "Ett läger"}) == {"falt": "Ett läger"}


@pytest.mark.parametrize("kind", ["text", "date", "choice", "choices", "account", "number", "list", "file"])
def test_what_is_left_empty_is_empty(kind):
    choice = options("A", "B") if kind.startswith("choice") else ()

    assert submitted(a_field(kind, options=choice, many=kind == "choices")) == {"falt": ""}


@pytest.mark.parametrize(
    "data", [{}, {"field:a": 7}, {"several:a": None}, {"own:a": []}, {"f": "x", "b": "y"}]
)
def test_data_that_nobody_drew_hold_nothing(data):
    assert not any(typed_in(data).values())
