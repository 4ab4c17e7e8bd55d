"""Knows the accounts behind letters: of whom a message names, and of whom one has to find a private room for."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import bindparam, select, update

from dialogs.incoming import Profile
from dialogs.messages import mentioned
from dialogs.ports import AccountRef, ClaimedLetter
from storage.prepared import Prepared, with_lists
from storage.tables import letters, people
from storage.tables.base import table
from storage.transaction import Transaction

_outbox = table(letters.OutboxRow)
_account = table(people.Account)
_room = table(people.Room)

# An account whose owner can't read any more is named only where there is no other.
_ACCOUNTS = with_lists(
    lambda one_of: (
        select(_account.c.person, _account.c.tenant, _account.c.account)
        .where(_account.c.door == bindparam("door"), one_of(_account.c.person, "people"))
        .order_by(_account.c.active, _account.c.account.desc())
    )
)
_waiting_people = select(_outbox.c.person).where(_outbox.c.room.is_(None), letters.WAITING).correlate(None)
_NOWHERE = Prepared(
    select(_account)
    .where(_account.c.person.in_(_waiting_people), _account.c.door == bindparam("door"), _account.c.active)
    .order_by(_account.c.person, _account.c.tenant.desc(), _account.c.account.desc())
)
_HOUSE = Prepared(
    update(_outbox)
    .where(_outbox.c.person == bindparam("of_person"), _outbox.c.room.is_(None), letters.WAITING)
    .values(
        room=bindparam("new_room"),
        door=select(_room.c.door).where(_room.c.id == bindparam("new_room")).scalar_subquery(),
    )
)


def with_accounts(tx: Transaction, door: str, claimed: Sequence[ClaimedLetter]) -> Sequence[ClaimedLetter]:
    """Return the letters with the accounts, in their own room's tenant, of everybody whom they name."""
    named = [_named(letter) for letter in claimed]
    everybody = sorted(set().union(*named))
    if not everybody:
        return claimed
    rows = tx.rows(_ACCOUNTS, {"door": door, "people": tx.a_list(everybody)})
    known = {(row.person, row.tenant): row.account for row in rows}
    return [
        replace(
            letter,
            accounts={
                person: known[person, letter.room.tenant]
                for person in sorted(people)
                if (person, letter.room.tenant) in known
            },
        )
        for letter, people in zip(claimed, named, strict=True)
    ]


def nowhere(tx: Transaction, door: str) -> Sequence[AccountRef]:
    """Return one account at the door, in use, of each person whose letters wait for a private room."""
    found = {row.person: row for row in tx.rows(_NOWHERE, {"door": door})}
    return [
        AccountRef(
            row.door, row.tenant, row.account, row.person,
            Profile(row.name, row.email, row.language, row.zone, row.guest, row.active), row.seen_at,
        )
        for row in found.values()
    ]  # fmt: skip


def house(tx: Transaction, person: str, room: str) -> None:
    """Send to the room what has waited for the person to have one."""
    tx.run(_HOUSE, {"of_person": person, "new_room": room})


def _named(letter: ClaimedLetter) -> set[str]:
    named = set(mentioned(letter.message))
    return named | {letter.person} if letter.aside else named
