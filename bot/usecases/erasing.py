"""Erases a person: what is theirs alone goes, what must stay stays without their name, and where else it stands is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from bot.usecases.disposal_plan import contributions_of
from bot.usecases.office import Office
from dialogs.events import Contributed, Drafted, Event
from dialogs.model.answers import Address
from dialogs.model.disposal import Hold, Stored
from dialogs.model.erasure import Erasure
from dialogs.model.problem import Problem
from dialogs.ports import Needs, Rest, UnitOfWork
from dialogs.values.names import in_sentence

Done = TypeVar("Done")
ROWS = 50  # that go in one transaction
SOUGHT = 2000  # that are looked for at once


@dataclass(frozen=True)
class Erasing:
    """*office* gives a desk over an open unit of work; *do* lets something happen in a transaction of its own."""

    office: Callable[[UnitOfWork], Office]
    looking: Callable[[], UnitOfWork]
    do: Callable[[Callable[[UnitOfWork], Done]], Done]

    def plan(self, organisation: str, name: str, also: Sequence[str], *, texts: bool) -> Erasure | Problem:
        """Return what erasing whoever has the name comes to; with *texts*, their contributions, too. Writes nothing."""
        with self.looking() as uow:
            people = uow.people.named(name, organisation)
            if len(people) != 1:
                return Problem("admin-several" if people else "command-nobody", {"name": name})
            [person] = people
            groups, alone = uow.erasures.groups_now(person.id), uow.erasures.looks_after_alone(person.id)
            if groups:
                return Problem("erase-in-groups", {"name": person.name, "groups": ", ".join(groups)})
            if alone:
                return Problem("erase-looks-after", {"name": person.name, "organisations": ", ".join(alone)})
            office = self.office(uow)
            ever = (home for _, home in uow.erasures.groups_ever(person.id))
            homes = tuple(dict.fromkeys((organisation, *uow.organisations.of_person(person.id), *ever)))
            words = (*uow.erasures.words_of(person.id), *also)
            return Erasure(
                person.id, person.name, _becomes(office, person.id), homes, len(uow.people.accounts_of(person.id)),
                uow.erasures.parts(person.id), tuple(_texts(office, person.id, homes)) if texts else (),
                tuple(uow.erasures.mentions(words, person.id)), _holds(uow, person.id, homes),
                uow.erasures.unreadable(person.id),
            )  # fmt: skip

    def erase(self, shown: Erasure, decision: str) -> bool:
        """Do what was shown, unless it is held by now. The name goes last: stopped before, it is found again, and goes on."""
        if not self.do(partial(self._begin, shown)):
            return False
        for one in shown.texts:
            self.do(partial(self._let_texts_go, one, decision))
        with self.looking() as uow:
            practice = uow.erasures.practice_of(shown.person)
        for journey in practice:
            self.do(partial(_remove, journey))
        while rest := self._rest(shown.person):
            for start in range(0, len(rest), ROWS):
                self.do(partial(_drop, rest[start : start + ROWS]))
        self.do(partial(self._forget, shown))
        return True

    def _begin(self, shown: Erasure, uow: UnitOfWork) -> bool:
        if _holds(uow, shown.person, shown.organisations):
            return False
        self._note(shown, "erasure-begun", uow)
        return True

    def _rest(self, person: str) -> Sequence[Rest]:
        with self.looking() as uow:
            return uow.erasures.rest_of(person, SOUGHT)

    def _forget(self, shown: Erasure, uow: UnitOfWork) -> None:
        uow.erasures.forget(shown.person, shown.becomes)
        self._note(shown, "person-erased", uow)

    def _let_texts_go(self, one: Stored, decision: str, uow: UnitOfWork) -> None:
        id, _, key = one.key.partition(" ")
        address = Address.of(key)
        journey = uow.journeys.get(id, Needs(addresses=frozenset([address])))
        item = journey.items.get(address) or journey.retired.get(address)
        if item is None or item.status != "settled" or item.answer is None or item.answer.at != one.at:
            return  # somebody has opened it again since: the group is at work with what was put in
        gone = uow.disposals.let_texts_go(journey, item, one.sequences, decision, unnamed=False)
        self.office(uow).note(
            "disposed-contributions", journey.organisation, f"{journey.id} {gone} {decision}"
        )

    def _note(self, shown: Erasure, kind: str, uow: UnitOfWork) -> None:
        office = self.office(uow)
        for organisation in shown.organisations:
            office.note(kind, organisation, shown.person)


def _becomes(office: Office, person: str) -> str:
    """Return what is said instead of the name: the role that they had last, else that they were a member."""
    held = office.uow.erasures.last_roles(person)
    refs = office.uow.journeys.of_group(held[0]) if held is not None else ()
    if held is None or not refs:
        return office.book.text("erased-member", office.language)
    manifest = office.shelf.pack(refs[-1].pack, refs[-1].version).manifest
    language = refs[-1].language  # that of those who will read it
    titles = {role.id: role.title.said_in(language) for role in manifest.roles}
    # The role that everybody has says the least.
    said = sorted((role for role in held[1] if role in titles), key=lambda role: role == manifest.group)
    if not said:
        return office.book.text("erased-member", language)
    return office.book.text("erased-role", language, role=in_sentence(titles[said[0]]))


def _texts(office: Office, person: str, organisations: Sequence[str]) -> Sequence[Stored]:
    """Return what they put in, behind settled answers that can do without."""
    uow, found = office.uow, []
    for ref in uow.journeys.all():
        if ref.organisation not in organisations or ref.practice or not uow.disposals.settled_in(ref.id):
            continue
        journey = uow.journeys.whole(ref.id)
        behind = [
            one
            for one in contributions_of(journey, uow=uow, shelf=office.shelf)
            if one.why is None and person in one.persons
        ]
        events = tuple(uow.journeys.events(ref.id)) if behind else ()
        for one in behind:
            theirs = tuple(number for number in one.sequences if _is_theirs(events[number - 1], person))
            if theirs:
                found.append(replace(one, sequences=theirs, texts=len(theirs), persons=frozenset([person])))
    return found


def _is_theirs(event: Event, person: str) -> bool:
    if isinstance(event, Contributed):
        return event.person == person
    return isinstance(event, Drafted) and event.by == person


def _holds(uow: UnitOfWork, person: str, organisations: Sequence[str]) -> tuple[Hold, ...]:
    """Return what holds anything of theirs."""
    groups = [group for group, _ in uow.erasures.groups_ever(person)]
    return tuple(
        hold
        for organisation in organisations
        for hold in uow.disposals.holds(organisation)
        if hold.scope == "organisation" or hold.about in (person, *groups)
    )


def _remove(journey: str, uow: UnitOfWork) -> None:
    uow.journeys.remove(journey)


def _drop(rest: Sequence[Rest], uow: UnitOfWork) -> None:
    uow.erasures.drop_rest(rest)
