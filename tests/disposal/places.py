"""A year that was played, with words planted where the program keeps words; and a search through all that lies on disk."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from sqlalchemy import Engine, select, text

from bot.desk import Desk
from bot.ids import RandomIds
from bot.settings import Settings
from bot.stage import DeskStage, WalkClock
from bot.usecases.disposing import Disposing
from bot.usecases.walk import play
from bot.wiring import World, open_world
from content.schema.files import Walkthrough
from dialogs.events import Contributed, Drafted
from dialogs.incoming import Incoming, Said
from dialogs.letters import Letter, ToPerson
from dialogs.messages import Message, Paragraph, Words
from dialogs.ports import DraftText
from dialogs.time import HOME
from storage.engine import open_engine, sqlite_file
from storage.errors import Conflict
from storage.tables import metadata
from tests.doors.fixtures import loaded

LATER = date(2031, 5, 2)
PLANTED = {
    "drafts": "utkastet om åkrarna vid ån",
    "inbox": "raden som ingen förstod, även läst två gånger",
    "letters": "brevet som aldrig kom fram över bäcken",
}
"""Words of which there is one each, with letters that JSON may write in two ways."""
LONG_ENOUGH = 15  # signs, for a text to be looked for: shorter ones are other things' words too


@dataclass(frozen=True)
class LaterClock:
    """Years afterwards, on the morning of one day."""

    day: date = LATER

    def now(self) -> datetime:
        return datetime.combine(self.day, time(9), HOME).astimezone(UTC)

    def today(self) -> date:
        return self.day


@contextmanager
def played(url: str, method: str, walkthrough: str) -> Iterator[World]:
    """Play it as written, in a database of its own."""
    found = next(one for one in loaded()[method].walkthroughs if one.id == walkthrough)
    with open_world(Settings(database_url=url)) as world:
        assert play(found, _stage(world, found), method=method).as_written
        yield world


def _stage(world: World, walkthrough: Walkthrough) -> DeskStage:
    def reopen(clock: WalkClock) -> Desk:
        return Desk(world.uow(), world.shelf, clock, RandomIds(), world.book, Conflict, walkthrough.language)

    return DeskStage(WalkClock(walkthrough.day), reopen, world.uow(), world.shelf, world.book)


def plant(world: World, journey: str) -> None:
    """Put words where they are kept until somebody disposes of them: a draft, a line that failed, a letter that died."""
    with world.uow() as uow:
        head = uow.journeys.head(journey)
        room = uow.journeys.room(journey)
        assert room is not None
        person, at = head.starter, datetime.combine(head.started, time(12), UTC)
        uow.drafts.keep(DraftText(person, room.id, PLANTED["drafts"], journey=journey), at)
        said = Said(PLANTED["inbox"], message="m-planted")
        turn = uow.inbox.store(
            Incoming(room.door, room.tenant, "e-planted", "nobody", "Nobody", room.external, False, at, said)
        )
        assert turn is not None
        uow.inbox.failed(turn, "it was planted")
        words = PLANTED["letters"]
        message = Message(words, (Paragraph((Words(words),)),))
        uow.outbox.post([Letter("planted", ToPerson(person), message, journey=journey)], at)
        uow.commit()
    with world.engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET state = 'dead' WHERE key = 'planted'"))


def disposing(world: World, day: date = LATER) -> Disposing:
    return Disposing(world.uow, world.looking, world.shelf, LaterClock(day), world.ids, Conflict)


def texts_in(world: World, journey: str, sequences: Sequence[int]) -> set[str]:
    """Return what people said in those lines of the journal."""
    with world.looking() as uow:
        events = list(uow.journeys.events(journey))
    said = [events[number - 1] for number in sequences]
    return {
        part
        for event in said
        if isinstance(event, Contributed | Drafted)
        for part in (event.value if isinstance(event.value, list) else [event.value])
        if isinstance(part, str) and len(part) >= LONG_ENOUGH
    }


def everything(engine: Engine) -> str:
    """Return every row of every table, as text: what a reader of the database can come by."""
    with engine.connect() as connection:
        rows = (row for table in metadata.sorted_tables for row in connection.execute(select(table)))
        return "\n".join(str(value) for row in rows for value in row)


def forms(words: str) -> set[bytes]:
    """Return how the words may lie in a file: as they are, and as JSON may write them."""
    return {
        words.encode(),
        json.dumps(words, ensure_ascii=False)[1:-1].encode(),
        json.dumps(words)[1:-1].encode(),
    }


def bytes_of(url: str) -> bytes:
    """Return all that lies in the database's files: of SQLite the log too, of PostgreSQL heaps, indexes and TOAST."""
    file = sqlite_file(url)
    if file is not None:
        return b"".join(
            one.read_bytes() for one in sorted(file.parent.glob(file.name + "*")) if one.is_file()
        )
    engine = open_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
        folder = Path(connection.execute(text("SHOW data_directory")).scalar_one())
        number = connection.execute(
            text("SELECT oid FROM pg_database WHERE datname = current_database()")
        ).scalar_one()
    engine.dispose()
    return b"".join(one.read_bytes() for one in sorted((folder / "base" / str(number)).iterdir()))


def found(words: str, on_disk: bytes) -> bool:
    return any(form in on_disk for form in forms(words))
