"""Says what is due: once, at a good moment, and in one message to each person. A tick of the clock sets it off."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import groupby

from bot.usecases.following import overview_for
from bot.usecases.plan import Planned, as_planned, plan, terms_in, to_come
from bot.usecases.versions import newer_than
from content.phrases.book import Phrasebook
from content.schema.files import NudgeText
from dialogs.calendar.budget import LONGEST_WEEK, budget, is_urgent
from dialogs.calendar.due import Why, by_recipient, sorted_out
from dialogs.calendar.workdays import WorkDays
from dialogs.letters import Letter, ToPerson
from dialogs.model.occurrence import Occurrence
from dialogs.model.people import PersonId
from dialogs.model.terms import Terms
from dialogs.ports import Clock, Due, PackShelf, UnitOfWork
from dialogs.reports.nudge import MOST_THOUGHTS, nudge_message, thoughts_that_hold
from dialogs.wording.due import Share, due_message, together
from dialogs.wording.teller import Teller

MOST_PEOPLE = 20
"""So many people are written to in one transaction: nobody else's turn waits for longer than it takes."""

MOST_GROUPS = 50
"""So many groups' things come in one message, and are marked in one transaction."""

NOBODY: frozenset[PersonId] = frozenset()


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many messages were written about a journey; and what is to be said together with what other groups say.

    *held* is False when another clock was at the journey: then nothing is known of it. *more* is True when there is
    more to say than one transaction may hold.
    """

    written: int = 0
    shares: Mapping[PersonId, Share] = field(default_factory=dict)
    held: bool = True
    more: bool = False


def due_now(*, uow: UnitOfWork, clock: Clock) -> Due:
    """Return the journeys about which something may be due by now, and who is to hear of several. Only reads."""
    with uow:
        return uow.calendar.due(clock.now())


def remind(
    journey: str, *, uow: UnitOfWork, shelf: PackShelf, clock: Clock, book: Phrasebook,
    shared: Collection[PersonId] = NOBODY, again: bool = False,
) -> Reminded:  # fmt: skip
    """Say what is due about one journey to so many people as one transaction may hold.

    What no longer stands is retired, what has lost its meaning is skipped with the reason, and what falls into
    somebody's night, closed day or absence waits, as does what is too much for their week. What people in *shared*
    are to hear is only made, and not *again*: it is due until `say_together` has said it. Nor is the journey planned
    *again*, as it was just now.
    """
    now = clock.now()
    with uow:
        if not uow.calendar.hold(journey):
            return Reminded(held=False)
        known = as_planned(journey, uow=uow, shelf=shelf) if again else None
        planned = known or plan(journey, uow=uow, shelf=shelf, book=book, now=now, today=clock.today())
        theirs = _sorted(planned, shared, uow=uow, now=now)
        own = [person for person in theirs if person not in shared]
        letters = [*planned.letters]
        for person in own[:MOST_PEOPLE]:
            share = _share(planned, person, theirs[person], uow=uow, shelf=shelf, clock=clock, book=book)
            letters += _say(person, [share], uow=uow, at=now)
        shares = {
            person: _share(planned, person, theirs[person], uow=uow, shelf=shelf, clock=clock, book=book)
            for person in theirs
            if person in shared and not again
        }
        uow.outbox.post(letters, now)
        uow.commit()
    return Reminded(len(letters), shares, more=len(own) > MOST_PEOPLE)


def _sorted(
    planned: Planned, shared: Collection[PersonId], *, uow: UnitOfWork, now: datetime
) -> Mapping[PersonId, Sequence[Occurrence]]:
    """Return what each may be told now, and skip what never will be. Of *shared* the week is looked at later."""
    journey = planned.journey
    due = uow.calendar.to_say(now, journey.id)
    terms = terms_in(journey, uow=uow) if due else {}
    work = WorkDays(uow.calendar.closed_days(journey.organisation))
    stand = due if planned.wanted is None else planned.wanted
    found = sorted_out(due, (one.key for one in stand), now, terms, work)
    _skip(found.skip, uow=uow, at=now)
    theirs = by_recipient(found.say)
    full = _whose_week_is_full(theirs, terms, uow=uow, now=now) - frozenset(shared)
    return {person: things for person, things in theirs.items() if person not in full}


def say_together(person: PersonId, shares: Sequence[Share], *, uow: UnitOfWork, clock: Clock) -> int:
    """Say in one message, and one transaction, what several groups have to say to one person; return 1 if it was said.

    Where another clock is at one of the groups, or any of the things has been said, moved or closed since its share
    was made, all of it is left for the next tick, to be said at one go.
    """
    now = clock.now()
    with uow:
        if not all(uow.calendar.hold(one) for one in sorted({share.journey for share in shares})):
            return 0
        keys = {thing.key for share in shares for thing in (*share.said, *share.untold)}
        if uow.calendar.take(sorted(keys)) != keys:
            return 0
        own = uow.calendar.terms([person])
        things = [one for share in shares for one in share.said]
        if person in _whose_week_is_full({person: things}, own, uow=uow, now=now):
            return 0
        letters = _say(person, shares, uow=uow, at=now)
        uow.outbox.post(letters, now)
        uow.commit()
    return len(letters)


def _say(person: PersonId, shares: Sequence[Share], *, uow: UnitOfWork, at: datetime) -> Sequence[Letter]:
    """Mark what the shares say as said, and return the letter that says it; none when there is nothing to say."""
    _skip([(one, "nothing to say") for share in shares for one in share.untold], uow=uow, at=at)
    telling = [share for share in shares if share.said]
    if not telling:
        return ()
    keys = sorted(one.key for share in telling for one in share.said)
    uow.calendar.done(keys, "said", "", at)
    for share in telling:
        for thought, slot in share.thoughts:
            uow.calendar.note_thought(share.journey, thought, slot, person, at)
    journey = telling[0].journey if len(telling) == 1 else ""
    message = due_message(telling)
    return (Letter(_key(keys), ToPerson(person), message, "note", journey, reminds=True, things=tuple(keys)),)


def _share(
    planned: Planned, person: PersonId, things: Sequence[Occurrence], *,
    uow: UnitOfWork, shelf: PackShelf, clock: Clock, book: Phrasebook,
) -> Share:  # fmt: skip
    """Return what the journey has to say to the person: the dated things, and the weekly nudge."""
    journey, pack = planned.journey, planned.pack
    member = journey.roster.member(person)
    language = (member.person.language if member else None) or journey.language
    weekly = tuple(one for one in things if one.rule == "weekly")
    of_all = tuple(one for one in things if one.rule == "overview")
    teller = Teller(book, pack, journey, language, clock.today())
    dated = tuple(one for one in things if one.rule not in ("weekly", "overview"))
    if of_all:
        of_groups = overview_for(person, language, uow=uow, shelf=shelf, clock=clock, book=book)
        alone = Share(teller, dated, of_all, of_groups)
        if not weekly:
            return alone
        of_group = _share(planned, person, weekly, uow=uow, shelf=shelf, clock=clock, book=book)
        return together(alone, of_group)
    if not weekly:
        return Share(teller, dated)
    whole = Teller(book, pack, uow.journeys.whole(journey.id), language, clock.today())
    thoughts = _thoughts(whole, person, uow=uow, clock=clock)
    soon = to_come(whole.journey, pack, uow=uow, today=clock.today())
    newer = newer_than(shelf, pack.id, pack.version)
    nudge = nudge_message(whole, thoughts=[thought for thought, _ in thoughts], soon=soon, newer=newer)
    noted = tuple((thought.id, slot) for thought, slot in thoughts if slot)
    return Share(teller, dated, weekly, nudge, noted)


def _thoughts(
    teller: Teller, person: PersonId, *, uow: UnitOfWork, clock: Clock
) -> Sequence[tuple[NudgeText, str]]:
    """Return the pack's nudges that hold and weren't said too lately, with the slot of those that are counted."""
    slots: Mapping[str, str] = {"weekly": "", "monthly": f"{clock.today():%Y-%m}", "once": "once"}
    found: list[tuple[NudgeText, str]] = []
    for thought in thoughts_that_hold(teller):
        slot = slots[thought.at_most]
        if len(found) == MOST_THOUGHTS:
            break
        if not slot or not uow.calendar.has_thought(teller.journey.id, thought.id, slot, person):
            found.append((thought, slot))
    return found


def _whose_week_is_full(
    theirs: Mapping[PersonId, Sequence[Occurrence]], terms: Mapping[PersonId, Terms], *,
    uow: UnitOfWork, now: datetime,
) -> frozenset[PersonId]:  # fmt: skip
    """Return who has heard so much this week that these things wait for the next."""
    heard = uow.calendar.heard(theirs, now - LONGEST_WEEK) if theirs else {}
    return frozenset(
        person for person, times in heard.items()
        if not budget(terms.get(person, Terms()), times, now).allows(urgent=is_urgent(theirs[person]))
    )  # fmt: skip


def _skip(skipped: Iterable[tuple[Occurrence, Why]], *, uow: UnitOfWork, at: datetime) -> None:
    for why, group in groupby(sorted(skipped, key=lambda one: one[1]), key=lambda one: one[1]):
        uow.calendar.done([one.key for one, _ in group], "skipped", why, at)


def _key(keys: Sequence[str]) -> str:
    """Return the letter's key: the same things are never said twice."""
    return f"due:{sha256(' '.join(keys).encode()).hexdigest()[:32]}"
