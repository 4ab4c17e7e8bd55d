"""Makes somebody's personal page: where their groups stand, the next thing, their measures; and says which are stale."""

from collections.abc import MutableMapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from bot.usecases.borders import seen_from
from bot.usecases.overview import page_of
from bot.usecases.turn import Turn
from content.phrases.book import Phrasebook
from dialogs.incoming import Incoming, Pressed
from dialogs.messages import Button, Message
from dialogs.model.borders import NONE, Borders
from dialogs.model.people import Person, PersonId
from dialogs.ports import Clock, HomeRef, Ids, PackShelf, RoomRef, UnitOfWork


def home_of(
    door: str,
    tenant: str,
    account: str,
    name: str,
    spoken: str = "",
    *,
    uow: UnitOfWork,
    shelf: PackShelf,
    clock: Clock,
    ids: Ids,
    book: Phrasebook,
    language: str = "sv",
    borders: Borders = NONE,
) -> Message:
    """Return the page as it is now, and remember that it was opened and what it shows.

    Whoever hasn't spoken with the coach yet is told what it is, in the language that the platform says is *spoken*;
    that somebody looked makes nobody known.
    """
    with uow:
        person = uow.people.by_account(door, tenant, account)
        turn = _looking(
            door,
            tenant,
            account,
            person or Person(PersonId(""), name, spoken or None),
            uow,
            shelf,
            clock,
            ids,
            book,
            language,
            borders,
        )
        page = page_of(turn)
        if person is None:
            return replace(page, buttons=())
        before = uow.homes.get(door, tenant, account, clock.today())
        page = _with_ids(page, before.buttons if before is not None else (), turn)
        stamp = uow.homes.stamp(person.id, clock.today())
        used = tuple(button.id for button in page.buttons)
        uow.homes.keep(HomeRef(door, tenant, account, person.id, digest(page), stamp, stamp, used), turn.now)
        uow.commit()
    return page


def renewals(
    door: str,
    *,
    uow: UnitOfWork,
    shelf: PackShelf,
    clock: Clock,
    ids: Ids,
    book: Phrasebook,
    language: str = "sv",
    borders: Borders = NONE,
    looked: MutableMapping[tuple[str, str], str] | None = None,
) -> Sequence[tuple[str, str]]:
    """Return (tenant, account) of each page at the door that would show something else by now. Only reads.

    One statement tells which may have changed; only those are made anew to compare. *looked* keeps, from call to
    call, which were found to be as they were.
    """
    found = []
    looked = looked if looked is not None else {}
    with uow:
        for home in uow.homes.stale(door, clock.today()):
            key = (home.tenant, home.account)
            person = uow.people.get(home.person)
            if person is None or looked.get(key) == home.now:
                continue
            turn = _looking(door, *key, person, uow, shelf, clock, ids, book, language, borders)
            if digest(page_of(turn)) != home.digest:
                found.append(key)
            else:
                looked[key] = home.now
    return found


def digest(page: Message) -> str:
    """Return a short word for what the page shows, whichever ids its buttons have."""
    buttons = [(button.label, button.press, button.style) for button in page.buttons]
    return sha256(repr((page.text, page.blocks, buttons)).encode()).hexdigest()[:32]


def _with_ids(page: Message, before: Sequence[str], turn: Turn) -> Message:
    """Give each button an id: the one that it had on the page before, where it means the same. Others are forgotten."""
    stored = [turn.uow.buttons.get(id) for id in before]
    kept = {one.press: one.id for one in stored if one is not None and one.room == turn.room.id}
    buttons: list[Button] = []
    for button in page.buttons:
        id = kept.get(button.press) or turn.uow.buttons.put(
            button.press, journey="", room=turn.room.id, at=turn.now
        )
        buttons.append(replace(button, id=id))
    used = {button.id for button in buttons}
    turn.uow.buttons.forget(id for id in before if id not in used)
    return replace(page, buttons=tuple(buttons))


def _looking(
    door: str, tenant: str, account: str, person: Person,
    uow: UnitOfWork, shelf: PackShelf, clock: Clock, ids: Ids, book: Phrasebook, language: str,
    borders: Borders,
) -> Turn:  # fmt: skip
    """Return a turn to look with, in the person's private room where it is known."""
    own = uow.rooms.private_room(person.id) if person.id else None
    room = own or RoomRef("", door, tenant, "", private=True)
    now: datetime = clock.now()
    incoming = Incoming(door, tenant, "", account, person.name, room.external, True, now, Pressed(""))
    seen = seen_from(door, tenant, uow, borders)
    spoken = person.language or language
    return Turn(0, incoming, person, room, spoken, seen, shelf, clock, ids, book, borders=borders)
