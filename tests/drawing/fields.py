"""A field of each kind, and what people answer in it."""

from typing import Any

from hypothesis import strategies as st

from content.pack import Pack
from content.schema.files import Register
from dialogs.forms import Filling, field_of
from dialogs.model.people import Member, Person, PersonId, Unit, UnitId
from dialogs.values.asking import Asking
from tests.dialogs.builders import ADA, TODAY, a_journey, a_pack, a_question, a_register, options, text
from tests.drawing.samples import a_form, nasty

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


def titled(kind: str, titles: list[str], *, required: bool) -> Any:
    """Return a field with options of these names."""
    return Register.model_validate(
        a_register().model_dump(by_alias=True, exclude_none=True)
        | {"fields": [{"id": "namn", "kind": "text", "title": text("Namn"), "required": True},
                      {"id": "falt", "kind": kind, "title": text("Fält"), "required": required,
                       "options": [{"id": f"val-{n}", "title": {"sv": title}} for n, title in enumerate(titles)]}]}
    ).fields[1]  # fmt: skip


def in_any_order(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with those of several options sorted: a menu hands them in in its own order."""
    several = {
        id: sorted(one) for id, one in values.items() if id.startswith("choices") and isinstance(one, list)
    }
    return values | several


ANSWERS = st.one_of(
    WORDS,
    st.sampled_from(nasty()),
    st.sampled_from(["ja", "nej; ja", "Skola, Vård", "kultur och fritid", "2", "1, 3", "3; 1", "alla", "resa; Eget", "-7", "2,5",
                     "12 500", "2027-03-15", "15 mars", "Protokoll https://exempel.se/p", "https://exempel.se/a;b",
                     "Ada Ek", "a; b; c", "- ett\n- två"]),
    st.builds(lambda one, times: one * times, WORDS, st.integers(100, 400)),
)  # fmt: skip
LABELLED = st.lists(
    st.one_of(
        st.sampled_from(["1", "2", "3", "val-1", "val-2", "Ja", "ja", "Resor", "Resor; Möten", "Möten", "a, b", "-", "1. a"]),
        WORDS.map(lambda one: " ".join(one.split())).filter(bool),
    ),
    min_size=1,
    max_size=14,
)  # fmt: skip
