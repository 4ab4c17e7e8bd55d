"""What people write stays text: 500 texts that some chat makes something else of, wherever words of theirs can stand."""

import pytest

from dialogs.messages import Paragraph, Words
from tests.drawing.samples import SHAPES, a_letter, a_message, as_every_field, as_every_span, nasty
from tests.teams_drawing.reading_back import cards_of, drawn, drawn_dialog, inputs, outside_runs, runs, types
from tests.teams_drawing.validators import npm
from tests.teams_drawing.validators.by_our_rules import every

# Minutes of drawing, all told: these look at the door as a whole.
pytestmark = pytest.mark.e2e

TEAMS_OWN = (
    "<at>Ada Ek</at>", "<at id=\"0\">x</at>", "{{DATE(2026-11-20T08:00:00Z)}}", "{{DATE(2026-11-20T08:00:00Z,LONG)}}",
    "{{TIME(2026-11-20T08:00:00Z)}}", "{{{DATE(2026-11-20T08:00:00Z)}}}", "${user.name}", "[text](https://evil.example)",
    "**fet**", "__fet__", "~~struken~~", "<br>", "<a href=\"https://evil.example\">x</a>", "| a | b |\n|--|--|", "\x01\x1f",
    "[x]: javascript:alert(1)", "www.evil.example", "http:\\\\evil.example", "\u202etxet\u202c",
)  # fmt: skip
TEXTS = [*nasty(), *TEAMS_OWN, *(f"Vi tycker {one} här." for one in TEAMS_OWN)]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("shape", SHAPES)
def test_it_is_found_back_unchanged_and_is_nothing_but_text(shape):
    cards = []
    for text in TEXTS:
        if not text.strip():
            continue
        [post] = drawn(a_letter(a_message(SHAPES[shape](text))))
        assert squeezed(text) in squeezed("".join(runs(post.card)))
        assert text in post.text or squeezed(text) in squeezed(post.text)
        assert types(post.card) <= {
            "AdaptiveCard", "RichTextBlock", "TextRun", "TextBlock", "Container", "ActionSet",
            "Action.ToggleVisibility"}  # fmt: skip
        if "TextBlock" in types(post.card):
            assert shape in ("heading", "inside a fold")  # our rules have seen that it is nothing but words
        cards.append(post.card)
    npm.need()
    assert not any(npm.parsed(cards))


def test_teams_takes_it_in_every_place_at_once():
    for text in TEXTS:
        found = drawn(a_letter(as_every_span(text)))
        mentioned = [one for post in found for one in post.card["msteams"].get("entities", [])]
        links = {one["url"] for one in every(cards_of(found)) if one.get("type") == "Action.OpenUrl"}
        assert {one["mentioned"]["id"] for one in mentioned} <= {"U0ADA"}
        assert links <= {"https://exempel.se/", text}


def test_npms_parser_takes_it_in_every_place_at_once():
    npm.need()
    cards = [card for text in TEXTS for card in cards_of(drawn(a_letter(as_every_span(text))))]
    cards += [drawn_dialog(as_every_field(text)) for text in TEXTS]

    assert not any(npm.parsed(cards))


def test_npms_types_take_a_share_of_it(tmp_path):
    npm.need()
    cards = [card for text in TEXTS[::10] for card in cards_of(drawn(a_letter(as_every_span(text))))]
    cards += [drawn_dialog(as_every_field(text)) for text in TEXTS[::10]]

    assert npm.typed(cards, tmp_path) == {}


def test_teams_takes_it_in_every_part_of_a_form_and_what_was_filled_in_stands_there():
    for text in TEXTS:
        card = drawn_dialog(as_every_field(text), problems={"text-0": text, "": text})
        found = inputs(card)
        assert found["field:text-0"].get("value", "") == text
        assert found["field:file-11"].get("value", "") == text
        assert "value" not in found["field:text-1"]
        assert types(card) & {"TextBlock", "FactSet", "Image"} == set()


def test_where_marks_are_alive_nothing_is_a_mark():
    alive = set("*_[]<>{}`~#|\\@")
    for text in TEXTS:
        drawings = [drawn_dialog(as_every_field(text)), *cards_of(drawn(a_letter(as_every_span(text))))]
        for one in outside_runs(drawings):
            assert not alive & set(one) or one.startswith("<at>")


@pytest.mark.parametrize("count", [2, 5, 40])
def test_together_with_others_it_is_still_itself(count):
    for at in range(0, len(TEXTS), count):
        spans = tuple(Words(text, strong=n % 2 == 0) for n, text in enumerate(TEXTS[at : at + count]))
        found = drawn(a_letter(a_message(Paragraph(spans))))
        assert squeezed("".join(runs(cards_of(found)))) == squeezed("".join(TEXTS[at : at + count]))
