"""Remembers by which words records are found: SQLite by its full-text table, PostgreSQL by an index over the stems.

Both are asked the same: which entries have any of these stems, or pairs of stems. What fits best is worked out from what
they answer, so that both give the same order.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import (
    Executable,
    Select,
    String,
    bindparam,
    cast,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)  # fmt: skip
from sqlalchemy import table as named_table

from dialogs.model.sharing import Viewer
from dialogs.model.words import BEGINNING, Candidate, Clause, Counts, Entry
from dialogs.search.ranking import MOST_CANDIDATES
from storage.prepared import OneOf, Prepared, insert_into, with_lists
from storage.repositories.shares import may_be_seen, viewing
from storage.tables import sharing
from storage.tables.base import table
from storage.transaction import Transaction

AT_ONCE = 500
"""So many entries are written in one go when all are written anew."""
ALL = ""
"""The term under which all entries are counted."""
OLD = " "
"""The term that an upgrade leaves where the entries have to be written anew; no word has it."""

_entry = table(sharing.SearchEntry)
_term = table(sharing.SearchTerm)
_words = named_table("search_words", column("rowid"))

_GET = Prepared(select(_entry.c.terms).where(_entry.c.record == bindparam("record")))
_INSERT = Prepared(insert(_entry))
_UPDATE = Prepared(
    update(_entry)
    .where(_entry.c.record == bindparam("of_record"))
    .values(terms=bindparam("new_terms"), counts=bindparam("new_counts"))
)
_DROP = Prepared(delete(_entry).where(_entry.c.record == bindparam("record")))
_DROP_ALL = Prepared(delete(_entry))
_WIPE = text("INSERT INTO search_words(search_words) VALUES ('rebuild')")
_FORGET_ALL = Prepared(delete(_term))
_FORGET = with_lists(lambda one_of: delete(_term).where(one_of(_term.c.term, "terms"), _term.c.entries <= 0))
_IS_OLD = Prepared(select(_term.c.term).where(_term.c.term == OLD))
_TAKE_OLD = Prepared(delete(_term).where(_term.c.term == OLD))
_COUNTS = with_lists(
    lambda one_of: select(_term.c.term, _term.c.entries).where(one_of(_term.c.term, "terms"))
)

_BEGINNING = with_lists(lambda one_of: select(_term.c.term).where(one_of(_term.c.beginning, "beginnings")))


def _counting(dialect: str) -> Executable:
    statement = insert_into(_term, dialect)
    more = _term.c.entries + statement.excluded.entries
    counting: Executable = statement.on_conflict_do_update(index_elements=["term"], set_={"entries": more})
    return counting


_COUNT = Prepared(_counting)


def _candidates(one_of: OneOf) -> Select[Any]:
    return (
        select(
            _entry.c.number, _entry.c.record, _entry.c.group_id, _entry.c.organisation, _entry.c.terms, _entry.c.counts
        )
        .where(one_of(_entry.c.register_id, "registers"), may_be_seen(_entry, _entry.c.record, one_of))
        .limit(MOST_CANDIDATES)
    )  # fmt: skip


def _on_sqlite(one_of: OneOf) -> Select[Any]:
    wanted = literal_column("search_words").op("MATCH")(bindparam("wanted", type_=String()))
    found = _candidates(one_of).join_from(_words, _entry, _entry.c.number == _words.c.rowid).where(wanted)
    return found.order_by(_words.c.rowid.desc())  # by its own, in whose order they come: nothing is sorted


def _on_postgresql(one_of: OneOf) -> Select[Any]:
    from sqlalchemy.dialects.postgresql import TSQUERY  # who uses SQLite alone doesn't wait for it

    stems = func.array_to_tsvector(func.string_to_array(_entry.c.terms, literal_column("' '")))
    wanted = cast(bindparam("wanted", type_=String()), TSQUERY)
    return _candidates(one_of).where(stems.op("@@")(wanted)).order_by(_entry.c.number.desc())


_CANDIDATES = with_lists(_on_sqlite, _on_postgresql)


class SqlSearch:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def put(self, entry: Entry) -> None:
        """Let the record be found by these terms, and by no others any more."""
        row = self._tx.row(_GET, {"record": entry.record})
        terms, counts = _written(entry)
        changes = Counter(dict.fromkeys(entry.terms, 1))
        if row is None:
            self._tx.run(_INSERT, _row_of(entry))
            changes[ALL] += 1
        else:
            self._tx.run(_UPDATE, {"of_record": entry.record, "new_terms": terms, "new_counts": counts})
            changes.subtract(row.terms.split())
        self._count(changes)

    def put_anew(self, entries: Iterable[Entry]) -> int:
        """Let these records be found, and nothing else: throw away what there was. Return how many there are."""
        for statement in (_DROP_ALL, _FORGET_ALL):
            self._tx.run(statement)
        counted: Counter[str] = Counter()
        for some in _batched(entries, AT_ONCE):
            self._tx.write(_INSERT, [_row_of(entry) for entry in some])
            counted.update(term for entry in some for term in entry.terms)
            counted[ALL] += len(some)
        self._count(counted)
        if self._tx.on_sqlite:
            self._tx.run(_WIPE)  # what was deleted lies in its parts until they are put together
        return counted[ALL]

    def is_old(self) -> bool:
        """Say whether an upgrade has left the entries to be written anew."""
        return self._tx.row(_IS_OLD, {}) is not None

    def take_old(self) -> bool:
        """Take it on to write them anew; say whether that is left to do. Whoever asks meanwhile waits, and hears no."""
        return self._tx.run(_TAKE_OLD) > 0

    def drop(self, record: str) -> None:
        """Let the record be found no more."""
        row = self._tx.row(_GET, {"record": record})
        if row is not None:
            self._tx.run(_DROP, {"record": record})
            self._count({ALL: -1, **dict.fromkeys(row.terms.split(), -1)})

    def counts(self, terms: Iterable[str]) -> Counts:
        rows = self._tx.rows(_COUNTS, {"terms": self._tx.a_list([ALL, *terms])})
        of_term = {row.term: row.entries for row in rows}
        return Counts(of_term.pop(ALL, 0), of_term)

    def beginning(self, beginnings: Iterable[str]) -> Sequence[str]:
        """Return the terms that begin so, with `words.BEGINNING` letters each."""
        rows = self._tx.rows(_BEGINNING, {"beginnings": self._tx.a_list(list(beginnings))})
        return [row.term for row in rows]

    def having(
        self, clauses: Sequence[Clause], *, registers: Iterable[str], viewer: Viewer
    ) -> Sequence[Candidate]:
        """Return the entries that have all terms of any of the clauses, and that the viewer may see.

        Those that have a rare term are asked for by themselves, so that no number of pairs crowds them out.
        """
        values = {"registers": self._tx.a_list(sorted(registers)), **viewing(self._tx, viewer)}
        found: dict[str, Candidate] = {}
        for some in ([one for one in clauses if len(one) == 1], [one for one in clauses if len(one) > 1]):
            if some:
                wanted = _for_sqlite(some) if self._tx.on_sqlite else _for_postgresql(some)
                rows = self._tx.rows(_CANDIDATES, {**values, "wanted": wanted})
                found.update((row.record, _candidate(row)) for row in rows if row.record not in found)
        return tuple(found.values())

    def _count(self, changes: Mapping[str, int]) -> None:
        """Count the terms in their order: two who write at once then wait for each other, and never both."""
        counted = [
            {"term": term, "beginning": term[:BEGINNING], "entries": by}
            for term, by in sorted(changes.items())
            if by
        ]
        self._tx.write(_COUNT, counted)
        fewer = sorted(term for term, by in changes.items() if by < 0)
        if fewer:
            self._tx.run(_FORGET, {"terms": self._tx.a_list(fewer)})


def _candidate(row: Any) -> Candidate:
    terms = dict(zip(row.terms.split(), map(int, row.counts.split()), strict=True))
    return Candidate(row.number, row.record, row.group_id, row.organisation, terms)


def _row_of(entry: Entry) -> dict[str, str]:
    terms, counts = _written(entry)
    whose = {"organisation": entry.organisation, "group_id": entry.group, "register_id": entry.register}
    return {"record": entry.record, **whose, "terms": terms, "counts": counts}


def _written(entry: Entry) -> tuple[str, str]:
    terms = sorted(entry.terms)
    return " ".join(terms), " ".join(str(entry.terms[term]) for term in terms)


def _for_sqlite(clauses: Iterable[Clause]) -> str:
    return " OR ".join("(" + " AND ".join(f'"{term}"' for term in clause) + ")" for clause in clauses)


def _for_postgresql(clauses: Iterable[Clause]) -> str:
    return " | ".join("(" + " & ".join(f"'{term}'" for term in clause) + ")" for clause in clauses)


def _batched(entries: Iterable[Entry], size: int) -> Iterator[Sequence[Entry]]:
    left = iter(entries)
    while some := list(islice(left, size)):
        yield some
