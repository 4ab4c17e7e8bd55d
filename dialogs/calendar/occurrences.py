"""What is to be said about a journey's dates, to whom and on which day: one occurrence a thing, step and recipient."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, timedelta

from content.pack import Pack
from content.schema.files import DateReminder, Register
from dialogs.calendar.checkpoint_days import dates_of
from dialogs.calendar.checkpoint_reminders import checkpoint_occurrences
from dialogs.calendar.checkpoints import HORIZON
from dialogs.calendar.ladder import Rung, ladder
from dialogs.calendar.workdays import WorkDays, day_for
from dialogs.flows.facts import Facts, as_day
from dialogs.flows.rights import coaches, leaders
from dialogs.model.checkpoint import Held
from dialogs.model.journey import Journey
from dialogs.model.occurrence import Occurrence
from dialogs.model.people import PersonId
from dialogs.model.records import Record
from dialogs.model.terms import Terms

WEEK = timedelta(days=7)
TO_SUNDAY = timedelta(days=6)  # the next week has one of its own


def occurrences(
    pack: Pack, journey: Journey, terms: Mapping[PersonId, Terms], work: WorkDays, *,
    today: date, held: Sequence[Held] = (), elsewhere: Set[str] = frozenset(),
) -> tuple[Occurrence, ...]:  # fmt: skip
    """Return all that is to be said until the horizon; what lies behind *today* too, as long as the thing is open.

    *journey* holds its roster and what the calendar reads, *held* are its checkpoints that are open or to come. A
    group that pauses, has ended or practises is left alone, and so are the records in *elsewhere*.
    """
    if journey.state != "active" or journey.practice:
        return ()
    until = today + HORIZON
    found = [
        *_of_records(pack, journey, terms, work, today, elsewhere),
        *checkpoint_occurrences(pack, journey, held, terms, work, today),
        *_weekly(journey, pack, terms, work, today),
    ]
    return tuple(one for one in found if one.day <= until)


def _of_records(
    pack: Pack,
    journey: Journey,
    terms: Mapping[PersonId, Terms],
    work: WorkDays,
    today: date,
    elsewhere: Set[str],
) -> Iterator[Occurrence]:
    for register in pack.registers.values():
        for reminder in register.reminders:
            for record in journey.records_in(register.id):
                if is_open(register, record) and record.id not in elsewhere:
                    yield from _of_record(pack, journey, reminder, record, terms, work, today)


def reminder_of(pack: Pack, record: Record) -> DateReminder | None:
    """Return what the record's register reminds of; its first date where it has several."""
    return next(iter(pack.registers[record.register].reminders), None)


def is_open(register: Register, record: Record) -> bool:
    """Say whether anything more is expected of the record."""
    return not any(state.closed for state in register.states if state.id == record.state)


def _of_record(
    pack: Pack, journey: Journey, reminder: DateReminder, record: Record,
    terms: Mapping[PersonId, Terms], work: WorkDays, today: date,
) -> Iterator[Occurrence]:  # fmt: skip
    owners = owners_of(pack, journey, reminder, record)
    due = as_day(record.fields.get(reminder.date))
    if due is None:
        for owner in owners:
            own = terms.get(owner, Terms())
            for monday in _mondays(today):
                day = day_for(own, monday, work)
                if _week(day) == _week(monday):
                    yield _said(
                        "undated", record.id, _week(monday), owner, journey, day, own, monday + TO_SUNDAY
                    )
        return
    for owner in owners:
        own = terms.get(owner, Terms())
        for step in ladder(due, own.intensity, work):
            for recipient in _recipients(step.rung, owner, pack, journey):
                theirs = terms.get(recipient, Terms())
                day = day_for(theirs, step.day, work)
                slot = f"{reminder.date}_{due}/{step.slot}"
                yield _said("record", record.id, slot, recipient, journey, day, theirs, step.last)


def owners_of(pack: Pack, journey: Journey, reminder: DateReminder, record: Record) -> tuple[PersonId, ...]:
    """Return whose the record is; the process leader's when it names nobody who is still in the group."""
    owner = record.fields.get(reminder.owner) if reminder.owner else None
    if isinstance(owner, str) and journey.roster.member(owner) is not None:
        return (PersonId(owner),)
    return _ids(member.person.id for member in leaders(pack, journey))


def _recipients(rung: Rung, owner: PersonId, pack: Pack, journey: Journey) -> tuple[PersonId, ...]:
    """Return who hears this step: the owner until it is late; then the leader, then the coach, and who was before them."""
    lead = _ids(member.person.id for member in leaders(pack, journey))
    if rung == "leader":
        return _ids((*lead, owner))
    if rung == "coach":
        return _ids((*(member.person.id for member in coaches(pack, journey)), *lead))
    return (owner,)


def _weekly(
    journey: Journey, pack: Pack, terms: Mapping[PersonId, Terms], work: WorkDays, today: date
) -> Iterator[Occurrence]:
    """Yield the process leader's nudges, one a week, on the weekday of their choice or the first worked day after it.

    Who has chosen none gets it on the last working day before the group's own meeting, else on Monday.
    """
    before_meetings: dict[str, date] = {}
    for meeting in sorted(own_meetings(pack, journey, today), reverse=True):
        day = work.before(meeting, 1)
        before_meetings[_week(day)] = day  # the week's first meeting, as the latest come first
    for member in leaders(pack, journey):
        own = terms.get(member.person.id, Terms())
        for monday in _mondays(today):
            if own.weekday is not None:
                wanted = monday + timedelta(days=own.weekday)
            else:
                wanted = before_meetings.get(_week(monday), monday)
            day = day_for(own, wanted, work)
            if _week(day) == _week(monday):  # a week off is a week without a nudge
                week = _week(monday)
                yield _said(
                    "weekly", journey.id, week, member.person.id, journey, day, own, monday + TO_SUNDAY
                )


def overviews(
    journey: Journey, people: Iterable[PersonId], terms: Mapping[PersonId, Terms], work: WorkDays, today: date
) -> Iterator[Occurrence]:
    """Yield the Monday overviews of *people*, who have asked for one of all groups that they follow, one a week."""
    for person in people:
        own = terms.get(person, Terms())
        for monday in _mondays(today):
            day = day_for(own, monday, work)
            if _week(day) == _week(monday):
                yield _said(
                    "overview", journey.id, _week(monday), person, journey, day, own, monday + TO_SUNDAY
                )


def own_meetings(pack: Pack, journey: Journey, today: date) -> Iterator[date]:
    """Yield the days on which the group itself meets, as far as the pack says where they are written."""
    if pack.manifest.meetings is None:
        return
    for subject, day in dates_of(pack.manifest.meetings, Facts(pack, journey, today)):
        record = journey.record(subject.removeprefix("record:")) if subject else None
        if record is None or _is_the_groups(pack, journey, record):
            yield day


def _is_the_groups(pack: Pack, journey: Journey, record: Record) -> bool:
    """Say whether the record is this group's: of a register that others write in too, what a member wrote."""
    if pack.registers[record.register].scope == "group":
        return True
    return journey.roster.member(record.by) is not None


def _mondays(today: date) -> Iterator[date]:
    """Yield this week's Monday and those until the horizon."""
    monday = today - timedelta(days=today.weekday())
    yield from (monday + n * WEEK for n in range(HORIZON // WEEK + 1))


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _said(
    rule: str, about: str, slot: str, recipient: PersonId, journey: Journey, day: date, terms: Terms, last: date | None
) -> Occurrence:  # fmt: skip
    return Occurrence(rule, about, slot, recipient, journey.id, day, terms.at, terms.zone, terms.quiet, last)


def _ids(people: Iterable[str]) -> tuple[PersonId, ...]:
    return tuple(PersonId(one) for one in dict.fromkeys(people))
