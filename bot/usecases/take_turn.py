"""Lets one event, stored before the platform was answered, happen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from bot.usecases.accounts import accounts_in
from bot.usecases.borders import seen_from
from bot.usecases.forms import carry_on, remind, submit
from bot.usecases.handing_out import answered
from bot.usecases.identify import greet, identify
from bot.usecases.look_up import Found
from bot.usecases.news import News, hear_news
from bot.usecases.overhearing import concerns_the_coach, fills_in
from bot.usecases.places import spot_of
from bot.usecases.plan import replan
from bot.usecases.practising import mark_practice
from bot.usecases.presses import press
from bot.usecases.same_person import not_tied_yet, offer_same_person
from bot.usecases.surroundings import TERMINAL
from bot.usecases.taking_files import take_files
from bot.usecases.turn import Turn, nobody, thread_in
from bot.usecases.words import deleted, edited, hear_words
from content.phrases.book import Phrasebook
from dialogs.files import FileIn
from dialogs.incoming import (
    Changed,
    Deleted,
    Edited,
    FileAnswered,
    Gone,
    Incoming,
    Joined,
    Left,
    Pressed,
    Profile,
    Reopened,
    Said,
    Submitted,
    Uninstalled,
)
from dialogs.model.borders import NONE, Borders
from dialogs.model.people import Person
from dialogs.model.problem import Problem
from dialogs.ports import Clock, Ids, PackShelf, RoomRef, UnitOfWork
from dialogs.tables.reports import TableReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is the same for every turn. *language* is spoken with whoever hasn't chosen one."""

    shelf: PackShelf
    clock: Clock
    ids: Ids
    book: Phrasebook
    language: str = "sv"
    public_url: str = ""  # where others reach this server
    borders: Borders = NONE  # what may be met where
    packs_by: str = ""  # the organisation whose admins look after the methods
    ring: Callable[[], None] = nobody  # says that there is work to be done beside the turns


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What was found out before the turn: what the platform says of the accounts in it, and the files, by where.

    *table* is what was done with a table, for a press that is about one; *found* what was looked up.
    """

    profiles: Mapping[str, Profile] = field(default_factory=dict)
    files: Mapping[str, FileIn] = field(default_factory=dict)
    table: TableReport | Problem | None = None
    found: Found = field(default_factory=dict)


NOTHING = Learnt()


def take_turn(number: int, *, uow: UnitOfWork, around: Around, learnt: Learnt = NOTHING) -> None:
    """Take the turn, once: an event that is done already does nothing more.

    Raises ``storage.Conflict`` when somebody else wrote the same journey in between, and ``LookFirst`` when something
    is to be looked up first; then nothing is written and the turn can be taken again.
    """
    with uow:
        incoming = uow.inbox.take(number)
        if incoming is None:
            return
        _take(number, incoming, uow, around, learnt)
        uow.inbox.done(number)
        uow.commit()


def take_at_once(incoming: Incoming, *, uow: UnitOfWork, around: Around, learnt: Learnt = NOTHING) -> bool:
    """Store the event and let it happen in one commit, for a door that answers only when the turn is over.

    Returns False when this very event is stored already. Raises as `take_turn` does, and then nothing is stored.
    """
    with uow:
        number = uow.inbox.store_done(incoming)
        if number is None:
            return False
        _take(number, incoming, uow, around, learnt)
        uow.commit()
    return True


def _take(number: int, incoming: Incoming, uow: UnitOfWork, around: Around, learnt: Learnt) -> None:
    shelf, book, borders = around.shelf, around.book, around.borders
    match incoming.what:
        case Joined() | Left() | Gone() | Reopened() | Changed() | Uninstalled() as what:
            news = News(number, incoming, around.language, uow, shelf, book, learnt.profiles)
            hear_news(news, what)
            uow.outbox.post(news.letters, incoming.at)
        case Said() | Pressed() | Submitted() | FileAnswered() | Edited() | Deleted() as what:
            if not concerns_the_coach(incoming, uow=uow):
                return
            room = uow.rooms.find(incoming.door, incoming.tenant, incoming.room, private=incoming.private)
            if uow.rooms.state(room.id):
                uow.rooms.set_state(room.id, "")  # whoever speaks there has let the coach in again
            who = identify(incoming, room, uow=uow, profiles=learnt.profiles, borders=borders)
            seen = seen_from(incoming.door, incoming.tenant, uow, borders)
            spoken = _language(incoming, room, who.person, uow) or around.language
            turn = Turn(
                number, incoming, who.person, room, spoken, seen, shelf, around.clock, around.ids, book,
                thread=thread_in(incoming), profiles=learnt.profiles, public_url=around.public_url, borders=borders,
                files=learnt.files, packs_by=around.packs_by, ring=around.ring, table=learnt.table,
                found=learnt.found, outside=not_tied_yet,
            )  # fmt: skip
            _happen(turn, what, fresh=who.fresh)
            mark_practice(turn)
            turn.letters += replan(
                uow.calendar.outdated(), uow=uow, shelf=shelf, book=book, now=turn.now, today=turn.today,
                awake=room.door == TERMINAL, found=turn.found, borders=borders,
            )  # fmt: skip
            uow.outbox.post(turn.letters, turn.now)
        case _:
            assert_never(incoming.what)


def _language(incoming: Incoming, room: RoomRef, person: Person, uow: UnitOfWork) -> str | None:
    """Return what is spoken: before the eyes of a whole channel the language of its group, else the person's own."""
    if not (incoming.private or incoming.aside):
        there = {one.language for one in uow.journeys.in_room(room.id) if one.state != "closed"}
        if len(there) == 1:
            return there.pop()
    return person.language


def _happen(
    turn: Turn, what: Said | Pressed | Submitted | FileAnswered | Edited | Deleted, *, fresh: bool
) -> None:
    greet(turn)
    if fresh:
        offer_same_person(turn)
    match what:
        case Said() as said:
            _hear(turn, said)
        case Pressed(button=button):
            press(turn, button)
        case Submitted(button=button, fields=fields):
            submit(turn, button, fields)
        case FileAnswered(button=button, upload=upload):
            answered(turn, button, upload)
        case Edited(message=message, text=text, attached=attached):
            edited(turn, message, text, attached)
        case Deleted(message=message):
            deleted(turn, message)
        case _:
            assert_never(what)


def _hear(turn: Turn, said: Said) -> None:
    """Take words: as a form's next field, as a command, or as an answer. A file may be meant for the coach itself."""
    if turn.files and take_files(turn, said):
        return
    form = turn.draft(form=True)
    if form is None or not fills_in(form, said, turn.room, spot_of(turn, said.thread_of)):
        hear_words(turn, said)
    elif not carry_on(turn, form, said.text):
        hear_words(turn, said)
        remind(turn)


__all__ = ["accounts_in", "take_at_once", "take_turn"]
