"""Looks at what the program keeps, beside it and read-only: whether it is done, what a button means, the journey."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from time import monotonic, sleep

from sqlalchemy import Engine, text

from bot.shelf import StoredShelf
from bot.usecases.plan import to_come, with_dates
from content.pack import Pack
from content.phrases.book import Phrasebook
from dialogs.calendar.due import may_hear
from dialogs.calendar.workdays import WorkDays
from dialogs.flows.checkpoints import due_events
from dialogs.flows.position import number_of
from dialogs.messages import Press
from dialogs.model.answers import Address
from dialogs.model.journey import Journey
from dialogs.model.terms import Terms
from dialogs.time import local_day
from dialogs.wording.teller import Teller
from storage.engine import open_engine
from storage.unit_of_work import SqlUnitOfWork

PATIENCE = 30.0  # seconds without an end to the work before a test gives up
# A letter to somebody without an account has nowhere to go; one for a room that the coach isn't in waits.
TO_DO = text("""
    SELECT (SELECT count(*) FROM inbox WHERE state = 'new')
         + (SELECT count(*) FROM pack_job WHERE state = 'new')
         + (SELECT count(*) FROM outbox LEFT JOIN room ON room.id = outbox.room
            WHERE outbox.state IN ('new', 'claimed') AND (
                (room.door <> 'terminal' AND room.state = '')
                OR (outbox.room IS NULL AND EXISTS (
                    SELECT 1 FROM account WHERE account.person = outbox.person AND account.door <> 'terminal'))))
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
        """Return when every turn is taken, all work beside them done, and every letter that can go has gone."""
        until = monotonic() + patience
        while self.to_do():
            if monotonic() > until:
                with self.engine.connect() as connection:
                    raise NotDoneError(f"left to do: {[tuple(row) for row in connection.execute(LEFT)]}")
            self.meanwhile()
            sleep(0.002)

    def wait_for_the_year(self, now: datetime, patience: float = PATIENCE) -> None:
        """Return when the checkpoints that open, move or close on the day of *now* have, and all have been told."""
        until = monotonic() + patience
        while due := self.due_by_the_clock(now):
            if monotonic() > until:
                raise NotDoneError(f"not come: {due}")
            self.meanwhile()
            sleep(0.002)
        self.wait(patience)

    def due_by_the_clock(self, now: datetime) -> list[str]:
        """Return what the clock has still to let happen to the checkpoints; nothing on a closed day."""
        found: list[str] = []
        today = local_day(now)
        with self.uow() as uow:
            for ref in uow.journeys.all():
                work = WorkDays(uow.calendar.closed_days(ref.organisation))
                if ref.practice or not may_hear(now, Terms(), work):
                    continue
                journey, pack = with_dates(uow.journeys.head(ref.id), uow=uow, shelf=self.shelf)
                held = to_come(journey, pack, uow=uow, today=today)
                events = due_events(pack, journey, held, at=now, today=today)
                found += [f"{event.kind} {event.checkpoint} {event.period}" for event in events]
        return found

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

    def listed(self, state: str, holding: str) -> list[tuple[int, str]]:
        """Return the ids and keys of the letters in this state that hold these words."""
        asked = text("SELECT id, key, message FROM outbox WHERE state = :state ORDER BY id")
        with self.engine.connect() as connection:
            rows = connection.execute(asked, {"state": state}).all()
        return [(row.id, row.key) for row in rows if holding in (row.message or "")]

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
