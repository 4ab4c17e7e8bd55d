"""Registers in the conversation: lists that are narrowed and paged, one record as a card, states that wait for something."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from content.pack import Pack
from dialogs.model.records import Record
from storage import schema
from tests.conversation.talk import Talk, begin
from tests.dialogs.builders import a_pack, a_question, a_register, options, text

FIELDS = [
    {"id": "namn", "kind": "text", "title": text("Namn"), "required": True},
    {"id": "mal", "kind": "text", "title": text("Mål")},
    {"id": "slut", "kind": "date", "title": text("Slutdag")},
    {"id": "ansvarig", "kind": "person", "title": text("Ansvarig")},
    {"id": "enhet", "kind": "unit", "title": text("Verksamhet")},
    {"id": "form", "kind": "choice", "title": text("Form"), "options": options("natverk", "vanort")},
]
CRITERIA = [
    {"id": "malet", "title": text("Målet är formulerat"), "level": "must", "rule": {"filled": "mal"}},
    {"id": "tiden", "title": text("Tiden är bestämd"), "level": "must", "rule": {"filled": "slut"}},
    {"id": "plats", "title": text("Verksamheten är känd"), "level": "should", "rule": {"filled": "enhet"}},
]
STATES = [
    {"id": "forslag", "title": {"sv": "Förslag", "en": "Proposed"}},
    {"id": "pagar", "title": {"sv": "Pågår", "en": "Under way"}},
    {"id": "granskat", "title": {"sv": "Granskat", "en": "Reviewed"},
     "must": [{"rule": {"criteria": "must"}, "say": text("Fyll i det som ska uppfyllas")}]},
    {"id": "slut", "title": {"sv": "Avslutat", "en": "Ended"}, "closed": "true",
     "must": [{"rule": {"filled": "mal"}, "say": text("Skriv målet först")}]},
]  # fmt: skip


def a_method_with_collaborations() -> Pack:
    register = a_register(
        "samarbeten", title={"sv": "Samarbeten", "en": "Collaborations"},
        singular={"sv": "samarbete", "en": "collaboration"}, fields=FIELDS, criteria=CRITERIA, states=STATES,
        scope="organisation",
    )  # fmt: skip
    return a_pack(
        a_question("vision"),
        a_question("lista", "record", register="samarbeten"),
        registers=(register, a_register()),
    )


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Talk]:
    file = tmp_path_factory.mktemp("registers") / "begun.db"
    schema.upgrade(f"sqlite:///{file}")
    talk = Talk(file)
    with talk.uow() as uow:
        uow.packs.put(a_method_with_collaborations(), "summa", by="test", at=talk.clock.now())
        uow.commit()
    begin(talk)
    add(talk, "Skogsnätverket", "Mer trä i husen", "2028-12-31", "Bo", "Skola", "natverk")
    add(talk, "Vänorten Gdańsk", "-", "-", "Ada", "-", "vanort")
    add(talk, "Klimatklubben", "Mindre utsläpp, till 2030", "-", "Bo", "Vård och omsorg", "-")
    talk.says("Ada", "markera samarbeten 1: pågår")
    talk.close()
    return file, talk


@pytest.fixture
def talk(filled: tuple[Path, Talk], tmp_path: Path) -> Iterator[Talk]:
    """A group with three collaborations: the first under way and complete, the others not."""
    before, file = filled[1], tmp_path / "coach.db"
    shutil.copy(filled[0], file)
    talk = Talk(file, events=before.events, posted=dict(before.posted))
    talk.clock.seconds = before.clock.seconds
    yield talk
    talk.close()


def add(talk: Talk, *fields: str) -> None:
    title, *others = fields
    talk.says("Ada", f"nytt samarbete: {title}")
    for field in others:
        talk.says("Ada", field)


def listed(told: str) -> list[str]:
    names = ("Skogsnätverket", "Vänorten Gdańsk", "Klimatklubben")
    return [name for name in names if name in told]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lista samarbeten", ["Skogsnätverket", "Vänorten Gdańsk", "Klimatklubben"]),
        ("lista samarbeten: pågår", ["Skogsnätverket"]),
        ("list collaborations: under way", ["Skogsnätverket"]),
        ("lista samarbeten: öppna", ["Skogsnätverket", "Vänorten Gdańsk", "Klimatklubben"]),
        ("lista samarbeten: Vård och omsorg", ["Klimatklubben"]),
        ("lista samarbeten: Bo", ["Skogsnätverket", "Klimatklubben"]),
        ("lista samarbeten: Bo, förslag", ["Klimatklubben"]),
        ("lista samarbeten: mina", ["Vänorten Gdańsk"]),
        ("list collaborations: mine", ["Vänorten Gdańsk"]),
        ("lista samarbeten: vanort", ["Vänorten Gdańsk"]),
        ("lista samarbeten: saknar", ["Vänorten Gdańsk", "Klimatklubben"]),
        ("list collaborations: missing", ["Vänorten Gdańsk", "Klimatklubben"]),
        ("lista samarbeten: saknar mål", ["Vänorten Gdańsk"]),
        ("lista samarbeten: saknar tiden är bestämd", ["Vänorten Gdańsk", "Klimatklubben"]),
        ("lista samarbeten: sök utsläpp 2030", ["Klimatklubben"]),
        ("lista samarbeten: search WOOD", []),
        ("lista samarbeten: trä", ["Skogsnätverket"]),
        ("visa samarbeten: pågår", ["Skogsnätverket"]),
    ],
)
def test_a_list_is_narrowed_by_what_is_said(talk: Talk, words: str, found: list[str]):
    told = talk.says("Ada", words)

    assert listed(told.text) == found
    assert ("register-none-picked" in told.keys) is (not found)


def test_a_number_is_the_same_in_every_list(talk: Talk):
    assert "3. Klimatklubben" in talk.says("Ada", "lista samarbeten: sök utsläpp").text
    assert "Klimatklubben" in talk.says("Ada", "visa samarbeten 3").text


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        ("lista samarbeten: pågårr", "filter-near"),
        ("lista samarbeten: xyz", "filter-unknown"),
        ("lista samarbeten: saknar xyz", "filter-unknown"),
        ("visa samarbeten 4", "record-number"),
        ("visa idéer 1", "record-none"),
    ],
)
def test_a_slip_in_a_list_is_told_with_what_may_be_written(talk: Talk, words: str, phrase: str):
    told = talk.says("Ada", words)

    assert phrase in told.keys
    assert listed(told.text) == []


def test_what_only_looks_like_a_list_is_an_answer(talk: Talk):
    talk.says("Ada", "lista det viktigaste: att alla är med", to="1.1")

    assert talk.said_on("1.1") == ["lista det viktigaste: att alla är med"]


def test_a_card_tells_what_is_met_what_is_missing_and_where_to_write_it(talk: Talk):
    told = talk.says("Bo", "visa samarbeten 2")

    assert {
        "record-card-state",
        "record-criteria-must",
        "record-criteria-should",
        "record-before-state",
    } <= told.keys
    must, should = talk.book.text("record-criteria-must", "sv", met=0, of=2), talk.book.text(
        "record-criteria-should", "sv", met=0, of=1
    )  # fmt: skip
    assert told.text.index(must) < told.text.index("Målet är formulerat") < told.text.index(should)
    assert "”Slutdag”" in told.text
    assert "criterion-is-met" not in told.keys
    assert told.actions == ["change-record", "move-record"]  # not to the state that requires a goal


def test_a_button_on_the_card_moves_the_record(talk: Talk):
    told = talk.says("Ada", "visa samarbeten 2")

    moved = talk.presses("Ada", told.button("move-record"))

    assert "receipt-record-moved" in moved.keys
    assert [record.state for record in talk.journey().records_in("samarbeten")] == [
        "pagar",
        "pagar",
        "forslag",
    ]


def test_a_card_that_is_complete_says_so(talk: Talk):
    told = talk.says("Ada", "show collaborations 1")

    assert "criterion-is-met" in told.keys
    assert not {"criterion-is-unmet", "criterion-is-unmet-fill", "record-must-fill"} & told.keys


def test_what_a_state_requires_is_told_by_name_and_the_record_stays(talk: Talk):
    told = talk.says("Ada", "markera samarbeten 2: granskat")

    assert "criteria-first" in told.keys
    assert "Målet är formulerat" in told.text
    assert "Verksamheten är känd" not in told.text  # a thing that should be, and needn't
    talk.says("Ada", "markera samarbeten 1: granskat")
    assert [one.state for one in talk.journey().records_in("samarbeten")] == [
        "granskat",
        "forslag",
        "forslag",
    ]


def test_a_settled_count_follows_the_register(talk: Talk):
    talk.says("Ada", "hoppa över 1.1: inte nu")
    talk.says("Ada", "fastställ 1.2")
    add(talk, "Nytt nätverk", "-", "-", "-", "-", "-")

    assert (
        talk.book.text("record-count", "sv", n=4)
        in talk.says("Ada", "steg 1").text + talk.says("Ada", "1.2").text
    )


def add_many(talk: Talk, count: int) -> None:
    journey = talk.journey()
    with talk.uow() as uow:
        for number in range(count):
            fields = {"namn": f"Samarbete {number:04}", "mal": "Ett långt mål. " * 600, "form": "natverk"}
            uow.records.save(
                Record(f"post-{number}", "samarbeten", fields, "forslag", journey.starter, talk.clock.now()),
                organisation=journey.organisation, group=None, journey=journey.id,
            )  # fmt: skip
        uow.commit()


def test_a_thousand_records_come_ten_at_a_time_and_never_as_a_wall(talk: Talk):
    add_many(talk, 997)

    first = talk.says("Ada", "lista samarbeten")
    second = talk.presses("Ada", first.button("register-page"))
    last = talk.says("Ada", "lista samarbeten: natverk, sida 100")

    assert "10. Samarbete 0006" in first.text
    assert "11. Samarbete 0007" not in first.text
    assert "11. Samarbete 0007" in second.text
    assert "1000. Samarbete 0996" in last.text
    assert "register-page" not in last.actions
    assert max(len(told.text) for told in (first, second, last)) < 5_000


def test_the_button_for_more_keeps_what_the_list_was_narrowed_by(talk: Talk):
    add_many(talk, 30)
    first = talk.says("Ada", "lista samarbeten: sök samarbete, natverk")

    second = talk.presses("Ada", first.button("register-page"))

    assert "14. Samarbete 0010" in second.text
    assert listed(second.text) == []


def test_whoever_has_left_the_group_turns_no_page_of_its_lists(talk: Talk):
    add_many(talk, 30)
    first = talk.privately("Bo", "lista samarbeten")
    talk.says("Ada", "ta bort person: Bo")

    told = talk.presses("Bo", first.button("register-page"), in_private=True)

    assert "not-a-member" in told.keys
    assert "Samarbete 0010" not in told.text
