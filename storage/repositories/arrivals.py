"""Reads at once what nearly every turn asks first: who speaks, in which room, what is kept there, which journeys.

What was found is noted in the transaction, where the repositories look before they ask for themselves.
"""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, and_, bindparam, exists, select

from dialogs.incoming import Incoming, Profile
from dialogs.ports import AccountRef
from storage.prepared import Prepared
from storage.repositories import heads
from storage.repositories.people import note_person
from storage.repositories.rooms import note_room
from storage.tables import letters, people
from storage.tables.base import table
from storage.transaction import Transaction

SAID = ("name", "email", "language", "zone", "guest", "active")  # by the platform, of the account
_said = attrgetter(*(f"said_{name}" for name in SAID))

_account = table(people.Account)
_person = table(people.Person)
_own = table(people.Room).alias("own")  # where the person is written to in private
_here = table(people.Room).alias("here")
_words = table(letters.DraftRow).alias("words")
_form = table(letters.DraftRow).alias("form")
_outbox = table(letters.OutboxRow)

# An edit that waits to be shown here may be overtaken by one of this turn's: hardly ever is there any.
_an_edit_waits = exists().where(
    _outbox.c.door == _here.c.door,
    _outbox.c.room == _here.c.id,
    _outbox.c.how == "edit",
    letters.WAITING,
    _outbox.c.state == "new",
)

FIND = Prepared(
    select(
        _person.c.id.label("person"),
        _person.c.name,
        _person.c.language.label("spoken"),
        _person.c.greeted_at,
        *(_account.c[name].label(f"said_{name}") for name in SAID),
        _account.c.seen_at,
        _own.c.id.label("own"),
        _own.c.door.label("own_door"),
        _own.c.tenant.label("own_tenant"),
        _own.c.external.label("own_external"),
        _here.c.id.label("here"),
        _here.c.door,
        _here.c.private,
        _here.c.state.label("room_state"),
        _an_edit_waits.label("edit_waits"),
        _words.c.draft.label("words"),
        _form.c.draft.label("form"),
        *heads.COLUMNS,
    )
    .select_from(_account)
    .join(_person, _person.c.id == _account.c.person)
    .join(
        _here,
        and_(
            _here.c.door == bindparam("door"),
            _here.c.tenant == bindparam("tenant"),
            _here.c.external == bindparam("external"),
        ),
    )
    .outerjoin(_own, _own.c.id == _person.c.private_room)
    .outerjoin(
        _words, and_(_words.c.person == _person.c.id, _words.c.room == _here.c.id, _words.c.kind == "text")
    )
    .outerjoin(
        _form, and_(_form.c.person == _person.c.id, _form.c.room == _here.c.id, _form.c.kind == "form")
    )
    .outerjoin(heads.JOURNEY, heads.JOURNEY.c.room == _here.c.id)
    .outerjoin(heads.ORGANISATION, heads.ORGANISATION.c.id == heads.JOURNEY.c.organisation)
    .outerjoin(heads.GROUP, heads.GROUP.c.id == heads.JOURNEY.c.group_id)
    .where(
        _account.c.door == bindparam("door"),
        _account.c.tenant == bindparam("tenant"),
        _account.c.account == bindparam("account"),
    )
    .order_by(heads.JOURNEY.c.started, heads.JOURNEY.c.id)
)


def meet(tx: Transaction, incoming: Incoming) -> None:
    """Look up, once in a transaction, what its turn will ask."""
    if tx.met != incoming:
        note(tx, incoming, tx.rows(FIND, where(incoming)))


def where(incoming: Incoming) -> dict[str, str]:
    return {
        "door": incoming.door,
        "tenant": incoming.tenant,
        "external": incoming.room,
        "account": incoming.account,
    }


def note(tx: Transaction, incoming: Incoming, rows: Sequence[Row[Any]]) -> None:
    """Note what was found; nothing when the person or the room is new."""
    tx.met = incoming
    if not rows:
        return
    row = rows[0]
    account = (incoming.door, incoming.tenant, incoming.account)
    note_person(tx, account, row)
    tx.accounts[account] = AccountRef(*account, row.person, Profile(*_said(row)), row.seen_at)
    note_room(tx, row.here, (incoming.door, incoming.tenant, incoming.room), private=row.private)
    tx.room_states[row.here] = row.room_state
    if not row.edit_waits:
        tx.without_edits.add(row.here)
    tx.drafts[row.person, row.here] = {"text": row.words, "form": row.form}
    heads.note_room(tx, row.here, [row for row in rows if row.id is not None])
