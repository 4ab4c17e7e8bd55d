"""Remembers rooms: channels, and each person's private chat."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from dialogs.ports import RoomRef
from storage.prepared import Prepared, insert_new
from storage.tables import letters, people
from storage.tables.base import table
from storage.transaction import Transaction, token

_room = table(people.Room)
_person = table(people.Person)
_outbox = table(letters.OutboxRow)

_ROOM = select(_room.c.id, _room.c.door, _room.c.tenant, _room.c.external, _room.c.private, _room.c.state)
_FIND = Prepared(
    _ROOM.where(
        _room.c.door == bindparam("door"),
        _room.c.tenant == bindparam("tenant"),
        _room.c.external == bindparam("external"),
    )
)
_ADD = insert_new(_room, keys=("door", "tenant", "external"))
_GET = Prepared(_ROOM.where(_room.c.id == bindparam("room")))
_PRIVATE = Prepared(
    _ROOM.join(_person, _person.c.private_room == _room.c.id).where(_person.c.id == bindparam("person"))
)
_STATE = Prepared(select(_room.c.state).where(_room.c.id == bindparam("room")))
_OPEN_ROOMS = Prepared(
    select(_room.c.id)
    .where(_room.c.door == bindparam("door"), _room.c.tenant == bindparam("tenant"), _room.c.state == "")
    .order_by(_room.c.id)
)
_SET_STATE = Prepared(
    update(_room).where(_room.c.id == bindparam("of_room")).values(state=bindparam("new_state"))
)
_BIND = Prepared(
    update(_person)
    .where(
        _person.c.id == bindparam("of_person"), _person.c.private_room.is_distinct_from(bindparam("new_room"))
    )
    .values(private_room=bindparam("new_room"))
)
_SEND_HERE = Prepared(
    update(_outbox)
    .where(_outbox.c.person == bindparam("of_person"), _outbox.c.room.is_(None), letters.WAITING)
    .values(
        room=bindparam("new_room"),
        door=select(_room.c.door).where(_room.c.id == bindparam("new_room")).scalar_subquery(),
    )
)


class SqlRooms:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def find(self, door: str, tenant: str, external: str, *, private: bool) -> RoomRef:
        """Return the room, new where nobody has spoken in it before."""
        if (door, tenant, external) in self._tx.rooms:
            return self._tx.rooms[door, tenant, external]
        where = {"door": door, "tenant": tenant, "external": external}
        found = self._tx.row(_FIND, where)
        if found is None:
            self._tx.run(_ADD, {"id": token(), "private": private, "state": "", **where})
            found = self._tx.row(_FIND, where)
        ref = self._ref(found)
        if ref is None:
            raise RuntimeError("a room that was just stored is not there")
        return ref

    def known(self, door: str, tenant: str, external: str) -> RoomRef | None:
        noted = self._tx.rooms.get((door, tenant, external))
        return noted or self._ref(self._tx.row(_FIND, {"door": door, "tenant": tenant, "external": external}))

    def get(self, room: str) -> RoomRef | None:
        return self._ref(self._tx.row(_GET, {"room": room}))

    def private_room(self, person: str) -> RoomRef | None:
        found = self._tx.private_refs.get(person) or self._ref(self._tx.row(_PRIVATE, {"person": person}))
        if found is not None:
            self._tx.private_rooms[person] = found.id
        return found

    def bind_private(self, person: str, room: str) -> None:
        """Write to the person here from now on, and send here what has waited for such a room."""
        if self._tx.run(_BIND, {"of_person": person, "new_room": room}):
            self._tx.run(_SEND_HERE, {"of_person": person, "new_room": room})
        self._tx.private_rooms[person] = room
        self._tx.private_refs.pop(person, None)

    def state(self, room: str) -> str:
        states = self._tx.room_states
        if room not in states:
            states[room] = self._tx.value(_STATE, {"room": room}) or ""
        return states[room]

    def set_state(self, room: str, state: str) -> None:
        self._tx.run(_SET_STATE, {"of_room": room, "new_state": state})
        self._tx.room_states[room] = state

    def close_tenant(self, door: str, tenant: str) -> Sequence[str]:
        """Close every room of the tenant that was open; return them."""
        where = {"door": door, "tenant": tenant}
        rooms = [row.id for row in self._tx.rows(_OPEN_ROOMS, where)]
        for room in rooms:
            self.set_state(room, "removed")
        return rooms

    def _ref(self, row: Row[Any] | None) -> RoomRef | None:
        if row is None:
            return None
        self._tx.room_states[row.id] = row.state
        return note_room(self._tx, row.id, (row.door, row.tenant, row.external), private=row.private)


def note_room(tx: Transaction, id: str, place: tuple[str, str, str], *, private: bool) -> RoomRef:
    """Note the room, for whoever asks for it in this transaction."""
    ref = tx.rooms[place] = RoomRef(id, *place, private)
    tx.doors[id] = ref.door
    return ref
