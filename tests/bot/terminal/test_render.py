"""How letters look in the window, letter by letter."""

import pytest

from bot.terminal.board import Board
from bot.terminal.clean import one_line, shown
from bot.terminal.render import Renderer
from bot.terminal.rows import Run, wrapped
from dialogs.messages import Composer, Link, Mention, Press, Words, words
from dialogs.ports import RoomRef
from tests.bot.terminal.windows import a_letter, a_message, private_to, say_in

NAMES = {"karin": "Karin"}
PRESS = Press("settle")


def look(letter, *, board=None, width=60, language="sv", channel="allmänt", id="t-1"):
    renderer = Renderer(
        board or Board(), say_in(language), lambda account: NAMES.get(account, account), width
    )
    return "\n".join(row.text for row in renderer.letter(letter, channel=channel, id=id))


def test_every_kind_of_block():
    composer = (
        Composer()
        .heading("1.2 Vilka nätverk finns?")
        .say(
            (
                Words("Skriv "),
                Words("ett", strong=True),
                Words(" nätverk per rad, även sådant som ni bara har börjat med."),
            )
        )
        .bullets(
            [words("EU-kontoret, som har funnits i många år och som alla känner till"), words("Näringsliv")]
        )
        .bullets([words("först"), words("sedan")], ordered=True)
        .facts(
            [
                ("Vem", "alla i gruppen"),
                ("Sista dag", "fredag 5 december"),
                ("Ett namn som är mycket långt här", "ja"),
            ]
        )
        .quote(words("Vi har\ntvå nätverk."))
        .say(
            (
                Link("Läs mer", "https://example.org/a"),
                Words(" eller fråga "),
                Mention("p1", "Karin"),
                Words("."),
            )
        )
        .fold("Varför frågar vi?", Composer().say(words("Därför.")))
        .button("Fastställ", PRESS, primary=True)
        .button("Ändra svaret", Press("change"))
    )

    assert (
        look(a_letter(composer.done()))
        == """\
1.2 Vilka nätverk finns?
Skriv ett nätverk per rad, även sådant som ni bara har
börjat med.

• EU-kontoret, som har funnits i många år och som alla
  känner till
• Näringsliv

1. först
2. sedan

Vem:        alla i gruppen
Sista dag:  fredag 5 december
Ett namn som är mycket långt här:
            ja

  | Vi har
  | två nätverk.

Läs mer (https://example.org/a) eller fråga Karin.

… Varför frågar vi? (/mer 1)

[/2 Fastställ]  [/3 Ändra svaret]"""
    )


def test_a_message_without_blocks_is_its_text():
    assert look(a_letter(a_message("Hej."))) == "Hej."


def test_a_private_letter_says_to_whom():
    assert look(a_letter("Hej.", room=private_to("karin"))) == "(privat till Karin)\nHej."


def test_another_channel_is_named():
    room = RoomRef("r2", "terminal", "", "styrgrupp", private=False)

    assert look(a_letter("Hej.", room=room)) == "(i kanalen styrgrupp)\nHej."


def test_a_thread_stands_under_the_beginning_of_its_question():
    board = Board()
    look(a_letter("1.2 Vilka nätverk finns?", how="question"), board=board, id="t-7")

    assert look(a_letter("Två har svarat.", how="thread", edits="t-7"), board=board) == (
        "↳ 1.2 Vilka nätverk finns?\n  Två har svarat."
    )


def test_an_edit_is_one_row_and_brings_only_new_buttons():
    board = Board()
    look(a_letter(a_message("Fråga", "Hoppa"), how="question"), board=board, id="t-7")

    edited = a_message("Frågan med allt", "Hoppa", "Fastställ", brief="Ett svar\navsnitt två")

    assert look(a_letter(edited, how="edit", edits="t-7"), board=board, id="t-7") == (
        "· Ett svar avsnitt två\n\n[/2 Fastställ]"
    )
    assert (board.button(1).id, board.button(2).id) == ("b-Hoppa", "b-Fastställ")


def test_an_edit_that_says_nothing_in_brief_is_not_shown():
    edited = a_message("Frågan med allt")

    assert look(a_letter(edited, how="edit", edits="t-7"), id="t-7") == ""


def test_an_old_number_presses_the_renewed_button():
    board = Board()
    first, second = a_message("Fråga", "Hoppa"), a_message("Fråga igen", "Hoppa")
    look(a_letter(first, how="question"), board=board, id="t-7")
    [button] = second.buttons
    object.__setattr__(button, "id", "renewed")

    look(a_letter(second, how="edit", edits="t-7"), board=board, id="t-7")

    assert board.button(1).id == "renewed"


def test_a_long_text_is_folded_and_loses_nothing():
    board = Board()
    text = "\n".join(f"rad {number}" for number in range(1, 41))

    shown_rows = look(a_letter(Composer().quote(words(text)).done()), board=board)

    assert shown_rows.endswith("  | rad 10\n… 30 rader till (/mer 1)")
    assert [row.text for row in board.fold(None).rows][-1] == "  | rad 40"


def test_english():
    message = Composer().fold("Why", Composer().say(words("Because."))).done()

    assert (
        look(a_letter(message, room=private_to("karin")), language="en")
        == "(private to Karin)\n… Why (/more 1)"
    )


@pytest.mark.parametrize(
    ("nasty", "harmless"),
    [
        ("\x1b[31mrött\x1b[0m", "␛[31mrött␛[0m"),
        ("\x1b]0;titel\x07", "␛]0;titel␇"),
        ("\x9b2J", "<U+009B>2J"),
        ("en\x00två\x7f", "en␀två␡"),
        ("abc\u202edcba", "abc<U+202E>dcba"),
        ("\u2066dold\u2069", "<U+2066>dold<U+2069>"),
        ("a\rb", "a\nb"),
        ("a\u2028b", "a\nb"),
        ("a\tb", "a    b"),
        ("a\u200bb\u00adc\ufeff", "abc"),
        ("\ud800", "<U+D800>"),
        ("\U000e0041", "<U+E0041>"),
        ("a\u00a0b", "a b"),
        ("👩\u200d🏫 åäö 日本", "👩\u200d🏫 åäö 日本"),
        ("[bold]x[/bold] <b> *y* :smile:", "[bold]x[/bold] <b> *y* :smile:"),
    ],
)
def test_nasty_text_is_shown_and_does_nothing(nasty, harmless):
    assert shown(nasty) == harmless

    composer = Composer().heading(nasty).say(words(nasty)).quote(words(nasty)).facts([(nasty, nasty)])
    composer.bullets([words(nasty)]).say((Link(nasty, nasty), Mention("p", nasty)))
    composer.button(nasty, PRESS).fold(nasty, Composer().say(words(nasty)))
    rows = look(a_letter(composer.done(), room=private_to(nasty)))
    assert not set(rows) & set(nasty.replace("\u200d", "")) - set(harmless) - {"\n", " "}
    assert all(char.isprintable() or char in "\n\u200d" for char in rows)


def test_one_line_is_one_line():
    assert one_line(" a\n\n b\tc ") == "a b c"


@pytest.mark.parametrize(
    ("text", "width", "rows"),
    [
        ("", 20, [""]),
        ("kort", 20, ["kort"]),
        ("ett två tre fyra", 10, ["ett två", "tre fyra"]),
        ("enmycketlångsammansättning", 10, ["enmycketlå", "ngsammansä", "ttning"]),
        ("se enmycketlångsammansättning nu", 10, ["se", "enmycketlå", "ngsammansä", "ttning nu"]),
        ("ett\n\n  två", 10, ["ett", "", "  två"]),
        ("ett två   ", 10, ["ett två"]),
        ("日本日本日本 日本", 12, ["日本日本日本", "日本"]),
    ],
)
def test_wrapping(text, width, rows):
    assert [row.text for row in wrapped([Run(text)], width)] == rows


def test_a_word_of_two_looks_is_not_broken():
    rows = wrapped([Run("ett två "), Run("tre", "strong"), Run(".")], 11)

    assert [row.text for row in rows] == ["ett två", "tre."]
    assert rows[1].runs == (Run("tre", "strong"), Run("."))
