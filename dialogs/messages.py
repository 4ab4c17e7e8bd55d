"""What is said, as data: a full reading text, then blocks of spans. How it looks is each door's own matter."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Literal, assert_never

from pydantic import Field

from dialogs.files import FileOut, Recipe
from dialogs.model.answers import Address

_MARKED = re.compile(r"\*([^*\s](?:[^*]*[^*\s])?)\*")


@dataclass(frozen=True, slots=True)
class Words:
    """Plain or strong text. What a person wrote stands here and is never markup."""

    text: str
    strong: bool = False
    kind: Literal["words"] = "words"


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    url: str
    kind: Literal["link"] = "link"


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody, so that they notice; the name for those who only read."""

    person: str
    name: str
    kind: Literal["mention"] = "mention"


Span = Annotated[Words | Link | Mention, Field(discriminator="kind")]
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    spans: Spans
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Spans, ...]
    ordered: bool = False
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, line breaks kept."""

    spans: Spans
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a name and what it is."""

    pairs: tuple[tuple[str, str], ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Fold:
    """What can be opened by whoever wants more."""

    title: str
    blocks: tuple["Paragraph | Heading | Bullets | Quote | Facts", ...]
    kind: Literal["fold"] = "fold"


Block = Annotated[Paragraph | Heading | Bullets | Quote | Facts | Fold, Field(discriminator="kind")]


@dataclass(frozen=True, slots=True)
class Press:
    """What a button means: an action, what it is about, and one argument. Kept on the server under a random id.

    `journey` is named where the message is about several; else it is the message's own.
    """

    action: str
    address: Address | None = None
    argument: str = ""
    journey: str = ""


@dataclass(frozen=True)
class Button:
    """`id` is given when the message is stored; rights are looked up when it is pressed, never carried here."""

    label: str
    press: Press
    style: Literal["plain", "primary", "danger"] = "plain"
    spoken: str = ""  # the label in full for those who don't see the message around it
    id: str = ""


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form. `options` are (value, label) pairs; `kind` is that of the pack's questions."""

    id: str
    label: str
    kind: str
    help: str = ""
    required: bool = False
    options: tuple[tuple[str, str], ...] = ()
    own: bool = False  # an answer beside the options is taken
    many: bool = False
    value: str = ""  # what is filled in to begin with, as one would type it
    long: bool = False  # a text that may run over several lines
    names: bool = False  # what somebody or something is called: any word may be that


@dataclass(frozen=True, slots=True)
class Form:
    """Fields that belong together, handed in at once; `press` is what handing in means."""

    title: str
    fields: tuple[FormField, ...]
    press: Press
    intro: str = ""
    id: str = ""  # given when the message is stored, as a button's is


@dataclass(frozen=True)
class Message:
    """What is said once. `text` alone must be enough for a screen reader or a notification."""

    text: str
    blocks: tuple[Block, ...] = ()
    buttons: tuple[Button, ...] = ()
    form: Form | None = None  # asked field by field in the terminal, as a modal or dialog elsewhere
    brief: str = ""  # what an edit changed, in one line, for a door that can't edit what it has shown
    answers: str = ""  # what a place to answer in is called, where the question is open and words answer it
    sends: str = ""  # what the button beside it says
    file: FileOut | None = None  # handed out with the message, after it
    secret: bool = (
        False  # it holds a code or an address that opens something: kept nowhere once it isn't sent for good
    )


GET_FILE = "get-file"


def file_press(recipe: Recipe) -> Press:
    """Return what asking for the file means. Whose eyes it is for isn't in it: that is whoever presses."""
    return Press(GET_FILE, None, f"{recipe.kind}:{recipe.language}:{recipe.about}", recipe.journey)


def file_pressed(press: Press, person: str, journey: str) -> Recipe:
    """Return what the file is made from that *person* asks for; *journey* is the one that the message is about."""
    kind, _, rest = press.argument.partition(":")
    language, _, about = rest.partition(":")
    return Recipe(kind, person, press.journey or journey, about, language)


def plain(spans: Iterable[Span]) -> str:
    """Return what *spans* say, without any markup."""
    return "".join([span.text if isinstance(span, Words) else _said(span) for span in spans])


def mentioned(message: Message) -> frozenset[str]:
    """Return the people whom the message names so that they notice."""
    spans = [span for block in message.blocks for run in _runs(block) for span in run]
    return frozenset([span.person for span in spans if isinstance(span, Mention)])


def _runs(block: Block) -> Iterator[Spans]:
    match block:
        case Paragraph(spans=spans) | Quote(spans=spans):
            yield spans
        case Bullets(items=items):
            yield from items
        case Fold(blocks=inner):
            for one in inner:
                yield from _runs(one)
        case Heading() | Facts():
            return
        case _:
            assert_never(block)


def _said(span: Link | Mention) -> str:
    return span.name if isinstance(span, Mention) else f"{span.text} ({span.url})"


def words(text: str, *, strong: bool = False) -> Spans:
    return (Words(text, strong),)


def marked(text: str) -> Spans:
    """Return a pack's text with its ``*words to write*`` strong; a star alone stays. Never for what a person wrote."""
    parts = _MARKED.split(text)
    return tuple(Words(part, index % 2 == 1) for index, part in enumerate(parts) if part)


@dataclass(frozen=True, slots=True)
class Composer:
    """Puts a message together, block by block, and writes its reading text from the same blocks."""

    blocks: list[Block] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)

    def say(self, spans: Spans) -> "Composer":
        self.blocks.append(Paragraph(spans))
        return self

    def heading(self, text: str) -> "Composer":
        self.blocks.append(Heading(text))
        return self

    def bullets(self, items: Iterable[Spans], *, ordered: bool = False) -> "Composer":
        kept = tuple(items)
        if kept:
            self.blocks.append(Bullets(kept, ordered))
        return self

    def quote(self, spans: Spans) -> "Composer":
        self.blocks.append(Quote(spans))
        return self

    def facts(self, pairs: Iterable[tuple[str, str]]) -> "Composer":
        kept = tuple(pairs)
        if kept:
            self.blocks.append(Facts(kept))
        return self

    def fold(self, title: str, inner: "Composer") -> "Composer":
        blocks = tuple(block for block in inner.blocks if not isinstance(block, Fold))
        if blocks:
            self.blocks.append(Fold(title, blocks))
        return self

    def button(self, label: str, press: Press, *, primary: bool = False, danger: bool = False) -> "Composer":
        self.buttons.append(Button(label, press, "primary" if primary else "danger" if danger else "plain"))
        return self

    def done(self, form: Form | None = None) -> Message:
        return Message(reading_text(self.blocks), tuple(self.blocks), tuple(self.buttons), form)

    def done_within(self, frame: Message, *, answers: str = "", sends: str = "") -> Message:
        """Return the message with the blocks of *frame* in front, as they read there, and its buttons last."""
        text = "\n".join([frame.text, *_all_lines(self.blocks)])
        blocks, buttons = (*frame.blocks, *self.blocks), (*self.buttons, *frame.buttons)
        return Message(text, blocks, buttons, answers=answers, sends=sends)


def reading_text(blocks: Iterable[Block]) -> str:
    """Return the full reading version of *blocks*: every word, in order, no markup."""
    return "\n".join(_all_lines(blocks))


def _all_lines(blocks: Iterable[Block]) -> list[str]:
    return [line for block in blocks for line in _lines(block)]


def _lines(block: Block) -> list[str]:
    match block:
        case Paragraph(spans=spans) | Quote(spans=spans):
            return [plain(spans)]
        case Heading(text=text):
            return [text]
        case Bullets(items=items, ordered=ordered):
            return [
                f"{f'{number}.' if ordered else '-'} {plain(item)}"
                for number, item in enumerate(items, start=1)
            ]
        case Facts(pairs=pairs):
            return [f"{name}: {value}" for name, value in pairs]
        case Fold(title=title, blocks=inner):
            return [title, *(line for one in inner for line in _lines(one))]
