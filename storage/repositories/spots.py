"""Remembers what a message on the platform is about: the question it puts, or the contribution it gave."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, case, exists, select

from dialogs.model.answers import Address
from dialogs.ports import ClaimedLetter, Spot
from storage.prepared import Prepared, upsert
from storage.tables import journeys, letters
from storage.tables.base import table
from storage.transaction import Transaction

_spot = table(letters.MessageSpot)
_message = table(letters.QuestionMessage)
_journey = table(journeys.JourneyHead)
_text = table(journeys.AnonymousText)

_is_anonymous = exists().where(_text.c.id == bindparam("of_contribution"))
_PUT = upsert(
    _spot,
    keys=("room", "platform_message"),
    # A room is somebody's private chat, so that an anonymous text must not be found by its message.
    contribution=case((_is_anonymous, ""), else_=bindparam("of_contribution")),
    person=case((_is_anonymous, ""), else_=bindparam("of_person")),
)
_GET = Prepared(
    select(_spot.c.journey, _spot.c.address, _spot.c.contribution, _spot.c.person).where(
        _spot.c.room == bindparam("room"), _spot.c.platform_message == bindparam("platform_message")
    )
)
_PUT_QUESTION = upsert(_message, keys=("journey", "address", "room"))
_QUESTION = Prepared(
    select(_message.c.platform_message)
    .join(_journey, _journey.c.id == _message.c.journey)
    .where(_message.c.journey == bindparam("journey"), _message.c.address == bindparam("address"))
    .order_by((_message.c.room == _journey.c.room).desc(), _message.c.at.desc())
)


def put(tx: Transaction, room: str, platform_message: str, spot: Spot) -> None:
    tx.spots.pop((room, platform_message), None)
    tx.write(
        _PUT,
        [{
            "room": room,
            "platform_message": platform_message,
            "organisation": tx.organisation_of(spot.journey),
            "journey": spot.journey,
            "address": spot.address.key if spot.address else None,
            "of_contribution": spot.contribution,
            "of_person": spot.person,
        }],
    )  # fmt: skip


def get(tx: Transaction, room: str, platform_message: str) -> Spot | None:
    about = (room, platform_message)
    if about not in tx.spots:
        row = tx.row(_GET, {"room": room, "platform_message": platform_message})
        tx.spots[about] = _spot_of(row) if row is not None else None
    return tx.spots[about]


def _spot_of(row: Row[Any]) -> Spot:
    return Spot(row.journey, Address.of(row.address) if row.address else None, row.contribution, row.person)


def put_question(tx: Transaction, letter: ClaimedLetter, platform_message: str, at: datetime) -> None:
    """Remember the message that puts the letter's question in this room."""
    tx.run(
        _PUT_QUESTION,
        {
            "organisation": tx.organisation_of(letter.journey),
            "journey": letter.journey,
            "address": letter.address.key if letter.address else "",
            "room": letter.room.id,
            "platform_message": platform_message,
            "at": at,
        },
    )


def question_message(tx: Transaction, journey: str, address: Address) -> str | None:
    """Return the message that puts the question in the journey's room; else the latest that puts it anywhere."""
    found: str | None = tx.value(_QUESTION, {"journey": journey, "address": address.key})
    return found
