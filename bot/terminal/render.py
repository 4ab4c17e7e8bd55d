"""Turns a letter into rows of the window. Pure but for the numbers, which the board gives.

A message's form is left alone here: the conversation itself asks for its fields, one by one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from bot.terminal.board import Board
from bot.terminal.clean import one_line, shortened, shown
from bot.terminal.rows import Row, Run, row, wrapped
from dialogs.messages import (
    Block,
    Bullets,
    Facts,
    Fold,
    Heading,
    Link,
    Mention,
    Message,
    Paragraph,
    Quote,
    Span,
    Words,
)
from dialogs.ports import ClaimedLetter

Say = Callable[..., str]  # a phrase's key and arguments -> its text in the window's language

LONGEST_NAME = 26  # of a fact, before its value goes to a row of its own
LONGEST_BLOCK = 24  # rows, before the rest of a long text is folded
FIRST_ROWS = 10
INDENT = "  "
NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Renderer:
    board: Board
    say: Say
    name_of: Callable[[str], str]  # an account -> its owner's name
    width: int = 88

    def letter(self, letter: ClaimedLetter, *, channel: str, id: str) -> list[Row]:
        """Return the letter's rows; *channel* is the one in view, *id* what the letter is called from now on."""
        if letter.how == "edit" and letter.edits:
            return self._edit(letter, channel)
        indent = INDENT if letter.how == "thread" else ""
        if letter.how == "question":
            self.board.entitle(id, shortened(_title(letter.message), 60))
        rows = [*self._head(letter, channel)]
        body = [
            *self.blocks(letter.message.blocks or _only_text(letter.message), self.width - len(indent)),
            *self._buttons(letter, id, self.width - len(indent), only_new=False),
        ]
        return [*rows, *(one.after(indent) for one in body)]

    def blocks(self, blocks: Iterable[Block], width: int, *, fold: bool = True) -> list[Row]:
        """Return the blocks' rows, with an empty row between two, but not below a heading."""
        rows: list[Row] = []
        tight = True
        for block in blocks:
            if not tight:
                rows.append(Row())
            rows.extend(self._short(self._block(block, width), fold))
            tight = isinstance(block, Heading)
        return rows

    def _block(self, block: Block, width: int) -> list[Row]:
        match block:
            case Paragraph(spans=spans):
                return wrapped(_runs(spans), width)
            case Heading(text=text):
                return wrapped([Run(shown(text), "heading")], width)
            case Bullets(items=items, ordered=ordered):
                marks = [f"{number}. " if ordered else "• " for number in range(1, len(items) + 1)]
                wide = max(map(len, marks), default=0)
                return [
                    one
                    for mark, item in zip(marks, items, strict=True)
                    for one in wrapped(_runs(item), width, first=mark.rjust(wide), later=" " * wide)
                ]
            case Quote(spans=spans):
                return wrapped(_runs(spans), width, first="  | ", later="  | ")
            case Facts(pairs=pairs):
                return list(_facts(pairs, width))
            case Fold(title=title, blocks=inner):
                opened = tuple(self.blocks(inner, self.width, fold=False))
                number = self.board.put_fold(one_line(title), opened)
                text = self.say("terminal-fold", title=one_line(title), number=number)
                return wrapped([Run(text, "dim")], width, later=INDENT)
            case _:
                assert_never(block)

    def _short(self, rows: list[Row], fold: bool) -> list[Row]:
        if not fold or len(rows) <= LONGEST_BLOCK:
            return rows
        rest = rows[FIRST_ROWS:]
        number = self.board.put_fold("…", tuple(rest))
        return [*rows[:FIRST_ROWS], row(self.say("terminal-rest", n=len(rest), number=number), "dim")]

    def _head(self, letter: ClaimedLetter, channel: str) -> Iterator[Row]:
        if letter.room.private:
            name = self.name_of(letter.room.external.partition(":")[2])
            yield row(self.say("terminal-private-to", name=one_line(name)), "dim")
        elif letter.room.external != channel:
            yield row(self.say("terminal-in-channel", channel=one_line(letter.room.external)), "dim")
        if letter.how == "thread" and (title := self.board.title(letter.edits)):
            yield row(f"↳ {title}", "dim")

    def _edit(self, letter: ClaimedLetter, channel: str) -> list[Row]:
        """Return one row for what has changed, where the letter says it in brief, and one for new buttons."""
        where = " ".join(one.text for one in self._head(letter, channel))
        brief = one_line(letter.message.brief)
        rows = [row(shortened(f"· {where} {brief}", self.width), "dim")] if brief else []
        return [*rows, *self._buttons(letter, letter.edits, self.width, only_new=True)]

    def _buttons(self, letter: ClaimedLetter, id: str, width: int, *, only_new: bool) -> list[Row]:
        labels: list[Run] = []
        for button in letter.message.buttons:
            number, new = self.board.put_button(button, room=letter.room, message=id)
            if new or not only_new:
                labels.append(_label(number, button.label, strong=button.style == "primary"))
        if not labels:
            return []
        spaced = [run for label in labels for run in (Run("  "), label)][1:]
        return [Row(), *(_spaced_again(one) for one in wrapped(spaced, width))]


def _label(number: int, label: str, *, strong: bool) -> Run:
    # A label stays on one row: to the wrapping, the no-break space is no space.
    text = f"[/{number} {one_line(label)}]".replace(" ", NO_BREAK)
    return Run(text, "strong" if strong else "plain")


def _spaced_again(labels: Row) -> Row:
    return Row(tuple(Run(run.text.replace(NO_BREAK, " "), run.look) for run in labels.runs))


def _only_text(message: Message) -> tuple[Block, ...]:
    return (Paragraph((Words(message.text),)),)


def _facts(pairs: Sequence[tuple[str, str]], width: int) -> Iterator[Row]:
    names = [f"{one_line(name)}:" for name, _ in pairs]
    wide = max((len(name) for name in names if len(name) <= LONGEST_NAME), default=0) + 2
    for name, (_, value) in zip(names, pairs, strict=True):
        if len(name) > LONGEST_NAME:
            yield from wrapped([Run(name)], width)
            yield from wrapped([Run(shown(value))], width, first=" " * wide, later=" " * wide)
        else:
            yield from wrapped([Run(shown(value))], width, first=name.ljust(wide), later=" " * wide)


def _runs(spans: Iterable[Span]) -> Iterator[Run]:
    for span in spans:
        match span:
            case Words(text=text, strong=strong):
                yield Run(shown(text), "strong" if strong else "plain")
            case Link(text=text, url=url):
                words, address = one_line(text), one_line(url)
                yield Run(words if words in (address, "") else f"{words} ({address})")
            case Mention(name=name):
                yield Run(one_line(name), "strong")
            case _:
                assert_never(span)


def _title(message: Message) -> str:
    """Return the message's first heading; its first line where it has none."""
    headings = [block.text for block in message.blocks if isinstance(block, Heading)]
    return headings[0] if headings else message.text.strip().partition("\n")[0]
