"""Remembers the records of registers, each revision of them, for whoever shares their scope."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Select, bindparam, exists, insert, literal, or_, select, update

from dialogs.model.journey import Journey
from dialogs.model.records import Record
from storage.errors import Conflict
from storage.mapping import RECORD
from storage.prepared import OneOf, Prepared, upsert, with_lists
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

_RECORDS = select(
    literal("record").label("what"), _record.c.register_id.label("key"), _record.c.content.label("state"), _record.c.number
)  # fmt: skip
# A practice journey sees what it wrote itself, and nobody else sees that.
_ITS_OWN = (_RECORDS.where(_record.c.journey == bindparam("journey")),)
# One after the other, not OR: of what it knows of few organisations, SQLite concludes that it had better read them all.
_real = _RECORDS.where(_record.c.practice.is_(False))
_SHARED = (
    _real.where(_record.c.group_id == bindparam("group")),
    _real.where(_record.c.group_id.is_(None), _record.c.organisation.is_(None)),
)
_ORGANISATIONS = _real.where(
    _record.c.group_id.is_(None), _record.c.organisation == bindparam("organisation")
)
_BY_THE_GROUP = _record.c.journey.in_(select(_journey.c.id).where(_journey.c.group_id == bindparam("group")))

_KEPT_IN = Prepared(
    _real.where(
        _record.c.organisation == bindparam("organisation"),
        _record.c.register_id == bindparam("register"),
        _record.c.group_id.is_(None),
    )
)

_for_all = (
    _record.c.id == bindparam("record"),
    _record.c.group_id.is_(None),
    _record.c.organisation.is_not(None),
)
_IS_FOR_ALL = Prepared(select(_record.c.id).where(*_for_all))
_TAKE_HOME = Prepared(update(_record).where(*_for_all, _BY_THE_GROUP).values(group_id=bindparam("new_group")))

_ELSEWHERE = with_lists(
    lambda one_of: select(_record.c.id, _record.c.journey).where(
        _record.c.organisation == bindparam("organisation"),
        one_of(_record.c.register_id, "registers"),
        _record.c.group_id.is_(None),
        _record.c.practice.is_(False),
        or_(_record.c.journey.is_(None), _record.c.journey != bindparam("journey")),
    )
)


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
        self._tx.forget_journeys()
        revision = {"record": record.id, "revision": record.revision, "content": content}
        self._tx.write(_SAVE_REVISION, [{**revision, "organisation": organisation or None}])

    def history(self, record: str) -> Sequence[Record]:
        """Return all revisions, oldest first."""
        return [RECORD.value(row.content) for row in self._tx.rows(_HISTORY, {"record": record})]

    def is_for_all(self, record: str) -> bool:
        return self._tx.value(_IS_FOR_ALL, {"record": record}) is not None

    def take_home(self, record: str, group: str) -> None:
        self._tx.run(_TAKE_HOME, {"record": record, "group": group, "new_group": group})
        self._tx.forget_journeys()

    def kept_in(self, organisation: str, register: str) -> Sequence[Record]:
        rows = self._tx.rows(_KEPT_IN, {"organisation": organisation, "register": register})
        return by_register(rows, [register])[register]

    def written_elsewhere(self, journey: Journey, registers: Iterable[str]) -> Mapping[str, str]:
        whose = {"organisation": journey.organisation, "journey": journey.id}
        rows = self._tx.rows(_ELSEWHERE, {**whose, "registers": self._tx.a_list(sorted(registers))})
        return {row.id: row.journey or "" for row in rows}


def records_seen(*, practice: bool, one_of: OneOf, every: bool = False) -> Sequence[Select[Any]]:
    """Return what together selects the records that a journey may see, with their number, none of them twice.

    They are those of `registers`, or of *every* register. Of the organisation's records in `own` registers the group
    sees what it has written itself, in any of its journeys.
    """
    organisations = _ORGANISATIONS.where(or_(~one_of(_record.c.register_id, "own"), _BY_THE_GROUP))
    seen = _ITS_OWN if practice else (*_SHARED, organisations)
    return seen if every else [one.where(one_of(_record.c.register_id, "registers")) for one in seen]


def by_register(rows: Iterable[Row[Any]], registers: Iterable[str]) -> Mapping[str, tuple[Record, ...]]:
    """Return the records in *rows* in the order in which they came, by register; () for one that has none."""
    found: dict[str, list[Record]] = {register: [] for register in registers}
    for row in sorted(rows, key=lambda row: row.number):
        found.setdefault(row.key, []).append(RECORD.value(row.state))
    return {register: tuple(records) for register, records in found.items()}
