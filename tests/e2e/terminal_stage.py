"""A stage for walkthroughs at the terminal door: scenes become lines of a piped conversation with a real process."""

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import text

from bot.shelf import StoredShelf
from bot.usecases.walk import NothingToPress
from content.pack import Pack
from content.phrases.book import Phrasebook
from dialogs.flows.position import number_of
from dialogs.messages import Button, Message
from dialogs.model.answers import Address
from dialogs.model.journey import Journey
from dialogs.wording.teller import Teller
from storage.engine import open_engine
from storage.mapping import MESSAGE
from storage.unit_of_work import SqlUnitOfWork
from tests.doors.addressed import addressed
from tests.e2e.terminal import BUTTON, Terminal

ASKED = re.compile(r"^\((\d+) (?:av|of) (\d+)\)", re.MULTILINE)
# What was said is wiped once it is shown. A trigger of the test's own keeps a copy, in the order of showing.
KEEP = """
    create table shown_letter (number integer primary key, how, question, external, private, message);
    create trigger keep_shown after update of state on outbox when new.state = 'sent' begin
        insert into shown_letter (how, question, external, private, message)
        select old.how, old.journey || '/' || old.address, room.external, room.private, old.message
        from room where room.id = old.room;
    end;
"""
SHOWN = text("select * from shown_letter where number > :last order by number")


@dataclass
class TerminalStage:
    """Speaks to the process in lines, and looks at what is kept in the database alone."""

    database: Path
    language: str
    restarts: int = 0
    _today: date = date(2026, 1, 1)
    _terminal: Terminal | None = None
    _introduced: set[str] = field(default_factory=set)
    _last: int = 0  # of the letters that were looked at
    _heard: list[str] = field(default_factory=list)
    _buttons: list[tuple[Button, str, bool]] = field(
        default_factory=list
    )  # as shown by this process, in order
    _numbers: list[tuple[int, str]] = field(default_factory=list)
    _offered: dict[tuple[str, str], set[object]] = field(default_factory=dict)
    _focus: str = ""
    _form: list[str] = field(default_factory=list)  # the fields of the form that was opened last
    _filling: dict[str, tuple[dict[str, str], str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with closing(sqlite3.connect(self.database)) as connection:
            connection.executescript(KEEP)
        self._reading = open_engine(f"sqlite:///{self.database}", read_only=True)
        self._shelf = StoredShelf(self._uow)

    # ------------------------------------------------------------------------------------------ what is played

    @property
    def today(self) -> date:
        return self._today

    def day(self, day: date) -> None:
        self.close()
        self._today = day

    def restart(self) -> None:
        if self._terminal is not None:
            self._terminal.kill()
            self._forget_process()
        self.restarts += 1

    def says(self, who: str, text: str, *, to: str = "") -> None:
        named = to and to != self._number_in_focus()
        self._carry_on(who, self._say(who, addressed(text, to) if named else text))

    def privately(self, who: str, text: str) -> None:
        self._carry_on(who, self._say(who, text, self._in_private))

    def presses(self, who: str, action: str, on: str) -> None:
        self._say(who, f"/{self._numbers[self._found(who, action, on)][0]}")

    def fills(self, who: str, action: str, on: str, fields: dict[str, str]) -> None:
        """Press, then answer one field after the other, as long as one is asked for."""
        button = self._found(who, action or "record", on)
        shown = self._say(who, f"/{self._numbers[button][0]}")
        place = self._in_private if self._buttons[button][2] else ""
        self._filling[who] = (fields, place)
        self._carry_on(who, shown, begun=True)

    def _carry_on(self, who: str, shown: str, *, begun: bool = False) -> None:
        """Fill in what is asked for next. A field that was refused is typed anew by a scene; then the rest follows."""
        fields, place = self._filling.get(who, ({}, ""))
        asked = ASKED.findall(shown)
        if not begun:
            self._filling.pop(who, None)
        if not begun and (not asked or asked[-1][0] == "1"):
            return
        while fields and asked:
            position, of = map(int, asked[-1])
            shown = self._say(who, fields.get(self._form[position - 1], "-"), place)
            asked = ASKED.findall(shown)
            if position == of:
                self._filling.pop(who, None)

    # ------------------------------------------------------------------------------------------ what is seen

    def heard(self) -> Sequence[str]:
        told, self._heard = self._heard, []
        return told

    def journey(self) -> tuple[Pack, Journey] | None:
        with self._uow() as uow:
            refs = [ref for ref in uow.journeys.all() if not ref.practice]
            if not refs:
                return None
            journey = uow.journeys.whole(refs[-1].id)
        return self._shelf.pack(journey.pack, journey.version), journey

    def shown(self, address: Address) -> str:
        kept = self.journey()
        if kept is None:
            return ""
        teller = Teller(Phrasebook.load(), *kept, kept[1].language, self.today)
        return teller.settled(kept[1].item(address))

    def close(self) -> None:
        """End the input of the process: it ends well, and has nothing to complain about."""
        if self._terminal is not None:
            assert self._terminal.close() == (0, "")
            self._forget_process()

    def _uow(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self._reading)

    # ------------------------------------------------------------------------------------------ lines

    def _say(self, who: str, text: str, place: str = "") -> str:
        """Say it, by somebody who has been introduced; return what was shown."""
        terminal = self._terminal or self._start()
        lines = [] if who in self._introduced else [f"/som {who}"]
        self._introduced.add(who)
        said = f'"""{text}"""' if "\n" in text else text
        shown = terminal.say(*lines, f"{who}{place}: {said}")
        self._look(shown)
        return shown

    def _start(self) -> Terminal:
        nine = datetime.combine(self._today, time(7), UTC) + timedelta(minutes=5 * self.restarts)
        self.restarts += 1
        arguments = ["-m", "tests.e2e.on_a_day", nine.isoformat(), "chat", "--language", self.language]
        self._terminal = terminal = Terminal(arguments, self.database)
        self._look(terminal.say())
        return terminal

    def _forget_process(self) -> None:
        """A new window numbers its buttons anew, and knows who speaks only by name."""
        self._terminal = None
        for kept in (self._introduced, self._buttons, self._numbers, self._offered):
            kept.clear()

    def _look(self, shown: str) -> None:
        """Take in the letters that were sent since the last look, and the numbers that their buttons got."""
        self._numbers += [(int(number), label) for number, label in BUTTON.findall(shown)]
        with self._reading.connect() as connection:
            rows = connection.execute(SHOWN, {"last": self._last}).all()
        for row in rows:
            self._last = row.number
            message = MESSAGE.value(row.message)
            if row.how == "question" and not row.private:
                self._focus = row.question.partition("/")[2]
            self._heard += [message.text, *(button.label for button in message.buttons)]
            for button in self._new(row.how, row.question, row.external, message):
                self._buttons.append((button, row.external, bool(row.private)))
            if message.form is not None:
                self._form = [one.id for one in message.form.fields]
        labels = [" ".join(button.label.split()) for button, _, _ in self._buttons]
        assert labels == [label for _, label in self._numbers], "the window shows the buttons of its letters"

    def _new(self, how: str, question: str, room: str, message: Message) -> list[Button]:
        """Return the buttons that the window shows: of an edited question only those that it didn't offer before."""
        before = self._offered.get((question, room), set()) if how == "edit" else set()
        new = [button for button in message.buttons if button.press not in before]
        if how in ("question", "edit"):
            self._offered[question, room] = {*before, *(button.press for button in message.buttons)}
        return new

    @property
    def _in_private(self) -> str:
        return " (privat)" if self.language == "sv" else " (private)"

    def _number_in_focus(self) -> str:
        """Return the number of the question that stood last in the channel: words without a number are about it."""
        kept = self.journey()
        return number_of(*kept, Address.of(self._focus)) if kept and self._focus else ""

    def _found(self, who: str, action: str, on: str) -> int:
        """Return the place of the button; a question that another window showed is asked for by its number first."""
        place = self._newest(who, action, on)
        if place is None and on:
            self._say(who, on)
            place = self._newest(who, action, on)
        if place is None:
            raise NothingToPress(f"no button {action!r} on {on or 'any message'}")
        return place

    def _newest(self, who: str, action: str, on: str) -> int | None:
        """Return the place of the newest button that *who* sees with this action, on that question where one is named."""
        name, _, argument = action.partition(":")
        kept = self.journey()
        for place in reversed(range(len(self._buttons))):
            button, room, private = self._buttons[place]
            press = button.press
            if private and room != f"privat:{who.casefold()}":
                continue
            if press.action != name or (argument and press.argument != argument):
                continue
            address = press.address
            if not on or (kept is not None and address is not None and number_of(*kept, address) == on):
                return place
        return None
