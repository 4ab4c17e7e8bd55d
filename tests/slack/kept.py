"""Looks at what the program keeps, beside it and read-only: whether it is done, what a button means, the journey."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from time import monotonic, sleep

from sqlalchemy import Engine, text

from bot.shelf import StoredShelf
from content.pack import Pack
from content.phrases.book import Phrasebook
from dialogs.flows.position import number_of
from dialogs.messages import Press
from dialogs.model.answers import Address
from dialogs.model.journey import Journey
from dialogs.wording.teller import Teller
from storage.engine import open_engine
from storage.unit_of_work import SqlUnitOfWork

PATIENCE = 30.0  # seconds without an end to the work before a test gives up
# A letter to somebody without an account in Slack has nowhere to go; one for a room that the coach isn't in waits.
TO_DO = text("""
    SELECT (SELECT count(*) FROM inbox WHERE state = 'new')
         + (SELECT count(*) FROM outbox LEFT JOIN room ON room.id = outbox.room
            WHERE outbox.state IN ('new', 'claimed') AND (
                (room.door = 'slack' AND room.state = '')
                OR (outbox.room IS NULL AND EXISTS (
                    SELECT 1 FROM account WHERE account.person = outbox.person AND account.door = 'slack'))))
""")
LEFT = text("SELECT state, how, why, key FROM outbox WHERE state IN ('new', 'claimed') ORDER BY id")
QUESTIONS = text("""
    SELECT message.address, message.platform_message, room.external FROM message JOIN room ON room.id = message.room
    WHERE message.journey = :journey ORDER BY message.at, message.platform_message
""")


class NotDoneError(AssertionError):
    """Something is left to do, and nobody does it."""


@dataclass
class Kept:
    url: str
    meanwhile: Callable[[], None] = lambda: None  # called again and again while it waits
    book: Phrasebook = field(default_factory=Phrasebook.load)
    engine: Engine = field(init=False)
    shelf: StoredShelf = field(init=False)

    def __post_init__(self) -> None:
        self.engine = open_engine(self.url, read_only=True)
        self.shelf = StoredShelf(self.uow)

    def uow(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self.engine)

    def close(self) -> None:
        self.engine.dispose()

    def wait(self, patience: float = PATIENCE) -> None:
        """Return when every turn is taken and every letter that can go has gone."""
        until = monotonic() + patience
        while self.to_do():
            if monotonic() > until:
                with self.engine.connect() as connection:
                    raise NotDoneError(f"left to do: {[tuple(row) for row in connection.execute(LEFT)]}")
            self.meanwhile()
            sleep(0.002)

    def to_do(self) -> int:
        with self.engine.connect() as connection:
            return int(connection.execute(TO_DO).scalar_one())

    def press(self, button: str) -> Press | None:
        """Return what a button means; None when its question has moved on."""
        with self.uow() as uow:
            found = uow.buttons.get(button)
        return found.press if found is not None else None

    def letters(self, *states: str) -> list[tuple[str, str, str]]:
        """Return the letters in these states: how, why, key."""
        with self.engine.connect() as connection:
            rows = connection.execute(text("SELECT state, how, why, key FROM outbox ORDER BY id")).all()
        return [(row.how, row.why, row.key) for row in rows if row.state in states]

    def count(self, query: str) -> int:
        with self.engine.connect() as connection:
            return int(connection.execute(text(query)).scalar_one())

    def journey(self) -> tuple[Pack, Journey] | None:
        with self.uow() as uow:
            refs = [ref for ref in uow.journeys.all() if not ref.practice]
            if not refs:
                return None
            journey = uow.journeys.whole(refs[-1].id)
        return self.shelf.pack(journey.pack, journey.version), journey

    def is_question(self, message: str) -> bool:
        """Say whether the message on the platform puts a question."""
        asked = text("SELECT count(*) FROM message WHERE platform_message = :message")
        with self.engine.connect() as connection:
            return bool(connection.execute(asked, {"message": message}).scalar_one())

    def questions(self, channel: str) -> dict[str, str]:
        """Return the messages that put the journey's questions in the channel, by number, newest last."""
        kept = self.journey()
        if kept is None:
            return {}
        with self.engine.connect() as connection:
            rows = connection.execute(QUESTIONS, {"journey": kept[1].id}).all()
        return {
            number_of(*kept, Address.of(row.address)): row.platform_message
            for row in rows
            if row.external == channel
        }

    def shown(self, address: Address, today: date) -> str:
        kept = self.journey()
        if kept is None:
            return ""
        return Teller(self.book, *kept, kept[1].language, today).settled(kept[1].item(address))
