"""Ids are for ever: a new version of a pack that loses one, or makes it something else, is told so."""

from content.checks import check_upgrade
from content.pack import Pack
from tests.content.builders import a_pack, in_bytes, with_change


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
        ("pack.upgrade-gone", "question:antal")
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
        ("pack.upgrade-kind", "question:antal")
    ]


def test_another_pack_is_no_upgrade():
    assert told(upgraded("pack.yaml", "id: prov", "id: annat")) == [("pack.upgrade-other-pack", "id")]
