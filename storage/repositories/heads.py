"""Reads and writes the head of a journey: what it is, where it lives, and its group's roster."""

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, and_, bindparam, case, insert, select, update

from dialogs.model.journey import Journey, JourneyId
from dialogs.model.people import PersonId
from dialogs.ports import JourneyRef, RoomRef
from storage.errors import Conflict
from storage.mapping import CHECKPOINTS, EXERCISES, PULSE, ROSTER, SIGNED
from storage.prepared import Prepared, with_lists
from storage.tables import journeys, letters, people
from storage.tables.base import table
from storage.transaction import Transaction

_journey = table(journeys.JourneyHead)
_group = table(people.WorkingGroup)
_organisation = table(people.Organisation)
_membership = table(people.Membership)
_room = table(people.Room)
_outbox = table(letters.OutboxRow)

JOURNEY, ORGANISATION, GROUP = _journey, _organisation, _group
COLUMNS = (
    *_journey.c,
    _organisation.c.name.label("organisation_name"),
    _group.c.name.label("group_name"),
    _group.c.roster,
)
_HEAD = Prepared(
    select(*COLUMNS, _room.c.door)
    .join(_organisation, _organisation.c.id == _journey.c.organisation)
    .join(_group, _group.c.id == _journey.c.group_id)
    .join(_room, _room.c.id == _journey.c.room)
    .where(_journey.c.id == bindparam("journey"))
)
_START = Prepared(insert(_journey))
_as_read = and_(
    _journey.c.sequence == bindparam("read_sequence"), _journey.c.written == bindparam("read_written")
)
# Of a journey that isn't as it was read, the count would be nothing, which the table refuses (see
# `storage.errors.is_conflict`): nobody has to wait for an answer before the rest is written.
_counted = (
    update(_journey)
    .where(_journey.c.id == bindparam("of_journey"))
    .values(sequence=bindparam("new_sequence"), written=case((_as_read, _journey.c.written + 1)))
)
_COUNT = Prepared(_counted)
_CHANGEABLE = (
    "pack", "version", "language", "starter", "first_step", "started", "state", "group_state", "practice", "at_once",
)  # fmt: skip
_CHANGE = Prepared(
    _counted.values(
        {
            name: bindparam(f"new_{name}")
            for name in (*_CHANGEABLE, "signed", "checkpoints", "pulse", "exercises", "own_registers")
        }
    )
)
_changeable = attrgetter(*_CHANGEABLE)
NO_CHECKPOINTS = "[]"
NO_EXERCISES = "{}"
_WRITTEN = Prepared(select(_journey.c.written).where(_journey.c.id == bindparam("journey")))
_SETTLE_ROOM = Prepared(
    update(_room)
    .where(_room.c.id == bindparam("of_room"), _room.c.organisation.is_(None))
    .values(organisation=bindparam("new_organisation"))
)
_ROOM = Prepared(
    select(_room.c.id, _room.c.door, _room.c.tenant, _room.c.external, _room.c.private)
    .join(_journey, _journey.c.room == _room.c.id)
    .where(_journey.c.id == bindparam("journey"))
)
_ORGANISATION = Prepared(select(_journey.c.organisation).where(_journey.c.id == bindparam("journey")))
_DOOR = Prepared(select(_room.c.door).where(_room.c.id == bindparam("room")))
_MOVE = Prepared(
    update(_journey).where(_journey.c.id == bindparam("of_journey")).values(room=bindparam("new_room"))
)
_FOLLOW = Prepared(
    update(_outbox)
    .where(
        _outbox.c.journey == bindparam("of_journey"),
        _outbox.c.room == bindparam("old_room"),
        _outbox.c.person.is_(None),
        letters.WAITING,
    )
    # the thread that it was to stand under is in the old room
    .values(room=bindparam("new_room"), door=bindparam("new_door"), thread=None, not_before=None)
)
_REFS = (
    select(
        _journey.c.id, _journey.c.organisation, _group.c.name.label("group_name"), _journey.c.pack, _journey.c.version,
        _journey.c.language, _journey.c.state, _journey.c.practice,
    )
    .join(_group, _group.c.id == _journey.c.group_id)
    .order_by(_journey.c.started, _journey.c.id)
)  # fmt: skip


def read(tx: Transaction, id: str) -> Journey:
    """Return the journey, with as much of pages, items and records as this transaction has read.

    Raises ``KeyError`` when there is none.
    """
    if id in tx.heads:
        return tx.heads[id]
    row = tx.head_rows.get(id) or tx.row(_HEAD, {"journey": id})
    if row is None:
        raise KeyError(id)
    tx.written[id] = row.written
    tx.journey_rooms[id] = row.room
    tx.organisations[id] = row.organisation
    tx.doors[row.room] = row.door
    journey = tx.heads[id] = journey_of(row)
    return journey


def journey_of(row: Row[Any]) -> Journey:
    """Return the journey in a row of `COLUMNS`, without any of its answers."""
    return Journey(
        id=JourneyId(row.id),
        organisation=row.organisation,
        organisation_name=row.organisation_name,
        group=row.group_id,
        group_name=row.group_name,
        pack=row.pack,
        version=row.version,
        language=row.language,
        starter=PersonId(row.starter),
        first_step=row.first_step,
        started=row.started,
        state=row.state,
        group_state=row.group_state,
        practice=row.practice,
        at_once=row.at_once,
        signed=SIGNED.value(row.signed),
        sequence=row.sequence,
        roster=ROSTER.value(row.roster),
        checkpoints=tuple(CHECKPOINTS.value(row.checkpoints)) if row.checkpoints != NO_CHECKPOINTS else (),
        pulse=PULSE.value(row.pulse),
        exercises=EXERCISES.value(row.exercises) if row.exercises != NO_EXERCISES else {},
        own_registers=frozenset(row.own_registers.split()),
    )


def start(tx: Transaction, journey: Journey, room: str) -> None:
    place = {"id": journey.id, "organisation": journey.organisation, "group_id": journey.group, "room": room}
    state = {name: getattr(journey, name) for name in _CHANGEABLE}
    kept = {
        "signed": SIGNED.text(journey.signed),
        "checkpoints": CHECKPOINTS.text(journey.checkpoints),
        "pulse": PULSE.text(journey.pulse),
        "exercises": EXERCISES.text(journey.exercises),
        "own_registers": " ".join(sorted(journey.own_registers)),
    }
    tx.run(_START, {**place, **state, **kept, "sequence": journey.sequence, "written": 0})
    tx.run(_SETTLE_ROOM, {"of_room": room, "new_organisation": journey.organisation})
    tx.forget_journeys()


def write(tx: Transaction, before: Journey, after: Journey, *, whole: bool = False) -> None:
    """Count the writing, and write what differs (or the *whole* head).

    Raises ``storage.Conflict`` when somebody else has written the journey since it was read: here, or when this is
    written at the latest.
    """
    tx.forget_journeys()
    written = tx.written.get(after.id)
    if written is None:  # read in an earlier transaction: the sequence alone has to tell
        written = tx.value(_WRITTEN, {"journey": after.id})
    if written is None:
        raise Conflict(f"journey {after.id} is gone")
    values = {
        "of_journey": after.id,
        "read_sequence": before.sequence,
        "read_written": written,
        "new_sequence": after.sequence,
    }
    if whole or _differ(before, after):
        values |= {f"new_{name}": getattr(after, name) for name in _CHANGEABLE}
        values["new_signed"] = SIGNED.text(after.signed)
        values["new_checkpoints"] = CHECKPOINTS.text(after.checkpoints)
        values["new_pulse"] = PULSE.text(after.pulse)
        values["new_exercises"] = EXERCISES.text(after.exercises)
        values["new_own_registers"] = " ".join(sorted(after.own_registers))
        tx.write(_CHANGE, [values])
    else:
        tx.write(_COUNT, [values])
    tx.written[after.id] = written + 1


def room(tx: Transaction, id: str) -> RoomRef | None:
    row = tx.row(_ROOM, {"journey": id})
    return None if row is None else RoomRef(row.id, row.door, row.tenant, row.external, row.private)


def lives_in(tx: Transaction, id: str, at: str) -> bool:
    if id not in tx.journey_rooms:
        found = room(tx, id)
        return found is not None and found.id == at
    return tx.journey_rooms[id] == at


def move(tx: Transaction, id: str, to: str) -> None:
    """Let the journey live in the room *to*, and what waits for its old one be sent there."""
    old = room(tx, id)
    door = tx.value(_DOOR, {"room": to})
    tx.run(_MOVE, {"of_journey": id, "new_room": to})
    if old is not None:
        tx.run(_FOLLOW, {"of_journey": id, "old_room": old.id, "new_room": to, "new_door": door})
    its_own = tx.value(_ORGANISATION, {"journey": id})
    tx.run(_SETTLE_ROOM, {"of_room": to, "new_organisation": its_own})
    tx.forget_journeys()
    tx.journey_rooms[id] = to
    tx.doors[to] = door


def refs(tx: Transaction) -> Sequence[JourneyRef]:
    """Return all journeys, those that began first in front."""
    return [_ref(row) for row in tx.rows(_ALL_REFS)]


def note_room(tx: Transaction, room: str, rows: Sequence[Row[Any]]) -> None:
    """Note the heads of all journeys in a room, those that began first in front."""
    tx.in_rooms[room] = [row.id for row in rows]
    tx.head_rows.update((row.id, row) for row in rows)


def refs_in_room(tx: Transaction, room: str) -> Sequence[JourneyRef]:
    if room in tx.in_rooms:
        return [_ref(tx.head_rows[id]) for id in tx.in_rooms[room]]
    return [_ref(row) for row in tx.rows(_REFS_IN_ROOM, {"room": room})]


def refs_of_group(tx: Transaction, group: str) -> Sequence[JourneyRef]:
    return [_ref(row) for row in tx.rows(_REFS_OF_GROUP, {"group": group})]


def refs_of_person(tx: Transaction, person: str) -> Sequence[JourneyRef]:
    """Return the journeys of the groups that the person belongs to now."""
    return [_ref(row) for row in tx.rows(_REFS_OF_PERSON, {"person": person})]


def refs_running(tx: Transaction, organisation: str) -> Sequence[JourneyRef]:
    return [_ref(row) for row in tx.rows(_REFS_RUNNING, {"organisation": organisation})]


def refs_running_in(tx: Transaction, organisations: Iterable[str]) -> Mapping[str, Sequence[JourneyRef]]:
    """Return the journeys of each that aren't closed, nor practice, those that began first in front."""
    found: dict[str, list[JourneyRef]] = {}
    for row in tx.rows(_REFS_RUNNING_IN, {"organisations": tx.a_list(sorted(set(organisations)))}):
        found.setdefault(row.organisation, []).append(_ref(row))
    return found


_REFS_RUNNING_IN = with_lists(
    lambda one_of: _REFS.where(
        one_of(_journey.c.organisation, "organisations"),
        _journey.c.state != "closed",
        _journey.c.practice.is_(False),
    )
)
_REFS_RUNNING = Prepared(
    _REFS.where(
        _journey.c.organisation == bindparam("organisation"),
        _journey.c.state != "closed",
        _journey.c.practice.is_(False),
    )
)
_ALL_REFS = Prepared(_REFS)
_REFS_OF_GROUP = Prepared(_REFS.where(_journey.c.group_id == bindparam("group")))
_REFS_IN_ROOM = Prepared(_REFS.where(_journey.c.room == bindparam("room")))
_REFS_OF_PERSON = Prepared(
    _REFS.where(
        _journey.c.group_id.in_(
            select(_membership.c.group_id).where(
                _membership.c.person == bindparam("person"), _membership.c.until.is_(None)
            )
        )
    )
)


def _differ(before: Journey, after: Journey) -> bool:
    if before.signed is not after.signed and before.signed != after.signed:
        return True
    if before.checkpoints is not after.checkpoints and before.checkpoints != after.checkpoints:
        return True
    if before.pulse is not after.pulse and before.pulse != after.pulse:
        return True
    if before.exercises is not after.exercises and before.exercises != after.exercises:
        return True
    return bool(_changeable(before) != _changeable(after))


def _ref(row: Row[Any]) -> JourneyRef:
    return JourneyRef(
        row.id, row.organisation, row.group_name, row.pack, row.version, row.language, row.state, row.practice
    )
