"""The window at a keyboard, typed through prompt_toolkit's own pipe."""

import pytest
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.terminal.prompt import Beginnings, talk
from dialogs.incoming import Said
from tests.bot.terminal.windows import RecordingDesk, a_window

CTRL_C, CTRL_D = "\x03", "\x04"


@pytest.fixture
def typed():
    def type_in(keys: str, *before: str):
        desk = RecordingDesk()
        window, paper = a_window(desk, *before)
        with create_pipe_input() as keyboard:
            keyboard.send_text(keys)
            talk(window, PromptSession(input=keyboard, output=DummyOutput()))
        return desk, paper.getvalue()

    return type_in


def said(desk: RecordingDesk) -> list[tuple[str, str]]:
    return [(one.name, one.what.text) for one in desk.taken if isinstance(one.what, Said)]


def test_the_first_thing_asked_is_a_name(typed):
    desk, _ = typed("\r12\rKarin\rhej\r/sluta\r")

    assert said(desk) == [("Karin", "hej")]


def test_a_known_first_name_is_enough(typed):
    desk, _ = typed(f"karin\rhej\r{CTRL_D}", "Karin Berg")

    assert said(desk) == [("Karin Berg", "hej")]


def test_ctrl_c_forgets_the_line_and_nothing_else(typed):
    desk, paper = typed(f"Karin\roj{CTRL_C}hej\r{CTRL_D}")

    assert said(desk) == [("Karin", "hej")]
    assert "Ctrl-D" in paper


def test_ctrl_d_at_the_first_question_closes(typed):
    desk, _ = typed(CTRL_D)

    assert desk.taken == []


def test_lines_go_on_and_a_paste_is_one_text(typed):
    desk, _ = typed(f"Karin\rett\\\rtvå\r\x1b[200~tre\nfyra\x1b[201~\r{CTRL_D}")

    assert said(desk) == [("Karin", "ett\ntvå"), ("Karin", "tre\nfyra")]


@pytest.mark.parametrize(
    ("line", "choices"),
    [
        ("", []),
        ("ka", ["Karin: "]),
        ("/s", ["/som", "/säg"]),
        ("lä", ["läget"]),
        ("ja, lä", []),
        ("läget", []),
    ],
)
def test_the_beginning_of_a_line_is_completed(line, choices):
    completer = Beginnings(lambda: ["Karin"], ["/som", "/säg"], ["läget"])

    assert [one.text for one in completer.get_completions(Document(line), CompleteEvent())] == choices


def test_the_prompt_says_who_has_the_word_and_where():
    window, _ = a_window(RecordingDesk())
    window.handle("Karin:")

    assert window.prompt() == "Karin i #allmänt> "
