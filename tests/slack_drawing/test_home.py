"""App Home is drawn as a view that Slack takes, however much there is to show."""

import pytest

from bot.slack.home_view import home_view
from bot.slack.spans import MORE
from dialogs.messages import Facts, Fold, Heading, Message, Paragraph, words
from tests.drawing.samples import ONE_OF_EACH, a_button, a_form, a_message
from tests.slack_drawing.reading_back import runs
from tests.slack_drawing.validators import refusals


def drawn(message: Message) -> list[dict[str, object]]:
    view = home_view(message)
    assert refusals("home", view) == {}
    return list(view["blocks"])


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_slack_takes_each_kind_of_block(name):
    assert drawn(ONE_OF_EACH[name])


def groups(count: int) -> tuple[Heading | Facts, ...]:
    return tuple(
        block
        for n in range(count)
        for block in (Heading(f"Grupp {n}"), Facts((("Steg", "4 av 10"), ("Nästa", f"Fråga {n}"))))
    )


def test_every_group_has_a_heading_and_its_facts():
    blocks = drawn(a_message(*groups(10), buttons=(a_button("Hjälp"),)))

    assert [block["type"] for block in blocks] == ["header", "rich_text"] * 10 + ["actions"]


@pytest.mark.parametrize("count", [51, 100, 400])
def test_more_groups_than_a_view_has_blocks_share_them(count):
    buttons = tuple(a_button(f"Öppna {n}", f"b{n}") for n in range(12))

    blocks = drawn(a_message(*groups(count), buttons=buttons))

    said = "".join(runs(blocks))
    assert all(f"Grupp {n}Steg: 4 av 10Nästa: Fråga {n}" in said for n in range(count))
    assert [block["type"] for block in blocks][-3:] == ["actions"] * 3


def test_a_fold_stands_open():
    assert runs(drawn(a_message(Fold("Luckor", (Paragraph(words("Saknas. " * 200)),)))))[0] == "Luckor"


def test_more_than_anybody_reads_is_left_out_rather_than_refused():
    blocks = drawn(a_message(*(Paragraph(words(f"{n} " + "x" * 2_500)) for n in range(500))))

    assert runs(blocks)[0].startswith("0 ")
    assert runs(blocks)[-1] == MORE


def test_the_form_is_opened_by_a_button():
    assert drawn(a_message(form=a_form(title="Inställningar")))[-1]["elements"][0]["action_id"] == "form:f1"  # type: ignore[index]


def test_next_to_nothing_is_still_a_view():
    assert drawn(Message(""))
