"""Replies: what a platform wants in its answer itself - is this for the coach, which form opens, what is wrong in it.

They only look; what somebody typed is kept as a draft first, so that nothing is lost when the form has to be put right.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.usecases.asking_fields import filled_in
from bot.usecases.borders import seen_from
from bot.usecases.forms import is_the_same, keep_typed, wrong_in
from bot.usecases.opened import BY_WORD, opened, stored_form
from bot.usecases.opening_forms import may_open
from bot.usecases.overhearing import concerns_the_coach
from bot.usecases.turn import Turn, thread_in
from content.phrases.book import Phrasebook
from dialogs.hearing.hear import Commanded, hear
from dialogs.incoming import Incoming, Pressed, Submitted, What
from dialogs.messages import Form
from dialogs.model.borders import NONE, Borders
from dialogs.model.people import Person, PersonId
from dialogs.ports import Clock, Ids, PackShelf, RoomRef, StoredButton, UnitOfWork


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who asks, and where: ids as the platform has them."""

    door: str
    tenant: str
    account: str
    name: str
    room: str
    private: bool
    aside: bool = False
    spoken: str = ""  # the language that the platform says of somebody whom nobody has seen


def is_heard(incoming: Incoming, *, uow: UnitOfWork) -> bool:
    """Say whether the coach has to do with it; what it hasn't is never stored."""
    with uow:
        return concerns_the_coach(incoming, uow=uow)


def form_of(
    button: str,
    speaker: Speaker,
    *,
    uow: UnitOfWork,
    shelf: PackShelf,
    clock: Clock,
    ids: Ids,
    book: Phrasebook,
    language: str = "sv",
    borders: Borders = NONE,
) -> Form | None:
    """Return the form that the button opens for this person; its id is what it is handed in under.

    None when it opens none, or they may not hand it in: then the press is a turn like any other, which says why.
    """
    with uow:
        spoken = speaker.spoken or language
        turn = _looking(
            _asking(speaker, clock, Pressed(button)), uow, shelf, clock, ids, book, spoken, borders
        )
        return _form(turn, stored_form(turn, button))


def form_for_command(
    text: str,
    speaker: Speaker,
    *,
    uow: UnitOfWork,
    shelf: PackShelf,
    clock: Clock,
    ids: Ids,
    book: Phrasebook,
    language: str = "sv",
    borders: Borders = NONE,
) -> Form | None:
    """Return the form that the command opens, such as `start`; None for words that are a turn like any other."""
    heard = hear(text)
    if not isinstance(heard, Commanded) or heard.rest or heard.number:
        return None
    with uow:
        spoken = speaker.spoken or language
        turn = _looking(_asking(speaker, clock, Pressed("")), uow, shelf, clock, ids, book, spoken, borders)
        stored = stored_form(turn, f"{BY_WORD}{heard.command}")
        return _form(turn, stored)


def problems_in(
    incoming: Incoming,
    *,
    uow: UnitOfWork,
    shelf: PackShelf,
    clock: Clock,
    ids: Ids,
    book: Phrasebook,
    language: str = "sv",
    borders: Borders = NONE,
) -> Mapping[str, str]:
    """Return what is wrong with each field of a form that is handed in, in words; what was typed is kept first.

    Empty when the form can be taken, and when its turn has to say why it can't.
    """
    if not isinstance(incoming.what, Submitted):
        return {}
    typed = incoming.what.fields
    with uow:
        turn = _looking(incoming, uow, shelf, clock, ids, book, language, borders)
        stored = stored_form(turn, incoming.what.button)
        form = opened(turn, stored) if stored is not None and may_open(turn, stored) else None
        wrong = wrong_in(form, typed) if form is not None else {}
        if wrong and form is not None and stored is not None and turn.person.id and turn.room.id:
            keep_typed(turn, form, stored, typed)
            uow.commit()
        return {id: turn.words.text(problem.key, **problem.args) for id, problem in wrong.items()}


def _form(turn: Turn, stored: StoredButton | None) -> Form | None:
    """Return the form, with what this person has typed in it before."""
    form = opened(turn, stored) if stored is not None and may_open(turn, stored) else None
    if form is None or stored is None:
        return None
    draft = turn.draft(form=True)
    typed = draft.fields if draft is not None and is_the_same(turn, draft, stored) else {}
    return replace(form.form, id=stored.id, fields=filled_in(form.form, typed))


def _asking(speaker: Speaker, clock: Clock, what: What) -> Incoming:
    one = speaker
    return Incoming(
        one.door, one.tenant, "", one.account, one.name, one.room, one.private, clock.now(), what, one.aside
    )


def _looking(
    incoming: Incoming,
    uow: UnitOfWork,
    shelf: PackShelf,
    clock: Clock,
    ids: Ids,
    book: Phrasebook,
    language: str,
    borders: Borders,
) -> Turn:
    """Return a turn to look with: somebody or a room that nobody has seen before is nobody and nowhere."""
    door, tenant = incoming.door, incoming.tenant
    person = uow.people.by_account(door, tenant, incoming.account) or Person(PersonId(""), incoming.name)
    room = uow.rooms.known(door, tenant, incoming.room) or RoomRef(
        "", door, tenant, incoming.room, incoming.private
    )
    spoken = person.language or language
    seen = seen_from(door, tenant, uow, borders)
    return Turn(
        0, incoming, person, room, spoken, seen, shelf, clock, ids, book, thread=thread_in(incoming), borders=borders
    )  # fmt: skip
