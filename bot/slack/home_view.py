"""Draws App Home: a message as a tab of its own, with its buttons below."""

from collections.abc import Iterable, Iterator

from bot.slack.buttons import cut_labels, rows
from bot.slack.draw import parts, text_block
from bot.slack.limits import BLOCKS_IN_VIEW, VIEW_JSON, Json, weight
from bot.slack.spans import MORE, NOTHING
from dialogs.messages import Block, Heading, Message, Paragraph, words

TOGETHER = 3_000  # of JSON, in one block of those that are put together


def home_view(message: Message) -> Json:
    """Return the view. Where there is too much for its blocks, several texts share one, and headings become text."""
    blocks = message.blocks or (Paragraph(words(message.text)),)
    full = cut_labels(message)
    buttons = rows(message)
    drawn = [part.block for part in parts([*blocks, *([full] if full else [])], {})]
    if len(drawn) + len(buttons) > BLOCKS_IN_VIEW:
        plain = [_plain(block) for block in blocks]
        drawn = list(_together(part.block for part in parts([*plain, *([full] if full else [])], {})))
    buttons = buttons[: BLOCKS_IN_VIEW - 1]
    return {"type": "home", "blocks": [*_fitting(drawn, buttons), *buttons] or [text_block(NOTHING)]}


def _plain(block: Block) -> Block:
    return Paragraph(words(block.text, strong=True)) if isinstance(block, Heading) else block


def _together(drawn: Iterable[Json]) -> Iterator[Json]:
    kept: Json | None = None
    for block in drawn:
        if kept is not None and weight(kept) + weight(block) <= TOGETHER:
            kept = kept | {"elements": [*kept["elements"], *block["elements"]]}
            continue
        if kept is not None:
            yield kept
        kept = block
    if kept is not None:
        yield kept


def _fitting(drawn: list[Json], buttons: list[Json]) -> Iterator[Json]:
    """Return as many of the blocks as a view takes, and a sign where there were more: nobody reads so far in a tab."""
    left, taken = BLOCKS_IN_VIEW - len(buttons), weight(buttons)
    for number, block in enumerate(drawn, start=1):
        taken += weight(block)
        if number == left < len(drawn) or taken > VIEW_JSON:
            yield text_block(MORE)
            return
        yield block
