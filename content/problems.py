"""What is wrong with a pack: where, what, and what to write instead, in Swedish and English."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from content.phrases.book import Phrasebook

SHOWN = 16  # of the names that could have been meant
SEARCHED = 5_000
LONGEST = 60
# Say what to do even where there is nothing to choose from.
TELL_IT_THEMSELVES = frozenset({"pack.unknown-pack", "pack.unknown-base", "pack.no-file"})
MOST = 200  # of the problems that are said at once


@dataclass(frozen=True, slots=True)
class Problem:
    """One slip of an author's: file, line (0 when it is about no line), field, what is wrong, what to write.

    *known* are the names that could have been meant; one that is close becomes a question, else they are listed.
    """

    file: str
    line: int
    field: str
    key: str
    args: tuple[tuple[str, str], ...] = ()
    known: tuple[str, ...] = dataclasses.field(default=(), repr=False, compare=False)
    meant: str = ""

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file

    @property
    def suggestion(self) -> str | None:
        """The known name that comes closest to *meant*, if any does."""
        if not self.meant or len(self.meant) > LONGEST:
            return None
        return next(iter(get_close_matches(self.meant, self.known[:SEARCHED], n=1, cutoff=0.6)), None)

    def what(self, language: str) -> str:
        """Return what is wrong and what to write instead, in *language*."""
        book = Phrasebook.load()
        said = book.text(self.key, language, **dict(self.args))
        suggestion = self.suggestion
        if suggestion is not None:
            return f"{said} {book.text('pack.did-you-mean', language, name=suggestion)}"
        if self.known:
            names = ", ".join(self.known[:SHOWN]) + (" …" if len(self.known) > SHOWN else "")
            return f"{said} {book.text('pack.known-names', language, names=names)}"
        if self.meant and self.key not in TELL_IT_THEMSELVES:
            return f"{said} {book.text('pack.nothing-known', language)}"
        return said

    def said_in(self, language: str) -> str:
        """Return the whole sentence: ``steps/04-nulagesanalys.yaml:31  rule names "network", …``"""
        return f"{self.place}  {self.what(language)}"


def problem(
    file: str, line: int, path: str, key: str, *, known: Iterable[str] = (), meant: str = "", **args: object
) -> Problem:
    """Return a problem. What the author wrote is shortened and made safe to show."""
    shown = tuple(sorted((name, shortened(str(value))) for name, value in args.items()))
    return Problem(shortened(file, 200), line, path, key, shown, tuple(known), meant)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems by file and line, each once; of very many only the first, and how many more there are."""
    every = sorted(
        set(problems), key=lambda problem: (problem.file, problem.line, problem.field, problem.key)
    )
    if len(every) <= MOST:
        return tuple(every)
    more = Problem("…", 0, "", "pack.more-problems", (("count", str(len(every) - MOST)),))
    return (*every[:MOST], more)


def shortened(text: str, longest: int = LONGEST) -> str:
    """Return *text* as it can be shown on one line: not too long, and with nothing that steers the screen."""
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in cut)
