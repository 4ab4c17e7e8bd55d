"""The golden files, and what they hold: each kind of block and of field, drawn in Swedish."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.slack.home_view import home_view
from tests.drawing.samples import ONE_OF_EACH, ONE_OF_EACH_FIELD, a_form, a_letter
from tests.slack_drawing.reading_back import drawn, drawn_modal

FOLDER = Path(__file__).parent


def drawings() -> Mapping[str, Any]:
    messages = {f"message_{name}": drawn(a_letter(message)) for name, message in ONE_OF_EACH.items()}
    found: dict[str, Any] = {name: [asdict(post) for post in posts] for name, posts in messages.items()}
    for name, field in ONE_OF_EACH_FIELD.items():
        found[f"field_{name}"] = drawn_modal(a_form(field))["blocks"]
    long_title = a_form(title="Samtyckesrunda om A.4 Målbilden", intro="Skriv bara <det> som gäller.")
    return found | {
        "modal": drawn_modal(a_form()),
        "modal_with_long_title": drawn_modal(long_title),
        "home": home_view(ONE_OF_EACH["buttons"]),
    }
