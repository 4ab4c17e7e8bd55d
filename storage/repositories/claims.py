"""Hands letters to messengers: never one letter to two, never out of a room's order, never for longer than a minute."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    case,
    func,
    not_,
    null,
    or_,
    select,
    text,
    update,
)

from dialogs.model.answers import Address
from dialogs.ports import ClaimedLetter, RoomRef
from storage.mapping import MESSAGE
from storage.prepared import OneOf, Prepared, with_lists
from storage.repositories import recipients
from storage.tables import letters, people
from storage.tables.base import table
from storage.transaction import Transaction

HELD_FOR = timedelta(seconds=60)
FURTHEST = timedelta(hours=2)
"""Further ahead nothing is held or put off: what seems to be was, before the clock was set back, and waits no more."""
ASIDE = "aside"  # how a row tells a note that one person in the room is to see

_outbox = table(letters.OutboxRow)
_message = table(letters.QuestionMessage)
_room = table(people.Room)

_now: BindParameter[Any] = bindparam("now")
_furthest: BindParameter[Any] = bindparam("furthest")


def _has_come(moment: ColumnElement[Any]) -> ColumnElement[bool]:
    return or_(moment <= _now, moment > _furthest)


_due = and_(
    letters.WAITING,
    _outbox.c.door == bindparam("door"),
    or_(
        and_(_outbox.c.state == "new", or_(_outbox.c.not_before.is_(None), _has_come(_outbox.c.not_before))),
        _has_come(_outbox.c.until),
    ),
)
# A letter that has to wait holds up its own room, whose order is kept, and no other.
_rooms_that_wait = (
    select(_outbox.c.room)
    .where(
        letters.WAITING,
        _outbox.c.door == bindparam("door"),
        or_(not_(_has_come(_outbox.c.until)), not_(_has_come(_outbox.c.not_before))),
    )
    .correlate(None)
)
# Where the coach can't speak, letters wait until it can. A private chat is never closed to it.
_open = _room.alias("open_room")


def _by_room(one_of: OneOf, column: ColumnElement[Any]) -> Select[Any]:
    """Choose rooms. Those whose letters had to be claimed most often come last: one's trouble delays no other."""
    return (
        select(column)
        .select_from(_outbox)
        .join(_open, and_(_open.c.id == _outbox.c.room, or_(_open.c.private, _open.c.state == "")))
        .where(_due, _outbox.c.room.not_in(_rooms_that_wait), not_(one_of(_outbox.c.room, "but_not")))
        .group_by(_outbox.c.room)
        .order_by(func.max(_outbox.c.epoch), func.min(_outbox.c.id))
        .limit(bindparam("most"))
        .correlate(None)
    )


def _rooms(one_of: OneOf) -> Select[Any]:
    due = _by_room(one_of, _outbox.c.room)
    # On PostgreSQL a messenger holds a room while it claims, and passes by what another holds. Posting is not in its
    # way.
    return select(_room).where(_room.c.id.in_(due)).with_for_update(skip_locked=True, key_share=True)


_ROOMS = with_lists(_rooms)

# Each room's first letter, then each room's second, and so on.
_place = func.row_number().over(partition_by=_outbox.c.room, order_by=_outbox.c.id)


def _next(one_of: OneOf) -> Select[Any]:
    in_turn = (
        select(_outbox.c.id, _place.label("place"))
        # Looked at again with the rooms held: one may have been claimed and let go just before it was held here.
        .where(_due, one_of(_outbox.c.room, "rooms"), _outbox.c.room.not_in(_rooms_that_wait))
        .correlate(None)
        .subquery("in_turn")
    )
    return (
        select(in_turn.c.id)
        .where(in_turn.c.place <= bindparam("each"))
        .order_by(in_turn.c.place, in_turn.c.id)
        .limit(bindparam("most"))
    )


_earlier = _outbox.alias("earlier")
_question_waits = (
    select(_earlier.c.id)
    .where(
        text("earlier.state IN ('new', 'claimed')"),
        _earlier.c.door == _outbox.c.door,
        _earlier.c.journey == _outbox.c.journey,
        _earlier.c.address == _outbox.c.address,
        _earlier.c.room == _outbox.c.room,
        _earlier.c.how == "question",
        _earlier.c.id < _outbox.c.id,
    )
    .correlate(_outbox)
    .exists()
)
_asked = and_(
    _message.c.journey == _outbox.c.journey,
    _message.c.address == _outbox.c.address,
    _message.c.room == _outbox.c.room,
)
_LETTER = (
    *(
        _outbox.c[name]
        for name in ("id", "key", "room", "person", "journey", "address", "how", "thread", "at")
    ),
    *(_outbox.c[name] for name in ("epoch", "unsure_since", "message")),
    _message.c.platform_message,
    _question_waits.label("question_waits"),
)
_LETTERS = with_lists(
    lambda one_of: (
        select(*_LETTER)
        .select_from(_outbox)
        .outerjoin(_message, _asked)
        .where(_outbox.c.id.in_(_next(one_of)), _due)
        .order_by(_outbox.c.id)
        .with_for_update(skip_locked=True, of=_outbox)
    )
)
# On SQLite nobody else writes meanwhile: each room's first letter is found in one go, and the room with it.
_FIRSTS = with_lists(
    lambda one_of: (
        select(*_LETTER, _room.c.door, _room.c.tenant, _room.c.external, _room.c.private)
        .select_from(_outbox)
        .join(_room, _room.c.id == _outbox.c.room)
        .outerjoin(_message, _asked)
        .where(_outbox.c.id.in_(_by_room(one_of, func.min(_outbox.c.id))))
        .order_by(_outbox.c.id)
    )
)
_HOLD = with_lists(
    lambda one_of: (
        update(_outbox)
        .where(one_of(_outbox.c.id, "letters"))
        .values(
            state="claimed",
            until=bindparam("held_until"),
            not_before=null(),
            # From now on it may be on its way, whatever becomes of us; and once more, if it was before.
            unsure_since=bindparam("held_since"),
            epoch=_outbox.c.epoch + 1,
        )
    )
)
_TAKE_BACK = Prepared(
    update(_outbox)
    .where(letters.WAITING, _outbox.c.door == bindparam("of_door"), _outbox.c.state == "claimed")
    .values(state="new", until=None, epoch=_outbox.c.epoch + 1)
)
_SKIP = Prepared(
    update(_outbox)
    .where(_outbox.c.id == bindparam("letter"))
    .values(state="skipped", why="there is no message to edit", message=None)
)

# As one that the platform refuses: its words stay, for whoever looks after the program to see what can be done,
# but for a secret.
_UNREADABLE = Prepared(
    update(_outbox)
    .where(_outbox.c.id == bindparam("letter"))
    .values(
        state="dead",
        why="nobody can read it any more",
        message=case((_outbox.c.message.contains('"secret":true'), null()), else_=_outbox.c.message),
    )
)


def claim(
    tx: Transaction, door: str, now: datetime, most: int, each: int | None, but_not: Collection[str]
) -> Sequence[ClaimedLetter]:
    """Return letters in the order in which they were posted, each held until a minute from *now*.

    A room is in one messenger's hands at a time. What edits or follows a question waits until that has been sent.
    """
    asked = {
        "door": door, "now": now, "furthest": now + FURTHEST, "most": most, "but_not": tx.a_list(sorted(but_not)),
    }  # fmt: skip
    while True:
        if tx.on_sqlite and each == 1:
            found = tx.rows(_FIRSTS, asked)
            rooms = {row.room: _ref(row.room, row) for row in found}
        else:
            rooms = {row.id: _ref(row.id, row) for row in tx.rows(_ROOMS, asked)}
            chosen = {**asked, "each": most if each is None else each, "rooms": tx.a_list(sorted(rooms))}
            found = tx.rows(_LETTERS, chosen) if rooms else ()
        if not found:
            return ()
        ready, obsolete = _sorted_out(found)
        unread = [row.id for row in ready if not _is_readable(row)]
        ready = [row for row in ready if row.id not in unread]
        tx.write(_SKIP, [{"letter": id} for id in obsolete])
        tx.write(_UNREADABLE, [{"letter": id} for id in unread])
        if ready or not (obsolete or unread):
            break
    until = now + HELD_FOR
    if not ready:
        return ()
    held = tx.a_list([row.id for row in ready])
    tx.write(_HOLD, [{"letters": held, "held_since": now, "held_until": until}])
    return recipients.with_accounts(tx, door, [_letter(row, rooms[row.room], until) for row in ready])


def take_back(tx: Transaction, door: str) -> int:
    """Let the door's letters be claimed anew, whoever holds them; return how many were held.

    They are still unsure: whoever held them may have sent them.
    """
    return tx.run(_TAKE_BACK, {"of_door": door})


def _sorted_out(rows: Iterable[Row[Any]]) -> tuple[list[Row[Any]], list[int]]:
    """Return what can be sent, and the edits that have nothing to edit."""
    ready: list[Row[Any]] = []
    obsolete: list[int] = []
    stopped: set[str] = set()
    for row in rows:
        if row.room in stopped:
            continue
        if row.how == "thread" and row.question_waits:
            stopped.add(row.room)
        elif row.how == "edit" and row.question_waits:
            continue
        elif row.how == "edit" and row.platform_message is None:
            obsolete.append(row.id)
        else:
            ready.append(row)
    return ready, obsolete


def _is_readable(row: Row[Any]) -> bool:
    """Say whether the message can be read, which is remembered: a newer program may have written it."""
    try:
        MESSAGE.value(row.message)
    except ValueError:
        return False
    return True


def _ref(room: str, row: Row[Any]) -> RoomRef:
    return RoomRef(room, row.door, row.tenant, row.external, row.private)


def _letter(row: Row[Any], room: RoomRef, until: datetime) -> ClaimedLetter:
    stands_by_question = row.how in ("edit", "thread")
    return ClaimedLetter(
        id=row.id,
        epoch=row.epoch + 1,
        key=row.key,
        room=room,
        person=row.person or "",
        message=MESSAGE.value(row.message),
        how="note" if row.how == ASIDE else row.how,
        journey=row.journey or "",
        address=Address.of(row.address) if row.address else None,
        edits=(row.platform_message or "") if stands_by_question else "",
        thread=row.thread or "",
        # In a private chat there is nobody to hide it from.
        aside=row.how == ASIDE and not room.private,
        at=row.at,
        until=until,
        unsure_since=row.unsure_since,
    )
