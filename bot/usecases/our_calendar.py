"""The group's calendar in the conversation: what is due, when bodies meet, and the days that aren't worked."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bot.usecases.about import about_journey
from bot.usecases.organising import may_organise
from bot.usecases.turn import Turn
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, Spans
from dialogs.model.journey import Journey
from dialogs.model.occurrence import MeetingDay
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.reports.nudge import dated_records
from dialogs.values.asking import title_of
from dialogs.values.days import read_day
from dialogs.values.names import find
from dialogs.wording.reminders import owner_of
from dialogs.wording.teller import Teller

SOON = timedelta(weeks=4)
YEAR = timedelta(days=366)
_STOP = re.compile(r",?\s*(?:handlings)?stopp\s+|,?\s*(?:document )?stop\s+", re.IGNORECASE)


def show(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`kalender` shows the coming weeks, with the rest of the year folded."""
    if heard.rest.strip():
        return False
    at = about_journey(turn, spot)
    if at is None:
        return True
    teller = turn.teller(turn.whole(at.journey))
    meetings = turn.uow.calendar.meetings(teller.journey.organisation, since=turn.today)
    lines = sorted(_lines(teller, meetings), key=lambda line: line[0])
    late = [line for day, line in lines if day < turn.today]
    soon = [line for day, line in lines if turn.today <= day <= turn.today + SOON]
    later = [line for day, line in lines if turn.today + SOON < day <= turn.today + YEAR]
    said = teller.composer().heading(teller.text("calendar-heading", group=teller.journey.group_name))
    if late:
        said.say(teller.say("nudge-late")).bullets(late)
    said.say(teller.say("calendar-soon" if soon else "calendar-nothing-soon")).bullets(soon)
    said.fold(teller.text("calendar-later"), Composer().bullets(later))
    if may_organise(turn, teller.journey):
        said.say(teller.say("calendar-how"))
    turn.reply_about(said.done(), at.journey)
    return True


def meeting(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`sammanträde Kommunstyrelsen: 2026-12-08, stopp 2026-11-30` keeps a body's meeting; the same day once more drops it."""
    if not heard.number:
        return False
    at = about_journey(turn, spot)
    if at is None:
        return True
    journey = turn.uow.journeys.head(at.journey)
    body = find(heard.number, tuple((one.id, one.name) for one in journey.roster.bodies), numbered=False)
    if body.value is None:
        names = ", ".join(one.name for one in journey.roster.bodies)
        turn.refuse(Problem("meeting-of-whom", {"said": heard.number, "bodies": names or "–"}))
        return True
    day, stop = _days(heard.rest, turn.today)
    if day is None or (stop is not None and stop > day):
        turn.refuse(Problem("meeting-how"), text=heard.rest)
    elif not may_organise(turn, journey):
        turn.refuse(Problem("only-leader-or-admin"))
    else:
        _keep(turn, journey, MeetingDay(body.value, day, stop))
    return True


def closed_day(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`stängt 2027-05-07`: a day that the organisation doesn't work. Nobody is reminded on it."""
    return _change_day(turn, heard, spot, closed=True)


def open_day(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    return _change_day(turn, heard, spot, closed=False)


def _change_day(turn: Turn, heard: Commanded, spot: Spot | None, *, closed: bool) -> bool:
    day = read_day(heard.rest, today=turn.today)
    if day is None:
        if len(heard.rest.split()) > 3:
            return False
        turn.refuse(Problem("closed-day-how"))
        return True
    at = about_journey(turn, spot)
    if at is None:
        return True
    journey = turn.uow.journeys.head(at.journey)
    if not may_organise(turn, journey):
        turn.refuse(Problem("only-leader-or-admin"))
        return True
    calendar = turn.uow.calendar
    (calendar.close_day if closed else calendar.open_day)(journey.organisation, day)
    for one in turn.uow.journeys.all():
        if one.organisation == journey.organisation:
            calendar.outdate(one.id)
    turn.announce(turn.words.message("day-is-closed" if closed else "day-is-open", day=day))
    return True


def _keep(turn: Turn, journey: Journey, kept: MeetingDay) -> None:
    known = turn.uow.calendar.meetings(journey.organisation, since=kept.day)
    name = journey.roster.body_name(kept.body)
    if kept in known:
        turn.uow.calendar.drop_meeting(kept.body, kept.day)
        turn.announce(turn.words.message("meeting-is-dropped", body=name, day=kept.day))
        return
    turn.uow.calendar.put_meeting(journey.organisation, kept)
    key = "meeting-is-kept" if kept.document_stop is None else "meeting-is-kept-with-stop"
    turn.announce(turn.words.message(key, body=name, day=kept.day, stop=kept.document_stop or ""))


def _days(text: str, today: date) -> tuple[date | None, date | None]:
    """Return the meeting's day and its document stop, as typed; a stop that is no day makes the whole none."""
    day, *stop = _STOP.split(text, maxsplit=1)
    found = read_day(day.strip(" ,"), today=today)
    if not stop:
        return found, None
    last = read_day(stop[0], today=today)
    return (None, None) if last is None else (found, last)


def _lines(teller: Teller, meetings: Sequence[MeetingDay]) -> Iterator[tuple[date, Spans]]:
    for one in dated_records(teller):
        owner = owner_of(teller, one.record)
        title = title_of(one.record, teller.asking)
        if owner is None:
            yield one.day, teller.say("nudge-coming-nobody", title=title, day=one.day)
        else:
            yield one.day, teller.say("nudge-coming-line", title=title, day=one.day, names=teller.name(owner))
    for meeting in meetings:
        name = teller.journey.roster.body_name(meeting.body)
        yield meeting.day, teller.say("calendar-meeting", day=meeting.day, body=name)
        if meeting.document_stop is not None:
            yield meeting.document_stop, teller.say("calendar-stop", day=meeting.document_stop, body=name)
