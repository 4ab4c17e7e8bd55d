"""Another version of the method, in a running journey: shown question by question, gone over to, and undone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.usecases.about import about_journey
from bot.usecases.turn import At, Turn
from content.pack import Pack
from content.phrases.book import Phrasebook
from dialogs.effects import Ask
from dialogs.events import VersionChanged
from dialogs.flows.checkpoints import closes
from dialogs.flows.position import put
from dialogs.flows.rights import leaders, leads
from dialogs.flows.versions import against_change, carried, moved, went_over
from dialogs.hearing.hear import Commanded
from dialogs.letters import Letter, ToPerson, ToRoom
from dialogs.model.answers import Value
from dialogs.model.journey import Journey
from dialogs.model.people import PersonId
from dialogs.model.problem import Problem
from dialogs.ports import Clock, JourneyRef, PackShelf, Spot, UnitOfWork
from dialogs.reports.version_messages import changed_message, difference_message
from dialogs.reports.versions import Difference, difference
from dialogs.time import local_day
from dialogs.values.carried_over import drafts
from dialogs.wording.questions import question_message
from dialogs.wording.teller import Teller


@dataclass(frozen=True, slots=True)
class Offer:
    """What a journey, loaded whole, would be with another version: nothing is written."""

    old: Pack
    new: Pack
    before: Journey
    after: Journey
    event: VersionChanged
    found: Difference

    def teller(self, book: Phrasebook, language: str) -> Teller:
        """Return who tells of the journey as it would be."""
        return Teller(book, self.new, self.after, language, local_day(self.event.at))


def newer_than(shelf: PackShelf, pack: str, version: str) -> str:
    """Return the newest version of the method that a group could go over to; "" when it has the newest."""
    newest = next((one.version for one in shelf.newest() if one.id == pack), "")
    return newest if newest and _number(newest) > _number(version) else ""


def offer(
    journey: Journey, to: Pack, *,
    shelf: PackShelf, book: Phrasebook, by: PersonId, at: datetime, today: date, language: str,
) -> Offer:  # fmt: skip
    """Work out what going over to *to* makes of the journey, which is whole, told in *language*."""
    old = shelf.pack(journey.pack, journey.version)
    made: Mapping[str, Value] = drafts(old, to, journey, language=journey.language, today=today)
    event = VersionChanged(by=by, at=at, before=old.version, to=to.version, drafts=made)
    after = went_over(old, to, journey, event)
    teller = Teller(book, old, journey, language, today)
    found = difference(teller, replace(teller, pack=to, journey=after), made)
    return Offer(old, to, journey, after, event, found)


def offered(
    id: str, *, uow: UnitOfWork, shelf: PackShelf, book: Phrasebook, clock: Clock, language: str
) -> Offer | None:
    """Return what the newest version would make of the journey; *uow* is open. None when it has the newest."""
    journey = uow.journeys.whole(id)
    newest = newer_than(shelf, journey.pack, journey.version)
    if not newest:
        return None
    return offer(
        journey, shelf.pack(journey.pack, newest),
        shelf=shelf, book=book, by=journey.starter, at=clock.now(), today=clock.today(), language=language,
    )  # fmt: skip


def behind(refs: Iterable[JourneyRef], newest: Pack) -> list[JourneyRef]:
    """Return those that could go over to *newest*. Practice and what has ended don't count."""
    number = _number(newest.version)
    return [
        one
        for one in refs
        if one.pack == newest.id
        and not one.practice
        and one.state != "closed"
        and _number(one.version) < number
    ]


@dataclass(frozen=True, slots=True)
class ToLeaders:
    """What is put to those who lead a group about its method's newest version; no letters where nobody leads.

    `before` is the version that the group had when it was made, `after` the newest: "" where they are the same.
    """

    journey: str
    group: str
    before: str
    after: str
    letters: Sequence[Letter] = ()

    def stands(self, uow: UnitOfWork) -> bool:
        """Say whether the group is where it was. *uow* is open."""
        try:
            head = uow.journeys.head(self.journey)
        except KeyError:
            return False  # it is gone
        return bool(self.after) and head.version == self.before and head.state != "closed"

    def new(self, uow: UnitOfWork) -> Sequence[Letter]:
        """Return the letters that nobody has got. *uow* is open."""
        posted = uow.outbox.posted([one.key for one in self.letters])
        return [one for one in self.letters if one.key not in posted]


def to_leaders(id: str, *, uow: UnitOfWork, shelf: PackShelf, book: Phrasebook, clock: Clock) -> ToLeaders:
    """Make what is put before those who lead, in private and once for each version. *uow* is open, and only read."""
    journey = uow.journeys.head(id)
    newest = newer_than(shelf, journey.pack, journey.version)
    letters = []
    for member in leaders(shelf.pack(journey.pack, journey.version), journey) if newest else ():
        language = member.person.language or journey.language
        made = offered(id, uow=uow, shelf=shelf, book=book, clock=clock, language=language)
        if made is not None:
            message = difference_message(made.teller(book, language), made.found, leads=True)
            key = f"version:{id}:{made.found.after}:{member.person.id}"
            letters.append(Letter(key, ToPerson(member.person.id), message, journey=id))
    return ToLeaders(id, journey.group_name, journey.version, newest, letters)


def ask_leaders(id: str, *, uow: UnitOfWork, shelf: PackShelf, book: Phrasebook, clock: Clock) -> int:
    """Put the newest version before those who lead; return how many have the question now."""
    with uow:
        found = to_leaders(id, uow=uow, shelf=shelf, book=book, clock=clock)
        uow.outbox.post(found.letters, clock.now())
        uow.commit()
    return len(found.letters)


def show(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`ny version`: what the newest version of the method would change for the group."""
    journey = _journey(turn, spot)
    if journey is None:
        return True
    newest = newer_than(turn.shelf, journey.pack, journey.version)
    if newest:
        _show(turn, journey, newest)
    else:
        turn.refuse(Problem("version-is-newest", {"version": journey.version}))
    return True


def accept(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`byt version`: go over to the newest version."""
    journey = _journey(turn, spot)
    if journey is None:
        return True
    newest = newer_than(turn.shelf, journey.pack, journey.version)
    if newest:
        change(turn, journey.id, newest)
    else:
        turn.refuse(Problem("version-is-newest", {"version": journey.version}))
    return True


def undo(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`ångra versionsbytet`: back to the version that the group had before its last change."""
    journey = _journey(turn, spot)
    if journey is None:
        return True
    changes = [one for one in turn.uow.journeys.events(journey.id) if isinstance(one, VersionChanged)]
    if changes:
        change(turn, journey.id, changes[-1].before)
    else:
        turn.refuse(Problem("version-none-before"))
    return True


def change(turn: Turn, id: str, version: str) -> None:
    """Let the journey go on with *version*, tell its channel, and put there what is asked now."""
    journey = turn.whole(id)
    to = _version(turn, journey, version)
    if to is None:
        turn.refuse(Problem("version-unknown", {"version": version}))
        return
    problem = against_change(turn.pack_of(journey), to, journey, turn.person.id)
    if problem is not None:
        turn.refuse(problem)
        return
    journey = _without_what_goes(turn, journey, to)
    made = _offer(turn, journey, to, journey.language)
    turn.uow.journeys.change_version(journey, made.after, made.event, moved(made.old, made.new, journey))
    turn.uow.calendar.outdate(id)
    turn.uow.audit.note(
        "version-changed", organisation=journey.organisation, by=turn.person.id, about=f"{id}/{version}", at=turn.now
    )  # fmt: skip
    room = turn.uow.journeys.room(id)
    teller = turn.teller(made.after, language=journey.language)
    back = _number(version) < _number(journey.version)
    said = changed_message(teller, made.found, name=turn.person.name, back=back)
    if room is not None:
        turn.letters.append(Letter(turn.key(), ToRoom(room=room.id), said, journey=id))
    turn.word(made.after, tuple(_put_now(turn, made, teller)))


def _without_what_goes(turn: Turn, journey: Journey, to: Pack) -> Journey:
    """Retire the open checkpoints that *to* doesn't have: nobody could close them there."""
    gone = [one for one in journey.checkpoints if one.checkpoint not in to.checkpoint_of]
    for one in gone:
        turn.act(At(journey.id), journey, closes(one, "retired", by=turn.person.id, at=turn.now))
        journey = turn.whole(journey.id)
    return journey


def _show(turn: Turn, journey: Journey, version: str) -> None:
    to = _version(turn, journey, version)
    if to is None:
        turn.refuse(Problem("version-unknown", {"version": version}))
        return
    made = _offer(turn, journey, to, turn.language)
    theirs = leads(made.old, journey, turn.person.id)
    teller = made.teller(turn.book, turn.language)
    turn.reply_about(difference_message(teller, made.found, leads=theirs), journey.id)


def _put_now(turn: Turn, made: Offer, teller: Teller) -> Iterator[Ask]:
    """Yield what is to be put that wasn't before, or that reads otherwise now."""
    then = Teller(turn.book, made.old, made.before, teller.language, turn.today)
    before = {carried(made.old, made.new, one): one for one in put(made.old, made.before, today=turn.today)}
    for address in put(made.new, made.after, today=turn.today):
        old = before.get(address)
        if old is None or question_message(then, old).text != question_message(teller, address).text:
            yield Ask(address)


def _offer(turn: Turn, journey: Journey, to: Pack, language: str) -> Offer:
    return offer(
        journey, to,
        shelf=turn.shelf, book=turn.book, by=turn.person.id, at=turn.now, today=turn.today, language=language,
    )  # fmt: skip


def _journey(turn: Turn, spot: Spot | None) -> Journey | None:
    """Return the journey that is meant, whole; None when the person has been told what is unclear."""
    at = about_journey(turn, spot)
    return turn.whole(at.journey) if at is not None else None


def _version(turn: Turn, journey: Journey, version: str) -> Pack | None:
    try:
        return turn.shelf.pack(journey.pack, version)
    except KeyError:
        return None


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
