"""Calls letters back that nobody has begun to send, so that others can go before them."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select

from dialogs.letters import Letter, ToPerson
from dialogs.model.answers import Address
from storage.mapping import MESSAGE
from storage.prepared import Prepared, with_lists
from storage.repositories.claims import ASIDE
from storage.tables.base import table
from storage.tables.letters import WAITING, OutboxRow
from storage.transaction import Transaction

_outbox = table(OutboxRow)

_UNTOUCHED = Prepared(
    select(_outbox)
    .where(
        _outbox.c.person == bindparam("of_person"),
        WAITING,
        _outbox.c.state == "new",
        _outbox.c.epoch == 0,
        _outbox.c.how != ASIDE,
    )
    .order_by(_outbox.c.id)
)
_TAKE = with_lists(lambda one_of: delete(_outbox).where(one_of(_outbox.c.id, "letters")))


def call_back(tx: Transaction, person: str) -> Sequence[Letter]:
    """Return what waits to be said to the person in private, in order; it isn't on its way any more."""
    rows = tx.rows(_UNTOUCHED, {"of_person": person})
    if rows:
        tx.run(_TAKE, {"letters": tx.a_list([row.id for row in rows])})
    return [
        Letter(
            row.key, ToPerson(person), MESSAGE.value(row.message), row.how, row.journey or "",
            Address.of(row.address) if row.address else None,
        )
        for row in rows
    ]  # fmt: skip
