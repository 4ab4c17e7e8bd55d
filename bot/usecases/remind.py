"""Says what is due: once, at a good moment, and one message to each person. A tick of the clock sets it off."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import groupby

from bot.usecases.plan import wanted, with_dates
from content.pack import Pack
from content.phrases.book import Phrasebook
from content.schema.files import NudgeText
from dialogs.calendar.due import by_recipient, sorted_out
from dialogs.calendar.workdays import WorkDays
from dialogs.letters import Letter, ToPerson
from dialogs.messages import Message
from dialogs.model.journey import Journey
from dialogs.model.occurrence import Occurrence
from dialogs.model.people import PersonId
from dialogs.ports import Clock, PackShelf, UnitOfWork
from dialogs.reports.nudge import MOST_THOUGHTS, nudge_message, thoughts_that_hold
from dialogs.wording.reminders import reminder_message
from dialogs.wording.teller import Teller


def due_journeys(*, uow: UnitOfWork, clock: Clock) -> Sequence[str]:
    """Return the journeys about which something may be due by now, the longest waiting first."""
    with uow:
        return uow.calendar.due(clock.now())


def remind(journey: str, *, uow: UnitOfWork, shelf: PackShelf, clock: Clock, book: Phrasebook) -> int:
    """Say what is due about one journey, in one transaction; return how many messages were written.

    What no longer stands is retired, what has lost its meaning is skipped with the reason, and what falls into
    somebody's night, closed day or absence waits.
    """
    now = clock.now()
    with uow:
        if not uow.calendar.hold(journey):
            return 0  # another clock is at it
        loaded, pack = with_dates(uow.journeys.head(journey), uow=uow, shelf=shelf)
        stand = wanted(loaded, pack, uow=uow, today=clock.today())
        uow.calendar.renew(journey, stand, today=clock.today())
        due = uow.calendar.to_say(now, journey)
        terms = uow.calendar.terms({one.recipient for one in due})
        work = WorkDays(uow.calendar.closed_days(loaded.organisation))
        sorted_ = sorted_out(due, (one.key for one in stand), now, terms, work)
        for why, group in groupby(sorted(sorted_.skip, key=lambda one: one[1]), key=lambda one: one[1]):
            uow.calendar.done([one.key for one, _ in group], "skipped", why, now)
        letters = [
            letter
            for recipient, things in by_recipient(sorted_.say).items()
            for letter in _letters(loaded, pack, recipient, things, uow=uow, clock=clock, book=book)
        ]
        uow.outbox.post(letters, now)
        uow.calendar.done([one.key for one in sorted_.say], "said", "", now)
        uow.commit()
    return len(letters)


def _letters(
    journey: Journey, pack: Pack, person: PersonId, things: Sequence[Occurrence], *,
    uow: UnitOfWork, clock: Clock, book: Phrasebook,
) -> Sequence[Letter]:  # fmt: skip
    """Return the person's letters: the weekly nudge, and one about all the dated things."""
    member = journey.roster.member(person)
    language = (member.person.language if member else None) or journey.language
    weekly = [one for one in things if one.rule == "weekly"]
    dated = [one for one in things if one.rule != "weekly"]
    messages: list[tuple[str, Message]] = []
    if dated:
        teller = Teller(book, pack, journey, language, clock.today())
        messages.append((_key(dated), reminder_message(teller, dated)))
    if weekly:
        whole = Teller(book, pack, uow.journeys.whole(journey.id), language, clock.today())
        nudge = nudge_message(whole, thoughts=_thoughts(whole, person, uow=uow, clock=clock))
        if nudge is not None:
            messages.append((_key(weekly), nudge))
    return [Letter(key, ToPerson(person), message, "note", journey.id) for key, message in messages]


def _thoughts(teller: Teller, person: PersonId, *, uow: UnitOfWork, clock: Clock) -> Sequence[NudgeText]:
    """Return the pack's nudges that hold and weren't said too lately, and remember the ones that will be shown."""
    today = clock.today()
    slots: Mapping[str, str] = {"weekly": "", "monthly": f"{today:%Y-%m}", "once": "once"}
    found: list[NudgeText] = []
    for thought in thoughts_that_hold(teller):
        slot = slots[thought.at_most]
        if len(found) == MOST_THOUGHTS:
            break
        if not slot or uow.calendar.note_thought(teller.journey.id, thought.id, slot, person, clock.now()):
            found.append(thought)
    return found


def _key(things: Sequence[Occurrence]) -> str:
    """Return the letter's key: the same things are never said twice."""
    return f"due:{sha256(' '.join(one.key for one in things).encode()).hexdigest()[:32]}"
