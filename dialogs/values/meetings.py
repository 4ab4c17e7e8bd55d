"""Meetings as somebody wrote them, a line each: sorted into those that can be kept and those that can't, and why."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dialogs.model.occurrence import MeetingDay
from dialogs.model.problem import Problem
from dialogs.values.days import read_day
from dialogs.values.whose import WEEKDAY, Bodies

EARLIEST = date(2000, 1, 1)
LONGEST_BEFORE = timedelta(weeks=6)  # between a document stop that stands by itself and its meeting
YEARS_AHEAD = 5  # what lies further away is a slip of the pen
_HOUR = r"\d{1,2}[:.]\d{2}(?::\d{2})?"
_TIME = re.compile(
    rf"(?:[ ,]+(?:kl\.?|klockan|at)? *|T){_HOUR}(?: *(?:[-–]|till|to) *{_HOUR})?Z?$", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")

Key = tuple[str, date]
"""A body's id, and the day on which it meets."""


@dataclass(frozen=True, slots=True)
class Written:
    """A meeting on a line of its own. *body* is whose, as it was written: "" where the line doesn't say.

    *loosely*, the name stands among other words, as in a calendar's `Sammanträde Kommunstyrelsen`.
    """

    line: int
    body: str
    day: date
    stop: date | None = None
    loosely: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of a line; line 0 is the whole."""

    line: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: *slips* keep their lines from being kept, *notes* don't.

    *stops* are document stops that stand by themselves; each belongs to the body's next meeting.
    """

    rows: tuple[Written, ...] = ()
    stops: tuple[Written, ...] = ()
    slips: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()

    @staticmethod
    def refused(key: str, line: int = 0, **args: object) -> "Reading":
        return Reading(slips=(Remark(line, Problem(key, args)),))


@dataclass(frozen=True, slots=True)
class Sorted:
    """The meetings by what keeping them would change, and what is to be said of their lines, in order."""

    new: tuple[MeetingDay, ...] = ()
    changed: tuple[MeetingDay, ...] = ()
    same: tuple[MeetingDay, ...] = ()
    slips: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()

    @property
    def to_keep(self) -> tuple[MeetingDay, ...]:
        return (*self.new, *self.changed)

    @property
    def good(self) -> tuple[MeetingDay, ...]:
        return (*self.to_keep, *self.same)


def meeting_day(text: str, *, today: date, with_year: bool = False) -> date | None:
    """Return the day, whatever weekday and time stand around it; None when there is none, or no year *with_year*."""
    said = _bare(text)
    if not any(sign.isdecimal() for sign in said) or (with_year and not _YEAR.search(said)):
        return None
    return read_day(said, today=today)


def stop_day(text: str, meeting: date) -> date | None:
    """Return the document stop of *meeting*; without a year it is the latest such day up to the meeting."""
    said = _bare(text)
    if not any(sign.isdecimal() for sign in said):
        return None
    return read_day(said, today=meeting, without_year="latest")


def sort(
    reading: Reading,
    bodies: Sequence[tuple[str, str]],
    known: Iterable[MeetingDay],
    *,
    today: date,
    default: str = "",
) -> Sorted:
    """Return what keeping the rows would change. *bodies* are (id, name); *default* is the id of whose they are else.

    A row that says no document stop leaves alone the one that is known.
    """
    whose = Bodies(bodies, default)
    there = {(one.body, one.day): one for one in known}
    slips, notes = list(reading.slips), list(reading.notes)
    found: dict[Key, tuple[int, MeetingDay]] = {}
    for row in reading.rows:
        body = whose.of(row.body, loosely=row.loosely)
        problem = body if isinstance(body, Problem) else _problem(row, today)
        if isinstance(body, Problem) or problem is not None:
            slips.append(Remark(row.line, problem or Problem("meeting-how")))
            continue
        meeting = MeetingDay(body, row.day, row.stop)
        line, before = found.setdefault((body, row.day), (row.line, meeting))
        if line != row.line:
            key = "meeting-same-line" if before == meeting else "meeting-other-line"
            said = Remark(row.line, Problem(key, {"day": row.day, "line": line}))
            (notes if before == meeting else slips).append(said)
        elif row.day < today:
            notes.append(Remark(row.line, Problem("meeting-is-past", {"day": row.day})))
    for row in reading.stops:
        body = whose.of(row.body, loosely=row.loosely)
        if isinstance(body, Problem):
            slips.append(Remark(row.line, body))
            continue
        key_of = _next_meeting(body, row.day, {*found, *there})
        if key_of is None:
            notes.append(Remark(row.line, Problem("meeting-stop-alone", {"day": row.day})))
            continue
        line, meeting = found.get(key_of) or (row.line, replace(there[key_of], document_stop=None))
        if meeting.document_stop not in (None, row.day):
            args = {"day": meeting.day, "stop": meeting.document_stop}
            slips.append(Remark(row.line, Problem("meeting-two-stops", args)))
        else:
            found[key_of] = (line, replace(meeting, document_stop=row.day))
    wrong = frozenset(
        slip.problem.args.get("line") for slip in slips if slip.problem.key == "meeting-other-line"
    )
    good = (
        one for line, one in found.values() if line not in wrong
    )  # neither of two that contradict each other
    kept = [_with_known_stop(one, there.get((one.body, one.day))) for one in good]
    return Sorted(
        tuple(one for one in kept if (one.body, one.day) not in there),
        tuple(one for one in kept if there.get((one.body, one.day), one) != one),
        tuple(one for one in kept if there.get((one.body, one.day)) == one),
        _in_order(slips),
        _in_order(notes),
    )


def _next_meeting(body: str, stop: date, meetings: Iterable[Key]) -> Key | None:
    """Return the body's first meeting from the stop on, as long as it is near enough to be the one that is meant."""
    after = [one for one in meetings if one[0] == body and stop <= one[1] <= stop + LONGEST_BEFORE]
    return min(after, key=lambda one: one[1], default=None)


def _problem(row: Written, today: date) -> Problem | None:
    if not EARLIEST <= row.day <= _years_after(today, YEARS_AHEAD):
        return Problem("meeting-too-far", {"day": row.day})
    if row.stop is not None and row.stop > row.day:
        return Problem("meeting-stop-after", {"day": row.day, "stop": row.stop})
    return None


def _years_after(day: date, years: int) -> date:
    return date(day.year + years, 12, 31)


def _with_known_stop(meeting: MeetingDay, known: MeetingDay | None) -> MeetingDay:
    if known is None or meeting.document_stop is not None:
        return meeting
    return known


def _in_order(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    return tuple(sorted(remarks, key=lambda remark: remark.line))


def _bare(text: str) -> str:
    """Return the day alone, without the weekday before it and the time after it."""
    said = _TIME.sub("", " ".join(text.split()).strip(" ,.;"))
    weekday = WEEKDAY.match(said)
    return said[weekday.end() :] if weekday else said
