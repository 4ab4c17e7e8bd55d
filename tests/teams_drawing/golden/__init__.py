"""The golden files, and what they hold: each kind of block and of field, drawn in Swedish."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.drawing.samples import ONE_OF_EACH, ONE_OF_EACH_FIELD, a_form, a_letter
from tests.teams_drawing.reading_back import cards_of, drawn, drawn_dialog

FOLDER = Path(__file__).parent


def drawings() -> Mapping[str, Any]:
    found: dict[str, Any] = {
        f"message_{name}": cards_of(drawn(a_letter(message))) for name, message in ONE_OF_EACH.items()
    }
    open_question = replace(ONE_OF_EACH["paragraph"], answers="Skriv ert svar")
    found["message_to_answer_in"] = cards_of(drawn(a_letter(open_question)))
    for name, field in ONE_OF_EACH_FIELD.items():
        found[f"field_{name}"] = drawn_dialog(a_form(field))["body"]
    wrong = {"falt": "Skriv ett datum.", "": "Någon annan hann före."}
    return found | {
        "dialog": drawn_dialog(a_form(intro="Skriv bara <det> som gäller.")),
        "dialog_found_wanting": drawn_dialog(a_form(), problems=wrong, typed={"falt": "*i går*"}),
    }
