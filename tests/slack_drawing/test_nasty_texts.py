"""What people write stays text: 500 texts that some chat makes something else of, wherever words of theirs can stand."""

import pytest

from bot.slack.home_view import home_view
from dialogs.messages import Paragraph, Words
from tests.drawing.samples import SHAPES, a_letter, a_message, as_every_field, as_every_span, nasty
from tests.slack_drawing.reading_back import blocks_of, drawn, drawn_modal, runs, types, unescaped
from tests.slack_drawing.validators import refusals
from tests.slack_drawing.validators.by_our_rules import every

# Minutes of drawing, all told: these look at the door as a whole.
pytestmark = pytest.mark.e2e

TEXTS = nasty()


def test_there_are_500_of_them():
    assert len(TEXTS) >= 500


@pytest.mark.parametrize("shape", SHAPES)
def test_it_is_found_back_unchanged_and_is_nothing_but_text(shape):
    for text in TEXTS:
        if not text.strip():
            continue
        [post] = drawn(a_letter(a_message(SHAPES[shape](text))))
        assert text in "".join(runs(post.blocks))
        assert text in unescaped(post.text)
        found = types(post.blocks)
        assert found <= {"rich_text", "rich_text_section", "rich_text_list", "rich_text_quote", "text", "header",
                         "plain_text"}  # fmt: skip


def test_slack_takes_it_in_every_place_at_once():
    for text in TEXTS:
        found = drawn(a_letter(as_every_span(text)))
        users = [one["user_id"] for one in every(blocks_of(found)) if one.get("type") == "user"]
        links = {one["url"] for one in every(blocks_of(found)) if one.get("type") == "link"}
        assert users == ["U0ADA"]
        assert links <= {"https://exempel.se/", text}
        assert refusals("home", home_view(as_every_span(text))) == {}


def test_slack_takes_it_in_every_part_of_a_form_and_what_was_filled_in_stands_there():
    for text in TEXTS:
        inputs = {
            block.get("block_id"): block.get("element")
            for block in drawn_modal(as_every_field(text))["blocks"]
        }
        assert inputs["text-0"].get("initial_value", "") == text
        assert inputs["file-11"].get("initial_value", "") == text
        assert "initial_value" not in inputs["text-1"]


@pytest.mark.parametrize("count", [2, 5, 40])
def test_together_with_others_it_is_still_itself(count):
    for at in range(0, len(TEXTS), count):
        spans = tuple(Words(text, strong=n % 2 == 0) for n, text in enumerate(TEXTS[at : at + count]))
        found = drawn(a_letter(a_message(Paragraph(spans))))
        assert "".join(runs(blocks_of(found))) == "".join(TEXTS[at : at + count])
