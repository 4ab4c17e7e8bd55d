"""What is handed in with a modal is read as what was meant: each kind, filled in already, chosen, or written."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.slack.limits import INPUT_TEXT
from bot.slack.typed import typed
from content.pack import Pack
from content.schema.files import Register
from dialogs.forms import Filling, choices_of, field_of, typed_again, values_of
from dialogs.messages import FormField
from dialogs.model.people import Member, Person, PersonId, Unit, UnitId
from dialogs.model.problem import Problem
from dialogs.values.asking import Asking
from dialogs.values.reading import read
from tests.dialogs.builders import ADA, TODAY, a_journey, a_pack, a_question, a_register, options, text
from tests.slack_drawing.reading_back import drawn_modal, every_option, handed_in
from tests.slack_drawing.samples import a_field, a_form, nasty

FIELDS: dict[str, dict[str, Any]] = {
    "text": {"kind": "text"},
    "long": {"kind": "text", "long": True},
    "choice": {"kind": "choice", "options": options("ja", "nej", "kanske")},
    "choice-own": {"kind": "choice", "options": options("resa", "studiebesok"), "own": True},
    "choice-many": {"kind": "choice", "options": options(*(f"val-{n}" for n in range(1, 31)))},
    "choices": {"kind": "choices", "options": options("skola", "vard", "kultur", "kultur-och-fritid")},
    "choices-own": {"kind": "choices", "options": options("resa", "studiebesok"), "own": True},
    "choices-many": {"kind": "choices", "options": options(*(f"val-{n}" for n in range(1, 31)))},
    "choices-numbers": {
        "kind": "choices",
        "options": [{"id": f"n{n}", "title": text(str(n))} for n in (3, 2, 1)],
    },
    "scale": {"kind": "scale", "lowest-means": text("Lite"), "highest-means": text("Mycket")},
    "number": {"kind": "number"},
    "date": {"kind": "date"},
    "person": {"kind": "person"},
    "unit": {"kind": "unit"},
    "body": {"kind": "body"},
    "list": {"kind": "list"},
    "file": {"kind": "file"},
}
MODELS = {
    name: a_register(
        fields=[
            {"id": "namn", "kind": "text", "title": text("Namn"), "required": True},
            {"id": name, "title": text("Fält"), **one},
        ]
    ).fields[1]
    for name, one in FIELDS.items()
}
PACK = a_pack(a_question("q"))
WORDS = st.text(st.sampled_from("abcåäö ;,.-*123<>&\"'\n😀"), min_size=1, max_size=25)
NAMES = st.lists(WORDS.map(lambda one: " ".join(one.split())).filter(bool), min_size=1, max_size=12)


def known(names: list[str], pack: Pack = PACK) -> Asking:
    """Return what a value is read by, among units and people of these names."""
    units = tuple(Unit(UnitId(f"u-{n}"), name) for n, name in enumerate(names))
    people = tuple(Member(Person(PersonId(f"p-{n}"), name), ("grupp",)) for n, name in enumerate(names))
    return Asking(
        pack, a_journey(pack, units=units, members=(*people, Member(ADA, ("ledare",)))), "sv", TODAY
    )


def form_with(model: Any, asking: Asking, value: str = "") -> Filling:
    return Filling(a_form(field_of(model, asking, value=value)), {model.id: model})


def values(filling: Filling, view: Any, asking: Asking) -> Any:
    return in_any_order(values_of(filling, typed(view), asking, speaker=ADA.id))


def in_any_order(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with those of several options sorted: a menu hands them in in its own order."""
    several = {
        id: sorted(one) for id, one in values.items() if id.startswith("choices") and isinstance(one, list)
    }
    return values | several


# --- filled in already -----------------------------------------------------------------------------------------

ANSWERS = st.one_of(
    WORDS,
    st.sampled_from(nasty()),
    st.sampled_from(["ja", "nej; ja", "Skola, Vård", "kultur och fritid", "2", "1, 3", "3; 1", "alla", "resa; Eget", "-7", "2,5",
                     "12 500", "2027-03-15", "15 mars", "Protokoll https://exempel.se/p", "https://exempel.se/a;b",
                     "Ada Ek", "a; b; c", "- ett\n- två"]),
    st.builds(lambda one, times: one * times, WORDS, st.integers(100, 400)),
)  # fmt: skip


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


LABELLED = st.lists(
    st.one_of(
        st.sampled_from(["1", "2", "3", "val-1", "val-2", "Ja", "ja", "Resor", "Resor; Möten", "Möten", "a, b", "-", "1. a"]),
        WORDS.map(lambda one: " ".join(one.split())).filter(bool),
    ),
    min_size=1,
    max_size=14,
)  # fmt: skip


@settings(deadline=None)
@given(st.sampled_from(["choice", "choices"]), LABELLED, st.booleans(), st.data())
def test_options_of_any_name_are_read_as_they_were_chosen(kind, titles, required, data):
    model = Register.model_validate(
        a_register().model_dump(by_alias=True, exclude_none=True)
        | {"fields": [{"id": "namn", "kind": "text", "title": text("Namn"), "required": True},
                      {"id": "falt", "kind": kind, "title": text("Fält"), "required": required,
                       "options": [{"id": f"val-{n}", "title": {"sv": title}} for n, title in enumerate(titles)]}]}
    ).fields[1]  # fmt: skip
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
