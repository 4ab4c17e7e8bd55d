"""Talks with people at a keyboard: a prompt that says who has the word, with history and completion."""

from collections.abc import Callable, Iterable, Sequence

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from bot.terminal.clean import one_line, shortened
from bot.terminal.lines import Switch
from bot.terminal.typed import Typed
from bot.terminal.window import Window

ORDERS = {
    "sv": ("/som", "/privat", "/kanal", "/säg", "/mer", "/hjälp", "/sluta"),
    "en": ("/as", "/private", "/channel", "/say", "/more", "/help", "/quit"),
}


class Beginnings(Completer):
    """Completes what a line begins with: a speaker, an order to the window, a word that the coach knows."""

    def __init__(
        self, names: Callable[[], Iterable[str]], orders: Sequence[str], words: Sequence[str]
    ) -> None:
        self._names = names
        self._fixed = (*orders, *words)

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        typed = document.text_before_cursor
        if not typed or "\n" in typed:
            return
        wanted = typed.casefold()
        for choice in (*(f"{name}: " for name in self._names()), *self._fixed):
            if choice.casefold().startswith(wanted) and choice.casefold() != wanted:
                yield Completion(choice, start_position=-len(typed))


def talk(window: Window, session: "PromptSession[str]", *, words: Sequence[str] = ()) -> None:
    """Read lines until the window is closed. What was typed is kept for as long as it lives, and nowhere else."""
    people = window.reader.speakers
    completer = Beginnings(
        lambda: (speaker.name for speaker in people.known().values()),
        ORDERS.get(window.reader.language, ORDERS["sv"]),
        words,
    )
    try:
        _introduce(window, session)
        window.open()
        _lines(window, session, completer)
    except EOFError:
        pass
    window.tell("terminal-bye")


def _introduce(window: Window, session: "PromptSession[str]") -> None:
    """Ask who is there, until somebody is."""
    question = f"{window.say('terminal-your-name')} "
    while window.current is None:
        try:
            name = one_line(session.prompt(question))
        except KeyboardInterrupt:
            window.tell("terminal-leave")
            continue
        line = window.reader.read(f"/as {name}", None)
        if isinstance(line, Switch):
            window.current = window.reader.speakers.introduce(line.speaker.name)
        elif name:
            window.tell("terminal-no-name", name=shortened(name, 60))


def _lines(window: Window, session: "PromptSession[str]", completer: Completer) -> None:
    typed = Typed()
    while not window.closed:
        try:
            line = session.prompt("… " if typed.unfinished else window.prompt(), completer=completer)
        except KeyboardInterrupt:
            typed.forget()
            window.tell("terminal-leave")
            continue
        text = typed.take(line)
        if text is not None:
            window.handle(text)
