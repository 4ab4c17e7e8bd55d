"""Keeps the audit: a chain of links for each organisation, where a changed or missing link shows."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select

from dialogs.model.audit import Head, Link, checked, link_hash
from storage.prepared import Prepared
from storage.tables import books
from storage.tables.base import table
from storage.transaction import Transaction

PAGE = 1000

_audit = table(books.AuditRow)

_LAST = Prepared(
    select(_audit.c.number, _audit.c.hash)
    .where(_audit.c.organisation == bindparam("organisation"))
    .order_by(_audit.c.number.desc())
    .limit(1)
)
_NOTE = Prepared(insert(_audit))
_LOCK = Prepared(select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("organisation"), 1))))
_CHAINS = Prepared(select(_audit.c.organisation).distinct().order_by(_audit.c.organisation))
_LINKS = Prepared(
    select(_audit)
    .where(_audit.c.organisation == bindparam("organisation"), _audit.c.number > bindparam("after"))
    .order_by(_audit.c.number)
    .limit(PAGE)
)


class SqlAudit:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def note(
        self, kind: str, *, organisation: str, by: str, about: str, at: datetime, digest: str = ""
    ) -> None:
        """Add a link. Ids, kinds and salted hashes only: never a name or a text."""
        if not self._tx.on_sqlite:  # one link at a time; SQLite's writers are alone anyway
            self._tx.run(_LOCK, {"organisation": organisation})
        last = self.head(organisation)
        link = Link(organisation, last.number + 1, kind, by, about, digest, at, last.hash, "")
        row = {name: getattr(link, name) for name in Link.__slots__}
        self._tx.write(_NOTE, [{**row, "hash": link_hash(link)}])

    def head(self, organisation: str) -> Head:
        last = self._tx.row(_LAST, {"organisation": organisation})
        return Head(organisation, last.number, last.hash) if last else Head(organisation, 0, "")

    def chains(self) -> Sequence[str]:
        return [row.organisation for row in self._tx.rows(_CHAINS)]

    def links(self, organisation: str) -> Iterator[Link]:
        after = -(2**31)  # before any number that somebody could have put in
        while rows := self._tx.rows(_LINKS, {"organisation": organisation, "after": after}):
            for row in rows:
                yield Link(*(getattr(row, name) for name in Link.__slots__))
            after = rows[-1].number

    def verify(self) -> int:
        links = 0
        for organisation in self.chains():
            found = checked(organisation, self.links(organisation))
            if found.broken is not None:
                raise ValueError(
                    f"the audit of organisation {organisation or '-'} is broken at its link {found.broken.number}"
                )
            links += found.head.number
        return links
