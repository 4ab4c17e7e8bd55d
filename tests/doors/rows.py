"""All rows of a database, without what is random, of an instant, or a platform's own name for something."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Engine, text

THEIRS = frozenset(
    {"alembic_version", "conversation", "home", "kept_secret"}
)  # tables of one door, or of none
TABLES = text("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
PLANNED = "occurrence"  # planned for everybody at once, in the order of people's ids
CHAINED = frozenset({("audit", "hash"), ("audit", "previous"), ("inbox", "event")})
_RANDOM = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{16,40}(?![A-Za-z0-9_-])")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^\"]*")
_MESSAGE = re.compile(r"\b(?:\d{10}\.\d{6}|1[78]\d{11})\b")

Rows = Mapping[str, list[dict[str, Any]]]


def rows(engine: Engine, names: Mapping[str, str]) -> Rows:
    """Return the rows by table, in the order in which they came; *names* are what the platform calls things -> ours.

    What is random is numbered as it comes, so that rows that mean the same read the same; a table that keeps no order
    is sorted, and goes by the numbers of the others. Only of SQLite files.
    """
    with engine.connect() as connection:
        seen: dict[str, str] = dict(map(tuple, connection.execute(text("SELECT id, name FROM person"))))

    def plain(value: Any, *, ordered: bool) -> Any:
        if not isinstance(value, str):
            return value
        for theirs, ours in names.items():
            value = value.replace(theirs, ours)
        value = _MESSAGE.sub("MESSAGE", _INSTANT.sub("THEN", value))
        return _RANDOM.sub(
            lambda found: seen.setdefault(found[0], f"#{len(seen)}") if ordered else seen.get(found[0], "#"),
            value,
        )

    left: dict[str, list[dict[str, Any]]] = {}
    with engine.connect() as connection:
        made = dict(map(tuple, connection.execute(TABLES)))
        for table in sorted(
            made.keys() - THEIRS, key=lambda one: ("WITHOUT ROWID" in made[one] or one == PLANNED, one)
        ):
            ordered = "WITHOUT ROWID" not in made[table] and table != PLANNED
            found = connection.execute(text(f"SELECT * FROM {table} {'ORDER BY rowid' if ordered else ''}"))
            left[table] = [
                {
                    name: plain(value, ordered=ordered)
                    for name, value in row._mapping.items()
                    if (table, name) not in CHAINED
                }
                for row in found
            ]
            if not ordered:
                left[table].sort(key=repr)
    return left


def unlike(one: Rows, other: Rows) -> Iterator[str]:
    """Yield where two tellings go apart, a line each."""
    for table in sorted({*one, *other}):
        these, those = one.get(table, []), other.get(table, [])
        if len(these) != len(those):
            yield f"{table}: {len(these)} rows, and {len(those)}"
        for number, (this, that) in enumerate(zip(these, those, strict=False)):
            yield from (
                f"{table} {number}, {name}: {this[name]!r:.200} and {that[name]!r:.200}"
                for name in _different(this, that)
            )


def _different(this: Mapping[str, Any], that: Mapping[str, Any]) -> Iterable[str]:
    return [name for name in this if this[name] != that[name]]
