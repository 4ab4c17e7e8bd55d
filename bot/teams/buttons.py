"""Draws a message's buttons, in rows that can be read, with the button that opens the message's form before them."""

from collections.abc import Sequence

from bot.teams.interactions import ANSWER, BUTTON, ONCE
from bot.teams.limits import BUTTON_LABEL, BUTTONS_IN_ROW, INPUT_TEXT, LABEL, NOTHING, TOOLTIP, Json, cut
from bot.teams.spans import in_one
from bot.usecases.opening_forms import FORMS, OWN, REASONED
from dialogs.messages import Button, Form, Message

OPENING = FORMS | OWN | REASONED | {"later-day"}
"""What may open a form: only these are asked about before they are pressed for good."""

_STYLES = {"plain": {}, "primary": {"style": "positive"}, "danger": {"style": "destructive"}}


def rows(message: Message) -> list[Json]:
    """Return the message's buttons as sets of actions, a row each."""
    drawn = [*([_opening(message.form)] if message.form is not None else []), *map(_button, message.buttons)]
    return [_row(drawn[at : at + BUTTONS_IN_ROW]) for at in range(0, len(drawn), BUTTONS_IN_ROW)]


def answering(message: Message, once: str) -> list[Json]:
    """Return an input for an answer, and what hands it in; nothing where words don't answer what is asked.

    *once* is another each time the card is drawn: the same words may be said again when something has come of them.
    """
    if not message.answers:
        return []
    typed = {
        "type": "Input.Text",
        "id": ANSWER,
        "label": in_one(cut(message.answers, LABEL)),
        "isMultiline": True,
        "maxLength": INPUT_TEXT,
    }
    said = cut(message.sends or message.answers, BUTTON_LABEL)  # a letter of before says only one of them
    return [typed, _row([_execute(said, ANSWER, {ONCE: once})])]


def _button(button: Button) -> Json:
    label = cut(button.label, BUTTON_LABEL) or NOTHING
    opens = button.press.action in OPENING
    drawn = _opens(label, button.id) if opens else _execute(label, "press", {BUTTON: button.id})
    told = button.spoken or (button.label if cut(button.label, BUTTON_LABEL) != button.label else "")
    return {**drawn, **_STYLES[button.style], **({"tooltip": cut(told, TOOLTIP)} if told else {})}


def _opening(form: Form) -> Json:
    return {**_opens(cut(form.title, BUTTON_LABEL) or NOTHING, form.id), "style": "positive"}


def _opens(label: str, id: str) -> Json:
    return {
        "type": "Action.Submit",
        "title": label,
        "data": {BUTTON: id, "msteams": {"type": "task/fetch"}},
        "associatedInputs": "none",
    }


def _execute(label: str, verb: str, data: Json) -> Json:
    """Return a press. Where a client knows no Action.Execute, the same comes as a message."""
    more = {"data": data, "associatedInputs": "auto" if verb == ANSWER else "none"}
    plain = {"type": "Action.Submit", "title": label, **more}
    return {"type": "Action.Execute", "title": label, "verb": verb, "fallback": plain, **more}


def _row(actions: Sequence[Json]) -> Json:
    return {"type": "ActionSet", "actions": list(actions)}
