"""A statement that turns say again and again: built by SQLAlchemy, put into words once, then given to the driver as is.

SQLAlchemy looks every statement up, and works its parameters out, each time it is run; that is half of what a turn
costs. What it knows about types is kept: times still have zones, and a truth is still a bool.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

from pydantic_core import to_json
from sqlalchemy import (
    ARRAY,
    ClauseElement,
    ColumnElement,
    Connection,
    Dialect,
    Executable,
    Insert,
    String,
    any_,
    bindparam,
    func,
    select,
)
from sqlalchemy.schema import Table
from sqlalchemy.sql.selectable import ReturnsRows
from sqlalchemy.types import TypeEngine

from storage.errors import Conflict, is_conflict
from storage.tables.base import UtcDateTime

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

Values = Mapping[str, Any]
Convert = Callable[[Any], Any]
Told = tuple[str | bytes, Sequence[Any]]
Build = Callable[[str], Executable]
"""Makes a statement for the dialect of that name, when it is first said: nobody reads a dialect that isn't spoken."""
OneOf = Callable[[ColumnElement[Any], str], ColumnElement[bool]]


FEW = 4  # rows in one statement: each number of them has words of its own
CURSORS = "cursors"  # under which a connection knows the cursors that are kept
COMMIT = b"COMMIT"


class Driver:
    """The driver's own connection, while a transaction is open on it."""

    def __init__(self, connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        self.connection = driver
        self.dialect = connection.dialect
        self._cursor = driver.cursor() if self.dialect.name == "sqlite" else None
        # What psycopg has found out about a statement's values is its cursor's: kept for as long as the connection is.
        self._kept: dict[str | bytes, Any] = connection.info.setdefault(CURSORS, {})

    @property
    def is_lost(self) -> bool:
        """Whether PostgreSQL, or the way there, has gone since it was opened."""
        return bool(getattr(self.connection, "broken", False))

    def cursor_for(self, text: str | bytes) -> Any:
        """Return a cursor to say the words with; PostgreSQL's takes them as they are, with $1 for a value."""
        if self._cursor is not None:
            return self._cursor  # all is answered before the next is asked
        cursor = self._kept.get(text)
        if cursor is None:
            from psycopg import RawCursor  # who uses SQLite alone doesn't wait for it

            cursor = self._kept[text] = RawCursor(self.connection)
        return cursor

    def together(self) -> Any:
        """Return in which company PostgreSQL is told everything at once, and answers once."""
        return nullcontext() if self._cursor is not None else self.connection.pipeline()

    def commit(self) -> None:
        """Commit, in the company of what is told together."""
        if self._cursor is not None:
            self.connection.commit()
        else:
            # psycopg's own commit waits for its answer, and leaving the company waits once more.
            self.cursor_for(COMMIT).execute(COMMIT, prepare=False)


class Prepared:
    """One statement, in the words of either database."""

    def __init__(self, statement: Executable | Build) -> None:
        self._statement = statement
        self._words: dict[str, _Words] = {}

    def rows(self, to: Driver, values: Values) -> Sequence[Any]:
        words = self.said(to.dialect, values)
        return words.rows(_execute(to, words, values).fetchall())

    def run(self, to: Driver, values: Values) -> int:
        count: int = _execute(to, self.said(to.dialect, values), values).rowcount
        return count

    def told(self, to: Driver, many: Sequence[Values]) -> "Told":
        """Return the words and all the values that they are to be said with."""
        words = self.said(to.dialect, many[0])
        return words.text, [words.parameters(values) for values in many]

    def said(self, dialect: Dialect, values: Values) -> "_Words":
        words = self._words.get(dialect.name)
        if words is None:
            words = self._words[dialect.name] = _Words(self._of(dialect), dialect, values)
        return words

    def _of(self, dialect: Dialect) -> Any:
        statement = self._statement
        return statement if isinstance(statement, Executable) else statement(dialect.name)


class PreparedRows(Prepared):
    """An insert that takes a few rows in one statement: said once for each, it is as many questions to PostgreSQL."""

    def __init__(self, statement: Insert | Build) -> None:
        super().__init__(statement)
        self._of_several: dict[tuple[str, int], str | bytes] = {}  # by the number of rows

    def told(self, to: Driver, many: Sequence[Values]) -> Told:
        if not 1 < len(many) <= FEW:
            return super().told(to, many)
        words = self.said(to.dialect, many[0])
        several = (to.dialect.name, len(many))
        text = self._of_several.get(several)
        if text is None:
            text = self._of_several[several] = self._text_of(to.dialect, words.order, len(many))
        return text, [[value for values in many for value in words.parameters(values)]]

    def _text_of(self, dialect: Dialect, names: Sequence[str], count: int) -> str | bytes:
        """Return the words that take *count* rows, the values of each in the order in which one row has them."""
        insert: Insert = self._of(dialect)
        kinds = insert.table.c
        rows = [
            {name: bindparam(f"{name}_{place}", type_=kinds[name].type) for name in names}
            for place in range(count)
        ]
        words = _Words(insert.values(rows), dialect, ())
        if words.order != [f"{name}_{place}" for place in range(count) for name in names]:
            raise ValueError(f"an insert into {insert.table.name} takes its rows in another order")
        return words.text


class _Words:
    """What one database is told: the text, which values it takes, and what comes back."""

    def __init__(self, statement: Executable, dialect: Dialect, names: Iterable[str]) -> None:
        if dialect.name == "postgresql":
            kind: Any = type(dialect)
            speaking: Dialect = kind(paramstyle="numeric_dollar")  # see `Driver.cursor_for`
        else:
            speaking = dialect
        compiled: Any = cast(ClauseElement, statement).compile(dialect=speaking, column_keys=list(names))
        # As bytes, that psycopg would make of it each time.
        self.text: str | bytes = compiled.string if dialect.name == "sqlite" else compiled.string.encode()
        self._constants: dict[str, Any] = {}
        binding: dict[str, Convert] = {}
        for bind, name in compiled.bind_names.items():
            if not bind.required:
                self._constants[name] = bind.effective_value
            convert = _implementation(bind.type, dialect).bind_processor(dialect)
            if convert is not None:
                moment = isinstance(bind.type, UtcDateTime)
                binding[name] = _moments_by(convert, dialect) if moment else convert
        self.order: Sequence[str] = compiled.positiontup
        self._in_order = _picking(self.order)
        self._binding = [(place, binding[name]) for place, name in enumerate(self.order) if name in binding]
        columns = list(statement.exported_columns) if isinstance(statement, ReturnsRows) else []
        self._row: Any = (
            namedtuple("Row", [column.key for column in columns], rename=True) if columns else None
        )
        self._reading: list[tuple[int, Convert]] = []
        for place, column in enumerate(columns):
            convert = _implementation(column.type, dialect).result_processor(dialect, None)
            if convert is not None:
                self._reading.append((place, convert))

    def parameters(self, values: Values) -> Sequence[Any]:
        picked = self._in_order({**self._constants, **values} if self._constants else values)
        if not self._binding:
            return picked
        in_order = list(picked)
        for place, convert in self._binding:
            in_order[place] = convert(in_order[place])
        return in_order

    def rows(self, found: Iterable[Sequence[Any]]) -> Sequence[Any]:
        if not self._reading:
            return [self._row._make(row) for row in found]
        return [self._row._make(self._read(list(row))) for row in found]

    def _read(self, row: list[Any]) -> list[Any]:
        for place, convert in self._reading:
            row[place] = convert(row[place])
        return row


_MOMENTS: dict[str, Convert] = {}  # by the dialect's name


def _moments_by(convert: Convert, dialect: Dialect) -> Convert:
    """Return what puts a moment as *convert* does, and remembers it: a turn says the same one to many tables."""
    return _MOMENTS.setdefault(dialect.name, lru_cache(64)(convert))


def _picking(names: Sequence[str]) -> Callable[[Values], Sequence[Any]]:
    """Return what takes the values of these names out of a mapping, in their order."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: [values[name] for name in names]


def _implementation(kind: TypeEngine[Any], dialect: Dialect) -> Any:
    return kind.dialect_impl(dialect)


def tell(to: Driver, queue: Sequence[Told], *, commit: bool = False) -> None:
    """Write what is queued, in its order; and *commit* in the same breath."""
    with naming_conflicts(), to.together():
        for text, many in queue:
            if len(many) == 1:
                to.cursor_for(text).execute(text, many[0])
            else:
                to.cursor_for(text).executemany(text, many)
        if commit:
            to.commit()


def ask(to: Driver, asked: Sequence[tuple[Prepared, Values]]) -> list[Sequence[Any]]:
    """Return the rows of each statement; no two may be the same."""
    said = [(statement.said(to.dialect, values), values) for statement, values in asked]
    if to.dialect.name == "sqlite":
        return [words.rows(_execute(to, words, values).fetchall()) for words, values in said]
    with naming_conflicts(), to.together():
        cursors = [_execute(to, words, values) for words, values in said]
    return [words.rows(cursor.fetchall()) for (words, _), cursor in zip(said, cursors, strict=True)]


def _execute(to: Driver, words: _Words, values: Values) -> Any:
    with naming_conflicts():
        return to.cursor_for(words.text).execute(words.text, words.parameters(values))


class naming_conflicts:  # noqa: N801 - reads as a verb, and is lighter than a generator on the hot path
    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is not None and is_conflict(error):
            raise Conflict("two transactions stood in each other's way") from error


def with_lists(
    build: Callable[[OneOf], Executable], on_postgresql: Callable[[OneOf], Executable] | None = None
) -> Prepared:
    """Prepare a statement that compares with lists: *build* gets what says ``column is one of :name``."""

    def of(dialect: str) -> Executable:
        on_sqlite = dialect == "sqlite"
        return build(_one_of_json) if on_sqlite else (on_postgresql or build)(_one_of_array)

    return Prepared(of)


def a_list(values: Sequence[Any], *, on_sqlite: bool) -> Any:
    """Return the list as the database takes it: a statement's words don't change with the number of values."""
    if not on_sqlite:
        return values
    return to_json(values).decode() if values else "[]"


def _one_of_json(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    each = func.json_each(bindparam(name, type_=String())).table_valued("value")
    return column.in_(select(each.c.value))


def _one_of_array(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    return column == any_(bindparam(name, type_=ARRAY(column.type)))


def insert_into(table: Table, dialect: str) -> "sqlite.Insert | postgresql.Insert":
    """Return an insert that may say what becomes of a row that is there already."""
    if dialect == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


def upsert(
    table: Table,
    *,
    keys: Sequence[str],
    rest: Sequence[str] = (),
    newer: str = "",
    returning: str = "",
    **computed: Any,
) -> Prepared:
    """Insert, or write over the *rest* (else everything) of the row that has the same *keys*.

    With *newer*, only where that column grows. *computed* columns are worked out by the database.
    """
    others = rest or [
        column.name
        for column in table.columns
        if column.name not in keys and column is not table.autoincrement_column
    ]

    def build(dialect: str) -> Executable:
        statement = insert_into(table, dialect)
        excluded = statement.excluded
        statement = statement.values(**computed) if computed else statement
        statement = statement.on_conflict_do_update(
            index_elements=list(keys),
            set_={name: excluded[name] for name in others},
            where=table.c[newer] < excluded[newer] if newer else None,
        )
        return statement.returning(table.c[returning]) if returning else statement

    return Prepared(build)


def insert_new(table: Table, *, keys: Sequence[str], returning: str = "", **computed: Any) -> Prepared:
    """Insert, or leave the row alone that has the same *keys*."""

    def build(dialect: str) -> Executable:
        statement = insert_into(table, dialect)
        statement = statement.values(**computed) if computed else statement
        statement = statement.on_conflict_do_nothing(index_elements=list(keys))
        return statement.returning(table.c[returning]) if returning else statement

    kind = Prepared if returning or computed else PreparedRows
    return kind(build)
