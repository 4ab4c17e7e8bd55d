"""Draws a message's buttons, in rows that can be read, with the button that opens the message's form before them."""

from collections.abc import Iterator

from bot.slack.limits import BUTTON_LABEL, BUTTONS_IN_BLOCK, Json, cut, length
from bot.slack.spans import NOTHING
from dialogs.messages import Bullets, Button, Form, Message, words

IN_A_ROW = 5
MANY = 60  # from here on the rows are as long as Slack lets them be


def rows(message: Message) -> list[Json]:
    """Return the message's buttons as blocks, a row each."""
    drawn = [*([_opening(message.form)] if message.form is not None else []), *map(_button, message.buttons)]
    size = IN_A_ROW if len(drawn) <= MANY else BUTTONS_IN_BLOCK
    return [{"type": "actions", "elements": drawn[at : at + size]} for at in range(0, len(drawn), size)]


def cut_labels(message: Message) -> Bullets | None:
    """Return in full what the labels that had to be cut say; None when all could be shown."""
    full = [label for label in _labels(message) if length(" ".join(label.split())) > BUTTON_LABEL]
    return Bullets(tuple(words(label) for label in full)) if full else None


def _labels(message: Message) -> Iterator[str]:
    if message.form is not None:
        yield message.form.title
    for button in message.buttons:
        yield button.label


def _button(button: Button) -> Json:
    drawn = _labelled(button.label, button.spoken, f"press:{button.id}")
    return drawn if button.style == "plain" else drawn | {"style": button.style}


def _opening(form: Form) -> Json:
    return _labelled(form.title, "", f"form:{form.id}") | {"style": "primary"}


def _labelled(label: str, spoken: str, action: str) -> Json:
    shown = cut(label, BUTTON_LABEL) or NOTHING
    return {
        "type": "button",
        "text": {"type": "plain_text", "text": shown, "emoji": False},
        "accessibility_label": cut(spoken, BUTTON_LABEL) or shown,
        "action_id": action,
    }
