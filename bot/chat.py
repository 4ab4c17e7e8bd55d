"""``metodcoach chat``: the conversation in this terminal, typed or piped."""

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from bot.call import Call
from bot.installing import install_new
from bot.logs import log_to_stderr
from bot.packs.on_disk import packs_at_hand
from bot.remembered import Remembered
from bot.terminal.filing import FilingFolder, content_of
from bot.terminal.lines import Reader
from bot.terminal.names import Speakers
from bot.terminal.piped import play
from bot.terminal.screen import WIDTH, PlainScreen, Screen, rich_screen
from bot.terminal.window import Window
from bot.usecases.pack_jobs import take_back_jobs
from bot.window_work import WindowWork
from bot.wiring import World
from content.words import words
from dialogs.files import MOST_BYTES_IN, FileIn
from dialogs.hearing.hear import Answered, Commanded, hear
from storage.engine import sqlite_file
from storage.lock import serving


def chat(call: Call) -> None:
    log_to_stderr(call.settings.log_level)
    typed = sys.stdin.isatty() and sys.stdout.isatty()
    language = call.language if call.chosen or not typed else language_of(os.environ)
    with call.world() as world, serving(world.settings.database_url):
        _talk(world, language, typed=typed)


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language of the terminal's locale; Swedish unless it is English."""
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return "en" if locale.startswith("en") else "sv"


def says_what_it_is(text: str, language: str) -> bool:
    """Whether *text* is surely a command, or an answer to a question or for somebody that it names."""
    heard = hear(text)
    return isinstance(heard, Commanded) or (
        isinstance(heard, Answered) and bool(heard.number or heard.on_behalf)
    )


def _talk(world: World, language: str, *, typed: bool) -> None:
    install_new(world, packs_at_hand(world.settings.packs))
    work = WindowWork(world.pack_work(language), world.uow, world.looking)
    desk = replace(world.desk(language), ring=work.ring)
    desk.resume()
    desk.look_at_the_day()
    if sqlite_file(world.settings.database_url) is not None:
        take_back_jobs(uow=world.uow())  # nobody else serves this file: whoever was at work is gone
    screen: Screen
    if typed:
        screen, width = rich_screen()
    else:
        screen, width = PlainScreen(_utf8(sys.stdout)), WIDTH
    remembered, files = Remembered(world.reading), world.files(language)
    folder = FilingFolder(world.filing_folder(), lambda recipe: files.make(recipe, world.looking()))
    window = Window(
        desk=desk,
        screen=screen,
        reader=Reader(Speakers(remembered.names), says_what_it_is, language),
        clock=world.clock,
        new_id=world.ids.new,
        say=lambda key, **args: world.book.text(key, language, **args),
        last_question=remembered.last_question,
        put_file=folder.put,
        read_file=lambda path: _read(path, world),
        work=work.meanwhile if typed else work.at_once,
        width=width,
    )
    try:
        _take_lines(window, work, typed=typed)
    finally:
        work.end()


def _take_lines(window: Window, work: WindowWork, *, typed: bool) -> None:
    if not typed:
        play(window, _utf8(sys.stdin))
        return
    from prompt_toolkit import PromptSession

    from bot.terminal.prompt import talk

    talk(window, PromptSession(), words=[word for word, _ in words()], pause=work.pause)


def _read(path: str, world: World) -> FileIn | None:
    content = content_of(path, MOST_BYTES_IN)
    if content is None:
        return None
    from bot.files_in import read_file  # few hand in any

    name, today = Path(path).name, world.clock.today()
    return read_file(name, content, today=today, check_pack=world.check_pack)


def _utf8(stream: TextIO) -> TextIO:
    """Read and write UTF-8 whatever the locale says; what is none is shown as such and stops nothing."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="replace")
    return stream
