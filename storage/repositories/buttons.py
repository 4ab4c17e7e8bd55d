"""Remembers what each button means, under a random id."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from dialogs.messages import Press
from dialogs.model.answers import Address
from dialogs.ports import StoredButton
from storage.mapping import PRESS
from storage.prepared import Prepared
from storage.tables import journeys, letters
from storage.tables.base import table
from storage.transaction import Transaction, token

_button = table(letters.ButtonRow)
_journey = table(journeys.JourneyHead)

_its_organisation = (
    select(_journey.c.organisation).where(_journey.c.id == bindparam("of_journey")).scalar_subquery()
)
_PUT = Prepared(insert(_button).values(organisation=_its_organisation))
_GET = Prepared(
    select(_button.c.id, _button.c.press, _button.c.journey, _button.c.room).where(
        _button.c.id == bindparam("button")
    )
)
_FORGET = Prepared(delete(_button).where(_button.c.id == bindparam("button")))
_RETIRE = Prepared(
    delete(_button).where(
        _button.c.journey == bindparam("journey"), _button.c.address == bindparam("address")
    )
)


class SqlButtons:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def put(self, press: Press, *, journey: str, room: str, at: datetime) -> str:
        row = button_row(press, journey=journey, room=room, at=at)
        self.put_all([row])
        return str(row["id"])

    def put_all(self, rows: Sequence[dict[str, Any]]) -> None:
        self._tx.write(_PUT, rows)

    def get(self, button: str) -> StoredButton | None:
        """Return what the button means; None when nobody knows it, or its question has moved on."""
        row = self._tx.row(_GET, {"button": button})
        if row is None:
            return None
        return StoredButton(row.id, PRESS.value(row.press), row.journey or "", row.room or "")

    def retire(self, journey: str, address: Address) -> None:
        self._tx.write(_RETIRE, [{"journey": journey, "address": address.key}])

    def forget(self, buttons: Iterable[str]) -> None:
        self._tx.write(_FORGET, [{"button": button} for button in buttons])


def button_row(press: Press, *, journey: str, room: str | None, at: datetime) -> dict[str, Any]:
    """Return the row of a new button, with its id."""
    return {
        "id": token(),
        "journey": journey or None,
        "of_journey": journey,
        "room": room or None,
        "address": press.address.key if press.address else None,
        "press": PRESS.text(press),
        "at": at,
    }
