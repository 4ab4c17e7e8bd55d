"""What another version changes beside the questions is told: what is new, changed and gone, of all that people notice."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

import pytest

from bot.packs.on_disk import built_in_packs
from content.loader import Loaded, load_all
from content.pack import Pack
from dialogs.reports.version_messages import difference_message
from dialogs.reports.version_parts import PartChange, PartsChanged, parts_changed
from dialogs.reports.versions import Difference, difference
from tests.dialogs.builders import a_condition, a_journey, a_pack, a_question, text
from tests.dialogs.telling import a_teller

Files = dict[str, Any]

YEARLY = {"kind": "rrule", "rrule": "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1"}
PLAN = {
    "id": "plan",
    "title": text("Planen"),
    "headings": [{"title": text("Mål"), "parts": [{"answer": "malet"}]}],
}
GUIDE = {
    "id": "trappan", "title": text("Trappan"), "why": text("Därför"),
    "questions": [{"id": "behov", "kind": "text", "title": text("Behov")}],
    "outcomes": [
        {"id": "projekt", "title": text("Projekt"), "why": text("Så"), "rule": {"filled": "behov"}},
        {"id": "bevaka", "title": text("Bevaka"), "why": text("Så")},
    ],
}  # fmt: skip
NUDGE = {"id": "rad", "title": text("Rådet"), "rule": {"answered": "malet"}, "say": text("Gör så")}


def first() -> Pack:
    """Return a method with one of each thing."""
    files = a_pack(
        a_question("malet"), a_question("organ", "body"),
        gate={"must": [a_condition({"answered": "malet"})]},
        coverage=[{"id": "alla", "title": text("Alla med"), "units": "all", "what": {"member": "any"}}],
        tracks=[{"id": "spar", "shown": "malet"}],
        decides=[{"id": "planen", "by": "board"}],
    ).model_dump(mode="json", by_alias=True)  # fmt: skip
    checkpoint = {
        "id": "hosten",
        "title": text("Hösten"),
        "why": text("Så"),
        "do": text("Gör"),
        "when": YEARLY,
        "ahead": [{"weeks": 6}],
    }
    files |= {"documents": [PLAN], "guides": [GUIDE], "nudges": [NUDGE], "cycle": [checkpoint]}
    return Pack.model_validate(deepcopy(files))


def changed(act: Callable[[Files], object]) -> PartsChanged:
    """Return what is told when *act* has changed the method."""
    old = first()
    files = old.model_dump(mode="json", by_alias=True)
    act(files)
    new = Pack.model_validate(files)
    return told(old, new)


def told(old: Pack, new: Pack, language: str = "sv") -> PartsChanged:
    journey = a_journey(old)
    return parts_changed(a_teller(old, journey, language=language), a_teller(new, journey, language=language))


def add(files: Files, kind: str, part: Mapping[str, Any]) -> None:
    files[kind].append(deepcopy(dict(part)))


def test_the_same_method_has_nothing_to_tell():
    assert not told(first(), first())


NEW: Mapping[str, tuple[Callable[[Files], object], str]] = {
    "step": (lambda f: add(f, "steps", {**f["steps"][1], "id": "tre", "title": text("Tre")}), "Tre"),
    "track": (lambda f: add(f, "tracks", {"id": "ny", "title": text("Nytt"), "why": text("Så")}), "Nytt"),
    "checkpoint": (lambda f: add(f, "cycle", {**f["cycle"][0], "id": "var", "title": text("Våren")}), "Våren"),
    "coverage": (lambda f: add(f["steps"][1], "coverage", {**f["steps"][0]["coverage"][0], "id": "fler", "title": text("Fler")}), "Fler"),
    "register": (lambda f: f["registers"].update(nytt={**f["registers"]["ideer"], "id": "nytt", "title": text("Resor")}), "Resor"),
    "document": (lambda f: add(f, "documents", {**PLAN, "id": "ny", "title": text("Rapporten")}), "Rapporten"),
    "guide": (lambda f: add(f, "guides", {**GUIDE, "id": "ny", "title": text("Vägen")}), "Vägen"),
    "right": (lambda f: add(f["manifest"], "decides", {"id": "ny", "title": text("Budgeten"), "by": "council"}), "Budgeten"),
    "role": (lambda f: add(f["manifest"], "roles", {"id": "ny", "title": text("Ombud")}), "Ombud"),
    "nudge": (lambda f: add(f, "nudges", {**NUDGE, "id": "ny", "title": text("Mer")}), "Mer"),
}  # fmt: skip


@pytest.mark.parametrize("kind", NEW)
def test_what_is_new_is_told_by_its_title(kind: str):
    act, title = NEW[kind]

    assert changed(act) == PartsChanged([(kind, title)], [], [])


@pytest.mark.parametrize("kind", NEW)
def test_what_is_gone_is_told_by_its_title(kind: str):
    act, title = NEW[kind]
    old = first()
    files = old.model_dump(mode="json", by_alias=True)
    act(files)

    assert told(Pack.model_validate(files), old) == PartsChanged([], [], [(kind, title)])


def _set(files: Files, *path: Any) -> None:
    *where, last, value = path
    part: Any = files
    for one in where:
        part = part[one]
    part[last] = value


IDEAS = ("registers", "ideer")
CHANGED: Mapping[str, tuple[Callable[[Files], object], PartChange]] = {
    "renamed": (
        lambda f: _set(f, "guides", 0, "title", text("Stegen")), PartChange("renamed", "Stegen", "Trappan")),
    "order": (lambda f: f["steps"].reverse(), PartChange("order")),
    "gate": (lambda f: _set(f, "steps", 0, "gate", "signs", ["coach"]), PartChange("step-gate", "Ett")),
    "shown": (lambda f: _set(f, "tracks", 0, "shown", "organ"), PartChange("track-shown", "Spår")),
    "when": (
        lambda f: _set(f, "cycle", 0, "when", "rrule", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=1"),
        PartChange("checkpoint-when", "Hösten", "varje år den 1 oktober", "varje år den 1 november")),
    "worked out": (
        lambda f: _set(f, "cycle", 0, "when", "rrule", "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1;COUNT=9"),
        PartChange("checkpoint-otherwise", "Hösten", "varje år den 1 oktober", "varje år den 1 oktober")),
    "who": (
        lambda f: _set(f, "cycle", 0, "who", "coach"),
        PartChange("checkpoint-who", "Hösten", "den som leder", "coach")),
    "ahead": (
        lambda f: _set(f, "cycle", 0, "ahead", []),
        PartChange("checkpoint-ahead", "Hösten", "6 veckor", "inte alls")),
    "comes of it": (
        lambda f: _set(f, "cycle", 0, "document", "plan"),
        PartChange("checkpoint-document", "Hösten", after="Planen")),
    "ended": (lambda f: _set(f, "cycle", 0, "ended", True), PartChange("checkpoint-ended", "Hösten")),
    "counted": (
        lambda f: _set(f, "steps", 0, "coverage", 0, "times", 2), PartChange("coverage-otherwise", "Alla med")),
    "fields": (
        lambda f: f["registers"]["ideer"]["fields"].append({"id": "mer", "kind": "text", "title": text("Mer")}),
        PartChange("register-fields", "Idéer", after="Mer")),
    "states": (
        lambda f: f["registers"]["ideer"]["states"].append({"id": "mer", "title": text("Såld")}),
        PartChange("register-states", "Idéer", after="Såld")),
    "criteria": (
        lambda f: f["registers"]["ideer"]["criteria"].append(
            {"id": "krav", "title": text("Dag finns"), "level": "must", "rule": {"filled": "dag"}}),
        PartChange("register-criteria", "Idéer", after="Dag finns")),
    "moves": (
        lambda f: _set(f, *IDEAS, "states", 1, "must", [a_condition({"filled": "dag"})]),
        PartChange("register-moves", "Idéer")),
    "required": (
        lambda f: _set(f, *IDEAS, "requires", [{**a_condition({"filled": "dag"}), "to": ["vald"]}]),
        PartChange("register-moves", "Idéer")),
    "reminders": (
        lambda f: _set(f, *IDEAS, "reminders", [{"date": "dag"}]),
        PartChange("register-reminders", "Idéer", after="Dag")),
    "headings": (
        lambda f: add(f["documents"][0], "headings", {"title": text("Mer"), "parts": [{"text": text("x")}]}),
        PartChange("document-headings", "Planen", after="Mer")),
    "shows": (
        lambda f: _set(f, "documents", 0, "headings", 0, "parts", 0, "answer", "organ"),
        PartChange("document-otherwise", "Planen")),
    "outcomes": (
        lambda f: f["guides"][0]["outcomes"].insert(0, {**GUIDE["outcomes"][0], "id": "ny", "title": text("Nätverk")}),
        PartChange("guide-outcomes", "Trappan", after="Nätverk")),
    "weighs": (
        lambda f: _set(f, "guides", 0, "outcomes", 0, "rule", {"not": {"filled": "behov"}}),
        PartChange("guide-otherwise", "Trappan")),
    "decides": (
        lambda f: _set(f, "manifest", "decides", 0, "by", "council"),
        PartChange("right-who", "Planen", "styrelsen", "fullmäktige")),
    "waits": (
        lambda f: _set(f, "manifest", "decides", 0, "records", {"register": "ideer", "to": ["vald"]}),
        PartChange("right-otherwise", "Planen")),
    "another body": (
        lambda f: _set(f, "manifest", "decides", 0, "body", "organ"),
        PartChange("right-otherwise", "Planen"),
    ),
    "may": (
        lambda f: _set(f, "manifest", "roles", 4, "may", []), PartChange("role-otherwise", "Coach")),
    "advice": (
        lambda f: _set(f, "nudges", 0, "at-most", "once"), PartChange("nudge-otherwise", "Rådet")),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGED)
def test_what_has_changed_is_told_with_what_it_was(name: str):
    act, expected = CHANGED[name]

    assert changed(act) == PartsChanged([], [expected], [])


def test_words_alone_change_nothing_that_is_told_here():
    def reword(part: Any) -> None:
        if isinstance(part, dict):
            for key, one in part.items():
                if (
                    key in ("why", "say", "do", "purpose", "what", "leaves", "how")
                    and isinstance(one, dict)
                    and "sv" in one
                ):
                    part[key] = text("Andra ord")
                else:
                    reword(one)
        for one in part if isinstance(part, list) else ():
            reword(one)

    assert not changed(reword)


def test_a_question_under_another_id_changes_nothing_that_is_told_here():
    old = first()
    files = old.model_dump_json(by_alias=True).replace('"malet"', '"visionen"')
    new = Pack.model_validate_json(files.replace('"was":[]', '"was":["malet"]', 1))
    assert new.now_called == {"malet": "visionen"}

    assert not told(old, new)


def test_every_change_has_words_in_both_languages():
    kinds = [change for _, change in CHANGED.values()]
    beside = PartsChanged([(kind, "Ny") for kind in NEW], kinds, [(kind, "Borta") for kind in NEW])  # type: ignore[misc]
    pack = first()
    for language in ("sv", "en"):
        teller = a_teller(pack, a_journey(pack), language=language)
        said = difference_message(teller, Difference("1.0.0", "2.0.0", [], beside, 0, 0, 0), leads=True).text
        assert said.count("\n- ") == 2 * len(NEW) + len(CHANGED)


def test_another_question_is_told_of_when_it_is_asked_in_other_cases():
    old = a_pack(a_question("ett"), a_question("tva"), a_question("tre", optional=True))
    new = a_pack(
        a_question("ett"), a_question("tva", when={"answered": "ett"}, optional=True), a_question("tre")
    )
    journey = a_journey(old)

    found = difference(a_teller(old, journey), a_teller(new, journey), {})

    [(_, changes)] = found.parts
    assert [(one.kind, one.title[:3]) for one in changes] == [
        ("when", "1.2"),
        ("optional", "1.2"),
        ("required", "1.3"),
    ]


def test_the_methods_that_come_with_the_program_differ_in_words_that_people_read():
    packs = {id: one.pack for id, one in load_all(built_in_packs()).items() if isinstance(one, Loaded)}
    for language in ("sv", "en"):
        found = told(packs["ljungby-verksamhetsplan"], packs["kronoberg-strategi"], language)
        assert found.added
        assert found.gone
        assert not any("-" in title and " " not in title and title.islower() for _, title in found.added)
