"""Ids are for ever: a new version of a pack that loses one, or makes it something else, is told so."""

import pytest

from content.checks import check_upgrade
from content.pack import Pack
from tests.content.builders import a_pack, found, in_bytes, with_change
from tests.dialogs.builders import as_version


def upgraded(name: str = "pack.yaml", old: str = "version: 1.0.0", new: str = "version: 1.1.0") -> Pack:
    changed = with_change(name, old, new)
    changed["pack.yaml"] = changed["pack.yaml"].replace(b"version: 1.0.0", b"version: 1.1.0")
    for also in ("walkthroughs/kort.yaml", "coverage.yaml"):
        del changed[also]
    return a_pack(in_bytes(changed))


def told(new: Pack) -> list[tuple[str, str]]:
    return [(problem.key, problem.field) for problem in check_upgrade(a_pack(), new)]


def test_a_higher_version_with_the_same_ids_is_fine():
    assert told(upgraded()) == []


def test_new_words_and_new_questions_are_fine():
    assert told(upgraded("steps/01-forsta.yaml", "sv: Hur många?", "sv: Hur många är ni?")) == []


def test_the_same_version_again_is_told():
    assert told(a_pack()) == [("pack.upgrade-version", "version")]


def test_version_ten_is_higher_than_version_nine():
    nine, ten = (a_pack(with_change("pack.yaml", "1.0.0", f"1.{n}.0")) for n in (9, 10))

    assert check_upgrade(nine, ten) == ()


def test_what_vanished_is_told():
    assert told(upgraded("steps/01-forsta.yaml", "id: antal", "id: antalet")) == [
        ("pack.upgrade-question-gone", "question:antal")
    ]
    assert told(upgraded("steps/01-forsta.yaml", "{id: nej,", "{id: nix,")) == [
        ("pack.upgrade-gone", "question:natverk=nej")
    ]
    assert told(upgraded("registers/ideer.yaml", "id: klar", "id: fardig")) == [
        ("pack.upgrade-gone", "register:ideer.state=klar")
    ]
    assert told(upgraded("pack.yaml", "{id: vard,", "{id: varden,")) == [
        ("pack.upgrade-gone", "tag:omraden=vard")
    ]


def test_what_became_something_else_is_told():
    assert told(upgraded("steps/01-forsta.yaml", "kind: number", "kind: text")) == [
        ("pack.upgrade-shape", "question:antal")
    ]
    assert told(
        upgraded(
            "steps/02-andra.yaml",
            "kind: text\n    ask: {sv: Hur går",
            "kind: text\n    who: each\n    ask: {sv: Hur går",
        )
    ) == [("pack.upgrade-shape", "question:lage")]


def test_only_the_organisations_records_may_become_the_groups_own():
    group = "registers/ideer.yaml", "scope: group", "scope: organisation"
    assert told(upgraded(*group)) == [("pack.upgrade-kind", "register:ideer")]
    wide, kept = upgraded(*group), as_version(a_pack(), "1.2.0")

    assert check_upgrade(wide, kept) == ()


def test_what_few_may_see_cannot_become_seen_by_all():
    private = with_change(
        "steps/02-andra.yaml",
        "    again: uppfoljning",
        "    visibility: leader-and-coach\n    again: uppfoljning",
    )
    del private["walkthroughs/kort.yaml"], private["coverage.yaml"]

    assert [problem.key for problem in check_upgrade(a_pack(private), upgraded())] == ["pack.upgrade-shape"]


def test_a_question_with_a_new_id_says_what_it_was():
    renamed = upgraded("steps/01-forsta.yaml", "id: antal", "id: antalet\n    was: [antal]")

    assert told(renamed) == []
    assert renamed.now_called == {"antal": "antalet"}
    assert (
        told(
            upgraded(
                "steps/01-forsta.yaml",
                "id: antal\n    kind: number",
                "id: antalet\n    was: [antal]\n    kind: text",
            )
        )
        == []
    )


def test_an_earlier_id_is_kept_for_those_who_come_from_far():
    second = upgraded("steps/01-forsta.yaml", "id: antal", "id: antalet\n    was: [antal]")
    third = upgraded("steps/01-forsta.yaml", "id: antal", "id: hur-manga\n    was: [antalet]")
    third = as_version(third, "1.2.0")

    assert [(one.key, one.field) for one in check_upgrade(second, third)] == [
        ("pack.upgrade-was-lost", "question:hur-manga")
    ]


def test_two_questions_do_not_become_one():
    merged = with_change("steps/01-forsta.yaml", "id: antal", "id: antalet\n    was: [antal, lage]")
    merged["steps/02-andra.yaml"] = merged["steps/02-andra.yaml"].replace(b"id: lage", b"id: laget")
    merged["pack.yaml"] = merged["pack.yaml"].replace(b"version: 1.0.0", b"version: 1.1.0")
    del merged["walkthroughs/kort.yaml"], merged["coverage.yaml"]

    assert [problem.key for problem in check_upgrade(a_pack(), a_pack(merged))] == ["pack.upgrade-merged"]


def test_what_is_left_out_on_purpose_is_written_under_gone():
    changed = with_change(
        "steps/02-andra.yaml",
        "  - id: lage\n    kind: text\n    ask: {sv: Hur går det?, en: How is it going?}\n    why: {sv: Därför, en: Because}\n    again: uppfoljning\n",
        "",
    )
    changed["pack.yaml"] = changed["pack.yaml"].replace(
        b"version: 1.0.0", b'version: 1.1.0\ngone: ["question:lage"]'
    )
    del changed["walkthroughs/kort.yaml"], changed["coverage.yaml"]

    assert check_upgrade(a_pack(), a_pack(changed)) == ()


@pytest.mark.parametrize(("name", "old", "new", "place", "key"), [
    ("pack.yaml", "version: 1.0.0", 'version: 1.0.0\ngone: ["question:antal"]', "pack.yaml", "pack.gone-is-here"),
    ("pack.yaml", "version: 1.0.0", 'version: 1.0.0\ngone: ["register:x"]', "pack.yaml", "pack.gone-form"),
    ("steps/01-forsta.yaml", "id: antal", "id: antal\n    was: [natverk]", "steps/01-forsta.yaml", "pack.was-is-here"),
    ("steps/01-forsta.yaml", "id: antal", "id: antal\n    was: [forr, forr]", "steps/01-forsta.yaml", None),
])  # fmt: skip
def test_what_a_pack_says_of_its_past_is_looked_at(
    name: str, old: str, new: str, place: str, key: str | None
):
    changed = with_change(name, old, new)
    if key is None:
        a_pack(changed)
        return
    assert [(where.partition(":")[0], what) for where, what in found(changed)] == [(place, key)]


def test_an_answer_goes_to_one_question_only():
    changed = with_change("steps/01-forsta.yaml", "id: antal", "id: antal\n    was: [forr]")
    changed["steps/02-andra.yaml"] = changed["steps/02-andra.yaml"].replace(
        b"id: lage", b"id: lage\n    was: [forr]"
    )

    assert [key for _, key in found(changed)] == ["pack.was-twice"]


def test_gone_and_was_do_not_contradict_each_other():
    changed = with_change("steps/01-forsta.yaml", "id: antal", "id: antal\n    was: [forr]")
    changed["pack.yaml"] = changed["pack.yaml"].replace(
        b"version: 1.0.0", b'version: 1.0.0\ngone: ["question:forr"]'
    )

    assert [key for _, key in found(changed)] == ["pack.gone-was"]


def test_another_pack_is_no_upgrade():
    assert told(upgraded("pack.yaml", "id: prov", "id: annat")) == [("pack.upgrade-other-pack", "id")]
