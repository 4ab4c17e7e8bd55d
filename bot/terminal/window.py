"""One window where several people talk with the coach: takes lines, hands them in, shows the letters that come."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, assert_never

from bot.logs import failure
from bot.terminal.board import Board
from bot.terminal.clean import one_line, shortened, shown
from bot.terminal.lines import (
    GoTo,
    HandIn,
    Held,
    Help,
    Line,
    More,
    Nothing,
    PressNumber,
    Quit,
    Reader,
    SayKept,
    Switch,
    Words,
)  # fmt: skip
from bot.terminal.names import Speaker
from bot.terminal.render import Renderer, Say
from bot.terminal.rows import Row, Run, row, wrapped
from bot.terminal.screen import Screen
from dialogs.files import FileIn, FileOut
from dialogs.incoming import Attached, Incoming, Pressed, Said, What
from dialogs.model.checkpoint import is_of_checkpoint
from dialogs.ports import ClaimedLetter, Clock

DOOR = "terminal"
CHANNEL = "allmänt"
MOST_AT_ONCE = 500  # letters after one line; more would mean that they never end

HELP = (
    "terminal-help-name", "terminal-help-plain", "terminal-help-private", "terminal-help-as", "terminal-help-channel",
    "terminal-help-button", "terminal-help-more", "terminal-help-file", "terminal-help-say", "terminal-help-long",
    "terminal-help-quit", "terminal-help-coach",
)  # fmt: skip

log = logging.getLogger(__name__)


class Desk(Protocol):
    """Where the window hands in what is said, and fetches what is to be shown."""

    def take(self, incoming: Incoming, files: Mapping[str, FileIn] = ...) -> bool:
        """*files* are those that came along, by where each was fetched."""

    def letters(self, door: str) -> Sequence[ClaimedLetter]: ...
    def tick(self) -> int:
        """Let what is due be said; return how many messages that made."""

    def take_back(self, door: str) -> None:
        """Take back what a window that is gone had fetched and never showed."""

    def sent(self, letter: ClaimedLetter, platform_message: str) -> None: ...


@dataclass(slots=True)
class Window:
    """*last_question* says which question stood last in a channel before this window was opened.

    *put_file* puts a file that is handed out where people find it, *read_file* reads one that lies on this machine;
    None when it couldn't. *work* does what lines have asked to be done beside them; it returns whether that may have
    brought letters.
    """

    desk: Desk
    screen: Screen
    reader: Reader
    clock: Clock
    new_id: Callable[[], str]
    say: Say
    last_question: Callable[[str], str] = lambda channel: ""
    put_file: Callable[[FileOut], Path | None] = lambda file: None
    read_file: Callable[[str], FileIn | None] = lambda path: None
    work: Callable[[], bool] = lambda: False
    width: int = 88
    channel: str = CHANNEL
    current: Speaker | None = None
    closed: bool = False
    board: Board = field(default_factory=Board)
    _focus: dict[str, str] = field(default_factory=dict)
    _kept: Held | None = None
    _fetched: list[ClaimedLetter] = field(default_factory=list)  # and not shown yet

    def open(self) -> None:
        """Show what waited, and how to begin."""
        self._safely(lambda: self.desk.take_back(DOOR))
        self._safely(self.tick)
        self._safely(self.pump)
        self._safely(self._work)
        self.tell("terminal-welcome")

    def handle(self, text: str) -> None:
        """Let one line happen. Whatever goes wrong with it, the window lives on."""
        self._safely(self.tick)
        self._safely(lambda: self._do(self.reader.read(text, self.current)))
        self._safely(self._work)

    def tick(self) -> None:
        """Show what the clock has to say by now."""
        if self.desk.tick():
            self.pump()

    def look(self) -> bool:
        """Let the clock look while nobody writes; return whether there is anything to show. Shows nothing itself."""
        try:
            self.desk.tick()
            self._fetched.extend(self.desk.letters(DOOR))
        except Exception as error:  # noqa: BLE001 - the next look, or the next line, comes all the same
            log.error("look failed", extra=failure(error))
        return bool(self._fetched)

    def show_what_came(self) -> None:
        """Show what a look has found."""
        self._safely(self.pump)

    def pump(self) -> None:
        """Show every letter that waits for this door, until there are no more."""
        shown = 0
        while shown < MOST_AT_ONCE and (letters := self._next_letters()):
            for letter in letters:
                self._show(letter)
                shown += 1

    def tell(self, key: str, **args: object) -> None:
        """Say something as the window itself."""
        self.screen.show(
            [Row(), *wrapped([Run(self.say(key, **args), "dim")], self.width, first="* ", later="  ")]
        )

    def prompt(self) -> str:
        """Return what stands before the line that is typed: who has the word, and where."""
        name = self.current.name if self.current else "?"
        return self.say("terminal-prompt", name=name, channel=self.channel)

    def _safely(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Exception as error:  # noqa: BLE001 - one line that fails must not end everybody's conversation
            log.error("line failed", extra=failure(error))
            self.tell("terminal-failed")

    def _work(self) -> None:
        if self.work():
            self.pump()

    def _do(self, line: Line) -> None:
        match line:
            case Words(speaker=speaker, text=text, private=private):
                self._take_word(speaker)
                self._say(text, private)
            case Switch(speaker=speaker):
                self._take_word(speaker)
                self.tell("terminal-speaker", name=self._speaker().name)
            case GoTo(channel=channel):
                self.channel = shortened(channel, 60)
                self.tell("terminal-channel", channel=self.channel)
            case PressNumber(speaker=speaker, number=number):
                self._take_word(speaker)
                self._press(number)
            case More(number=number):
                self._open(number)
            case HandIn(speaker=speaker, path=path):
                self._take_word(speaker)
                self._hand_in_file(path)
            case SayKept(speaker=speaker):
                self._say_kept(speaker)
            case Held(hint=hint, name=name):
                self._kept = line
                self.tell(hint, name=shortened(name, 60))
            case Help():
                self._help()
            case Quit():
                self.closed = True
            case Nothing():
                pass
            case _:
                assert_never(line)

    def _take_word(self, speaker: Speaker) -> None:
        self.current = self.reader.speakers.introduce(speaker.name)

    def _speaker(self) -> Speaker:
        if self.current is None:
            raise RuntimeError("nobody speaks")
        return self.current

    def _say(self, text: str, private: bool) -> None:
        id = self.new_id()
        thread = "" if private else self._question_in_focus()
        room = f"privat:{self._speaker().account}" if private else self.channel
        self._hand_in(
            Said(text, message=f"s-{id}", thread_of=thread, guessed=bool(thread)), room, private, id
        )

    def _say_kept(self, speaker: Speaker) -> None:
        kept, self._kept = self._kept, None
        if kept is None:
            self.tell("terminal-nothing-kept")
            return
        self._take_word(kept.speaker or speaker)
        self._say(kept.text, kept.private)

    def _press(self, number: int) -> None:
        pressed = self.board.button(number)
        if pressed is None:
            if self.board.fold(number) is not None:
                self._open(number)
            else:
                self.tell("terminal-no-number", number=number)
        elif pressed.room.private and pressed.room.external != f"privat:{self._speaker().account}":
            owner = self.reader.speakers.name_of(pressed.room.external.partition(":")[2])
            self.tell("terminal-not-your-button", number=number, name=owner)
        else:
            self._hand_in(Pressed(pressed.id), pressed.room.external, pressed.room.private, self.new_id())

    def _open(self, number: int | None) -> None:
        folded = self.board.fold(number)
        if folded is None:
            self.tell("terminal-nothing-folded")
        else:
            self.screen.show([Row(), row(folded.title, "heading"), *folded.rows])

    def _help(self) -> None:
        self.tell("terminal-help")
        for key in HELP:
            self.screen.show(wrapped([Run(self.say(key))], self.width, first="  • ", later="    "))

    def _hand_in(
        self, what: What, room: str, private: bool, id: str, files: Mapping[str, FileIn] | None = None
    ) -> None:
        speaker = self._speaker()
        incoming = Incoming(
            door=DOOR,
            tenant="",
            event=id,
            account=speaker.account,
            name=speaker.name,
            room=room,
            private=private,
            at=self.clock.now(),
            what=what,
        )
        if files:
            self.desk.take(incoming, files)
        else:
            self.desk.take(incoming)
        self.pump()

    def _hand_in_file(self, path: str) -> None:
        file = self.read_file(path)
        if file is None:
            self.tell("terminal-no-file", path=shortened(path, 200))
            return
        id = self.new_id()
        said = Said("", f"s-{id}", attached=(Attached(file.name, "", id),))
        self._hand_in(said, f"privat:{self._speaker().account}", True, id, {id: file})

    def _question_in_focus(self) -> str:
        if self.channel not in self._focus:
            self._focus[self.channel] = self.last_question(self.channel)
        return self._focus[self.channel]

    def _show(self, letter: ClaimedLetter) -> None:
        id = letter.edits if letter.how == "edit" and letter.edits else f"t-{letter.id}"
        if rows := self._rows(letter, id):
            self.screen.show([Row(), *rows])
        if letter.message.file is not None:
            self._hand_out(letter.message.file)
        # Under a checkpoint as a whole nothing is answered: the question before it stays at hand.
        puts_question = letter.how == "question" and not is_of_checkpoint(letter.address)
        if puts_question and not letter.room.private:
            self._focus[letter.room.external] = id
        self.desk.sent(letter, id)

    def _hand_out(self, file: FileOut) -> None:
        path = self.put_file(file)
        if path is None:
            self.screen.show(wrapped([Run(shown(file.instead))], self.width))
        else:
            self.screen.show([row(self.say("terminal-file", path=one_line(str(path))))])

    def _next_letters(self) -> Sequence[ClaimedLetter]:
        if not self._fetched:
            return self.desk.letters(DOOR)
        fetched, self._fetched = self._fetched, []
        return fetched

    def _rows(self, letter: ClaimedLetter, id: str) -> list[Row]:
        renderer = Renderer(self.board, self.say, self.reader.speakers.name_of, self.width)
        try:
            return renderer.letter(letter, channel=self.channel, id=id)
        except Exception as error:  # noqa: BLE001 - a letter that looks wrong is better than one that nobody gets
            log.error("letter not rendered", extra={"letter": letter.id, **failure(error)})
            return wrapped([Run(shown(letter.message.text))], self.width)
