"""Measures a handbook over 5,000 lessons that others share, among 100,000 shared examples: what holds the writer, and what doesn't.

The group and its method are real; the others' lessons are put in in bulk. Told are the turn that shows the handbook in the
chat, beside the same turn where nobody shares anything; and what is read for it, on a connection that holds nobody up.
"""

import sys
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter
from typing import Any

from _examples import made_up
from _figures import Figures
from _stores import Store, databases
from sqlalchemy import insert

from bot.packs.on_disk import built_in_packs
from bot.usecases.look_up import LookFirst, look_up
from bot.usecases.receive import receive
from bot.usecases.take_turn import Learnt
from content.loader import Loaded, load_all
from dialogs.model.people import PersonId
from dialogs.model.records import Record
from storage import schema
from storage.mapping import RECORD
from storage.tables import journeys, people, sharing
from storage.tables.base import table

LESSONS, EXAMPLES = 5_000, 100_000
ORGANISATIONS, GROUPS = 20, 200
THEMES = ("organisera", "forverkliga", "empowerment", "jamstalldhet", "samverka", "annat")
ROUNDS, WARM = 11, 2
WRITER_MS = 50.0


def begun(url: str) -> Store:
    schema.upgrade(url)
    own = built_in_packs()
    loaded = load_all({name: own[name] for name in ("gemensamt", "benchlearning")})["benchlearning"]
    assert isinstance(loaded, Loaded), loaded
    store = Store(url)
    with store.desk.uow as uow:
        uow.packs.put(loaded.pack, loaded.checksum, by="bench", at=store.desk.clock.now())
        uow.commit()
    for words in ("starta", "Omsorgen", "Norrgården", "-", "-"):
        store.say("Ada", words)
    return store


def fill(store: Store) -> None:
    now, shared = store.desk.clock.now(), range(EXAMPLES + LESSONS)
    fields = list(made_up(EXAMPLES, seed=7))
    lesson = {
        "lardom": "Fråga nattpersonalen först",
        "hur": "De visste när det hände. " * 8,
        "rad": "Gå en natt. " * 8,
    }
    every = EXAMPLES // LESSONS + 1

    def record(n: int) -> Record:
        if n % every == 0:
            told = {**lesson, "lardom": f"Lärdom {n}", "tema": THEMES[n // every % len(THEMES)]}
            return Record(f"l{n}", "lardomar", told, "i-handboken", PersonId("p"), now)
        return Record(f"e{n}", "exempel", fields[n % EXAMPLES], "", PersonId("p"), now)

    def row(n: int) -> dict[str, Any]:
        made, group = record(n), n % GROUPS
        whose = {"organisation": f"o{group % ORGANISATIONS}", "group_id": f"g{group}"}
        what = {"id": made.id, "register_id": made.register, "revision": 1, "state": made.state}
        return {**whose, **what, "practice": False, "content": RECORD.text(made)}

    with store.engine.begin() as connection:
        homes = [{"id": f"o{n}", "name": f"O{n}", "name_key": f"o{n}"} for n in range(ORGANISATIONS)]
        connection.execute(insert(table(people.Organisation)), homes)
        groups = [
            {"id": f"g{n}", "organisation": f"o{n % ORGANISATIONS}", "name": f"G{n}", "name_key": f"g{n}", "roster": "{}"}
            for n in range(GROUPS)
        ]  # fmt: skip
        known = {column.name for column in table(people.WorkingGroup).columns}
        connection.execute(
            insert(table(people.WorkingGroup)),
            [{name: value for name, value in one.items() if name in known} for one in groups],
        )
        for start in range(0, len(shared), 5_000):
            rows = [row(n) for n in shared[start : start + 5_000]]
            connection.execute(insert(table(journeys.RecordRow)), rows)
            shares = [
                {"organisation": one["organisation"], "record": one["id"], "by": "p", "at": now}
                for one in rows
            ]
            connection.execute(insert(table(sharing.ShareRow)), shares)
    with store.engine.connect() as connection:
        raw = connection.execution_options(isolation_level="AUTOCOMMIT")
        raw.exec_driver_sql("ANALYZE" if store.engine.dialect.name == "sqlite" else "VACUUM ANALYZE")


def in_ms(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000


def shown(store: Store) -> tuple[float, float]:
    """Show the handbook; return how long its turn held the writer, and how long was read beside it, in ms."""
    number = receive(store.incoming("Ada", "visa handboken"), uow=store.desk.uow)
    wanted: list[Any] = []

    def first() -> None:
        try:
            store.desk.take_stored(number)
        except LookFirst as look:
            wanted.extend(look.wanted)

    held = in_ms(first)
    assert wanted, "what others share is looked up beside the turn"
    found: dict[Any, Any] = {}
    read = in_ms(lambda: found.update(look_up(wanted, uow=store.looking())))
    held = max(held, in_ms(lambda: store.desk.take_stored(number, Learnt(found=found))))
    store.deliver()
    return held, read


def medians(rounds: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return median(one[0] for one in rounds), median(one[1] for one in rounds)


def measure(backend: str, figures: Figures) -> None:
    with databases(backend) as there:
        store = begun(there.new("handbook"))
        alone, _ = medians([shown(store) for _ in range(ROUNDS)][WARM:])
        fill(store)
        held, read = medians([shown(store) for _ in range(ROUNDS)][WARM:])
        store.close()
    figures.said(f"handbook_{backend}: the turn where nobody shares anything", alone, "ms")
    figures.said(f"handbook_{backend}: read beside the turn", read, "ms")
    figures.told(f"handbook_{backend}_holds_the_writer_ms", held, WRITER_MS)


def main() -> int:
    figures = Figures()
    for backend in sys.argv[1:] or ("sqlite", "postgresql"):
        measure(backend, figures)
    return figures.code()


if __name__ == "__main__":
    sys.exit(main())
