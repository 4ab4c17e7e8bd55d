"""Lines that belong together."""

import pytest

from bot.terminal.typed import Typed


def whole(*lines: str, comments: bool = True) -> list[str]:
    typed = Typed(comments)
    found = [text for line in lines if (text := typed.take(line)) is not None]
    return [*found, *([rest] if (rest := typed.rest()) is not None else [])]


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        (["Karin: hej", "hej"], ["Karin: hej", "hej"]),
        (["# en kommentar", "  # en till", "hej"], ["hej"]),
        (["rad ett\\", "rad två\\", "rad tre", "nästa"], ["rad ett\nrad två\nrad tre", "nästa"]),
        (["rad ett\\", "# hör dit"], ["rad ett\n# hör dit"]),
        (["C:\\\\"], ["C:\\\\"]),
        (['Karin: """', "ett", "", "# två", '"""', "nästa"], ["Karin: \nett\n\n# två", "nästa"]),
        (['"""ett', 'två"""'], ["ett\ntvå"]),
        (['/säg """', "Karin: hej", '"""'], ["/säg \nKarin: hej"]),
        (['Karin: """en rad"""'], ["Karin: en rad"]),
        (['hon sa """ja""" då'], ['hon sa """ja""" då']),
        (['Karin: """', "aldrig slut"], ["Karin: \naldrig slut"]),
        (["aldrig slut\\"], ["aldrig slut"]),
    ],
)
def test_lines_become_texts(lines, texts):
    assert whole(*lines) == texts


def test_at_the_keyboard_there_are_no_comments():
    assert whole("# rubrik", comments=False) == ["# rubrik"]
