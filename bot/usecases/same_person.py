"""Asks whoever leads whether a new account belongs to somebody of the same name who was entered before."""

from collections.abc import Iterator
from dataclasses import replace

from bot.usecases.borders import may_be_met_at
from bot.usecases.coming_in import what_waited
from bot.usecases.organise import Workplace, noted
from bot.usecases.organising import may_organise
from bot.usecases.turn import Turn
from dialogs.flows.rights import leaders
from dialogs.letters import Letter, ToPerson
from dialogs.messages import Composer, Press
from dialogs.model.journey import Journey
from dialogs.model.people import Person
from dialogs.model.problem import Problem
from dialogs.ports import JourneyRef
from dialogs.wording.teller import Speech


def offer_same_person(turn: Turn) -> None:
    """Ask about the speaker, whose account nobody had seen: by a private letter to whoever leads a namesake's group."""
    for leader, known, head in _asked(turn):
        _ask(turn, leader, known, head.group_name, head.id)


def not_tied_yet(turn: Turn, group: str) -> Problem | None:
    """Return why the speaker isn't in *group*: whoever leads was asked whether they are the namesake who is."""
    names = [leader.name for leader, _, head in _asked(turn) if head.group_name == group]
    return Problem("not-tied-yet", {"group": group, "leader": names[0]}) if names else None


def same_person(turn: Turn, journey: str, argument: str) -> None:
    """Tie the accounts of whoever is new to the one who was there before: it is the same person."""
    new, known = _both(turn, argument)
    head = turn.uow.journeys.head(journey)
    if not may_organise(turn, head):
        turn.refuse(Problem("only-leader"))
    elif new is not None and known is not None and _are_one(turn, new, known):
        turn.say("same-person-tied", name=known.name, group=head.group_name)
    elif new is None or known is None or not is_new(turn, new) or not may_be_one(turn, new, known):
        turn.refuse(Problem("same-person-too-late"))
    elif head.roster.member(known.id) is None:
        turn.refuse(Problem("old-button"))
    else:
        kept = unite(turn, new, known)
        noted(
            turn.uow,
            "account-tied",
            organisation=head.organisation,
            by=turn.person.id,
            about=known.id,
            at=turn.now,
        )
        turn.say("same-person-tied", name=known.name, group=head.group_name)
        speech = Speech(turn.book, known.language or new.language or turn.language)
        said = Composer().say(speech.say("you-are-known", group=head.group_name, leader=turn.person.name))
        if kept:
            said.say(speech.say("you-are-known-kept"))
        turn.tell(known.id, said.done())


def another_person(turn: Turn, argument: str) -> None:
    """They only have the same name: the new one is told nothing, and is added like anybody else."""
    new, known = _both(turn, argument)
    if new is not None and known is not None and _are_one(turn, new, known):
        turn.refuse(Problem("same-person-already", {"name": known.name}))
    else:
        turn.say("another-person", name=new.name if new is not None else "")


def unite(turn: Turn, new: Person, known: Person) -> bool:
    """Let the accounts of *new*, what they were told and what was kept for them, belong to *known* from now on.

    Say whether words of theirs were kept.
    """
    people = turn.uow.people
    kept = _hand_over_words(turn, new, known)
    for account in people.accounts_of(new.id):
        people.tie(account.door, account.tenant, account.account, known.id)
    room = turn.uow.rooms.private_room(new.id)
    if room is not None:
        turn.uow.rooms.bind_private(known.id, room.id)
    turn.letters += what_waited(turn, known.id)
    if people.greeted(new.id) and not people.greeted(known.id):
        people.mark_greeted(known.id, turn.now)
    if known.language is None and new.language is not None:
        people.set_language(known.id, new.language)
    leave_address(turn, new)
    return kept


def may_be_one(turn: Turn, new: Person, known: Person) -> bool:
    """Say whether all that *known* belongs to may be met where *new* has accounts."""
    places = [(one.door, one.tenant) for one in turn.uow.people.accounts_of(new.id)]
    return may_be_met_at(places, known.id, uow=turn.everything, borders=turn.borders)


def leave_address(turn: Turn, left: Person) -> None:
    """Take the e-mail address from somebody who has no account any more: their accounts carry it along.

    Else two would have it, and an account in another chat would be tied to neither.
    """
    if not turn.uow.people.accounts_of(left.id):
        turn.uow.people.set_email(left.id, "")


def _ask(turn: Turn, leader: Person, known: Person, group: str, journey: str) -> None:
    speech = Speech(turn.book, leader.language or turn.language)
    both = f"{turn.person.id}:{known.id}"
    said = Composer().say(speech.say("same-person", name=known.name, group=group))
    said.button(speech.text("button-same-person"), Press("same-person", None, both), primary=True)
    said.button(speech.text("button-another-person"), Press("another-person", None, both))
    turn.letters.append(
        Letter(f"turn:{turn.number}:{len(turn.letters)}", ToPerson(leader.id), said.done(), journey=journey)
    )


def _asked(turn: Turn) -> Iterator[tuple[Person, Person, Journey]]:
    """Yield whom to ask about the speaker, about which namesake without an account here, and in which group's name."""
    here = Workplace(turn.incoming.door, turn.incoming.tenant)
    for known in turn.uow.people.named(turn.person.name, None):
        if (
            known.id == turn.person.id
            or here.knows(known, turn.uow)
            or not may_be_one(turn, turn.person, known)
        ):
            continue
        asked: set[str] = set()
        for ref in _groups_here(turn, known, here):
            head = turn.uow.journeys.head(ref.id)
            for leader in leaders(turn.pack_of(head), head):
                if leader.person.id not in {known.id, *asked}:
                    asked.add(leader.person.id)
                    yield leader.person, known, head


def _are_one(turn: Turn, new: Person, known: Person) -> bool:
    """Say whether they were found to be one already: all that *new* had is *known*'s."""
    here = Workplace(turn.incoming.door, turn.incoming.tenant)
    return not turn.uow.people.accounts_of(new.id) and here.knows(known, turn.uow)


def _hand_over_words(turn: Turn, new: Person, known: Person) -> bool:
    """Let what *new* wrote in vain, where *known*'s groups talk or in private, be kept for *known*."""
    uow = turn.uow
    places = [uow.journeys.room(ref.id) for ref in uow.journeys.of_person(known.id)]
    handed_over = False
    for room in (*places, uow.rooms.private_room(new.id)):
        draft = uow.drafts.get(new.id, room.id) if room is not None else None
        if draft is not None and draft.text:
            uow.drafts.drop(new.id, draft.room)
            uow.drafts.keep(replace(draft, person=known.id), turn.now)
            handed_over = True
    return handed_over


def _groups_here(turn: Turn, person: Person, here: Workplace) -> list[JourneyRef]:
    """Return the person's journeys that live at the door and the tenant where the new account was seen."""
    found = []
    for ref in turn.uow.journeys.of_person(person.id):
        room = turn.uow.journeys.room(ref.id)
        lives_here = room is not None and Workplace(room.door, room.tenant) == here
        if lives_here and not ref.practice and ref.state != "closed":
            found.append(ref)
    return found


def _both(turn: Turn, argument: str) -> tuple[Person | None, Person | None]:
    new, _, known = argument.partition(":")
    return turn.uow.people.get(new), turn.uow.people.get(known)


def is_new(turn: Turn, person: Person) -> bool:
    """Say whether nothing is tied to the person yet that another would get: no group, no office, an account."""
    uow = turn.uow
    return not uow.organisations.of_person(person.id) and bool(uow.people.accounts_of(person.id))
