"""One open transaction, as the repositories see it: statements go in, rows come out."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Executable, bindparam, select

from dialogs.incoming import Incoming
from dialogs.model.journey import Journey
from dialogs.model.people import Person
from dialogs.ports import AccountRef, RoomRef, Spot
from storage.engine import begin_on
from storage.prepared import Driver, Prepared, Told, Values, a_list, ask, naming_conflicts, tell
from storage.tables.base import table
from storage.tables.journeys import JourneyHead

_journey = table(JourneyHead)
_ORGANISATION = Prepared(select(_journey.c.organisation).where(_journey.c.id == bindparam("journey")))


class Transaction:
    """Shared by the repositories of one unit of work; knows for as long as it is open what was read on the way."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._driver: Driver | None = None
        self.on_sqlite = engine.dialect.name == "sqlite"
        self.written: dict[str, int] = {}  # journey -> the state of writing in which it was read
        self.journey_rooms: dict[str, str] = {}
        self.organisations: dict[str, str | None] = {}  # journey -> organisation
        self.rooms: dict[tuple[str, str, str], RoomRef] = {}  # (door, tenant, external)
        self.speakers: dict[tuple[str, str, str], Person] = {}  # (door, tenant, account)
        self.accounts: dict[tuple[str, str, str], AccountRef] = {}
        self.drafts: dict[tuple[str, str], dict[str, str | None]] = {}  # (person, room) -> by kind
        self.private_rooms: dict[str, str] = {}  # person -> room
        self.private_refs: dict[str, RoomRef] = {}
        self.doors: dict[str, str] = {}  # room -> door
        self.room_states: dict[str, str] = {}
        self.without_edits: set[str] = set()  # rooms where no edit waits to be shown
        self.greeted: set[str] = set()
        self.spots: dict[tuple[str, str], Spot | None] = {}  # (room, platform message)
        self.stored: dict[int, Incoming] = {}  # what came in just now, by its turn
        self.done: set[int] = set()  # turns that were stored as done
        self.met: Incoming | None = None  # what was looked up of it is noted here
        # journeys as far as they were read, until somebody writes what they show
        self.heads: dict[str, Journey] = {}
        self.head_rows: dict[str, Any] = {}
        self.in_rooms: dict[str, list[str]] = {}  # room -> its journeys
        self.outdated: set[str] = set()  # journeys whose dates are to be planned anew
        self._queue: list[Told] = []

    @property
    def connection(self) -> Connection:
        if self._connection is None:
            raise RuntimeError("the store is used inside `with uow:` only")
        return self._connection

    def _begun(self) -> Driver:
        """Return the driver, in a transaction: what is prepared goes past SQLAlchemy, and so does its beginning."""
        if self._driver is None:
            driver = Driver(self.connection)
            begin_on(self.connection, driver.connection)
            self._driver = driver
        return self._driver

    def begin(self) -> None:
        if self._connection is not None:
            raise RuntimeError("this unit of work is open already: each thread needs its own")
        self._connection = self._engine.connect()

    def commit(self) -> None:
        """Commit as SQLAlchemy does; past it where it hasn't noticed that anything was begun."""
        connection = self.connection
        if connection.in_transaction():
            self._flush()
            connection.commit()
        elif self._queue:
            queue, self._queue = self._queue, []
            tell(self._begun(), queue, commit=True)
        else:
            with naming_conflicts():
                self._engine.dialect.do_commit(connection.connection)
        self._driver = None
        self._forget()

    def step(self) -> None:
        """Forget what was read on the way, as at a commit; what was written waits for the commit still."""
        self._flush()
        self._forget()

    def end(self) -> None:
        """Close; what isn't committed never was."""
        self._forget()
        driver, self._driver = self._driver, None
        connection, self._connection = self._connection, None
        if connection is not None:
            if driver is not None and driver.is_lost and not connection.invalidated:
                connection.invalidate()  # SQLAlchemy, past which it was used, would try to roll it back
            connection.close()

    def rows(self, statement: Executable | Prepared, values: Values | None = None) -> Sequence[Any]:
        self._flush()
        if isinstance(statement, Prepared):
            return statement.rows(self._begun(), values or {})
        return self.connection.execute(statement, values).all()

    def answers(self, *asked: tuple[Prepared, Values]) -> list[Sequence[Any]]:
        """Return the rows of each statement; PostgreSQL is asked all of it at once."""
        self._flush()
        return ask(self._begun(), asked)

    def row(self, statement: Executable | Prepared, values: Values | None = None) -> Any:
        """Return the first row; None when there is none."""
        rows = self.rows(statement, values)
        return rows[0] if rows else None

    def value(self, statement: Executable | Prepared, values: Values | None = None) -> Any:
        """Return the first column of the first row; None when there is no row."""
        rows = self.rows(statement, values)
        return rows[0][0] if rows else None

    def run(self, statement: Executable | Prepared, values: Values | None = None) -> int:
        """Return how many rows were updated or deleted (of an insert nobody tells)."""
        self._flush()
        if isinstance(statement, Prepared):
            return statement.run(self._begun(), values or {})
        return self.connection.execute(statement, values).rowcount

    def write(self, statement: Prepared, many: Sequence[Values]) -> None:
        """Run it with each of the values, together with all else that waits, before the next answer."""
        if many:
            self._queue.append(statement.told(self._begun(), many))

    def a_list(self, values: Sequence[Any]) -> Any:
        return a_list(values, on_sqlite=self.on_sqlite)

    def organisation_of(self, journey: str | None) -> str | None:
        """Return the organisation of the journey; None for no journey, or one that nobody knows."""
        if not journey:
            return None
        if journey not in self.organisations:
            self.organisations[journey] = self.value(_ORGANISATION, {"journey": journey})
        return self.organisations[journey]

    def _flush(self) -> None:
        if self._queue:
            queue, self._queue = self._queue, []
            tell(self._begun(), queue)

    def forget_journeys(self) -> None:
        """Forget what was read of journeys: it has been written."""
        self.heads.clear()
        self.head_rows.clear()
        self.in_rooms.clear()

    def _forget(self) -> None:
        self._queue.clear()
        self.rooms.clear()
        self.speakers.clear()
        self.accounts.clear()
        self.drafts.clear()
        self.written.clear()
        self.journey_rooms.clear()
        self.organisations.clear()
        self.private_rooms.clear()
        self.private_refs.clear()
        self.greeted.clear()
        self.spots.clear()
        self.stored.clear()
        self.done.clear()
        self.met = None
        self.forget_journeys()
        self.doors.clear()
        self.room_states.clear()
        self.without_edits.clear()
        self.outdated.clear()


def token() -> str:
    """Return an id that nobody can guess and nobody has had."""
    return secrets.token_urlsafe(12)


def timed_token(at: datetime) -> str:
    """Return such an id that begins with the time: what is new lies together at the end, so that few pages change."""
    return f"{int(at.timestamp()):08x}{token()}"
