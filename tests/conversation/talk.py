"""A conversation at the desk over a real database: people say and press things, and a test looks at what came of it."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Self

from sqlalchemy import text as sql
from sqlalchemy.event import listen

from bot.desk import Desk
from bot.ids import RandomIds
from bot.shelf import StoredShelf
from bot.usecases.rebuild import check
from content.pack import Pack
from content.phrases.book import Phrase, Phrasebook, Piece, Where
from dialogs.flows.position import number_of, put
from dialogs.incoming import Attached, Deleted, Edited, Incoming, Pressed, Said, Submitted, What
from dialogs.messages import Button, Form
from dialogs.model.answers import Address, Item
from dialogs.model.journey import Journey
from dialogs.model.people import Member
from dialogs.ports import ClaimedLetter
from dialogs.time import HOME
from storage.engine import open_engine
from storage.errors import Conflict
from storage.unit_of_work import SqlUnitOfWork
from tests.dialogs.builders import a_condition, a_pack, a_question

CHANNEL = "kanalen"
DAY = date(2026, 9, 1)

TRACK = {"id": "mal", "shown": "bild", "asked": [{"with-step": "tva", "questions": [a_question("bild")]}]}


def a_method(*extra: dict[str, object]) -> Pack:
    """Return the method that is talked through here; 1.1 is a text that whoever leads settles."""
    return a_pack(
        a_question("vision", example={"sv": "Så här", "en": "Like this"}),
        a_question("antal", "number"),
        a_question("val", "choice"),
        a_question("samtycke", settle="consent"),
        a_question("enhet", who="each-unit", settle="direct"),
        a_question("privat", who="each", visibility="leader-and-coach"),
        a_question("anonym", who="each", visibility="anonymous"),
        a_question("lova", "commitment", parties=["ledare"]),
        a_question("beslut", "decision"),
        a_question("ide", "record"),
        a_question("rad", who={"roles": ["coach"]}, optional=True),
        *extra,
        gate={"warn": [a_condition({"answered": "vision"})]},
        after=[a_question("efter")],
        tracks=[TRACK],
    )


class Recording(Phrasebook):
    """The phrasebook, remembering which phrases were asked for, and in which language."""

    def __init__(self, book: Phrasebook) -> None:
        self._book = book
        self.asked_for: list[tuple[str, str]] = []

    def placed(self, key: str, where: Where) -> str:
        return self._book.placed(key, where)

    def phrase(self, key: str, language: str) -> Phrase:
        self.asked_for.append((key, language))
        return self._book.phrase(key, language)

    def pieces(self, key: str, language: str, /, **args: object) -> tuple[Piece, ...]:
        self.asked_for.append((key, language))
        return self._book.pieces(key, language, **args)


@dataclass
class Clock:
    """Nine in the morning, and a second more with each look."""

    day: date = DAY
    seconds: int = 0

    def now(self) -> datetime:
        self.seconds += 1
        return (datetime.combine(self.day, time(9), HOME) + timedelta(seconds=self.seconds)).astimezone(UTC)

    def today(self) -> date:
        return self.day


@dataclass
class Told:
    """What came of one thing that somebody did: the letters, and the phrases that they were made of."""

    letters: list[ClaimedLetter]
    phrases: list[tuple[str, str]]

    @property
    def keys(self) -> set[str]:
        return {key for key, _ in self.phrases}

    @property
    def text(self) -> str:
        return "\n".join(letter.message.text for letter in self.letters)

    @property
    def buttons(self) -> list[Button]:
        return [button for letter in self.letters for button in letter.message.buttons]

    @property
    def actions(self) -> list[str]:
        return [button.press.action for button in self.buttons]

    @property
    def form(self) -> Form:
        """Return the form that was opened, as a door that draws forms gets it."""
        [form] = [letter.message.form for letter in self.letters if letter.message.form]
        return form

    def to(self, who: str) -> "Told":
        """Return what was told to one person in private."""
        return Told([one for one in self.letters if one.room.external == private(who)], self.phrases)

    def in_room(self, room: str = CHANNEL) -> "Told":
        return Told([one for one in self.letters if one.room.external == room], self.phrases)

    def button(self, action: str, argument: str = "") -> Button:
        found = [
            one for one in self.buttons if one.press.action == action and argument in ("", one.press.argument)
        ]
        assert found, f"no button {action} {argument} among {self.actions}"
        return found[-1]


def private(who: str) -> str:
    return f"privat:{who.casefold()}"


@dataclass
class Talk:
    """The desk over one SQLite file, as a door uses it."""

    file: Path
    clock: Clock = field(default_factory=Clock)
    events: int = 0
    seen: list[Told] = field(default_factory=list)
    posted: dict[str, str] = field(default_factory=dict)  # question's number -> platform message

    def __post_init__(self) -> None:
        self.engine = open_engine(f"sqlite:///{self.file}")
        # nothing is killed here, so that nobody needs to wait for the disk
        listen(self.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
        self.reading = open_engine(f"sqlite:///{self.file}", read_only=True)
        self.book = Recording(Phrasebook.load())
        self.open()

    def open(self) -> None:
        """Open a new desk over the same file, as a new process would."""
        self.shelf = StoredShelf(lambda: SqlUnitOfWork(self.reading))
        self.desk = Desk(self.uow(), self.shelf, self.clock, RandomIds(), self.book, Conflict)
        self.desk.resume()

    def on_a_copy(self, file: Path) -> Self:
        """Return the talk as it stands, once it is closed, over a copy of its database."""
        shutil.copy(self.file, file)
        talk = type(self)(file, events=self.events, posted=dict(self.posted))
        talk.clock.seconds = self.clock.seconds
        return talk

    def uow(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self.engine)

    def close(self) -> None:
        self.reading.dispose()
        self.engine.dispose()

    # --- what people do ---

    def says(
        self, who: str, text: str, *, to: str = "", room: str = CHANNEL, event: str = "", message: str = ""
    ) -> Told:
        """Somebody writes in a channel; with *to*, in the thread of the question of that number."""
        thread = self.posted[to] if to else ""
        return self._take(who, Said(text, message or f"m{self.events}", thread), room, event=event)

    def privately(self, who: str, text: str, *, message: str = "") -> Told:
        return self._take(who, Said(text, message or f"m{self.events}"), private(who), is_private=True)

    def presses(
        self, who: str, button: Button | str, *, room: str = CHANNEL, in_private: bool = False
    ) -> Told:
        id = button if isinstance(button, str) else button.id
        return self._take(who, Pressed(id), private(who) if in_private else room, is_private=in_private)

    def submits(self, who: str, form: Form, **fields: str) -> Told:
        return self._take(who, Submitted(form.id, fields), CHANNEL)

    def edits(
        self,
        who: str,
        message: str,
        text: str,
        *,
        in_private: bool = False,
        attached: tuple[Attached, ...] = (),
    ) -> Told:
        room = private(who) if in_private else CHANNEL
        return self._take(who, Edited(message, text, attached), room, is_private=in_private)

    def deletes(self, who: str, message: str, *, in_private: bool = False) -> Told:
        room = private(who) if in_private else CHANNEL
        return self._take(who, Deleted(message), room, is_private=in_private)

    def _take(self, who: str, what: What, room: str, *, is_private: bool = False, event: str = "") -> Told:
        self.events += 1
        self.book.asked_for.clear()
        incoming = Incoming(
            "terminal",
            "",
            event or f"e{self.events}",
            who.casefold(),
            who,
            room,
            is_private,
            self.clock.now(),
            what,
        )
        self.desk.take(incoming)
        return self.hear()

    def hear(self) -> Told:
        """Send what waits, and return it."""
        told = Told([], list(self.book.asked_for))
        while letters := self.desk.letters("terminal"):
            for letter in letters:
                told.letters.append(letter)
                platform = f"t{letter.id}"
                if letter.how == "question" and letter.address is not None:
                    self.posted[self._number(letter)] = platform
                self.desk.sent(letter, platform)
        self.seen.append(told)
        return told

    def _number(self, letter: ClaimedLetter) -> str:
        assert letter.address is not None
        journey = self.journey(letter.journey)
        return number_of(self.shelf.pack(journey.pack, journey.version), journey, letter.address)

    # --- what is kept ---

    def journey(self, id: str = "") -> Journey:
        with self.uow() as uow:
            return uow.journeys.whole(id or next(one.id for one in uow.journeys.all() if not one.practice))

    @property
    def pack(self) -> Pack:
        journey = self.journey()
        return self.shelf.pack(journey.pack, journey.version)

    def item(self, number: str) -> Item:
        """Return what is kept about the question of that number."""
        journey, pack = self.journey(), self.pack
        found = [one for address, one in journey.items.items() if number_of(pack, journey, address) == number]
        return found[0] if found else Item(Address(""))

    def differences(self) -> list[str]:
        """Return where what is stored isn't what the journal makes."""
        return check(self.journey().id, uow=self.uow(), shelf=self.shelf)

    def said_on(self, number: str) -> list[object]:
        return [one.value for one in self.item(number).contributions]

    def put(self) -> list[str]:
        """Return the numbers of the questions that are before the group."""
        journey = self.journey()
        return [
            number_of(self.pack, journey, one) for one in put(self.pack, journey, today=self.clock.today())
        ]

    def member(self, name: str) -> Member:
        return next(one for one in self.journey().roster.members if one.person.name == name)

    def draft(self, who: str, *, room: str = CHANNEL) -> str:
        """Return the text that is kept for somebody, "" when there is none."""
        with self.uow() as uow:
            [person] = uow.people.named(who, None)
            found = uow.rooms.find("terminal", "", room, private=room.startswith("privat:"))
            draft = uow.drafts.get(person.id, found.id)
            return draft.text if draft else ""

    def rows(self, statement: str, **args: object) -> Sequence[tuple[object, ...]]:
        with self.reading.connect() as connection:
            return [tuple(row) for row in connection.execute(sql(statement), args)]

    def everything(self) -> dict[str, list[str]]:
        """Return every row of every table, as text."""
        tables = [str(row[0]) for row in self.rows("select name from sqlite_master where type = 'table'")]
        return {table: [repr(row) for row in self.rows(f'select * from "{table}"')] for table in tables}


def begin(talk: Talk, *, room: str = CHANNEL, group: str = "-", organisation: str = "Kommunen") -> None:
    """Let Ada start a journey for a group of four and a coach."""
    for line in ("starta", organisation, group, "Skola; Vård och omsorg", "Kommunstyrelsen"):
        talk.says("Ada", line, room=room)
    for line in (
        "Ada, ledare, Skola",
        "Ada, grupp",
        "Bo, grupp, Vård och omsorg",
        "Cia, grupp",
        "Pia, politik",
        "Karl, coach",
    ):
        talk.says("Ada", f"ny person: {line}", room=room)


def answer_until(talk: Talk, number: str) -> None:
    """Let whoever leads skip what stands before the question of that number."""
    for _ in range(30):
        front = talk.put()[-1]
        if front == number:
            return
        talk.says("Ada", f"hoppa över {front}: inte nu")
    raise AssertionError(f"{number} never came; before the group is {talk.put()}")
