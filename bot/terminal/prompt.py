"""Talks with people at a keyboard: a prompt that says who has the word, with history and completion.

While nobody writes, what the clock has to say is shown above the line that is being typed.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager

from prompt_toolkit import PromptSession
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from bot.terminal.clean import one_line, shortened
from bot.terminal.lines import Switch
from bot.terminal.typed import Typed
from bot.terminal.window import Window

LOOKS_EVERY = 20.0  # seconds

ORDERS = {
    "sv": ("/som", "/privat", "/kanal", "/säg", "/mer", "/fil", "/hjälp", "/sluta"),
    "en": ("/as", "/private", "/channel", "/say", "/more", "/file", "/help", "/quit"),
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


def talk(
    window: Window,
    session: "PromptSession[str]",
    *,
    words: Sequence[str] = (),
    pause: Callable[[], Awaitable[None]] = lambda: asyncio.sleep(LOOKS_EVERY),
) -> None:
    """Read lines until the window is closed. What was typed is kept for as long as it lives, and nowhere else.

    *pause* passes between two looks at the clock.
    """
    people = window.reader.speakers
    completer = Beginnings(
        lambda: (speaker.name for speaker in people.known().values()),
        ORDERS.get(window.reader.language, ORDERS["sv"]),
        words,
    )
    asyncio.run(_talk(window, session, completer, pause))
    window.tell("terminal-bye")


async def _talk(
    window: Window, session: "PromptSession[str]", completer: Completer, pause: Callable[[], Awaitable[None]]
) -> None:
    try:
        await _introduce(window, session)
        window.open()
        async with _looking(window, pause):
            await _lines(window, session, completer)
    except EOFError:
        pass


@asynccontextmanager
async def _looking(window: Window, pause: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Look at the clock again and again; what comes is shown above the line, which stays as far as it is typed."""

    async def again() -> None:
        while True:
            await pause()
            if window.look():
                await run_in_terminal(window.show_what_came)

    looking = asyncio.create_task(again())
    try:
        yield
    finally:
        looking.cancel()


async def _introduce(window: Window, session: "PromptSession[str]") -> None:
    """Ask who is there, until somebody is."""
    question = f"{window.say('terminal-your-name')} "
    while window.current is None:
        try:
            name = one_line(await session.prompt_async(question))
        except KeyboardInterrupt:
            window.tell("terminal-leave")
            continue
        line = window.reader.read(f"/as {name}", None)
        if isinstance(line, Switch):
            window.current = window.reader.speakers.introduce(line.speaker.name)
        elif name:
            window.tell("terminal-no-name", name=shortened(name, 60))


async def _lines(window: Window, session: "PromptSession[str]", completer: Completer) -> None:
    typed = Typed()
    while not window.closed:
        try:
            line = await session.prompt_async(
                "… " if typed.unfinished else window.prompt(), completer=completer
            )
        except KeyboardInterrupt:
            typed.forget()
            window.tell("terminal-leave")
            continue
        text = typed.take(line)
        if text is not None:
            window.handle(text)
