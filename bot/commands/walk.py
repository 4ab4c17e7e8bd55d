"""``metodcoach pack walk``: sample conversations, played for real and shown as they would look in the terminal."""

import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.call import Call
from bot.stage import CHANNEL
from bot.terminal.board import Board
from bot.terminal.piped import echo
from bot.terminal.render import Renderer
from bot.terminal.rows import Row, Run, row, wrapped
from bot.terminal.screen import WIDTH, PlainScreen
from bot.walking import Onlookers, Walker, chosen
from content.loader import Loaded
from content.schema.files import Walkthrough
from dialogs.ports import ClaimedLetter


def walk(call: Call, loaded: Loaded, id: str) -> bool:
    """Play one walkthrough, or all, and print them; return whether each went as written."""
    walkthroughs = list(chosen(loaded.walkthroughs, id))
    if not loaded.walkthroughs:
        call.refuse("walk-none", id=loaded.pack.id)
    if not walkthroughs:
        known = ", ".join(one.id for one in loaded.walkthroughs)
        call.refuse("walk-unknown", said=id, known=known)
    with TemporaryDirectory(prefix="metodcoach-walk-") as folder:
        walker = Walker(loaded, Path(folder))
        walker.prepare()
        went = [_play(call, walker, one) for one in walkthroughs]  # each is shown
    return all(went)


def _play(call: Call, walker: Walker, walkthrough: Walkthrough) -> bool:
    view = Transcript(call.chosen or walkthrough.language)
    view.heading(walkthrough)
    with walker.played(walkthrough, view.onlookers()) as (played, _, _):
        pass
    call.print("")
    if played.as_written:
        call.say("walk-as-written", id=walkthrough.id, n=played.scenes)
        return True
    call.say("walk-otherwise", id=walkthrough.id, n=len(played.mismatches))
    for mismatch in played.mismatches:
        call.print(f"  {mismatch}")
    return False


@dataclass
class Transcript:
    """Shows a walkthrough as rows; *language* is that of what stands around the conversation."""

    language: str
    screen: PlainScreen = field(default_factory=lambda: PlainScreen(sys.stdout))
    board: Board = field(default_factory=Board)
    names: dict[str, str] = field(default_factory=dict)

    def onlookers(self) -> Onlookers:
        return Onlookers(self.scene, self.letter, self.day, lambda: self._aside("walk-restart"))

    def heading(self, walkthrough: Walkthrough) -> None:
        self.names = {actor.name.casefold(): actor.name for actor in walkthrough.people.values()}
        what = " ".join(walkthrough.what.said_in(self.language).split())
        title = row(f"{walkthrough.title.said_in(self.language)} ({walkthrough.id})", "heading")
        self.screen.show([Row(), title, *wrapped([Run(what)], WIDTH)])

    def scene(self, who: str, where: str, text: str) -> None:
        place = f" ({where})" if where else ""
        self.screen.show([Row(), *echo(f"{who}{place}: {text}")])

    def letter(self, letter: ClaimedLetter) -> None:
        renderer = Renderer(self.board, self._say, lambda account: self.names.get(account, account), WIDTH)
        if rows := renderer.letter(letter, channel=CHANNEL, id=f"t-{letter.id}"):
            self.screen.show([Row(), *rows])

    def day(self, day: date) -> None:
        self._aside("walk-day", day=day)

    def _aside(self, key: str, **args: object) -> None:
        self.screen.show([Row(), *wrapped([Run(self._say(key, **args), "dim")], WIDTH, first="* ")])

    def _say(self, key: str, /, **args: object) -> str:
        return Call(self.language).text(key, **args)
