"""Remembers what the buttons of a message mean, under a random id: a button's own is `id.place`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from dialogs.messages import Press
from dialogs.ports import StoredButton
from storage.mapping import PRESSES
from storage.prepared import Prepared, PreparedRows
from storage.tables import letters
from storage.tables.base import table
from storage.transaction import Transaction, timed_token

_button = table(letters.ButtonRow)

_PUT = PreparedRows(insert(_button))
_GET = Prepared(
    select(_button.c.presses, _button.c.journey, _button.c.room).where(_button.c.id == bindparam("button"))
)
_FORGET = Prepared(delete(_button).where(_button.c.id == bindparam("button")))


class SqlButtons:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def put(self, press: Press, *, journey: str, room: str, at: datetime) -> str:
        row = self.row([press], journey=journey, room=room, at=at)
        self.put_all([row])
        return button_id(row, 0)

    def put_all(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self._tx.write(_PUT, rows)

    def row(
        self, presses: Sequence[Press], *, journey: str, room: str | None, at: datetime
    ) -> Mapping[str, Any]:
        """Return the row of a new message's buttons, with its id."""
        return {
            "id": timed_token(at),
            "organisation": self._tx.organisation_of(journey),
            "journey": journey or None,
            "room": room or None,
            "presses": PRESSES.text(tuple(presses)),
            "at": at,
        }

    def get(self, button: str) -> StoredButton | None:
        """Return what the button means; None when nobody knows it."""
        id, _, place = button.partition(".")
        row = self._tx.row(_GET, {"button": id})
        if row is None:
            return None
        presses = PRESSES.value(row.presses)
        number = (
            int(place) if place.isdecimal() else 0
        )  # an older button was alone in its row, and has no place
        if number >= len(presses):
            return None
        press = presses[number]
        return StoredButton(button, press, press.journey or row.journey or "", row.room or "")

    def forget(self, buttons: Iterable[str]) -> None:
        """Forget the messages that the buttons stand on, all of their buttons with them."""
        rows = dict.fromkeys(button.partition(".")[0] for button in buttons)
        self._tx.write(_FORGET, [{"button": row} for row in rows])


def button_id(row: Mapping[str, Any], place: int) -> str:
    return f"{row['id']}.{place}"
