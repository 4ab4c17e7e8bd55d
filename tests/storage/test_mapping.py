"""What is written is read again as it was, whether it is remembered or not."""

import pytest

from dialogs.files import FileOut, Recipe
from dialogs.messages import (
    Bullets,
    Button,
    Facts,
    Fold,
    Form,
    FormField,
    Heading,
    Link,
    Mention,
    Message,
    Paragraph,
    Press,
    Quote,
    Words,
)
from storage.mapping import MESSAGE, Json
from tests.storage.builders import VISION

SPANS = (Words("Hej "), Mention("ada", "Ada"), Words("!", strong=True), Link("här", "https://example.test/"))
BLOCKS = (Paragraph(SPANS), Heading("Nu"), Bullets((SPANS, (Words("två"),)), ordered=True), Quote(SPANS))
PRESS = Press("agree", VISION, "a1", "j1")
FIELD = FormField(
    "vad", "Vad?", "choice", "Ett av dem", True, (("a", "Det ena"), ("b", "Det andra")), value="a"
)
EVERYTHING = Message(
    "Hej Ada! här",
    (*BLOCKS, Facts((("När", "i dag"), ("Var", "här"))), Fold("Mer", BLOCKS)),
    (Button("Ja", PRESS, "primary", "Ja, till visionen", "b1"), Button("Nej", Press("object"), "danger")),
    Form("Skriv", (FIELD, FormField("hur", "Hur?", "text", long=True)), PRESS, "Två fält", "f1"),
    brief="kort",
    answers="Ditt svar",
    sends="Svara",
    file=FileOut(
        "plan.pdf", "application/pdf", "Planen", Recipe("plan", "p1", "j1", "x", "sv"), "Inte här", id="f2"
    ),
)


@pytest.mark.parametrize("message", [EVERYTHING, Message("Bara ord, och ”citat”.")])
def test_a_message_as_it_was_written_is_the_one_that_another_process_reads(message):
    text = MESSAGE.text(message)

    read = Json[Message](Message).value(text)

    assert read == message
    assert repr(read) == repr(message)  # nowhere a list for a tuple
