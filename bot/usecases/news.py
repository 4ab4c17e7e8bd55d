"""Hears what nobody said: the coach let into a room or taken out of it, an account closed, the app taken away."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal, assert_never

from bot.usecases.identify import heard_of
from bot.usecases.surroundings import surroundings
from content.pack import Pack
from content.phrases.book import Phrasebook
from dialogs.flows.rights import leaders
from dialogs.incoming import Changed, Gone, Incoming, Joined, Left, Profile, Reopened, Uninstalled
from dialogs.letters import Letter, ToPerson, ToRoom
from dialogs.messages import Composer, Message, Press
from dialogs.model.journey import Journey
from dialogs.model.people import Person
from dialogs.ports import AccountRef, PackShelf, RoomRef, UnitOfWork
from dialogs.values.names import in_sentence
from dialogs.wording.teller import Speech

log = logging.getLogger(__name__)


@dataclass
class News:
    """What is at hand when something has happened that is nobody's turn."""

    number: int
    incoming: Incoming
    language: str
    uow: UnitOfWork
    shelf: PackShelf
    book: Phrasebook
    profiles: Mapping[str, Profile]
    letters: list[Letter] = field(default_factory=list)

    def words(self, language: str | None, about: RoomRef | None = None) -> Speech:
        """Return how it is said in a room, or *about* one."""
        where = partial(surroundings, about, self.uow)
        return Speech(self.book, language or self.language, where)

    def say(self, room: RoomRef, message: Message) -> None:
        self.letters.append(Letter(self._key(), ToRoom(room=room.id), message))

    def tell(self, people: Iterable[Person], key: str, /, **args: object) -> None:
        """Say it to each in private, in their own language."""
        self.tell_of(None, people, key, **args)

    def tell_of(self, room: RoomRef | None, people: Iterable[Person], key: str, /, **args: object) -> None:
        """The same about a room, in words for its kind."""
        for person in people:
            message = self.words(person.language, room).message(key, **args)
            self.letters.append(Letter(self._key(), ToPerson(person.id), message))

    def pack_of(self, journey: Journey) -> Pack:
        return self.shelf.pack(journey.pack, journey.version)

    def journeys_in(self, room: str) -> Sequence[Journey]:
        """Return the journeys that live in the room and go on, without their answers."""
        refs = self.uow.journeys.in_room(room)
        return [self.uow.journeys.head(ref.id) for ref in refs if ref.state != "closed" and not ref.practice]

    def leaders_of(self, journey: Journey) -> tuple[Person, ...]:
        return tuple(member.person for member in leaders(self.pack_of(journey), journey))

    def _key(self) -> str:
        return f"turn:{self.number}:{len(self.letters)}"


def hear_news(news: News, what: Joined | Left | Gone | Reopened | Changed | Uninstalled) -> None:
    match what:
        case Joined():
            _joined(news)
        case Reopened():
            _open_again(news, _room(news))
        case Left(why=why):
            _left(news, why)
        case Gone(accounts=accounts):
            _gone(news, accounts)
        case Changed(active=active):
            _changed(news, active)
        case Uninstalled():
            _uninstalled(news)
        case _:
            assert_never(what)


def _joined(news: News) -> None:
    """Say hello and how to begin; where a journey lives already, only that the coach is back."""
    room = _room(news)
    if news.journeys_in(room.id):
        _open_again(news, room)
        return
    news.uow.rooms.set_state(room.id, "")
    speech = news.words(_language_of_whoever_did(news), room)
    said = Composer().say(speech.say("hello-room")).say(speech.say("hello-how"))
    said.button(speech.text("button-start"), Press("start"), primary=True)
    said.button(speech.text("button-tour"), Press("command", None, speech.text("word-tour")))
    news.say(room, said.done())


def _open_again(news: News, room: RoomRef) -> None:
    """Go on in a room that was closed: what waited is sent by itself."""
    was_closed = bool(news.uow.rooms.state(room.id))
    news.uow.rooms.set_state(room.id, "")
    if was_closed:
        for journey in news.journeys_in(room.id)[:1]:
            news.say(room, news.words(journey.language).message("room-back"))


def _left(news: News, why: str) -> None:
    """Tell whoever leads the journeys that live there, once, and what they can do."""
    incoming = news.incoming
    room = news.uow.rooms.known(incoming.door, incoming.tenant, incoming.room)
    if room is None:
        return
    was_closed = bool(news.uow.rooms.state(room.id))
    news.uow.rooms.set_state(room.id, why)
    if not was_closed:
        for journey in news.journeys_in(room.id):
            news.tell_of(room, news.leaders_of(journey), f"room-{why}", group=journey.group_name)


def _gone(news: News, accounts: Iterable[str]) -> None:
    """Tell whoever leads a group that somebody in it isn't in its room any more. They stay in the group."""
    incoming = news.incoming
    known = [news.uow.people.account(incoming.door, incoming.tenant, one) for one in accounts]
    for account in known:
        person = news.uow.people.get(account.person) if account is not None else None
        if account is None or person is None:
            continue
        for journey, room in _without(news, account, person):
            if _is_there(news, room):
                _tell_of_missing(news, journey, room, person, "left")


def _is_there(news: News, room: RoomRef) -> bool:
    """Say whether it is the room that it happened in, or one of the same team."""
    incoming, kept = news.incoming, news.uow.conversations
    if room.external == incoming.room:
        return True
    here, there = kept.get(incoming.tenant, incoming.room), kept.get(room.tenant, room.external)
    return here is not None and there is not None and bool(here.team) and here.team == there.team


def _changed(news: News, active: bool) -> None:
    """Keep what is known of the account by now; whoever can't read any more is told of where they are missed."""
    incoming = news.incoming
    known = news.uow.people.account(incoming.door, incoming.tenant, incoming.account)
    person = news.uow.people.get(known.person) if known is not None else None
    if known is None or person is None:
        return
    said = news.profiles.get(incoming.account, known.profile)
    heard_of(
        incoming.door, incoming.tenant, incoming.account, person, replace(said, active=active),
        uow=news.uow, at=incoming.at,
    )  # fmt: skip
    if known.profile.active and not active:
        _missed(news, known, person)


def _missed(news: News, gone: AccountRef, person: Person) -> None:
    """Tell whoever leads a group that somebody in it can't be reached any more, and what to do."""
    for journey, room in _without(news, gone, person):
        _tell_of_missing(news, journey, room, person, "gone")


def _without(news: News, account: AccountRef, person: Person) -> Iterator[tuple[Journey, RoomRef]]:
    """Yield the journeys that somebody has a part in, with their rooms, where no other account of theirs is met."""
    others = [
        (one.door, one.tenant)
        for one in news.uow.people.accounts_of(person.id)
        if one.profile.active and one.account != account.account
    ]
    for ref in news.uow.journeys.of_person(person.id):
        room = news.uow.journeys.room(ref.id)
        if ref.practice or ref.state == "closed" or room is None:
            continue
        here = (room.door, room.tenant)
        if here == (account.door, account.tenant) and here not in others:
            yield news.uow.journeys.head(ref.id), room


def _tell_of_missing(
    news: News, journey: Journey, room: RoomRef, person: Person, how: Literal["gone", "left"]
) -> None:
    args = {"name": person.name, "group": journey.group_name}
    to = [one for one in news.leaders_of(journey) if one.id != person.id]
    to = to or [one for one in news.uow.organisations.admins(journey.organisation) if one.id != person.id]
    roles = _roles(news, journey, person)
    if not to:
        news.say(room, news.words(journey.language, room).message(f"leader-{how}", **args))
    elif roles:
        news.tell_of(room, to, f"member-{how}-with-role", roles=roles, **args)
    else:
        news.tell_of(room, to, f"member-{how}", **args)


def _roles(news: News, journey: Journey, person: Person) -> str:
    """Return the roles that somebody has to take over: all but the one that every member has."""
    pack = news.pack_of(journey)
    member = journey.roster.member(person.id)
    roles = [pack.role_of[role] for role in member.roles if role in pack.role_of] if member else []
    held = [role.title for role in roles if role.id != pack.manifest.group]
    return ", ".join(in_sentence(title.said_in(journey.language)) for title in held)


def _uninstalled(news: News) -> None:
    """Close every room of the tenant; nothing is lost. Whoever leads or administers and is met elsewhere is told."""
    incoming = news.incoming
    closed = news.uow.rooms.close_tenant(incoming.door, incoming.tenant)
    journeys = [journey for room in closed for journey in news.journeys_in(room)]
    log.warning("the app was taken away", extra={"door": incoming.door, "journeys": len(journeys)})
    told: set[str] = set()
    for journey in journeys:
        for person in (*news.leaders_of(journey), *news.uow.organisations.admins(journey.organisation)):
            own = news.uow.rooms.private_room(person.id)
            elsewhere = own is not None and (own.door, own.tenant) != (incoming.door, incoming.tenant)
            if elsewhere and person.id not in told:
                told.add(person.id)
                news.tell([person], "app-removed", group=journey.group_name)


def _room(news: News) -> RoomRef:
    incoming = news.incoming
    return news.uow.rooms.find(incoming.door, incoming.tenant, incoming.room, private=incoming.private)


def _language_of_whoever_did(news: News) -> str | None:
    incoming = news.incoming
    person = news.uow.people.by_account(incoming.door, incoming.tenant, incoming.account)
    if person is not None and person.language:
        return person.language
    profile = news.profiles.get(incoming.account)
    return profile.language if profile is not None else None
