"""What a line in the window means. Pure: the same line by the same people means the same."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.terminal.names import Speaker, Speakers, looks_like_name, may_be_name
from dialogs.values.composed import composed


@dataclass(frozen=True, slots=True)
class Words:
    """Somebody says something: in the channel, or in private to the coach. *speaker* stays who speaks."""

    speaker: Speaker
    text: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class Switch:
    """Another speaks from now on."""

    speaker: Speaker


@dataclass(frozen=True, slots=True)
class GoTo:
    channel: str


@dataclass(frozen=True, slots=True)
class PressNumber:
    speaker: Speaker
    number: int


@dataclass(frozen=True, slots=True)
class More:
    """Open folded text: the number on display, or the latest."""

    number: int | None = None


@dataclass(frozen=True, slots=True)
class HandIn:
    """Somebody hands the coach a file that lies on this machine, in private."""

    speaker: Speaker
    path: str


@dataclass(frozen=True, slots=True)
class SayKept:
    """Say the line that was held back, as the words that it is."""

    speaker: Speaker


@dataclass(frozen=True, slots=True)
class Help:
    """What can be written here?"""


@dataclass(frozen=True, slots=True)
class Quit:
    """Close the window."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """An empty line, or a comment."""


@dataclass(frozen=True, slots=True)
class Held:
    """A line that could mean two things: *hint* is the phrase that asks; nothing is lost, nothing is guessed."""

    hint: str
    name: str
    text: str
    speaker: Speaker | None = None
    private: bool = False


Line = Words | Switch | GoTo | PressNumber | More | HandIn | SayKept | Help | Quit | Nothing | Held

IsCommand = Callable[[str, str], bool]

_PREFIX = re.compile(
    r"([^:\n]{1,60}?) ?(\( ?(?:privat|private) ?\))? ?:(?P<rest>.*)", re.DOTALL | re.IGNORECASE
)
_COMMAND = re.compile(r"/(\S+)\s*(.*)", re.DOTALL)
_NUMBER = re.compile(r"(?:\d+\.)+\d+|[a-z]\.\d+|\d+", re.IGNORECASE)

WINDOW_COMMANDS = {
    "som": "as", "as": "as",
    "privat": "private", "private": "private",
    "kanal": "channel", "channel": "channel",
    "säg": "say", "sag": "say", "say": "say",
    "mer": "more", "more": "more",
    "fil": "file", "file": "file",
    "hjälp": "help", "hjalp": "help", "help": "help",
    "sluta": "quit", "quit": "quit",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one window's lines; *language* is the window's own."""

    speakers: Speakers
    is_command: IsCommand
    language: str = "sv"

    def read(self, line: str, current: Speaker | None) -> Line:
        """Return what *line* means when *current* has the word; None when nobody has spoken yet."""
        text = line.strip()
        if not text:
            return Nothing()
        if text.startswith("/"):
            return self._command(text, current)
        prefix = _PREFIX.match(text)
        if prefix is None:
            return self._words(text, current)
        return self._with_prefix(text, prefix, current)

    def _with_prefix(self, text: str, prefix: re.Match[str], current: Speaker | None) -> Line:
        name, rest = composed(prefix[1].strip()), prefix["rest"]
        private = prefix[2] is not None
        found = self.speakers.find(name)
        if len(found) > 1:
            names = ", ".join(speaker.name for speaker in found)
            return Held("terminal-several", names, text, current)
        if found:
            return self._spoken(found[0], rest.strip(), private)
        if current is None:
            if may_be_name(name) and not self._is_no_name(name, rest):
                return self._spoken(Speaker(name), rest.strip(), private)
            return Held("terminal-nobody", "", text)
        if not looks_like_name(name) or self._is_no_name(name, rest) or self.is_command(text, self.language):
            return self._words(text, current)
        return Held("terminal-unknown", name, text, current)

    def _is_no_name(self, prefix: str, rest: str) -> bool:
        follows = not rest or rest[0].isspace()
        return not follows or _NUMBER.fullmatch(prefix) is not None or self.is_command(prefix, self.language)

    def _spoken(self, speaker: Speaker, rest: str, private: bool) -> Line:
        """Return what *speaker* says; a press or another order may stand behind the name, too."""
        if not rest:
            return Switch(speaker)
        if not rest.startswith("/"):
            return Words(speaker, rest, private)
        line = self._command(rest, speaker)
        if isinstance(line, Words | Held):
            return replace(line, private=private or line.private)
        return line

    def _words(self, text: str, current: Speaker | None, *, private: bool = False) -> Line:
        if current is None:
            return Held("terminal-nobody", "", text, None, private)
        return Words(current, text, private)

    def _command(self, text: str, current: Speaker | None) -> Line:
        order = _COMMAND.fullmatch(text)
        if order is None:
            return Held("terminal-no-such-order", text, text, current)
        word, rest = composed(order[1]).casefold(), order[2].strip()  # a file's name stays as it is
        if word.isascii() and word.isdigit():
            return self._press(word, rest, text, current)
        match WINDOW_COMMANDS.get(word):
            case "as" if may_be_name(name := composed(" ".join(rest.removesuffix(":").split()))):
                found = self.speakers.find(name)
                return Switch(found[0] if len(found) == 1 else Speaker(name))
            case "as":
                return Held("terminal-no-name", rest, text, current)
            case "private" if rest:
                return self._words(rest, current, private=True)
            case "channel" if rest and "\n" not in rest:
                return GoTo(composed(" ".join(rest.removeprefix("#").split())))
            case "say":
                if current is None:
                    return Held("terminal-nobody", "", rest) if rest else Help()
                return Words(current, rest) if rest else SayKept(current)
            case "more" if not rest or (rest.isascii() and rest.isdigit() and len(rest) < 7):
                return More(int(rest) if rest else None)
            case "file" if rest and "\n" not in rest:
                return Held("terminal-nobody", "", text) if current is None else HandIn(current, rest)
            case "help":
                return Help()
            case "quit":
                return Quit()
            case _:
                return Held("terminal-no-such-order", f"/{order[1]}", text, current)

    def _press(self, word: str, rest: str, text: str, current: Speaker | None) -> Line:
        if rest or len(word) > 6:
            return Held("terminal-no-such-order", text, text, current)
        if current is None:
            return Held("terminal-nobody", "", text)
        return PressNumber(current, int(word))
