"""Tells how each option of a field is shown in Slack."""

from collections import Counter

from bot.options import words_of
from bot.slack.limits import OPTION_TEXT, OPTION_VALUE, Json, cut, length
from bot.slack.spans import NOTHING
from dialogs.messages import FormField


def drawn_options(field: FormField) -> dict[str, Json] | None:
    """Return each option's id with how it is drawn; None when one of them can't be told from the others."""
    handed_in = words_of(field, lambda word: length(word) <= OPTION_VALUE)
    if handed_in is None:
        return None
    numbers = has_cut_labels(field)
    drawn: dict[str, Json] = {}
    for number, (id, label) in enumerate(field.options, start=1):
        shown = cut(f"{number}. {label}" if numbers else label, OPTION_TEXT) or NOTHING
        drawn[id] = {
            "text": {"type": "plain_text", "text": shown, "emoji": False},
            "value": handed_in[id],
        }
    return drawn


def has_cut_labels(field: FormField) -> bool:
    """Return whether the options' names have to be given in full beside them, numbered."""
    shown = Counter(cut(label, OPTION_TEXT) for _, label in field.options)
    return any(length(" ".join(label.split())) > OPTION_TEXT for _, label in field.options) or any(
        count > 1 for count in shown.values()
    )
