"""Draws a form as a modal: its fields as inputs, each in a block that is called by the field's id."""

from collections.abc import Sequence

from bot.slack.draw import parts
from bot.slack.inputs import Text, inputs
from bot.slack.limits import (
    BLOCKS_IN_VIEW,
    PRIVATE_METADATA,
    VIEW_BUTTON,
    VIEW_JSON,
    VIEW_TITLE,
    Json,
    cut,
    length,
    weight,
)
from bot.slack.spans import NOTHING
from dialogs.messages import Form, Heading, Paragraph, words

CALLBACK = "form"


def modal(form: Form, *, metadata: str, text: Text) -> Json:
    """Return the view that asks for the form's fields; *metadata* comes back with what is handed in.

    Raises ``ValueError`` when *metadata* or the number of fields is more than Slack takes: no user can cause that.
    """
    if length(metadata) > PRIVATE_METADATA:
        raise ValueError(f"metadata of {length(metadata)} characters; Slack takes {PRIVATE_METADATA}")
    view = {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": _plain(cut(form.title, VIEW_TITLE)),
        "submit": _plain(cut(text("slack-send"), VIEW_BUTTON)),
        "close": _plain(cut(text("slack-close"), VIEW_BUTTON)),
        "private_metadata": metadata,
    }
    return view | {"blocks": _blocks(form, text)}


def _blocks(form: Form, text: Text) -> Sequence[Json]:
    """Return the most helpful blocks that fit: with menus, else written; with what there is to read, else without."""
    for options in (True, False):
        drawn = [inputs(field, text, options=options, alone=len(form.fields) == 1) for field in form.fields]
        blocks = [*_before(form), *(block for field in drawn for block in field)]
        for fewer in (blocks, [one for one in blocks if one["type"] == "input"]):
            if len(fewer) <= BLOCKS_IN_VIEW and weight(fewer) <= VIEW_JSON:
                return fewer
    raise ValueError(f"a form of {len(form.fields)} fields; a modal takes {BLOCKS_IN_VIEW} blocks")


def _before(form: Form) -> list[Json]:
    """Return what stands above the fields: the title where the view's own is too short for it, and the intro."""
    title = [Heading(form.title)] if length(" ".join(form.title.split())) > VIEW_TITLE else []
    intro = [Paragraph(words(form.intro))] if form.intro else []
    return [part.block for part in parts((*title, *intro), {})]


def _plain(said: str) -> Json:
    return {"type": "plain_text", "text": said or NOTHING, "emoji": False}
