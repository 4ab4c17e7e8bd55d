"""Measures one look at the clock: does its time follow what is due, or what is open; and against APScheduler's own store.

A look is what `Desk.tick` does: ask which journeys have something due, plan each of them anew, write a letter for each
of 100 measures that are due, mark them, commit. It is done in stores with 1,000, 100,000 and 1,000,000 open measures.
The measures that are due, their journeys and people are written by the program; those that are open beside them are
written in bulk by SQL: a record and its next occurrence each, a hundred to a journey, each journey in an organisation
of its own, over the 400 days to come. It is afternoon, so that the next day's are read as well: it has begun in
Kiritimati.

Beside it, by turns in the same run, APScheduler's SQLAlchemyJobStore finds, runs and removes 100 due jobs among as many,
through the same kind of engine. Each job writes the reminder of one measure, as ours are written; what it takes when
they do nothing at all is told as well.
"""

import gc
import logging
import pickle
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

import _tick_jobs
from _figures import Figures
from _stores import BOOK, METHOD, Databases, databases
from apscheduler.executors.debug import DebugExecutor
from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.date import DateTrigger
from sqlalchemy import Engine, text

from bot.clock import StoppedClock
from bot.desk import Desk
from bot.ids import RandomIds
from bot.packs.on_disk import built_in_packs
from bot.shelf import StoredShelf
from bot.usecases.plan import replan_one
from content.loader import Loaded, load_all
from content.pack import Pack
from dialogs.model.journey import Journey, JourneyId
from dialogs.model.people import Member, Person
from dialogs.model.records import Record
from dialogs.time import HOME
from storage import schema
from storage.engine import open_engine
from storage.errors import Conflict
from storage.tables import metadata
from storage.unit_of_work import SqlUnitOfWork

SIZES = (1_000, 10_000, 100_000, 1_000_000)
JOBS = (10_000, 100_000)
DUE, JOURNEYS = 100, 10
EACH = DUE // JOURNEYS  # measures in a journey, one for each member
FLAT = 2.0  # times the smallest store's
AT_MOST = 1.0  # times APScheduler's
ROUNDS, WARM = 11, 2
TODAY = date(2026, 11, 25)  # a Wednesday
AFTERNOON = datetime.combine(TODAY, time(14, 5), HOME).astimezone(UTC)
CROWD = 100  # open measures in a journey of the crowd
DAYS = 399


# ------------------------------------------------------------------------------------------------ our store


@dataclass
class Store:
    """A database in which 100 measures are due and many are open."""

    url: str
    pack: Pack
    checksum: str
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        schema.upgrade(self.url)
        self.engine = open_engine(self.url)
        self._reading = open_engine(self.url, read_only=True)
        shelf = StoredShelf(lambda: SqlUnitOfWork(self._reading))
        clock = StoppedClock(AFTERNOON, HOME)
        self.desk = Desk(SqlUnitOfWork(self.engine), shelf, clock, RandomIds(), BOOK, Conflict)
        self.desk.looked.add(TODAY)
        self.desk.planned.add(TODAY)

    def fill(self, size: int) -> None:
        with self.desk.uow as uow:
            uow.packs.put(self.pack, self.checksum, by="benchmark", at=AFTERNOON)
            uow.commit()
        for number in range(JOURNEYS):
            self._begin(number)
            desk = self.desk
            replan_one(f"j{number}", uow=desk.uow, shelf=desk.shelf, clock=desk.clock, book=desk.book)
        with self.engine.begin() as connection:
            for statement in crowd((size - DUE) // CROWD, self.engine.dialect.name):
                connection.execute(text(statement))
        analyze(self.engine)

    def _begin(self, number: int) -> None:
        with self.desk.uow as uow:
            organisation = uow.organisations.add(f"Kommun {number}")
            group = uow.groups.add(organisation, "Gruppen")
            people = [uow.people.add(f"Person {place}") for place in range(EACH)]
            for place, person in enumerate(people):
                roles = [
                    role
                    for role in (self.pack.manifest.leader if place == 0 else "", self.pack.manifest.group)
                    if role
                ]
                uow.groups.put_member(group, Member(person, tuple(roles)), on=TODAY)
            room = uow.rooms.find("terminal", "", f"C{number}", private=False)
            uow.journeys.start(self._journey(number, organisation, group, people[0]), room.id)
            for place, person in enumerate(people):
                fields = {"vad": "Ring Bryssel", "datum": TODAY.isoformat(), "ansvarig": person.id}
                record = Record(f"m{number}-{place}", "insatser", fields, "planerad", people[0].id, AFTERNOON)
                uow.records.save(record, organisation=organisation, group=None, journey=f"j{number}")
            uow.commit()

    def _journey(self, number: int, organisation: str, group: str, starter: Person) -> Journey:
        return Journey(
            JourneyId(f"j{number}"), organisation, f"Kommun {number}", group, "Gruppen", self.pack.id,
            self.pack.version, "sv", starter.id, self.pack.steps[0].id, TODAY,
        )  # fmt: skip

    def look(self) -> float:
        """Return what a look takes, in milliseconds; then make the same things due again."""
        began = perf_counter()
        written = self.desk.tick()
        taken = (perf_counter() - began) * 1000
        assert written == DUE, f"{written} letters"
        with self.engine.begin() as connection:
            due = "rule = 'record' AND journey = :journey AND day = :today AND state = 'said'"
            for number in range(JOURNEYS):
                told = connection.execute(
                    text(f"UPDATE occurrence SET state = 'due', at = NULL WHERE {due} AND key LIKE :mine"),
                    {"journey": f"j{number}", "today": TODAY, "mine": f"record:m{number}-%"},
                )
                assert told.rowcount == EACH
        self.forget_letters()
        return taken

    def forget_letters(self) -> None:
        with self.engine.begin() as connection:
            connection.execute(text("DELETE FROM button"))
            connection.execute(text("DELETE FROM outbox"))
            connection.execute(
                text("DELETE FROM mention")
            )  # else everybody's week is full after a few rounds

    def open(self) -> int:
        with self._reading.connect() as connection:
            return int(connection.execute(text("SELECT count(*) FROM record")).scalar_one())

    def close(self) -> None:
        self.engine.dispose()
        self._reading.dispose()


def analyze(engine: Engine) -> None:
    """Let PostgreSQL look at itself as it does on its own after a while. SQLite doesn't unless it is asked to."""
    if engine.dialect.name == "sqlite":
        return
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


def crowd(journeys: int, dialect: str) -> Sequence[str]:
    """Return what writes so many journeys with a hundred open measures each, copied from the first."""
    numbers = f"WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {journeys})"
    places = f"p(p) AS (SELECT 1 UNION ALL SELECT p + 1 FROM p WHERE p < {CROWD})"
    mine = "SELECT {} FROM journey WHERE id = 'j0'"
    day = f"1 + (n * {CROWD} + p * 7) % {DAYS}"
    day = (
        f"date('{TODAY}', '+' || ({day}) || ' days')" if dialect == "sqlite" else f"date '{TODAY}' + ({day})"
    )
    own = {
        "organisation": {"id": "~"}, "working_group": {"id": "~", "organisation": "~"},
        "room": {"id": "~", "organisation": "~", "external": "~"},
        "journey": {"id": "~", "organisation": "~", "group_id": "~", "room": "~"},
    }  # fmt: skip
    of_first = {
        "organisation": f"id = ({mine.format('organisation')})", "working_group": f"id = ({mine.format('group_id')})",
        "room": f"id = ({mine.format('room')})", "journey": "id = 'j0'",
    }  # fmt: skip
    found = [_copied(name, changes, of_first[name], numbers, "n") for name, changes in own.items()]
    measure = {"id": "~ -", "organisation": "~", "journey": "~"}
    found.append(_copied("record", measure, "id = 'm0-0'", f"{numbers}, {places}", "n, p"))
    next_one = {"key": "~ -", "about": "~ -", "organisation": "~", "journey": "~", "day": day}
    only = "key = (SELECT min(key) FROM occurrence WHERE journey = 'j0' AND rule = 'record' AND about = 'm0-0' AND slot LIKE '%/day')"
    found.append(_copied("occurrence", next_one, only, f"{numbers}, {places}", "n, p"))
    return found if journeys > 0 else ()


def _copied(name: str, changes: Mapping[str, str], where: str, numbers: str, many: str) -> str:
    table = metadata.tables[name]
    columns = [column.name for column in table.columns if column is not table.autoincrement_column]
    others = {"~": "{0} || '~' || n", "~ -": "{0} || '~' || n || '-' || p"}

    def value(column: str) -> str:
        change = changes.get(column)
        return f"t.{column}" if change is None else others.get(change, change).format(f"t.{column}")

    told, read = ", ".join(columns), ", ".join(map(value, columns))
    return f"INSERT INTO {name} ({told}) {numbers} SELECT {read} FROM {name} t, {many} WHERE t.{where}"


# ------------------------------------------------------------------------------------------------ APScheduler's


class ByHand(BaseScheduler):
    """A scheduler that looks when it is told to, in the thread that tells it."""

    def wakeup(self) -> None:
        """Nobody sleeps."""

    def shutdown(self, wait: bool = True) -> None:
        super().shutdown(wait)

    def look(self) -> None:
        self._process_jobs()


@dataclass
class Jobs:
    """A job store of APScheduler's, in a database of ours, in which 100 jobs are due."""

    beside: Store

    def __post_init__(self) -> None:
        self.engine = self.beside.engine
        self.store = SQLAlchemyJobStore(engine=self.engine)
        self.scheduler = ByHand(
            jobstores={"default": self.store}, executors={"default": DebugExecutor()}, timezone="UTC"
        )
        self.scheduler.start()
        _tick_jobs.desks[self.beside.url] = self.beside.desk

    def fill(self, size: int) -> None:
        self._before = datetime.now(UTC) - timedelta(hours=1)
        self._write([self._row(n, "say", timedelta(days=1 + n * 7 % DAYS)) for n in range(DUE, size)])
        analyze(self.engine)

    def look(self, what: str) -> float:
        """Return what it takes to find, run and remove the 100, in milliseconds."""
        self._write([self._row(n, what, timedelta(0)) for n in range(DUE)])
        before = self._count("apscheduler_jobs")
        began = perf_counter()
        self.scheduler.look()
        taken = (perf_counter() - began) * 1000
        assert self._count("apscheduler_jobs") == before - DUE
        assert self._count("outbox") == (DUE if what == "say" else 0)
        self.beside.forget_letters()
        return taken

    def _count(self, table: str) -> int:
        with self.engine.connect() as connection:
            return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())

    def _row(self, number: int, what: str, later: timedelta) -> dict[str, Any]:
        at = self._before + later
        journey, place = divmod(number % DUE, EACH)
        job = Job(
            self.scheduler, id=f"job-{number}", func=f"_tick_jobs:{what}",
            args=(self.beside.url, f"j{journey}", f"m{journey}-{place}"), kwargs={}, name="a measure",
            misfire_grace_time=None, coalesce=True, max_instances=1, trigger=DateTrigger(at, "UTC"),
            executor="default", next_run_time=at,
        )  # fmt: skip
        state = pickle.dumps(job.__getstate__(), pickle.HIGHEST_PROTOCOL)
        return {"id": job.id, "next_run_time": at.timestamp(), "job_state": state}

    def _write(self, rows: Sequence[Mapping[str, Any]]) -> None:
        with self.engine.begin() as connection:
            connection.execute(self.store.jobs_t.insert(), list(rows))


# ------------------------------------------------------------------------------------------------ the measurement


def opened(made: Databases) -> tuple[dict[int, Store], dict[int, Jobs]]:
    loaded = load_all(built_in_packs())[METHOD]
    assert isinstance(loaded, Loaded)
    stores, jobs = {}, {}
    for size in SIZES:
        stores[size] = Store(made.new(f"tick_{size}"), loaded.pack, loaded.checksum)
        stores[size].fill(size)
        assert stores[size].open() == size
    for size in JOBS:
        beside = Store(made.new(f"jobs_{size}"), loaded.pack, loaded.checksum)
        beside.fill(DUE)
        jobs[size] = Jobs(beside)
        jobs[size].fill(size)
    return stores, jobs


def measure(backend: str, figures: Figures) -> None:
    with databases(backend) as made:
        stores, jobs = opened(made)
        looks: dict[str, Callable[[], float]] = {f"tick_{size}": one.look for size, one in stores.items()}
        for size, one in jobs.items():
            looks[f"apscheduler_{size}"] = partial(one.look, "say")
            looks[f"apscheduler_{size}_doing_nothing"] = partial(one.look, "nothing")
        gc.collect()
        rounds = [{name: look() for name, look in looks.items()} for _ in range(WARM + ROUNDS)]
        found = {name: median(one[name] for one in rounds[WARM:]) for name in looks}
        for name, taken in found.items():
            figures.said(f"{backend}_{name}", taken, "ms")
        figures.told(f"tick_{backend}_flat", found[f"tick_{SIZES[-1]}"] / found[f"tick_{SIZES[0]}"], FLAT)
        for size in JOBS:
            ratio = found[f"tick_{size}"] / found[f"apscheduler_{size}"]
            figures.told(f"tick_{backend}_{size}_against_apscheduler", ratio, AT_MOST)
        for store in (*stores.values(), *(one.beside for one in jobs.values())):
            store.close()


def main() -> int:
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    figures = Figures()
    for backend in sys.argv[1:] or ("sqlite", "postgresql"):
        measure(backend, figures)
    return figures.code()


if __name__ == "__main__":
    sys.exit(main())
