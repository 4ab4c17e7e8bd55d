"""The days on which a checkpoint is due, by each kind of when: from the year, a meeting, a date or a term of office."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import assert_never

from dateutil.relativedelta import relativedelta

from content.schema.cycle import (
    AfterDate,
    BeforeDate,
    ByRule,
    DateOf,
    Every,
    MeetingIn,
    NextMeetingAfter,
    SinceUntil,
    TermStart,
    TimesPerYear,
    When,
)  # fmt: skip
from content.schema.rules import Offset
from dialogs.calendar.workdays import WorkDays
from dialogs.flows.facts import Facts, as_day, holds, records_where
from dialogs.flows.periods import items_now
from dialogs.model.answers import Value
from dialogs.model.occurrence import MeetingDay

STOP_BEFORE_MEETING = 10
"""Working days between the last day for handing in and the meeting, where the body has named no document stop."""

WITHOUT_MEETING = relativedelta(months=1)
"""How long after a date its report is due as long as no meeting after it is entered."""

FIRST_ELECTION, TERM = 2022, 4
HALF_A_TERM = timedelta(days=730)
"""Elections are held every four years from 2022 (vallagen 2005:837, 1 kap. 3 §)."""

MARGIN = timedelta(days=120)
"""What is due may lie this far from the day that it comes of: rolled, or handed in before its meeting."""

FAR = timedelta(days=50 * 366)
"""Days further away are slips of the pen: nothing is counted from them."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day on which a checkpoint is due. `period` tells it from the others of its subject."""

    subject: str
    period: str
    due: date
    meeting: date | None = None
    first: date | None = None  # never opened before
    step: timedelta = timedelta()  # how long after the one before it, in a rhythm


@dataclass(frozen=True, slots=True)
class Known:
    """What the days are worked out from: answers and records, the bodies' meetings, and which days are worked.

    The records in *elsewhere* give no days: another group looks after them.
    """

    facts: Facts
    meetings: Sequence[MeetingDay]
    work: WorkDays
    elsewhere: Set[str] = frozenset()

    @property
    def started(self) -> date:
        return self.facts.journey.started


def days_of(when: When, known: Known, since: date, until: date) -> Iterator[Day]:
    """Yield every day from about *since* to about *until*, due on working days; some on either side may come too."""
    match when:
        case ByRule(rrule=rule):
            yield from _by_rule(rule, known, since, until)
        case MeetingIn(body=body, month=month):
            for year in range(since.year, (until + MARGIN).year + 1):
                yield _meeting_in(_answer(body, known.facts), year, month, known)
        case NextMeetingAfter(body=body, date=of):
            for subject, day in dates_of(of, known.facts, but=known.elsewhere):
                yield _next_meeting(_answer(body, known.facts), subject, day, known)
        case BeforeDate(date=of):
            for subject, day in dates_of(of, known.facts, but=known.elsewhere):
                yield _day(known, subject, day.isoformat(), day)
        case AfterDate(date=of, offset=offset):
            for subject, day in dates_of(of, known.facts, but=known.elsewhere):
                after = known.work.moved(day, offset)
                yield _day(known, subject, day.isoformat(), after, first=day if after > day else None)
        case TimesPerYear(windows=windows):
            for year in range(since.year - 1, until.year + 1):
                for window in windows:
                    first = month_day(year, window.first)
                    last = month_day(year, window.last)
                    last = last if last >= first else month_day(year + 1, window.last)
                    yield _day(known, "", f"{year}-{window.id}", last, first=first)
        case Every(rhythm=rhythm, paces=paces, since=of, first=first):
            chosen = _answer(rhythm, known.facts)
            pace = next((pace.offset for pace in paces if pace.option == chosen), None)
            for subject, day in dates_of(of, known.facts, but=known.elsewhere):
                if first:
                    yield _day(known, subject, day.isoformat(), day)
                if pace is not None:
                    yield from _steps_from(subject, day, pace, known, since, until)
        case SinceUntil(since=of, every=offset, until=rule):
            for subject, day in dates_of(of, known.facts, but=known.elsewhere):
                if not holds(rule, known.facts.at("", subject, "")):
                    yield from _steps_from(subject, day, offset, known, since, until)
        case TermStart(of=of_whom, changed_by=changed_by):
            yield from _term_starts(of_whom, changed_by, known, since, until)
        case _:
            assert_never(when)


def month_day(year: int, month_day: str) -> date:
    """Return the day of the year that `02-29` or `09-30` names; the month's last where the month is shorter."""
    month, day = (int(part) for part in month_day.split("-"))
    return date(year, month, 1) + relativedelta(day=day)


def _day(
    known: Known, subject: str, period: str, due: date, *, meeting: date | None = None, first: date | None = None
) -> Day:  # fmt: skip
    return Day(subject, period, known.work.rolled(due, "before"), meeting, first)


# ------------------------------------------------------------------------------------------------ by the year


def _by_rule(rule: str, known: Known, since: date, until: date) -> Iterator[Day]:
    """Yield the rule's days, counted from the day on which the group began."""
    # Imported when the first rule is followed: a conversation begins without it.
    from dateutil.rrule import rrulestr

    endless = not any(word in rule.upper() for word in ("COUNT=", "UNTIL="))
    # A day that no year has, such as 30 February, would be looked for until the year 9999.
    bounded = f"{rule};UNTIL={until + MARGIN:%Y%m%d}" if endless else rule
    found = rrulestr(bounded, dtstart=_midnight(known.started), ignoretz=True)
    for moment in found.xafter(_midnight(max(since, known.started)), inc=True):
        day = moment.date()
        if day > until:
            return
        yield _day(known, "", day.isoformat(), day)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _term_starts(of: str, changed_by: str | None, known: Known, since: date, until: date) -> Iterator[Day]:
    first = FIRST_ELECTION + (since.year - 1 - FIRST_ELECTION) // TERM * TERM
    starts = (_term_start(of, year) for year in range(first, until.year + TERM, TERM))
    changed = as_day(_answer(changed_by, known.facts)) if changed_by else None
    for start in starts:
        # The day that was chosen stands for the start that it is nearest to, and for no other.
        near = changed is not None and abs(changed - start) < HALF_A_TERM
        yield _day(known, "", str(start.year), changed if changed is not None and near else start)


def _term_start(of: str, election: int) -> date:
    return date(election, 10, 15) if of == "council" else date(election + 1, 1, 1)


# ------------------------------------------------------------------------------------------------ by meetings


def _meeting_in(body: Value, year: int, month: int, known: Known) -> Day:
    first = date(year, month, 1)
    there = (one for one in _meetings(body, known) if one.day.replace(day=1) == first)
    meeting = next(there, None)
    if meeting is not None:
        return Day("", str(year), document_stop(meeting, known.work), meeting.day)
    # Where the group begins in the middle of that month it is asked for the meeting at once.
    asked = max(first, known.started) if known.started.replace(day=1) == first else first
    return Day("", str(year), known.work.rolled(asked, "after"))


def _next_meeting(body: Value, subject: str, day: date, known: Known) -> Day:
    for meeting in _meetings(body, known):
        stop = document_stop(meeting, known.work)
        if stop >= day:
            return Day(subject, day.isoformat(), stop, meeting.day, first=day)
    return _day(known, subject, day.isoformat(), day + WITHOUT_MEETING, first=day)


def _meetings(body: Value, known: Known) -> Sequence[MeetingDay]:
    return sorted((one for one in known.meetings if one.body == body), key=lambda one: one.day)


def document_stop(meeting: MeetingDay, work: WorkDays) -> date:
    """Return the last working day on which something may be handed in for the meeting."""
    if meeting.document_stop is None:
        return work.before(meeting.day, STOP_BEFORE_MEETING)
    return work.rolled(meeting.document_stop, "before")


# ------------------------------------------------------------------------------------------------ by dates


def _steps_from(
    subject: str, base: date, offset: Offset, known: Known, since: date, until: date
) -> Iterator[Day]:
    """Yield the days that lie one, two, three... *offset* from *base*: 31 January, then 28 February, then 31 March."""
    day = base
    for number in count(1):
        if offset.working_days is not None:
            further = known.work.moved(day, offset)
        else:
            further = known.work.moved(base, offset, times=number)
        if further <= day or further > until:  # an offset that leads nowhere would be followed for ever
            return
        if further >= since:
            due = known.work.rolled(further, "before")
            yield Day(subject, further.isoformat(), due, step=further - day)
        day = further


def dates_of(of: DateOf, facts: Facts, *, but: Set[str] = frozenset()) -> Iterator[tuple[str, date]]:
    """Yield (subject, day) of what is known of the date; of no record in *but*."""
    near = (facts.today - FAR, facts.today + FAR)
    for subject, value in _values(of, facts):
        if subject.removeprefix("record:") in but:
            continue
        day = as_day(value.get("date") if isinstance(value, dict) else value)  # a decision holds its date
        if day is not None and near[0] <= day <= near[1]:
            yield subject, day


def _values(of: DateOf, facts: Facts) -> Iterator[tuple[str, Value]]:
    if of.question is not None:
        yield "", _answer(of.question, facts)
        return
    for record in records_where(of.register_ or "", of.where, facts):
        yield f"record:{record.id}", record.fields.get(of.field or "")


def _answer(question: str, facts: Facts) -> Value:
    """Return the question's answer; the newest where there are several."""
    items = items_now(facts.pack, facts.journey, question)
    answers = [item.answer for item in items if item.value is not None and item.answer is not None]
    return max(answers, key=lambda answer: answer.at).value if answers else None
