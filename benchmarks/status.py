"""Measures a coach's overview of 200 groups, and the status of one, against reading the raw rows, with up to a million answers.

The stores have the same 200 groups with 50 and with 5,000 answers each: one group's answers are put in through the
program's own moves, and the others are copied from it in bulk, each into an organisation of its own. A coach follows
them all. Told are

- the overview, against reading every journal line of the 200 groups and keeping only who said something when, what
  stands where, and what ran out: less than an overview needs, so that the comparison is on the safe side;
- the status of one group, against putting that group together from its journal and summing up what comes of it: what
  would have to be done if nothing were kept beside the journal. The two must say the same.

All of it is measured in one run, the two sizes by turns. What they take may hardly grow with the answers, nor may the memory that they
need.
"""

import gc
import json
import sys
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import perf_counter

from _figures import Figures
from _stores import METHOD, databases
from sqlalchemy import Engine, text

from bot.packs.on_disk import built_in_packs
from bot.shelf import StoredShelf
from bot.usecases.rebuild import anew
from bot.usecases.standings import Summed, followed_by, summed_up
from content.loader import Loaded, load_all
from content.pack import Pack
from dialogs.events import Contributed
from dialogs.flows.advance import Advance, advance
from dialogs.flows.position import asked, recounted
from dialogs.model.journey import Journey, JourneyId
from dialogs.model.people import Member, Person
from dialogs.model.records import Record
from dialogs.ports import Needs
from storage import schema
from storage.engine import open_engine
from storage.tables import metadata
from storage.unit_of_work import SqlUnitOfWork

GROUPS = 200
SIZES = (10_000, 1_000_000)  # answers in all groups together
MEMBERS = 8
MEASURES = 6
TIMES = 50.0
FLAT = 1.2
MORE = 0.5  # MiB: the one question that is before the group is read with what was put in on it
ROUNDS, WARM = 21, 3
NAIVE_ROUNDS = 5
TODAY = date(2026, 11, 25)
BEGAN = datetime(2026, 9, 1, 7, tzinfo=UTC)

# Of each table that hangs on a group: its own ids, and what they point at.
COPIED = {
    "organisation": ("id",),
    "working_group": ("id", "organisation"),
    "room": ("id", "organisation", "external"),
    "membership": ("organisation", "group_id"),
    "journey": ("id", "organisation", "group_id", "room"),
    "page": ("journey", "organisation"),
    "item": ("journey", "organisation"),
    "record": ("id", "organisation", "journey"),
    "entry": ("journey", "organisation"),
}


@dataclass
class Store:
    """A database in which somebody follows 200 groups."""

    url: str
    pack: Pack
    checksum: str
    coach: str = ""
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        schema.upgrade(self.url)
        self.engine = open_engine(self.url)
        self.reading = open_engine(self.url, read_only=True)
        self.shelf = StoredShelf(lambda: SqlUnitOfWork(self.reading))

    def looking(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self.reading)

    def fill(self, answers: int) -> None:
        with SqlUnitOfWork(self.engine) as uow:
            uow.packs.put(self.pack, self.checksum, by="benchmark", at=BEGAN)
            organisation = uow.organisations.add("Kommun")
            group = uow.groups.add(organisation, "Gruppen")
            people = [uow.people.add(f"Person {number}") for number in range(MEMBERS)]
            coach = uow.people.add("Coachen")
            manifest = self.pack.manifest
            for number, person in enumerate(people):
                roles = (manifest.leader, manifest.group) if number == 0 else (manifest.group,)
                uow.groups.put_member(group, Member(person, tuple(filter(None, roles))), on=BEGAN.date())
            uow.groups.put_member(group, Member(coach, (manifest.coach or "",)), on=BEGAN.date())
            room = uow.rooms.find("terminal", "", "kanalen", private=False)
            uow.journeys.start(self._journey(organisation, group, people[0]), room.id)
            uow.commit()
            self.coach = coach.id
            before = uow.journeys.whole("j")
            self._answer(uow, before, people, answers)
            for number in range(MEASURES):
                day = TODAY + timedelta(days=10 * (number - 2))
                fields = {"vad": "Ring Bryssel", "datum": day.isoformat(), "ansvarig": people[number].id}
                record = Record(f"m{number}", "insatser", fields, "planerad", people[0].id, BEGAN)
                uow.records.save(record, organisation=organisation, group=None, journey="j")
            uow.commit()
        with self.engine.begin() as connection:
            for name, own in COPIED.items():
                connection.execute(text(copied(name, own)))
        settle(self.engine)

    def _journey(self, organisation: str, group: str, starter: Person) -> Journey:
        return Journey(
            JourneyId("j"), organisation, "Kommun", group, "Gruppen", self.pack.id, self.pack.version, "sv",
            starter.id, self.pack.steps[0].id, BEGAN.date(),
        )  # fmt: skip

    def _answer(self, uow: SqlUnitOfWork, before: Journey, people: Sequence[Person], answers: int) -> None:
        """Let the members answer the text questions of all steps in turn, as many times as it takes."""
        addresses = [
            address
            for step in self.pack.steps
            for address in asked(self.pack, before, step.id, today=TODAY)
            if (question := self.pack.places[address.question].question).kind == "text"
            and question.who == "group"
            and question.visibility == "group"
        ]
        journey, happened = before, []
        for step in self.pack.steps:
            journey = recounted(self.pack, journey, step.id, today=BEGAN.date())
        for number in range(answers):
            address = addresses[number % len(addresses)]
            who = people[number // len(addresses) % len(people)].id
            at = BEGAN + timedelta(minutes=number * (110_000 / answers))
            words = f"Vi tycker att det här är viktigt för oss, av {number} skäl."
            event = Contributed(by=who, at=at, address=address, id=f"c{number}", value=words, person=who)
            moved = advance(self.pack, journey, event)
            assert isinstance(moved, Advance), moved
            journey = moved.journey
            happened += [(self.pack.places[address.question].step, one) for one in moved.events]
        uow.journeys.save(before, journey, happened)

    def answers(self) -> int:
        with self.reading.connect() as connection:
            return int(
                connection.execute(text("SELECT count(*) FROM entry WHERE kind = 'contributed'")).scalar_one()
            )

    # --- what is measured ---

    def overview(self) -> int:
        with self.looking() as uow:
            return len(followed_by(self.coach, uow=uow, shelf=self.shelf, today=TODAY))

    def status(self) -> Summed:
        with self.looking() as uow:
            return summed_up("j", self.coach, uow=uow, shelf=self.shelf, today=TODAY)

    def naive_overview(self) -> int:
        """Read every line of the groups' journals, and keep what an overview would be made of."""
        mine = "SELECT group_id FROM membership WHERE person = :coach AND until IS NULL"
        lines = f"SELECT e.journey, e.address, e.kind, e.person, e.at, e.event FROM entry e JOIN journey j ON j.id = e.journey WHERE j.group_id IN ({mine}) ORDER BY e.journey, e.sequence"
        heard: dict[tuple[str, str], str] = {}
        stands: dict[tuple[str, str], str] = {}
        with self.reading.connect() as connection:
            for row in connection.execution_options(yield_per=5_000).execute(
                text(lines), {"coach": self.coach}
            ):
                event = json.loads(row.event)
                heard[row.journey, event.get("person") or row.person] = row.at
                stands[row.journey, row.address] = row.kind
        return len({journey for journey, _ in heard})

    def naive_status(self) -> Summed:
        """Put one group together from its journal, as if nothing were kept beside it, and sum it up."""
        with self.looking() as uow:
            registers = Needs(registers=frozenset(self.pack.registers))
            stored = uow.journeys.get("j", registers)
            events = tuple(uow.journeys.events("j"))
            made = anew(lambda version: self.pack, stored, events, today=TODAY)
            made = replace(made, records=stored.records)
            kept = _Made(uow, made)
            return summed_up("j", self.coach, uow=kept, shelf=self.shelf, today=TODAY)  # type: ignore[arg-type]

    def close(self) -> None:
        self.engine.dispose()
        self.reading.dispose()


class _Made:
    """A unit of work that has one journey at hand, made from its journal."""

    def __init__(self, uow: SqlUnitOfWork, journey: Journey) -> None:
        self._uow = uow
        self.journeys = _OneMade(uow, journey)

    def __getattr__(self, name: str) -> object:
        return getattr(self._uow, name)


class _OneMade:
    def __init__(self, uow: SqlUnitOfWork, journey: Journey) -> None:
        self._uow = uow
        self._journey = journey

    def head(self, id: str) -> Journey:
        return self._journey

    def fill(self, journey: Journey, needs: object) -> Journey:
        return self._journey

    def __getattr__(self, name: str) -> object:
        return getattr(self._uow.journeys, name)


def copied(name: str, own: Sequence[str]) -> str:
    """Return what writes the first group's rows of a table once more for each of the others."""
    table = metadata.tables[name]
    columns = [column.name for column in table.columns if column is not table.autoincrement_column]
    told = ", ".join(f'"{column}"' for column in columns)
    read = ", ".join(
        f"t.\"{column}\" || '~' || n" if column in own else f't."{column}"' for column in columns
    )
    numbers = f"WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {GROUPS - 1})"
    first = f"t.\"{own[0]}\" NOT LIKE '%~%'"
    return f"INSERT INTO {name} ({told}) {numbers} SELECT {read} FROM {name} t, n WHERE {first}"


def settle(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


def measured(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def side_by_side(work: Mapping[str, Callable[[], object]], rounds: int, warm: int = 0) -> Mapping[str, float]:
    """Return what each takes, in milliseconds: the median of so many rounds, in which each has its turn."""
    gc.collect()
    found = [{name: measured(one) for name, one in work.items()} for _ in range(warm + rounds)]
    return {name: median(one[name] for one in found[warm:]) for name in work}


def peak(work: Callable[[], object]) -> float:
    """Return how much memory it has at hand at the most, in MiB, beside what there was before."""
    work()
    gc.collect()
    tracemalloc.start()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 2**20


def measure(backend: str, figures: Figures) -> None:
    loaded = load_all(built_in_packs())[METHOD]
    assert isinstance(loaded, Loaded)
    with databases(backend) as made:
        stores = {}
        for size in SIZES:
            stores[size] = Store(made.new(f"status_{size}"), loaded.pack, loaded.checksum)
            stores[size].fill(size // GROUPS)
            assert stores[size].answers() == size
            assert stores[size].overview() == stores[size].naive_overview() == GROUPS
            assert stores[size].status().summary == stores[size].naive_status().summary
        large, small = stores[SIZES[-1]], stores[SIZES[0]]
        for what in ("overview", "status"):
            ours = {str(size): getattr(store, what) for size, store in stores.items()}
            taken = side_by_side(ours, ROUNDS, WARM)
            naive = side_by_side({"naive": getattr(large, f"naive_{what}")}, NAIVE_ROUNDS)["naive"]
            for size in SIZES:
                figures.said(f"{what}_{backend}_{size}", taken[str(size)], "ms")
            figures.said(f"{what}_{backend}_naive", naive, "ms")
            figures.at_least(f"{what}_{backend}_times", naive / taken[str(SIZES[-1])], TIMES)
            figures.told(f"{what}_{backend}_flat", taken[str(SIZES[-1])] / taken[str(SIZES[0])], FLAT)
            memory = {size: peak(getattr(store, what)) for size, store in stores.items()}
            figures.said(f"{what}_{backend}_memory", memory[SIZES[-1]], "MiB")
            figures.told(f"{what}_{backend}_memory_more", memory[SIZES[-1]] - memory[SIZES[0]], MORE)
        large.close()
        small.close()


def main() -> int:
    figures = Figures()
    for backend in sys.argv[1:] or ("sqlite", "postgresql"):
        measure(backend, figures)
    return figures.code()


if __name__ == "__main__":
    sys.exit(main())
