"""Keeps the audit: a chain of links for each organisation, where a changed or missing link shows."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, func, insert, select

from storage.prepared import Prepared
from storage.tables import books
from storage.tables.base import table
from storage.transaction import Transaction

_audit = table(books.AuditRow)

_LAST = Prepared(
    select(_audit.c.number, _audit.c.hash)
    .where(_audit.c.organisation == bindparam("organisation"))
    .order_by(_audit.c.number.desc())
    .limit(1)
)
_NOTE = Prepared(insert(_audit))
_LOCK = Prepared(select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("organisation"), 1))))
_WHOLE = select(_audit).order_by(_audit.c.organisation, _audit.c.number)


class SqlAudit:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def note(
        self, kind: str, *, organisation: str, by: str, about: str, at: datetime, digest: str = ""
    ) -> None:
        """Add a link. Ids, kinds and salted hashes only: never a name or a text."""
        if not self._tx.on_sqlite:  # one link at a time; SQLite's writers are alone anyway
            self._tx.run(_LOCK, {"organisation": organisation})
        last = self._tx.row(_LAST, {"organisation": organisation})
        link: dict[str, Any] = {
            "organisation": organisation,
            "number": last.number + 1 if last else 1,
            "kind": kind,
            "person": by,
            "about": about,
            "digest": digest,
            "at": at,
            "previous": last.hash if last else "",
        }
        self._tx.write(_NOTE, [{**link, "hash": _hash(link)}])

    def verify(self) -> int:
        previous = ""
        links = 0
        chain, number = None, 0
        for row in self._tx.rows(_WHOLE):
            if row.organisation != chain:
                chain, number, previous = row.organisation, 0, ""
            number += 1
            if (row.number, row.previous, row.hash) != (number, previous, _hash(row._mapping)):
                raise ValueError(f"the audit of organisation {chain or '-'} is broken at its link {number}")
            previous = row.hash
            links += 1
        return links


def _hash(link: Mapping[Any, Any]) -> str:
    """Return the hash of the link's own fields and of the link before it."""
    fields = [
        link[name] for name in ("previous", "organisation", "number", "kind", "person", "about", "digest")
    ]
    at = link["at"].astimezone(UTC).isoformat(timespec="microseconds")
    return sha256(json.dumps([*fields, at]).encode()).hexdigest()
