"""What a window hands in and shows, over a desk that records."""

import io

import pytest
from rich.console import Console

from bot.terminal.piped import play
from bot.terminal.rows import Row, Run
from bot.terminal.screen import RichScreen
from dialogs.incoming import Incoming, Pressed, Said
from tests.bot.terminal.windows import NOON, RecordingDesk, a_letter, a_message, a_window, private_to


def asks(incoming):
    """Put a question with a button whenever somebody says so, and receipt everything else in private."""
    if isinstance(incoming.what, Said) and incoming.what.text == "starta":
        return [a_letter(a_message("1.1 Vad vill ni?", "Fastställ"), how="question")]
    return [a_letter("Tack.", room=private_to(incoming.account))]


def test_a_line_is_handed_in_whole():
    desk = RecordingDesk()
    window, _ = a_window(desk)

    window.handle("Karin Berg: hej")

    assert desk.taken == [
        Incoming(
            "terminal", "", "e1", "karin berg", "Karin Berg", "allmänt", False, NOON, Said("hej", "s-e1")
        )
    ]


def test_a_private_line_goes_to_the_private_room_without_a_thread():
    desk = RecordingDesk(asks)
    window, _ = a_window(desk)

    for line in ("Karin: starta", "Karin (privat): hej"):
        window.handle(line)

    assert (desk.taken[1].room, desk.taken[1].private) == ("privat:karin", True)
    assert desk.taken[1].what == Said("hej", "s-e2")


def test_a_plain_line_answers_the_question_that_stands_last_in_its_channel():
    desk = RecordingDesk(asks)
    window, _ = a_window(desk)

    for line in ("Karin: starta", "vårt svar", "/kanal styrgrupp", "hallå", "/kanal allmänt", "och mer"):
        window.handle(line)

    assert [(one.room, one.what.thread_of) for one in desk.taken] == [
        ("allmänt", ""), ("allmänt", "t-100"), ("styrgrupp", ""), ("allmänt", "t-100"),
    ]  # fmt: skip


def test_after_a_restart_the_question_that_stood_last_is_still_in_focus():
    desk = RecordingDesk()
    window, _ = a_window(desk, last_question={"allmänt": "t-7"}.get)

    window.handle("Karin: vårt svar")

    assert desk.taken[0].what.thread_of == "t-7"


def test_letters_are_shown_and_then_called_sent():
    desk = RecordingDesk(
        waiting=[
            a_letter("Väntade.", id=7),
            a_letter(a_message(brief="Ändrat."), id=8, how="edit", edits="t-3"),
            a_letter(a_message(), id=9, how="edit", edits="t-3"),
        ]
    )
    window, paper = a_window(desk)

    window.open()

    assert desk.shown == {7: "t-7", 8: "t-3", 9: "t-3"}
    assert paper.getvalue().startswith("\nVäntade.\n\n· Ändrat.\n\n* ")


def test_what_a_killed_window_had_fetched_is_shown_first():
    desk = RecordingDesk(held=[a_letter("Först.", id=6)], waiting=[a_letter("Sedan.", id=7)])
    window, paper = a_window(desk)

    window.open()

    assert desk.shown == {6: "t-6", 7: "t-7"}
    assert paper.getvalue().startswith("\nFörst.\n\nSedan.\n")


def test_a_letter_that_cannot_be_drawn_is_shown_as_its_text(monkeypatch):
    monkeypatch.setattr("bot.terminal.render.Renderer.letter", None)
    desk = RecordingDesk(waiting=[a_letter("Hej.", id=7)])
    window, paper = a_window(desk)

    window.pump()

    assert (desk.shown, paper.getvalue()) == ({7: "t-7"}, "\nHej.\n")


def test_a_button_is_pressed_by_number_in_its_own_room():
    desk = RecordingDesk(asks)
    window, _ = a_window(desk)

    for line in ("Karin: starta", "/som Anna", "/kanal annat", "/1"):
        window.handle(line)

    assert (desk.taken[1].account, desk.taken[1].room) == ("anna", "allmänt")
    assert desk.taken[1].what == Pressed("b-Fastställ")


def test_nobody_presses_a_button_in_somebody_elses_private_chat():
    desk = RecordingDesk(waiting=[a_letter(a_message("Hej.", "Ja"), room=private_to("karin"))])
    window, _ = a_window(desk, "Karin")
    window.open()

    window.handle("Anna: /1")
    assert desk.taken == []

    window.handle("Karin: /1")
    assert desk.whats() == [Pressed("b-Ja")]


def test_a_line_that_was_held_back_is_said_by_say():
    desk = RecordingDesk()
    window, paper = a_window(desk)

    for line in ("Karin: hej", "Förslag: fler nätverk", "/säg", "/säg"):
        window.handle(line)

    assert [one.what.text for one in desk.taken] == ["hej", "Förslag: fler nätverk"]
    assert '"Förslag"' in paper.getvalue()


def test_what_was_said_before_anybody_had_the_word_is_not_lost():
    desk = RecordingDesk()
    window, _ = a_window(desk)

    for line in ("hej på er", "/som Karin", "/säg"):
        window.handle(line)

    assert [(one.name, one.what.text) for one in desk.taken] == [("Karin", "hej på er")]


def test_a_line_that_fails_ends_nothing_and_is_not_logged(caplog):
    def fail(incoming):
        raise ValueError(f"cannot take {incoming.what}")

    desk = RecordingDesk(fail)
    window, _ = a_window(desk)

    play(window, ["Karin: hemligt", "hej"])

    assert len(desk.taken) == 2
    assert "hemligt" not in caplog.text


def test_a_piped_conversation_reads_as_a_transcript():
    desk = RecordingDesk(asks)
    window, paper = a_window(desk)

    play(
        window, ["\ufeff# ett samtal\n", "Karin: starta\n", "\n", "ja\\\n", "tack\n", "/sluta\n", "aldrig\n"]
    )

    assert (
        paper.getvalue().split("\n", 3)[3]
        == """\

> Karin: starta

1.1 Vad vill ni?

[/1 Fastställ]

> ja\\

> tack

(privat till Karin)
Tack.

> /sluta
"""
    )


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    "line",
    ["/hjälp", "/mer 9", "/9", "/foo", "/som 1", "/säg", "/kanal x", "hej", "Karin:", "/mer"],
)
def test_every_slip_is_answered_in_both_languages(language, line):
    desk = RecordingDesk()
    window, paper = a_window(desk, language=language)

    window.handle(line)

    assert paper.getvalue().startswith("\n* ") or line == "/säg"
    assert desk.taken == []


def test_looks_are_never_made_by_what_somebody_wrote():
    paper = io.StringIO()
    screen = RichScreen(Console(file=paper, force_terminal=True, color_system="truecolor", width=20))

    screen.show([Row((Run("[red]x[/red] :smile: https://a.b", "plain"), Run("stark", "strong")))])

    assert paper.getvalue() == "[red]x[/red] :smile: https://a.b\x1b[1mstark\x1b[0m\n"
