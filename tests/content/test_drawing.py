"""The drawing of a method shows all of it, in words and as a picture that say the same, and nothing lies on anything."""

import re
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from bot.packs.on_disk import built_in_packs
from content.drawing import as_svg, as_text, outline_of
from content.drawing.outline import Outline
from content.drawing.svg import width_of, wrapped
from content.loader import Loaded, load_all
from content.pack import Pack
from tests.content.builders import FIRST, MANIFEST, a_pack, files

SVG = "{http://www.w3.org/2000/svg}"


@cache
def own_packs() -> dict[str, Pack]:
    return {id: one.pack for id, one in load_all(built_in_packs()).items() if isinstance(one, Loaded)}


def everything_in(outline: Outline) -> Iterator[str]:
    """Yield every word that is to be said."""
    yield from (outline.title, outline.purpose, *outline.tracks)
    lines = [line for row in outline.rows for track in row.tracks for line in track]
    lines += [line for track in outline.at_each_gate for line in track]
    for box in (
        *(row.step for row in outline.rows),
        *outline.guides,
        *outline.registers,
        *outline.decides,
        *outline.documents,
        *outline.checkpoints,
    ):
        yield box.title
        lines += box.lines
    for line in lines:
        yield from (line.text, line.number, line.note)
    yield from (mark.when for mark in outline.year)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - what this program has drawn itself


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def drawn_words(svg: str) -> str:
    return "".join(text.text or "" for text in parsed(svg).iter(f"{SVG}text"))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_method_is_drawn_whole_in_words_and_as_a_picture(language: str):
    for pack in own_packs().values():
        outline = outline_of(pack, language)
        text = as_text(outline)
        written, drawn = flat(text), flat(drawn_words(as_svg(outline)))

        assert [one for one in everything_in(outline) if flat(one) not in written] == []
        assert [one for one in everything_in(outline) if flat(one) not in drawn] == []
        numbers = {number for number, place in pack.by_number.items()}
        assert {number for number in numbers if not re.search(rf"(?m)^ +{number} ", text)} == set()


def test_a_screen_reader_is_given_the_words():
    outline = outline_of(own_packs()["ljungby-verksamhetsplan"], "sv")
    root = parsed(as_svg(outline))

    assert root.attrib["role"] == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert (title.text, description.text) == (outline.title, as_text(outline))
    assert root.attrib["aria-labelledby"].split() == [title.attrib["id"], description.attrib["id"]]


@pytest.mark.parametrize(
    "id", ["gemensamt", "eu-coachmetoden", "kronoberg-strategi", "ljungby-verksamhetsplan"]
)
def test_nothing_lies_on_anything_and_no_words_reach_outside(id: str):
    assert_tidy(as_svg(outline_of(own_packs()[id], "sv")))


def assert_tidy(svg: str) -> None:
    root = parsed(svg)
    wide, high = float(root.attrib["width"]), float(root.attrib["height"])
    boxes = [sides(one) for one in root.iter(f"{SVG}rect") if one.attrib.get("stroke-width")]
    for at, (left, top, right, bottom) in enumerate(boxes):
        assert 0 <= left < right <= wide
        assert 0 <= top < bottom <= high
        for other in boxes[at + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
    for text in root.iter(f"{SVG}text"):
        size = float(text.attrib["font-size"])
        x, y = float(text.attrib["x"]), float(text.attrib["y"])
        assert 0 < y <= high
        if "text-anchor" not in text.attrib:
            assert x + width_of(text.text or "", size) <= wide, text.text
        inside = [box for box in boxes if box[0] <= x <= box[2] and box[1] <= y <= box[3]]
        assert len(inside) <= 1
        if inside and "text-anchor" not in text.attrib:
            assert x + width_of(text.text or "", size) <= inside[0][2], text.text


def sides(rect: ET.Element) -> tuple[float, float, float, float]:
    x, y = float(rect.attrib["x"]), float(rect.attrib["y"])
    return x, y, x + float(rect.attrib["width"]), y + float(rect.attrib["height"])


def test_words_that_look_like_a_drawing_stay_words():
    odd = '<script>alert(1)</script> & "x" \u00a0]]> ' + "å" * 300
    pack = a_pack(files(**{"steps__01-forsta": FIRST.replace("sv: Hur många?", f"sv: '{odd}'")}))

    svg = as_svg(outline_of(pack, "sv"))

    assert_tidy(svg)
    assert parsed(svg).find(f".//{SVG}script") is None
    assert "<script>alert(1)</script>" in drawn_words(svg)


def test_a_checkpoint_is_put_in_the_months_in_which_it_comes():
    year = {mark.number: mark for mark in outline_of(a_pack(), "en").year}

    assert {number: mark.months for number, mark in year.items() if mark.months} == {
        "H1": (11,),
        "H2": (10,),
        "H6": (1, 5),
        "H9": (1,),
    }
    assert len({mark.when for mark in year.values()}) == len(year) == 9
    assert year["H2"].when == "every year on 1 October"


def test_a_method_without_steps_and_one_with_many_tracks_are_drawn():
    many = files(
        pack=MANIFEST.replace("tracks: [mal]", f"tracks: [mal, {', '.join(f't{i}' for i in range(9))}]")
    )
    for number in range(9):
        many[f"tracks/t{number}.yaml"] = (
            f"id: t{number}\ntitle: {{sv: Spår {number}, en: Track}}\nwhy: {{sv: Så, en: So}}\n".encode()
        )

    assert_tidy(as_svg(outline_of(a_pack(many), "sv")))
    assert "STEG" not in as_text(outline_of(own_packs()["gemensamt"], "sv"))


def test_text_is_broken_where_it_no_longer_fits():
    lines = list(wrapped("ett två " * 20 + "x" * 100, 100, 14))

    assert "".join(lines).replace(" ", "") == "etttvå" * 20 + "x" * 100
    assert all(width_of(line, 14) <= 100 for line in lines)


def test_a_register_that_only_a_guide_adds_to_is_drawn():
    drawn = {box.title for box in outline_of(own_packs()["ljungby-verksamhetsplan"], "en").registers}

    assert {"Ideas", "Support and advice", "Watching the world"} <= drawn


def test_a_guide_shows_what_it_asks_and_what_it_may_come_to():
    [stairs] = outline_of(own_packs()["kronoberg-strategi"], "en").guides
    guide = own_packs()["kronoberg-strategi"].guides[0]

    assert [line.text for line in stairs.lines if not line.number] == [
        one.title.said_in("en") for one in guide.questions
    ]
    assert [line.text for line in stairs.lines if line.number] == [
        one.title.said_in("en") for one in guide.outcomes
    ]
    assert any("entry in" in line.note for line in stairs.lines)


def test_a_right_shows_who_decides_and_what_waits_for_it():
    pack = own_packs()["ljungby-verksamhetsplan"]
    rights = {box.title: [str(line) for line in box.lines] for box in outline_of(pack, "en").decides}

    assert len(rights) == len(pack.manifest.decides)
    [twins] = [lines for title, lines in rights.items() if "twin" in title.casefold()]
    assert twins[0] == "The council"
    assert any("wait for the decision" in line for line in twins)


def test_who_decides_may_be_a_role():
    by_body, by_role = outline_of(a_pack(), "sv").decides

    assert by_body.lines[0].text == "Nämnden"
    assert by_role.lines[0].text == a_pack().role_of["ledare"].title.said_in("sv")
