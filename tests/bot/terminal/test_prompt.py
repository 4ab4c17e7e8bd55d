"""The window at a keyboard, typed through prompt_toolkit's own pipe."""

import asyncio

import pytest
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.terminal.prompt import Beginnings, talk
from dialogs.incoming import Said
from tests.bot.terminal.windows import RecordingDesk, a_letter, a_window

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


def test_what_falls_due_while_nobody_writes_is_shown_and_the_line_stays_as_typed():
    desk = RecordingDesk()
    window, paper = a_window(desk)
    shown_before: list[str] = []
    with create_pipe_input() as keyboard:
        keyboard.send_text("Karin\rhej al")

        async def pause() -> None:
            """Let the clock have something to say at its first look, and let Karin finish her line after the second."""
            looks = len(shown_before)
            shown_before.append(paper.getvalue())
            if looks == 0:
                desk.due.append(a_letter("Ring Bryssel i dag.", id=7))
            elif looks == 1:
                assert desk.taken == []
                keyboard.send_text(f"la\r{CTRL_D}")
            else:
                await asyncio.Event().wait()

        talk(window, PromptSession(input=keyboard, output=DummyOutput()), pause=pause)

    assert "Ring Bryssel" not in shown_before[0]
    assert "Ring Bryssel i dag." in shown_before[1]
    assert said(desk) == [("Karin", "hej alla")]
    assert desk.shown == {7: "t-7"}


def test_a_look_that_fails_ends_no_conversation(caplog):
    desk = RecordingDesk()
    window, _ = a_window(desk)
    looks: list[int] = []

    def fails() -> int:
        raise RuntimeError("the database is away")

    with create_pipe_input() as keyboard:
        keyboard.send_text("Karin\r")

        async def pause() -> None:
            looks.append(1)
            if len(looks) == 1:
                desk.tick = fails
            elif len(looks) == 2:
                del desk.tick
                desk.due.append(a_letter("Ring Bryssel.", id=7))
            elif len(looks) == 3:
                keyboard.send_text(f"hej\r{CTRL_D}")
            else:
                await asyncio.Event().wait()

        talk(window, PromptSession(input=keyboard, output=DummyOutput()), pause=pause)

    assert "look failed" in {record.message for record in caplog.records}
    assert desk.shown == {7: "t-7"}
    assert said(desk) == [("Karin", "hej")]


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
