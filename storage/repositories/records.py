"""Remembers the records of registers, each revision of them, for whoever shares their scope."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, insert, or_, select

from dialogs.model.journey import Journey
from dialogs.model.records import Record
from storage.errors import Conflict
from storage.mapping import RECORD
from storage.prepared import Prepared, upsert, with_lists
from storage.tables import journeys
from storage.tables.base import table
from storage.transaction import Transaction

_record = table(journeys.RecordRow)
_revision = table(journeys.RecordRevision)
_journey = table(journeys.JourneyHead)

_SAVE = upsert(
    _record,
    keys=("id",),
    rest=("register_id", "revision", "state", "content"),
    newer="revision",
    returning="id",
    practice=exists().where(_journey.c.id == bindparam("of_journey"), _journey.c.practice),
)
_SAVE_REVISION = Prepared(insert(_revision))
_HISTORY = Prepared(
    select(_revision.c.content)
    .where(_revision.c.record == bindparam("record"))
    .order_by(_revision.c.revision)
)

_RECORDS = select(_record.c.register_id, _record.c.content).order_by(_record.c.number)
# A practice journey sees what it wrote itself, and nobody else sees that.
_ITS_OWN = _RECORDS.where(_record.c.journey == bindparam("journey"))
_SHARED = _RECORDS.where(
    _record.c.practice.is_(False),
    or_(
        _record.c.group_id == bindparam("group"),
        and_(_record.c.group_id.is_(None), _record.c.organisation == bindparam("organisation")),
        and_(_record.c.group_id.is_(None), _record.c.organisation.is_(None)),
    ),
)


def _of_registers(records: Select[Any]) -> Prepared:
    return with_lists(lambda one_of: records.where(one_of(_record.c.register_id, "registers")))


_OF_REGISTERS = {True: _of_registers(_ITS_OWN), False: _of_registers(_SHARED)}
_OF_ALL = {True: Prepared(_ITS_OWN), False: Prepared(_SHARED)}


class SqlRecords:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def save(self, record: Record, *, organisation: str, group: str | None, journey: str) -> None:
        """Write a new revision, in the group's scope, the organisation's, or (with neither) everybody's.

        Raises ``storage.Conflict`` when somebody else has written this revision. A record stays in its first scope.
        """
        owner = {"organisation": organisation or None, "group_id": group, "journey": journey or None}
        content = RECORD.text(record)
        row = {
            "id": record.id,
            "register_id": record.register,
            "revision": record.revision,
            "state": record.state,
        }
        if self._tx.value(_SAVE, {**row, **owner, "of_journey": journey, "content": content}) is None:
            raise Conflict(f"record {record.id} has revision {record.revision} already")
        revision = {"record": record.id, "revision": record.revision, "content": content}
        self._tx.write(_SAVE_REVISION, [{**revision, "organisation": organisation or None}])

    def history(self, record: str) -> Sequence[Record]:
        """Return all revisions, oldest first."""
        return [RECORD.value(row.content) for row in self._tx.rows(_HISTORY, {"record": record})]


def load_records(
    tx: Transaction, head: Journey, registers: Iterable[str] | None
) -> Mapping[str, tuple[Record, ...]]:
    """Return the records that the journey may see, in the order in which they came; None asks for all registers."""
    kept = None if registers is None else sorted(registers)
    if kept == []:
        return {}
    where = (
        {"journey": head.id} if head.practice else {"group": head.group, "organisation": head.organisation}
    )
    if kept is None:
        rows = tx.rows(_OF_ALL[head.practice], where)
    else:
        rows = tx.rows(_OF_REGISTERS[head.practice], {**where, "registers": tx.a_list(kept)})
    found: dict[str, list[Record]] = {register: [] for register in kept or ()}
    for row in rows:
        found.setdefault(row.register_id, []).append(RECORD.value(row.content))
    return {register: tuple(records) for register, records in found.items()}
