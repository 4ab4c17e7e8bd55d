"""Lets the reminders of a whole group pause, at the word of whoever leads: the group itself goes on."""

import re
from datetime import date, timedelta

from bot.usecases.about import about_journey
from bot.usecases.turn import Turn
from dialogs.flows.rights import leads
from dialogs.hearing.hear import Commanded
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.model.terms import Away
from dialogs.ports import Spot, UnitOfWork
from dialogs.values.days import read_later

LONGEST = timedelta(days=366)
_UNTIL = re.compile(r"^(?:till och med|till|t\.?o\.?m\.?|until|to)\s+")


def pause(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`pausa påminnelser till 7 januari`: nobody in the group is reminded of anything until the day after."""
    last = read_later(_UNTIL.sub("", heard.rest.strip().lower()), today=turn.today)
    if last is None and len(heard.rest.split()) > 3:
        return False
    journey = _led(turn, spot)
    if journey is None:
        return True
    if last is None:
        turn.refuse(Problem("reminders-pause-how"))
    elif not turn.today <= last <= turn.today + LONGEST:
        turn.refuse(Problem("reminders-pause-too-far"))
    else:
        turn.uow.calendar.pause(journey.id, Away(turn.today, last))
        turn.uow.calendar.outdate(journey.id)
        turn.announce(turn.words.message("reminders-paused", group=journey.group_name, day=last))
    return True


def resume(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    journey = _led(turn, spot)
    if journey is None:
        return True
    if paused_until(journey.id, uow=turn.uow, today=turn.today) is None:
        turn.refuse(Problem("reminders-not-paused"))
        return True
    turn.uow.calendar.pause(journey.id, None)
    turn.uow.calendar.outdate(journey.id)
    turn.announce(turn.words.message("reminders-resumed", group=journey.group_name))
    return True


def paused_until(journey: str, *, uow: UnitOfWork, today: date) -> date | None:
    """Return the last day of the pause that the journey's reminders have now; None when they have none."""
    found = uow.calendar.pause_of(journey)
    return found.last if found is not None and found.covers(today) else None


def _led(turn: Turn, spot: Spot | None) -> Journey | None:
    """Return the journey that is meant; None when the person has been told that they don't lead it."""
    at = about_journey(turn, spot)
    if at is None:
        return None
    journey = turn.uow.journeys.head(at.journey)
    if leads(turn.pack_of(journey), journey, turn.person.id):
        return journey
    turn.refuse(Problem("only-leader"))
    return None
