"""Measures whether the right example is found by a problem told in other words, among 100,000, and how long it takes.

The 50 pairs of example and problem in search_data/pairs.toml were written by hand, and say how; they lie among examples
that are made up by a seed. The right one has to be among the first three. Beside it, in the same run, the
same words are looked for by a plain LIKE over the records, as one would without an index.

A set of examples and problems of others' hands in search_data/afresh.toml, written like pairs.toml, is looked for among
the same examples where it is there.
"""

import sys
import tomllib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from _examples import made_up
from _figures import Figures
from _stores import databases
from snowballstemmer import stemmer
from sqlalchemy import insert, text

from bot.packs.on_disk import built_in_packs
from content.loaded import Loaded
from content.loader import load_all
from content.schema.files import Register
from dialogs.model.people import PersonId
from dialogs.model.records import Record
from dialogs.model.sharing import Viewer
from dialogs.model.words import Entry
from dialogs.search.corpus_parts import stems_of_parts, with_parts
from dialogs.search.entries import entry_of
from dialogs.search.kin import beginnings, with_kin
from dialogs.search.query import query_of, terms_in
from dialogs.search.ranking import ranked, worth_a_look
from dialogs.search.terms import means_something, words_in
from storage import schema
from storage.engine import open_engine
from storage.mapping import RECORD
from storage.tables import journeys, people, sharing
from storage.tables.base import table
from storage.unit_of_work import SqlUnitOfWork

EXAMPLES = 100_000
SEED = 20260901
ORGANISATIONS, GROUPS = 20, 200
UNSHARED = 10  # every tenth is its group's own
NEEDED, OF, FIRST = 40, 50, 3
AFRESH = "afresh"
DATA = Path(__file__).with_name("search_data")
NOW = datetime(2026, 9, 1, 6, tzinfo=UTC)
ASKER = Viewer("asker", "o0", date(2026, 9, 1))
REGISTER = "exempel"

Pairs = Sequence[tuple[str, str]]
"""The id of the right example, and the problem."""


def register() -> Register:
    own = built_in_packs()
    loaded = load_all({"gemensamt": own["gemensamt"]})["gemensamt"]
    assert isinstance(loaded, Loaded), loaded
    return loaded.pack.registers[REGISTER]


def written(name: str, *, asked: str = "asked") -> tuple[list[dict[str, Any]], Pairs]:
    """Return the fields of the examples that were written by hand, and the problems that are told of them."""
    raw = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))["pair"]
    fields = [
        {
            "titel": one["title"], "bransch": one["trade"], "problem": one["problem"], "gjort": one["done"],
            "resultat": one["result"], "overta": one["take"], "situation": one["situation"],
            "nyckelord": one["keywords"],
        }
        for one in raw
    ]  # fmt: skip
    return fields, [(f"{name}-{number}", one[asked]) for number, one in enumerate(raw)]


def afresh() -> Pairs:
    """Return the problems that others wrote for examples of their own; none where they aren't there."""
    return written(AFRESH)[1] if (DATA / f"{AFRESH}.toml").exists() else ()


def blind(name: str) -> Pairs:
    """Return the problems that were written without a look at the others, nor at any figure; none but for the pairs."""
    if name != "pairs":
        return ()
    raw = tomllib.loads((DATA / "blind.toml").read_text(encoding="utf-8"))["problems"]
    return [(f"{name}-{number}", asked) for number, asked in enumerate(raw)]


def in_other_words(name: str, pairs: Pairs) -> bool:
    """Say whether no problem has a word of its example's title, in any form."""
    raw = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))["pair"]
    titles = {f"{name}-{number}": _forms(one["title"]) for number, one in enumerate(raw)}
    return all(titles[id].isdisjoint(_forms(asked)) for id, asked in pairs)


def _forms(text: str) -> set[str]:
    """Return the words by Snowball alone: to whoever writes, snöröjs is another word than snöröjning."""
    return set(stemmer("swedish").stemWords([word for word in words_in(text) if means_something(word, "sv")]))


def records(names: Sequence[str], count: int) -> Iterator[tuple[Record, bool]]:
    """Yield the records in the order in which they came, the written ones spread among them, and whether each is shared."""
    by_hand = [(f"{name}-{n}", fields) for name in names for n, fields in enumerate(written(name)[0])]
    every = max(1, count // (len(by_hand) + 1))
    for number, fields in enumerate(made_up(count - len(by_hand), seed=SEED)):
        if number % every == every - 1 and by_hand:
            id, own = by_hand.pop()
            yield Record(id, REGISTER, own, "", PersonId("p"), NOW), True
        yield Record(f"r{number}", REGISTER, fields, "", PersonId("p"), NOW), number % UNSHARED != 0
    for id, own in by_hand:
        yield Record(id, REGISTER, own, "", PersonId("p"), NOW), True


def fill(url: str, made: Sequence[tuple[Record, bool, Entry]]) -> None:
    schema.upgrade(url)
    engine = open_engine(url)
    with engine.begin() as connection:
        organisations = [{"id": f"o{n}", "name": f"O{n}", "name_key": f"o{n}"} for n in range(ORGANISATIONS)]
        connection.execute(insert(table(people.Organisation)), organisations)
        rosters = [
            {
                "id": f"g{n}",
                "organisation": f"o{n % ORGANISATIONS}",
                "name": f"G{n}",
                "name_key": f"g{n}",
                "roster": "{}",
            }
            for n in range(GROUPS)
        ]
        known = {column.name for column in table(people.WorkingGroup).columns}
        connection.execute(
            insert(table(people.WorkingGroup)),
            [{k: v for k, v in row.items() if k in known} for row in rosters],
        )
        for start in range(0, len(made), 5_000):
            some = made[start : start + 5_000]
            connection.execute(
                insert(table(journeys.RecordRow)),
                [
                    {
                        "id": record.id, "organisation": entry.organisation, "group_id": entry.group, "practice": False,
                        "register_id": REGISTER, "revision": 1, "state": "", "content": RECORD.text(record),
                    }
                    for record, _, entry in some
                ],
            )  # fmt: skip
            connection.execute(
                insert(table(sharing.ShareRow)),
                [
                    {"organisation": entry.organisation, "record": record.id, "by": "p", "at": NOW}
                    for record, shared, entry in some
                    if shared
                ],
            )
    with SqlUnitOfWork(engine) as uow:
        uow.search.put_anew(entry for _, _, entry in made)
        uow.commit()
    with engine.connect() as connection:
        raw = connection.execution_options(isolation_level="AUTOCOMMIT")
        raw.exec_driver_sql("ANALYZE" if engine.dialect.name == "sqlite" else "VACUUM ANALYZE")
    engine.dispose()


def entries(model: Register, names: Sequence[str], count: int) -> list[tuple[Record, bool, Entry]]:
    found = []
    for number, (record, shared) in enumerate(records(names, count)):
        group = number % GROUPS
        whose = {"organisation": f"o{group % ORGANISATIONS}", "group": f"g{group}"}
        found.append((record, shared, entry_of(record, model, language="sv", **whose)))
    return found


def search(uow: SqlUnitOfWork, asked: str, *, synonyms: bool = True) -> list[str]:
    query = query_of(asked, "sv", synonyms=synonyms)
    counts = uow.search.counts((*terms_in(query), *stems_of_parts(query, "sv")))
    query = with_parts(query, counts, "sv", synonyms=synonyms)
    query = with_kin(query, uow.search.beginning(beginnings(query)))
    counts = uow.search.counts(terms_in(query))
    candidates = uow.search.having(worth_a_look(query, counts), registers=[REGISTER], viewer=ASKER)
    return [hit.candidate.record for hit in ranked(query, candidates, counts, most=FIRST)]


LIKE = """
SELECT record.id FROM record WHERE register_id = :register AND practice IS FALSE
AND EXISTS (SELECT 1 FROM share WHERE share.record = record.id AND ended IS NULL AND to_organisation IS NULL)
AND ({any}) ORDER BY number DESC LIMIT 3
"""


def plain(engine: object, asked: str) -> int:
    """Look for any of the words as they were said, by LIKE over the records; return how many came."""
    said = [word.said for word in query_of(asked, "sv", synonyms=False)]
    likes = " + ".join(f"(CASE WHEN content LIKE :w{n} THEN 1 ELSE 0 END)" for n in range(len(said)))
    statement = LIKE.replace("({any})", f"({likes}) > 0").replace(
        "number DESC", f"({likes}) DESC, number DESC"
    )
    values = {f"w{n}": f"%{word}%" for n, word in enumerate(said)}
    with engine.connect() as connection:  # type: ignore[attr-defined]
        return len(connection.execute(text(statement), {**values, "register": REGISTER}).all())


def measure(
    backend: str, figures: Figures, made: Sequence[tuple[Record, bool, Entry]], pairs: Pairs, afar: Pairs,
    unseen: Pairs, fresh: Pairs,
) -> None:  # fmt: skip
    with databases(backend) as there:
        url = there.new("search")
        fill(url, made)
        engine = open_engine(url)
        uow = SqlUnitOfWork(engine)
        shared = {record.id for record, is_shared, _ in made if is_shared}
        right, without, took, liked = 0, 0, [], []
        with uow:
            search(uow, pairs[0][1])
        for id, asked in pairs:
            began = perf_counter()
            with uow:
                found = search(uow, asked)
            took.append((perf_counter() - began) * 1000)
            assert shared.issuperset(found), "something that isn't shared was found"
            right += id in found
            with uow:
                without += id in search(uow, asked, synonyms=False)
            if "-v" in sys.argv and id not in found:
                print(f"    missed {id}: {asked} -> {found}")
        with uow:
            from_afar = sum(id in search(uow, asked) for id, asked in afar)
            right_unseen = sum(id in search(uow, asked) for id, asked in unseen)
            right_fresh = sum(id in search(uow, asked) for id, asked in fresh)
        for _, asked in pairs[:10]:
            began = perf_counter()
            plain(engine, asked)
            liked.append((perf_counter() - began) * 1000)
        engine.dispose()
    figures.said(f"search_{backend}: without synonyms", without, f"of {len(pairs)}")
    figures.said(f"search_{backend}: told from afar", from_afar, f"of {len(afar)}")
    if unseen:
        figures.said(f"search_{backend}: written blind", right_unseen, f"of {len(unseen)}")
    if fresh:
        figures.said(f"search_{backend}: written afresh", right_fresh, f"of {len(fresh)}")
        figures.at_least(f"search_{backend}_afresh", right_fresh, NEEDED * len(fresh) / OF)
    figures.said(f"search_{backend}: median", median(took), "ms")
    figures.said(f"search_{backend}: slowest", max(took), "ms")
    figures.said(f"search_{backend}: LIKE, median", median(liked), "ms")
    figures.at_least(f"search_{backend}_right", right, NEEDED * len(pairs) / OF)
    figures.told(f"search_{backend}_of_like", median(took) / median(liked), 0.2)


def main() -> int:
    figures = Figures()
    model = register()
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    names = ["pairs"]
    if "--development" in sys.argv:
        names = ["development"]
    given = [word.partition("=")[2] for word in sys.argv if word.startswith("--examples=")]
    count = int(given[0]) if given else EXAMPLES
    fresh = afresh() if names == ["pairs"] else ()
    made = entries(model, [*names, AFRESH] if fresh else names, count)
    pairs, afar = written(names[0])[1], written(names[0], asked="asked-from-afar")[1]
    unseen = blind(names[0])
    for name, problems in ((names[0], (*pairs, *unseen)), (AFRESH, fresh)):
        assert not problems or in_other_words(name, problems), "a problem has a word of its example's title"
    for backend in words or ("sqlite", "postgresql"):
        measure(backend, figures, made, pairs, afar, unseen, fresh)
    return figures.code()


if __name__ == "__main__":
    sys.exit(main())
