"""Lets checkpoints open, move and close by the clock, and asks those who owe a part: by day, and once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.usecases.at_hand import put_at_hand
from content.pack import Pack
from content.phrases.book import Phrasebook
from dialogs.calendar.due import may_hear
from dialogs.calendar.workdays import WorkDays
from dialogs.effects import AskPart, Effect
from dialogs.flows.advance import advance
from dialogs.flows.checkpoints import due_events
from dialogs.flows.needs import needs
from dialogs.flows.position import open_at
from dialogs.letters import Letter, ToPerson, ToRoom
from dialogs.model.checkpoint import Held
from dialogs.model.journey import Journey
from dialogs.model.occurrence import Occurrence
from dialogs.model.people import PersonId
from dialogs.model.problem import Problem
from dialogs.model.terms import Terms
from dialogs.ports import UnitOfWork
from dialogs.wording.effects import letters_for
from dialogs.wording.receipts import Hearing
from dialogs.wording.teller import Teller


@dataclass
class Come:
    """What the clock let happen: the journey by now, what is to be said, and who was asked for what (key, person)."""

    journey: Journey
    letters: list[Letter] = field(default_factory=list)
    asked: set[tuple[str, PersonId]] = field(default_factory=set)

    def said_by_it(self, planned: Sequence[Occurrence], today: date) -> list[str]:
        """Return the keys of the reminders that would say the same once more, on the day on which it was asked."""
        return [
            one.key
            for one in planned
            if one.rule == "checkpoint"
            and (one.about, one.recipient) in self.asked
            and one.day <= today
            and one.slot.rpartition("/")[2].startswith(("ahead", "day"))
        ]


def let_come(
    journey: Journey, pack: Pack, coming: Sequence[Held], terms: Mapping[PersonId, Terms], work: WorkDays, *,
    uow: UnitOfWork, book: Phrasebook, now: datetime, today: date, awake: bool = False,
) -> Come:  # fmt: skip
    """Let happen what is due of *coming*; nothing at night, on a closed day, or while the group's reminders pause.

    *awake* says that everybody is at hand, whatever the hour. Practice goes by hand alone. *journey* is as the
    calendar reads it, in the open transaction of *uow*.
    """
    came = Come(journey)
    if not pack.cycle or journey.practice or not (awake or may_hear(now, Terms(), work)):
        return came
    pause = uow.calendar.pause_of(journey.id)
    if pause is not None and pause.covers(today):
        return came
    for event in due_events(pack, journey, coming, at=now, today=today):
        before = uow.journeys.fill(came.journey, needs(pack, came.journey, event))
        moved = advance(pack, before, event)
        if isinstance(moved, Problem):
            continue  # somebody did it by hand meanwhile
        uow.journeys.save(before, moved.journey, [("", one) for one in moved.events])
        came.journey = moved.journey
        effects = [
            effect
            for effect in moved.effects
            if awake
            or not isinstance(effect, AskPart)
            or may_hear(now, terms.get(effect.person, Terms()), work)
        ]
        came.letters += _worded(pack, moved.journey, effects, book=book, today=today)
        _ask(came, pack, moved.journey, effects, uow=uow, at=now)
    return came


def _ask(
    come: Come, pack: Pack, journey: Journey, effects: Sequence[Effect], *, uow: UnitOfWork, at: datetime
) -> None:
    """Remember who was asked, and that what they write next in private answers it."""
    for effect in effects:
        if isinstance(effect, AskPart):
            open = open_at(pack, journey, effect.address)
            if open is not None:
                come.asked.add((open.key, effect.person))
            put_at_hand(effect.person, journey.id, effect.address, uow=uow, at=at)


def _worded(
    pack: Pack, journey: Journey, effects: Sequence[Effect], *, book: Phrasebook, today: date
) -> list[Letter]:
    teller = Teller(book, pack, journey, journey.language, today)
    key = f"checkpoint:{journey.id}:{journey.sequence}"
    hearing = Hearing("", ToRoom(journey=journey.id), journey.language, key)
    return [
        replace(letter, journey=journey.id, reminds=isinstance(letter.to, ToPerson))
        for letter in letters_for(teller, effects, hearing)
    ]
