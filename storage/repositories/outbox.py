"""Remembers letters from the transaction that caused them until the platform has them, and what they became there."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import String, bindparam, case, cast, func, null, or_, select, update

from dialogs.letters import Aside, Letter, ToPerson, ToRoom
from dialogs.messages import Message, file_press
from dialogs.model.answers import Address
from dialogs.model.changed import changed
from dialogs.ports import AccountRef, ClaimedLetter, Spot, Unsent
from storage.mapping import MESSAGE
from storage.prepared import Prepared, insert_new, with_lists
from storage.repositories import claims, mentions, recipients, spots, unsent, waiting
from storage.repositories.buttons import SqlButtons, button_id
from storage.tables import journeys, people
from storage.tables.base import table
from storage.tables.letters import WAITING, OutboxRow
from storage.transaction import Transaction

_outbox = table(OutboxRow)
_journey = table(journeys.JourneyHead)
_person = table(people.Person)
_room = table(people.Room)

_POST = insert_new(_outbox, keys=("key",))
_POSTED = with_lists(lambda one_of: select(_outbox.c.key).where(one_of(_outbox.c.key, "keys")))

_same_question = (
    _outbox.c.door == bindparam("of_door"),
    _outbox.c.room == bindparam("of_room"),
    _outbox.c.journey == bindparam("of_journey"),
    _outbox.c.address == bindparam("of_address"),
    _outbox.c.how == "edit",
    WAITING,
    _outbox.c.state == "new",
)
_ABOUT = ("door", "room", "journey", "address")
_newest = select(func.max(_outbox.c.id)).where(*_same_question).correlate(None).scalar_subquery()
_COLLAPSE = Prepared(
    update(_outbox)
    .where(*_same_question, _outbox.c.id < _newest)
    .values(state="skipped", why="a newer edit took its place", message=None)
)

_JOURNEY_ROOMS = with_lists(
    lambda one_of: (
        select(_journey.c.id, _room.c.id.label("room"), _room.c.door)
        .join(_room, _room.c.id == _journey.c.room)
        .where(one_of(_journey.c.id, "ids"))
    )
)
_PRIVATE_ROOMS = with_lists(
    lambda one_of: (
        select(_person.c.id, _room.c.id.label("room"), _room.c.door)
        .join(_room, _room.c.id == _person.c.private_room)
        .where(one_of(_person.c.id, "ids"))
    )
)
_DOORS = with_lists(lambda one_of: select(_room.c.id, _room.c.door).where(one_of(_room.c.id, "ids")))

_unsure = _outbox.c.unsure_since
_held = (
    _outbox.c.id == bindparam("letter"),
    _outbox.c.epoch == bindparam("held_epoch"),
    or_(_outbox.c.state == "claimed", _outbox.c.state == "ambiguous"),
)
_claim = cast(_outbox.c.id, String) + ":" + cast(_outbox.c.epoch, String)
_SENT = with_lists(
    lambda one_of: (
        update(_outbox)
        .where(
            one_of(_outbox.c.id, "letters"),
            one_of(_claim, "claims"),
            or_(_outbox.c.state == "claimed", _outbox.c.state == "ambiguous"),
        )
        .values(
            # What was said stands on the platform and, where it matters, in the journal: here it is wiped.
            state="sent",
            until=None,
            unsure_since=None,
            why="",
            message=null(),
        )
        .returning(_outbox.c.id)
    )
)
_NOT_SENT = Prepared(
    update(_outbox)
    .where(*_held)
    .values(
        state=bindparam("new_state"),
        until=None,
        not_before=bindparam("wait_until"),
        unsure_since=case(
            (bindparam("is_unsure"), func.coalesce(bindparam("since", type_=_unsure.type), _unsure)),
            else_=null(),
        ),
        why=bindparam("because"),
        message=case((bindparam("is_wiped"), null()), else_=_outbox.c.message),
    )
)


class SqlOutbox:
    def __init__(self, transaction: Transaction, buttons: SqlButtons) -> None:
        self._tx = transaction
        self._buttons = buttons

    def post(self, letters: Iterable[Letter], at: datetime) -> None:
        """Store the letters, each button and form under an id of its own.

        A letter to somebody whose private room nobody knows yet waits until there is one.
        """
        posted = tuple(letters)
        private = self._find_rooms(posted)
        rows, pressed = [], []
        for letter in posted:
            room = self._room_of(letter, private)
            message, buttons = self._with_ids(letter, room, at)
            pressed += buttons
            rows.append(self._row(letter, room, message, at))
        if not rows:
            return
        self._buttons.put_all(pressed)
        self._tx.write(_POST, rows)
        mentions.note(self._tx, posted, at)
        self._collapse([row for row in rows if row["how"] == "edit"])

    def posted(self, keys: Collection[str]) -> Collection[str]:
        rows = self._tx.rows(_POSTED, {"keys": self._tx.a_list(list(keys))}) if keys else ()
        return {row.key for row in rows}

    def claim(
        self,
        door: str,
        now: datetime,
        *,
        most: int = 20,
        each: int | None = None,
        but_not: Collection[str] = (),
    ) -> Sequence[ClaimedLetter]:
        return claims.claim(self._tx, door, now, most, each, but_not)

    def take_back(self, door: str) -> int:
        return claims.take_back(self._tx, door)

    def sent(self, letter: ClaimedLetter, platform_message: str, at: datetime) -> bool:
        return bool(self.all_sent([(letter, platform_message, at)]))

    def all_sent(self, sent: Sequence[tuple[ClaimedLetter, str, datetime]]) -> int:
        letters = self._tx.a_list([letter.id for letter, _, _ in sent])
        claims = self._tx.a_list([f"{letter.id}:{letter.epoch}" for letter, _, _ in sent])
        ours = {row.id for row in self._tx.rows(_SENT, {"letters": letters, "claims": claims})}
        for letter, platform_message, at in sent:
            # Nobody can answer under what only one person sees.
            if letter.id in ours and not letter.aside:
                self._remember(letter, platform_message, at)
        return len(ours)

    def _remember(self, letter: ClaimedLetter, platform_message: str, at: datetime) -> None:
        """Remember what the letter's message on the platform is about, so that it can be answered and edited."""
        if letter.journey and letter.address is not None and letter.how != "edit" and platform_message:
            if letter.how == "question":
                spots.put_question(self._tx, letter, platform_message, at)
            self.remember_spot(letter.room.id, platform_message, Spot(letter.journey, letter.address))

    def partly_sent(self, letter: ClaimedLetter, platform_message: str, why: str, at: datetime) -> None:
        row = self._not_sent(letter, "ambiguous", why, None) | {"since": letter.unsure_since or at}
        if self._tx.run(_NOT_SENT, row) and not letter.aside:
            self._remember(letter, platform_message, at)

    def not_sent(
        self,
        letter: ClaimedLetter,
        state: Literal["new", "ambiguous", "dead", "skipped"],
        why: str,
        *,
        not_before: datetime | None = None,
    ) -> None:
        """Say why; of an ambiguous one, when it began to be so, or that it still is."""
        asked_again = state == "ambiguous" and not_before is not None
        new = "new" if asked_again else state
        self._tx.run(_NOT_SENT, self._not_sent(letter, state, why, not_before) | {"new_state": new})

    def _not_sent(
        self, letter: ClaimedLetter, state: str, why: str, not_before: datetime | None
    ) -> dict[str, Any]:
        return {
            "letter": letter.id,
            "held_epoch": letter.epoch,
            "new_state": state,
            "because": why,
            "wait_until": not_before,
            "is_unsure": state == "ambiguous",
            "since": letter.unsure_since,
            # Nothing else is to hold a code together with its person: a letter that is given up on is wiped, then.
            "is_wiped": letter.message.secret and state != "new" and not_before is None,
        }

    def nowhere(self, door: str) -> Sequence[AccountRef]:
        return recipients.nowhere(self._tx, door)

    def house(self, person: str, room: str) -> None:
        recipients.house(self._tx, person, room)

    def call_back(self, person: str) -> Sequence[Letter]:
        return waiting.call_back(self._tx, person)

    def counts(self) -> Mapping[str, int]:
        return unsent.counts(self._tx)

    def unsent(self, *states: str) -> Sequence[Unsent]:
        return unsent.unsent(self._tx, states)

    def retry(self, letter: int, *, not_there: bool = False) -> bool:
        return unsent.retry(self._tx, letter, not_there=not_there)

    def drop(self, letter: int) -> bool:
        return unsent.drop(self._tx, letter)

    def spot(self, room: str, platform_message: str) -> Spot | None:
        return spots.get(self._tx, room, platform_message)

    def remember_spot(self, room: str, platform_message: str, spot: Spot) -> None:
        spots.put(self._tx, room, platform_message, spot)

    def question_message(self, journey: str, address: Address) -> str | None:
        return spots.question_message(self._tx, journey, address)

    def _collapse(self, edits: Sequence[Mapping[str, Any]]) -> None:
        """Let new edits take the place of those that wait; nobody looks for them in a room where none do."""
        quiet = self._tx.without_edits
        counted = Counter(tuple(row[name] for name in _ABOUT) for row in edits)
        again = [one for one, count in counted.items() if count > 1 or one[_ABOUT.index("room")] not in quiet]
        self._tx.write(
            _COLLAPSE, [{f"of_{name}": it for name, it in zip(_ABOUT, one, strict=True)} for one in again]
        )
        quiet -= {row["room"] for row in edits}

    def _row(self, letter: Letter, room: str | None, message: Message, at: datetime) -> dict[str, Any]:
        return {
            "key": letter.key,
            "organisation": self._tx.organisation_of(letter.journey),
            "room": room,
            "door": self._tx.doors[room] if room else None,
            "person": letter.to.person if isinstance(letter.to, ToPerson | Aside) else None,
            "journey": letter.journey or None,
            "address": letter.address.key if letter.address else None,
            "how": claims.ASIDE if isinstance(letter.to, Aside) else letter.how,
            "thread": None if isinstance(letter.to, ToPerson) else letter.to.thread or None,
            "at": at,
            "state": "new",
            "epoch": 0,
            "why": "",
            "message": MESSAGE.text(message),
        }

    def _with_ids(
        self, letter: Letter, room: str | None, at: datetime
    ) -> tuple[Message, list[Mapping[str, Any]]]:
        """Return the message with an id on each button, its form and its file, and the row that says what these mean."""
        message, form, file = letter.message, letter.message.form, letter.message.file
        presses = [button.press for button in message.buttons]
        if form is not None:
            presses.append(form.press)
        if file is not None:
            presses.append(file_press(file.recipe))
        if not presses:
            return message, []
        row = self._buttons.row(presses, journey=letter.journey, room=room, at=at)
        buttons = tuple(
            changed(button, id=button_id(row, place)) for place, button in enumerate(message.buttons)
        )
        named = replace(form, id=button_id(row, len(buttons))) if form is not None else None
        given = replace(file, id=button_id(row, len(presses) - 1)) if file is not None else None
        return changed(message, buttons=buttons, form=named, file=given), [row]

    def _find_rooms(self, posted: Sequence[Letter]) -> dict[str, str]:
        """Learn the rooms of the letters' journeys; return the private room of each person who has one.

        What this transaction has read on its way here isn't asked for again.
        """
        known, private = self._tx.journey_rooms, self._tx.private_rooms
        to_rooms = [(letter, letter.to.room) for letter in posted if not isinstance(letter.to, ToPerson)]
        journeys = {_journey_of(letter) for letter, room in to_rooms if not room}
        known |= self._learn(_JOURNEY_ROOMS, journeys - known.keys())
        people = {letter.to.person for letter in posted if isinstance(letter.to, ToPerson)}
        private |= self._learn(_PRIVATE_ROOMS, people - private.keys())
        rooms = {room for _, room in to_rooms if room} | {
            private[person] for person in people & private.keys()
        }
        unknown = sorted(rooms - self._tx.doors.keys())
        if unknown:
            doors = self._tx.rows(_DOORS, {"ids": self._tx.a_list(unknown)})
            self._tx.doors.update((row.id, row.door) for row in doors)
        return private

    def _learn(self, rooms: Any, ids: set[str]) -> dict[str, str]:
        found = self._tx.rows(rooms, {"ids": self._tx.a_list(sorted(ids))}) if ids else ()
        self._tx.doors.update((row.room, row.door) for row in found)
        return {row.id: row.room for row in found}

    def _room_of(self, letter: Letter, private: dict[str, str]) -> str | None:
        if isinstance(letter.to, ToPerson):
            return private.get(letter.to.person)
        return letter.to.room or self._tx.journey_rooms.get(_journey_of(letter))


def _journey_of(letter: Letter) -> str:
    return (letter.to.journey if isinstance(letter.to, ToRoom) else "") or letter.journey
