"""The group's calendar in the conversation: what is due, when bodies meet, and the days that aren't worked."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from bot.usecases.about import about_journey
from bot.usecases.meetings import outdate_all
from bot.usecases.organising import may_organise
from bot.usecases.plan import to_come
from bot.usecases.turn import Turn
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, Spans
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.reports.nudge import dated_records
from dialogs.values.days import read_day
from dialogs.wording.checkpoints import checkpoint_title
from dialogs.wording.reminders import coming_line
from dialogs.wording.teller import Teller

SOON = timedelta(weeks=4)
YEAR = timedelta(days=366)
WHOLE_YEAR = ("år", "året", "hela året", "year", "the year", "whole year")
Line = tuple[date, Spans]
"""What is to be said of a day, with the day."""


def show(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`kalender` shows the coming weeks, with the rest of the year folded; `kalender år` the year; `kalender maj` a month."""
    span = _span(heard.rest, turn.today)
    if span is None:
        return False
    at = about_journey(turn, spot)
    if at is None:
        return True
    teller = turn.teller(turn.whole(at.journey))
    lines = sorted(_lines(turn, teller), key=lambda line: line[0])
    said = teller.composer().heading(teller.text("calendar-heading", group=teller.journey.group_name))
    if heard.rest.strip():
        _say_months(teller, [line for line in lines if span[0] <= line[0] <= span[1]], said)
    else:
        _say_weeks(teller, lines, said, turn.today)
    if may_organise(turn, teller.journey):
        said.say(teller.say("calendar-how"))
    turn.reply_about(said.done(), at.journey)
    return True


def _span(named: str, today: date) -> tuple[date, date] | None:
    """Return the first and the last day of what is named; None when it is neither a year nor a month."""
    said = named.casefold().strip(" .!?")
    if said in ("", *WHOLE_YEAR):
        return today, today + YEAR
    first = read_day(f"1 {said}", today=today.replace(day=1))
    if first is None or any(sign.isdecimal() for sign in said.split()[0]):
        return None
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _say_weeks(teller: Teller, lines: Sequence[Line], said: Composer, today: date) -> None:
    late = [line for day, line in lines if day < today]
    soon = [(day, line) for day, line in lines if today <= day <= today + SOON]
    if late:
        said.say(teller.say("nudge-late")).bullets(late)
    said.say(teller.say("calendar-soon" if soon else "calendar-nothing-soon"))
    for (_, week), of_week in groupby(soon, key=lambda line: line[0].isocalendar()[:2]):
        said.say(teller.say("calendar-week", week=week)).bullets(line for _, line in of_week)
    later = Composer()
    _say_months(teller, [line for line in lines if today + SOON < line[0] <= today + YEAR], later)
    said.fold(teller.text("calendar-later"), later)


def _say_months(teller: Teller, lines: Sequence[Line], said: Composer) -> None:
    for (year, month), of_month in groupby(lines, key=lambda line: (line[0].year, line[0].month)):
        said.say(teller.say("calendar-month", month=teller.text(f"month-{month}"), year=year))
        said.bullets(line for _, line in of_month)
    if not lines:
        said.say(teller.say("calendar-nothing-then"))


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
    outdate_all(journey.organisation, uow=turn.uow, at=turn.now, first=journey.id)
    turn.announce(turn.words.message("day-is-closed" if closed else "day-is-open", day=day))
    return True


def _lines(turn: Turn, teller: Teller) -> Iterator[Line]:
    """Yield what is due, when bodies meet and what is closed, each with its day: from today on, and what is late."""
    journey, calendar = teller.journey, turn.uow.calendar
    for one in dated_records(teller):
        yield one.day, coming_line(teller, one.record, _named(teller, one.day))
    for held in to_come(journey, teller.pack, uow=turn.uow, today=turn.today):
        title = checkpoint_title(teller, held.checkpoint, held.subject, held.period)
        yield held.due, teller.say("calendar-checkpoint", title=title, day=_named(teller, held.due))
    for meeting in calendar.meetings(journey.organisation, since=turn.today):
        name, stop = journey.roster.body_name(meeting.body), meeting.document_stop
        yield meeting.day, teller.say("calendar-meeting", day=_named(teller, meeting.day), body=name)
        if stop is not None and stop >= turn.today:
            said = teller.say("calendar-stop-for", day=_named(teller, stop), body=name, meeting=meeting.day)
            yield stop, said
    for closed in calendar.closed_days(journey.organisation):
        if closed >= turn.today:
            yield closed, teller.say("calendar-closed", day=_named(teller, closed))


def _named(teller: Teller, day: date) -> str:
    return f"{teller.text(f'weekday-{day.weekday()}')} {day}"
