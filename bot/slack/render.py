"""Turns a letter into posts of Block Kit. Pure; what is too much for one post goes on in the next, and nothing is lost.

The `text` of a post is the reading version of that post, for screen readers and notifications. The buttons aren't told
in it: they can be reached by themselves and carry a label to be read aloud.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.slack.buttons import cut_labels, rows
from bot.slack.draw import Part, parts, text_block
from bot.slack.limits import (
    BLOCKS_IN_MESSAGE,
    MESSAGE_JSON,
    MESSAGE_TEXT,
    Json,
    escaped,
    length,
    pieces,
    weight,
)
from bot.slack.spans import MORE, NOTHING
from dialogs.messages import Fold, Heading, Message, Paragraph, reading_text, words
from dialogs.ports import ClaimedLetter

SHORT_FOLD = 600
"""A fold of at most so many characters stands open in the message; a longer one is a post of its own in the thread."""

ROWS_IN_FIRST = 15  # of buttons; more than that go on in a further post

BRACKETS = 2  # that close a list

SIGN = weight(text_block(MORE))  # that of the sign that there is more

REPLACED = ("question", "edit")
"""Letters whose folds stay in the message: it is edited in place, and what stands in its thread can't follow."""


@dataclass(frozen=True, slots=True)
class Post:
    """What is posted at once. The first is the message; the others follow in its thread."""

    text: str
    blocks: list[Json]


def posts(letter: ClaimedLetter) -> tuple[Post, ...]:
    """Return the letter as posts, at least one."""
    message = letter.message
    drawn = [*_drawn(letter)] or [Post("", [text_block(NOTHING)])]  # no reason to hold up others
    if letter.how == "edit" and len(drawn) > 1:
        drawn[0] = _marked_as_cut(drawn[0])
    if len(drawn) == 1 and message.text.strip() and length(escaped(message.text)) <= MESSAGE_TEXT:
        return (Post(escaped(message.text), drawn[0].blocks),)
    return tuple(_with_some_text(post, message) for post in drawn)


def _drawn(letter: ClaimedLetter) -> Iterator[Post]:
    message = letter.message
    blocks = message.blocks or (Paragraph(words(message.text)),)
    folds = [one for one in blocks if isinstance(one, Fold) and letter.how not in REPLACED]
    apart = [fold for fold in folds if length(reading_text((fold,))) > SHORT_FOLD]
    full_labels = cut_labels(message)
    main = [*(one for one in blocks if one not in apart), *([full_labels] if full_labels else [])]
    yield from _main_posts(parts(main, letter.accounts), rows(message))
    for fold in apart:
        yield from _filled(parts((Heading(fold.title), *fold.blocks), letter.accounts), [])


def _main_posts(drawn: Sequence[Part], buttons: Sequence[Json]) -> Iterator[Post]:
    """Return the message and what it didn't hold. The buttons close the message itself."""
    rows_of_them = [Part.of(row, "") for row in buttons]
    beside = 0
    while (
        beside < min(len(buttons), ROWS_IN_FIRST)
        and _together(rows_of_them[: beside + 1]) <= MESSAGE_JSON // 2
    ):
        beside += 1
    yield from _filled(drawn, rows_of_them[:beside])
    yield from _filled(rows_of_them[beside:], [])


def _together(held: Iterable[Part]) -> int:
    return sum(part.weight for part in held) + BRACKETS


def _filled(drawn: Iterable[Part], buttons: Sequence[Part]) -> Iterator[Post]:
    """Return posts with as many of the parts in each as it takes; *buttons* close the first."""
    held: list[Part] = []
    closing = list(buttons)
    said, heavy = 0, _together(closing)
    for part in drawn:
        size, load = part.length + 1, part.weight
        blocks = len(held) + len(closing) + 1
        if held and not _takes(blocks, said + size, heavy + load):
            yield _post(held, closing)
            held, closing = [], []
            said, heavy = 0, 0
        held.append(part)
        said, heavy = said + size, heavy + load
    if held or closing:
        yield _post(held, closing)


def _takes(blocks: int, said: int, heavy: int) -> bool:
    """Return whether a post takes so many blocks and characters, and one sign more, that there is more."""
    return (
        blocks + 1 <= BLOCKS_IN_MESSAGE and said + len(MORE) <= MESSAGE_TEXT and heavy + SIGN <= MESSAGE_JSON
    )


def _marked_as_cut(post: Post) -> Post:
    """Return the post with a sign that it isn't all: of an edit, only the message itself can take the old one's place."""
    at = next((n for n, block in enumerate(post.blocks) if block["type"] == "actions"), len(post.blocks))
    return Post(f"{post.text}\n{MORE}", [*post.blocks[:at], text_block(MORE), *post.blocks[at:]])


def _post(held: Sequence[Part], closing: Sequence[Part]) -> Post:
    return Post(_text(held), [part.block for part in (*held, *closing)])


def _text(held: Sequence[Part]) -> str:
    return escaped("\n".join(part.text for part in held if part.text))


def _with_some_text(post: Post, message: Message) -> Post:
    """Return the post with a text: one that holds nothing but buttons is called by their labels."""
    if post.text.strip():
        return post
    labels = [
        element["text"]["text"]
        for block in post.blocks
        for element in block.get("elements", ())
        if "text" in element
    ]
    said = ", ".join(labels) or message.brief or MORE
    return Post(escaped(next(pieces(said, MESSAGE_TEXT, as_escaped=True))), post.blocks)
