"""Exercises in a pack: read, numbered with their step's questions, and each slip told with its place and what to write."""

import re

import pytest

from content.drawing import as_text, outline_of
from content.json_schema import file_schema
from content.phrases.book import Phrasebook
from storage.mapping import pack_text, pack_value
from tests.content.builders import a_pack, found, refused, with_change
from tests.content.test_phrases import REMEDY

FILE, STEP = "exercises/varfor.yaml", "steps/02-andra.yaml"


def changed(old: str, new: str) -> dict[str, bytes]:
    return with_change(FILE, old, new)


def test_an_exercise_is_read_and_its_questions_come_after_the_steps_own():
    pack = a_pack()
    [exercise] = pack.exercises
    assert exercise.minutes == 15
    assert pack.exercise_number == {"varfor": 1}
    assert pack.step_of_exercise == {"varfor": "andra"}
    places = {id: pack.places[id] for id in ("lage", "berattat", "bilden", "orsak")}
    assert [place.number for place in places.values()] == ["2.5", "2.6", "2.7", "2.8"]
    assert [(place.exercise, place.phase) for place in places.values()] == [
        ("", ""), ("varfor", "fraga"), ("varfor", "samla"), ("varfor", "samla"),
    ]  # fmt: skip


def test_a_stored_pack_still_has_its_exercises():
    pack = a_pack()
    assert pack_value(pack_text(pack)).exercises == pack.exercises


def test_exercises_are_drawn_with_their_step():
    drawn = as_text(outline_of(a_pack(), "en"))
    assert re.search(r"Exercise 1: Why, 15 minutes", drawn)
    assert drawn.index("Exercise 1") < drawn.index("2.6")


def test_there_is_a_json_schema_for_the_file():
    assert set(file_schema("exercises")["required"]) == {"id", "title", "why", "phases", "result"}


SLIPS = [
    ("minutes: 10", "minutes: 0", FILE, "too-little"),
    ("minutes: 10", "minutes: 481", FILE, "too-much"),
    ("form: pairs", "form: par", FILE, "not-one-of"),
    ("do: {sv: Fråga varandra, en: Ask each other}", "do: {sv: Fråga varandra}", FILE, "language-missing"),
    ("        who: each\n", "", FILE, "round-not-each"),
    ("answered: natverk", "answered: natvark", FILE, "unknown-question"),
    ("id: samla", "id: fraga", FILE, "id-twice"),
    ("id: bilden", "id: berattat", FILE, "id-twice"),
    ("kind: tree, register: orsaker", "kind: tree, register: orsak", FILE, "unknown-register"),
    ("kind: tree", "kind: trad", FILE, "unknown-kind"),
    ("under: under", "under: ovan", FILE, "unknown-field"),
    ("under: under", "under: namn", FILE, "result-of-another-kind"),
    ("under: under", "under: over", FILE, "tree-of-others"),
    ("root: rot", "root: stam", FILE, "unknown-state"),
    ("register: orsaker, under: under, root: rot", "register: orsaker, root: rot", FILE, "missing"),
    ("kind: tree, register: orsaker, under: under, root: rot", "kind: cards, register: ideer", FILE, "result-not-asked"),
    ("kind: tree, register: orsaker, under: under, root: rot", "kind: list, question: natverk", FILE, "result-not-asked"),
    ("kind: tree, register: orsaker, under: under, root: rot", "kind: list, question: orsak", FILE, "result-of-another-kind"),
    ("kind: tree, register: orsaker, under: under, root: rot", "kind: ranking, question: bilden", FILE, "result-of-another-kind"),
    ("kind: tree, register: orsaker, under: under, root: rot", "kind: pairs, interviews: bilden, picture: bilden", FILE, "interviews-not-each"),
    ("kind: tree, register: orsaker, under: under, root: rot", "kind: pairs, interviews: berattat, picture: berattat", FILE, "picture-not-group"),
    ("kind: tree, register: orsaker, under: under, root: rot", "kind: measures, register: orsaker, by: namn", FILE, "result-of-another-kind"),
    ("kind: tree, register: orsaker, under: under, root: rot", "kind: timeline, register: orsaker, by: under", FILE, "result-of-another-kind"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "file", "key"), SLIPS, ids=[f"{s[3]}-{n}" for n, s in enumerate(SLIPS)]
)
def test_a_slip_in_an_exercise_is_told_where_it_is(old: str, new: str, file: str, key: str):
    problems = refused(changed(old, new)).problems
    told = [(problem.place.partition(":")[0], problem.key) for problem in problems]
    assert (file, f"pack.{key}") in told
    for problem in problems:
        assert REMEDY.search(problem.said_in("sv")) or "Menade" in problem.said_in("sv") or problem.args


@pytest.mark.parametrize(
    "result",
    [
        "kind: list, question: bilden",
        "kind: cards, register: orsaker, where: {filled: dag}",
        "kind: measures, register: orsaker, by: dag",
        "kind: timeline, register: orsaker, by: dag",
        "kind: pairs, interviews: berattat, picture: bilden",
    ],
)
def test_every_kind_of_result_is_taken(result: str):
    assert a_pack(changed("kind: tree, register: orsaker, under: under, root: rot", result)).exercises


def test_an_exercise_that_no_step_has_is_told_of():
    assert (f"{FILE}:1", "pack.in-no-step") in found(with_change(STEP, "exercises: [varfor]\n", ""))


def test_a_step_names_exercises_that_are_there_and_each_once():
    assert found(with_change(STEP, "[varfor]", "[varfor, varfor]")) == [(f"{STEP}:33", "pack.listed-twice")]
    assert found(with_change(STEP, "[varfor]", "[varfor, vafor]")) == [(f"{STEP}:33", "pack.no-file")]


def test_the_new_sentences_are_there_in_both_languages():
    book = Phrasebook.load()
    for key in ("in-no-step", "result-not-asked", "tree-of-others", "picture-not-group", "round-not-each"):
        assert set(book.languages(f"pack.{key}")) == {"sv", "en"}
