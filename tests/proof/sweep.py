"""Plays a walkthrough in processes that are killed at their commit points, one after the other, in one journey.

A point is found when a process comes to it: just before or just after a commit, named by what is being done. Each
process is killed at the first point that none has died at, so that the next goes on from there; the last one comes
to the end. What the platform was given, and what was acknowledged to it, stands in a book on disk, as it would on
the platform's side.
"""

import os
import pickle
import signal
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import text

from bot.desk import Desk
from bot.ids import RandomIds
from bot.stage import DeskStage, WalkClock
from bot.usecases.rebuild import check
from bot.usecases.walk import play
from content.schema.files import Walkthrough
from dialogs.incoming import Incoming
from dialogs.ports import ClaimedLetter
from dialogs.time import HOME
from storage.errors import Conflict
from tests.commits import watch_commits
from tests.proof.telling import told
from tests.proof.world import METHOD, World, book

PATIENCE = 30  # seconds until PostgreSQL has noticed that a process is gone


@dataclass(frozen=True)
class Move:
    """One thing that somebody does in the walkthrough: a call to the stage, and the day that it is."""

    day: date
    call: str
    arguments: tuple[Any, ...]
    named: Mapping[str, Any]


@dataclass
class Script:
    """A stage that plays nothing and writes down what it would have played."""

    moves: list[Move] = field(default_factory=list)
    today: date = date.min

    def day(self, day: date) -> None:
        self.today = day

    def restart(self) -> None:
        """A process that is killed everywhere starts again often enough."""

    def says(self, who: str, text: str, *, to: str = "") -> None:
        self._write("says", who, text, to=to)

    def privately(self, who: str, text: str) -> None:
        self._write("privately", who, text)

    def presses(self, who: str, action: str, on: str) -> None:
        self._write("presses", who, action, on)

    def fills(self, who: str, action: str, on: str, fields: dict[str, str]) -> None:
        self._write("fills", who, action, on, fields)

    def heard(self) -> Sequence[str]:
        return ()

    def journey(self) -> None:
        return None

    def shown(self, address: object) -> str:
        return ""

    def _write(self, call: str, *arguments: Any, **named: Any) -> None:
        self.moves.append(Move(self.today, call, arguments, named))


def moves_of(walkthrough: Walkthrough) -> Sequence[Move]:
    script = Script()
    play(walkthrough, script, method=METHOD)
    return script.moves


@dataclass(frozen=True)
class Points:
    """At which points to die: those that nobody has died at, or a sample of them, drawn by the seed and their names."""

    share: float
    seed: str

    def dies_at(self, point: str) -> bool:
        drawn = int.from_bytes(sha256(f"{self.seed} {point}".encode()).digest()[:4]) / 2**32
        return drawn < self.share


class Book:
    """What is on the other side, whatever becomes of the process: entries on disk, each whole or not there."""

    def __init__(self, file: Path) -> None:
        self._descriptor = os.open(file, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
        self._read = 0

    def write(self, kind: str, what: Any) -> None:
        entry = pickle.dumps((kind, what))
        os.write(self._descriptor, len(entry).to_bytes(4) + entry)
        if kind == "acked":
            os.fsync(self._descriptor)

    def news(self) -> Iterator[tuple[str, Any]]:
        while head := os.pread(self._descriptor, 4, self._read):
            length = int.from_bytes(head)
            yield pickle.loads(os.pread(self._descriptor, length, self._read + 4))  # noqa: S301 - our own
            self._read += 4 + length


@dataclass
class Doing:
    """What a process is doing, so that its commits have names; and where it dies."""

    book: Book
    points: Points
    died_at: frozenset[str]
    what: str = ""
    commits: int = 0
    passed: int = 0

    def begin(self, what: str) -> None:
        self.what, self.commits = what, 0

    def reach(self, moment: str) -> None:
        self.passed += 1
        point = f"{self.what}, commit {self.commits}, {moment}"
        if point not in self.died_at and self.points.dies_at(point):
            self.book.write("died", point)
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class SweptClock(WalkClock):
    """A second more for each process, and a thousandth with each look, so that thousands live on one day."""

    process: int = 0

    def begin_process(self, day: date, process: int) -> None:
        self.today_is, self.process, self._seconds = day, process, 0

    def now(self) -> datetime:
        self._seconds += 1
        morning = datetime.combine(self.today_is, time(9), HOME).astimezone(UTC)
        return morning + timedelta(seconds=self.process, milliseconds=self._seconds)


@dataclass(frozen=True, slots=True)
class WatchedDesk(Desk):
    """The desk itself, which says what it is about to do, and acknowledges as a door would."""

    doing: Doing = field(kw_only=True)

    def take(self, incoming: Incoming) -> bool:
        self.doing.begin(f"take {incoming.event}")
        taken = Desk.take(self, incoming)
        self.doing.book.write("acked", incoming.event)
        return taken

    def sent(self, letter: ClaimedLetter, platform_message: str) -> None:
        self.doing.begin(f"sent {letter.key}")
        Desk.sent(self, letter, platform_message)


@dataclass
class SweptStage(DeskStage):
    """A stage that posts to the book, and can be told what is written there."""

    posted: int = 0

    def remember(self, letter: ClaimedLetter) -> None:
        self.posted += 1
        self._buttons += [(button, letter.room) for button in letter.message.buttons]
        if letter.how == "question" and letter.address is not None:
            self._note_question(letter, f"t-{letter.id}")

    def go_on(self, desk: WatchedDesk) -> None:
        """Do what a process does at its start: take what was left undone, and send what was never called sent."""
        self._desk = desk
        desk.doing.begin(f"resume after {self.posted} letters")
        desk.resume()
        desk.doing.begin(f"take back after {self.posted} letters")
        desk.take_back(self.door)
        self._pump(desk)

    def make(self, move: Move, number: int) -> None:
        self.clock.today_is = move.day
        self._events = number
        getattr(self, move.call)(*move.arguments, **move.named)

    def _pump(self, desk: Desk) -> None:
        assert isinstance(desk, WatchedDesk)
        desk.doing.begin(f"claim after {self.posted} letters")
        while letters := desk.letters(self.door):
            self._post(desk, letters)
            desk.doing.begin(f"claim after {self.posted} letters")

    def _post(self, desk: WatchedDesk, letters: Sequence[ClaimedLetter]) -> None:
        for letter in letters:
            desk.doing.book.write("posted", letter)
            self.remember(letter)
            desk.sent(letter, f"t-{letter.id}")


@dataclass
class Sweep:
    """One journey, played by as many processes as have to die for it."""

    world: World
    moves: Sequence[Move]
    points: Points
    folder: Path
    died_at: set[str] = field(default_factory=set)
    acked: dict[str, int] = field(default_factory=dict)
    letters: dict[str, ClaimedLetter] = field(default_factory=dict)
    posted_again: int = 0
    processes: int = 0
    passed: int = 0  # how many points the last process came by
    _written: int = -1

    def __post_init__(self) -> None:
        self.book = Book(self.folder / "book")
        self.clock = SweptClock(self.moves[0].day)
        self.stage = SweptStage(self.clock, self._no_desk, self.world.uow(), self.world.shelf, book())
        self.world.shelf.newest()  # read before the first fork, kept in all

    def run(self) -> None:
        """Play to the end, killed at each point; look after the journey at each death."""
        while True:
            ended = self._process()
            self._read_book()
            self._look()
            if ended:
                return

    def told(self) -> Mapping[str, Any]:
        """Return all that the journey came to, without ids and times."""
        with self.world.uow() as uow:
            [ref] = [ref for ref in uow.journeys.all() if not ref.practice]
            journey, events = uow.journeys.whole(ref.id), list(uow.journeys.events(ref.id))
        letters = sorted(self.letters.values(), key=lambda letter: letter.id)
        return told(journey, events, letters)

    def _process(self) -> bool:
        """Let one more process play on. Return whether it came to the end."""
        self.processes += 1
        self.world.rest()
        pid = os.fork()
        if pid == 0:
            try:
                self._play()
            except BaseException:  # noqa: BLE001 - told to the parent, who fails
                self.book.write("failed", traceback.format_exc())
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        if os.WIFSIGNALED(status):
            assert os.WTERMSIG(status) == signal.SIGKILL, status
            self._wait_until_it_is_gone()
            return False
        return True

    def _play(self) -> None:
        doing = Doing(self.book, self.points, frozenset(self.died_at))

        def before() -> None:
            doing.commits += 1
            doing.reach("before")

        watch_commits(before, lambda: doing.reach("after"))
        world, clock = self.world, self.clock
        first = len(self.acked)
        clock.begin_process(self.moves[min(first, len(self.moves) - 1)].day, self.processes)
        desk = WatchedDesk(world.uow(), world.shelf, clock, RandomIds(), book(), Conflict, doing=doing)
        self.stage.go_on(desk)
        for number, move in enumerate(self.moves[first:], start=first):
            self.stage.make(move, number)
        self.book.write("passed", doing.passed)

    def _read_book(self) -> None:
        for kind, what in self.book.news():
            match kind:
                case "acked":
                    self.acked[what] = self.acked.get(what, 0) + 1
                case "passed":
                    self.passed = what
                case "died":
                    assert what not in self.died_at
                    self.died_at.add(what)
                case "posted":
                    self.posted_again += what.key in self.letters
                    self.letters[what.key] = what
                    self.stage.remember(what)
                case _:
                    raise AssertionError(what)

    def _look(self) -> None:
        """What was acknowledged is there, once; nothing is half written; the projection is what the journal makes."""
        with self.world.reading.connect() as connection:
            stored = connection.execute(text("SELECT event, state FROM inbox")).all()
            heads = connection.execute(
                text("SELECT id, written, sequence FROM journey WHERE NOT practice")
            ).all()
            lines = connection.execute(text("SELECT count(*), max(sequence) FROM entry")).one()
        states = dict(map(tuple, stored))
        assert len(states) == len(stored), "an event is stored twice"
        assert {event for event in self.acked if states.get(event) != "done"} == set()
        assert "failed" not in states.values()
        assert len(states) <= len(self.acked) + 1, "an event is stored that nobody has sent"
        for head in heads:
            assert lines[0] == head.sequence == (lines[1] or 0)
            if head.written != self._written:
                self._written = head.written
                assert check(head.id, uow=self.world.uow(), shelf=self.world.shelf) == []

    def _wait_until_it_is_gone(self) -> None:
        """Wait until PostgreSQL has noticed: until then the dead one's locks stand, and a turn in its hand is passed by."""
        if self.world.engine.dialect.name != "postgresql":
            return
        others = text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        until = monotonic() + PATIENCE
        with self.world.reading.connect() as connection:
            while connection.execute(others).scalar():
                assert monotonic() < until, "PostgreSQL keeps a dead process's connection"
                connection.rollback()
                sleep(0.002)

    @staticmethod
    def _no_desk(clock: WalkClock) -> Desk:
        raise AssertionError("each process brings its own desk")


def share_of(sample: str, count: int) -> float:
    """Return which part of *count* points PROOF_SAMPLE asks for: nothing for all, 0.1 for a part, 20 for a number."""
    if not sample.strip():
        return 1.0
    asked = float(sample)
    return asked if asked < 1 or (asked == 1 and "." in sample) else min(1.0, asked / max(count, 1))
