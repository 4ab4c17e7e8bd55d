"""Measures one durable turn against a bare commit of one row through the same engine, and whether it stays as quick.

A turn is what a desk does when something comes in: it is stored, heard, answered, projected, letters are written, and
all of it is committed at once. The bare commit is BEGIN, INSERT, COMMIT by SQLAlchemy Core.
Both are measured by turns in one run, for each size of store.
"""

import gc
import sys
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter

from _figures import Figures
from _stores import LEADER, MEMBERS, Store, databases, stores
from sqlalchemy import Column, Integer, MetaData, String, Table, insert

SIZES = (10, 1_000, 100_000)
AT_MOST = 6.0  # times a bare commit
FLAT = 1.2  # times the smallest store's
PAIRS = 60
WARM = 12
TEXTS = ("1.1", "1.2", "A.1", "A.2", "A.3", "A.4")

bare = Table(
    "bare", MetaData(), Column("id", Integer, primary_key=True), Column("words", String, nullable=False)
)
INSERT = insert(bare)

Kind = Callable[[Store, int], tuple[str, str]]


def a_text(store: Store, number: int) -> tuple[str, str]:
    """A member contributes to one of the open text questions."""
    question = TEXTS[number % len(TEXTS)]
    return MEMBERS[number % len(MEMBERS)], f"{question}: Vi vill att fler är med, av {number} skäl."


def a_choice(store: Store, number: int) -> tuple[str, str]:
    """A member chooses anew among options."""
    return MEMBERS[number % len(MEMBERS)], f"1.3: {1 + number % 3}, 4"


def a_change(store: Store, number: int) -> tuple[str, str]:
    """The leader changes a settled answer, a fact that is settled as it is given."""
    return LEADER, f"ändra 2.5: 2027-{1 + number % 12:02}-{1 + number % 28:02}"


KINDS: dict[str, Kind] = {"text": a_text, "choice": a_choice, "change": a_change}


def measured(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def one_row(store: Store, words: str) -> None:
    with store.engine.connect() as connection:
        connection.execute(INSERT, {"words": words})
        connection.commit()


def side_by_side(store: Store, kind: Kind, number: int) -> tuple[float, float]:
    """Return what a bare commit and a turn take, in milliseconds, one right after the other."""
    words = "Det internationella arbetet ska hjälpa verksamheterna att nå sina mål. " * 4
    incoming = store.incoming(*kind(store, number))
    plain = measured(lambda: one_row(store, words))
    turn = measured(lambda: store.desk.take(incoming))
    store.deliver()
    return plain, turn


def medians(opened: dict[int, Store], kind: Kind) -> dict[int, tuple[float, float]]:
    for number in range(WARM):
        for store in opened.values():
            side_by_side(store, kind, number)
    gc.collect()
    taken: dict[int, list[tuple[float, float]]] = {size: [] for size in opened}
    for number in range(WARM, WARM + PAIRS):
        for size, store in opened.items():
            taken[size].append(side_by_side(store, kind, number))
    return {size: _medians(pairs) for size, pairs in taken.items()}


def _medians(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return median(plain for plain, _ in pairs), median(turn for _, turn in pairs)


def measure(backend: str, figures: Figures) -> None:
    with databases(backend) as made:
        opened = stores(made, SIZES)
        for store in opened.values():
            bare.create(store.engine)
            assert store.desk.shelf.newest()
        for name, kind in KINDS.items():
            before = {size: store.answers() for size, store in opened.items()}
            found = medians(opened, kind)
            for size, (plain, turn) in found.items():
                figures.said(f"{name}_{backend}_{size}: bare", plain, "ms")
                figures.said(f"{name}_{backend}_{size}: turn", turn, "ms")
                figures.told(f"{name}_{backend}_{size}", turn / plain, AT_MOST)
                assert opened[size].answers() == before[size] + WARM + PAIRS, "a turn wrote no answer"
            smallest, *_, largest = (found[size][1] for size in SIZES)
            figures.told(f"{name}_{backend}_flat", largest / smallest, FLAT)
        for store in opened.values():
            store.close()


def main() -> int:
    figures = Figures()
    for backend in sys.argv[1:] or ("sqlite", "postgresql"):
        measure(backend, figures)
    return figures.code()


if __name__ == "__main__":
    sys.exit(main())
