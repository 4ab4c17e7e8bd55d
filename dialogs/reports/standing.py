"""Where one group stands, as far as its head, its current step's page and its dated records tell: what is true, unworded."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from content.pack import Pack
from dialogs.calendar.occurrences import is_open, reminder_of
from dialogs.flows.facts import as_day
from dialogs.flows.position import current_step, steps_from_entry
from dialogs.flows.rights import coaches, participants
from dialogs.model.answers import Address
from dialogs.model.journey import Journey
from dialogs.model.occurrence import MeetingDay
from dialogs.model.people import PersonId
from dialogs.model.records import SUPPORT, Record

QUIET = timedelta(days=21)
"""Whoever hasn't been heard for so long is asked after."""


@dataclass(frozen=True, slots=True)
class Late:
    """An open record whose day has passed, and whose it is; None when it names nobody who is in the group."""

    record: str
    register: str
    day: date
    owner: PersonId | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is true of one group on a day. `owed` are the steps that nobody from outside has said anything of yet."""

    journey: str
    organisation: str
    day: date
    started: date
    state: Literal["active", "paused", "closed"]
    step: str | None  # None when every step is signed, or there are none
    goes_by_year: bool  # the method has checkpoints: it never ends
    signed: tuple[str, ...]
    asked: int
    done: int
    life: date | None  # the last day on which anybody of the group did something; None when nobody has yet
    quiet: tuple[PersonId, ...]  # whose word counts, and hasn't been heard for long; the longest silent first
    late: tuple[Late, ...]  # the oldest first
    late_checkpoints: tuple[str, ...]  # keys of open checkpoints that should be done by now
    lapsed: tuple[Address, ...]  # whose consent round ran out, and nobody has taken it up
    vacant: tuple[str, ...]  # roles that fewer hold than must
    nobody: tuple[str, ...]  # roles of the organisation's own that nobody holds at all, and might
    owed: tuple[str, ...]  # signed steps without feedback, where somebody follows the group
    support: tuple[str, ...]  # records of those who wait for help, in the organisation
    meeting: MeetingDay | None  # the next meeting of any of the organisation's bodies

    @property
    def silent(self) -> timedelta:
        """For how long nobody of the group has been heard."""
        return self.day - (self.life or self.started)


def standing_of(
    pack: Pack, journey: Journey, *, today: date, meetings: Iterable[MeetingDay], elsewhere: Collection[str]
) -> Standing:
    """Return where the group stands. *journey* holds the page of its current step, and the open records with dates.

    *meetings* are those of its organisation from today on; records in *elsewhere* another group looks after.
    """
    step = current_step(pack, journey)
    page = journey.page(step or "")
    outside = {member.person.id for member in coaches(pack, journey)}
    held = _held(journey)
    own = [role for role in pack.manifest.roles if not role.external]
    return Standing(
        journey=journey.id,
        organisation=journey.organisation,
        day=today,
        started=journey.started,
        state=journey.state,
        step=step,
        goes_by_year=bool(pack.cycle),
        signed=tuple(one for one in steps_from_entry(pack, journey) if one in journey.signed),
        asked=page.asked,
        done=page.done,
        life=last_life(pack, journey),
        quiet=_quiet(pack, journey, today),
        late=late_records(pack, journey, today=today, elsewhere=elsewhere),
        late_checkpoints=tuple(
            one.key
            for one in sorted(journey.checkpoints, key=lambda one: (one.due, one.key))
            if one.due < today
        ),
        lapsed=tuple(map(Address.of, journey.pulse.lapsed)),
        vacant=tuple(role.id for role in own if len(journey.roster.holders(role.id)) < role.at_least),
        nobody=tuple(role.id for role in own if not role.at_least and role.id not in held),
        owed=tuple(one for one in journey.signed if one not in journey.pulse.fed_back) if outside else (),
        support=waiting_for_help(pack, journey),
        meeting=min(meetings, key=lambda one: (one.day, one.body), default=None),
    )


def last_life(pack: Pack, journey: Journey) -> date | None:
    """Return the last day on which anybody of the group did something; None when nobody has yet."""
    outside = {member.person.id for member in coaches(pack, journey)}
    return max((day for who, day in journey.pulse.heard.items() if who not in outside), default=None)


def late_records(
    pack: Pack, journey: Journey, *, today: date, elsewhere: Collection[str] = ()
) -> tuple[Late, ...]:
    """Return the open records that should be done by now, the oldest first."""
    found = []
    for register in pack.registers.values():
        for record in journey.records_in(register.id) if register.reminders else ():
            reminder = reminder_of(pack, record)
            day = as_day(record.fields.get(reminder.date)) if reminder else None
            if day is None or day >= today or record.id in elsewhere or not is_open(register, record):
                continue
            owner = record.fields.get(reminder.owner) if reminder and reminder.owner else None
            known = isinstance(owner, str) and journey.roster.member(owner) is not None
            found.append(Late(record.id, register.id, day, PersonId(str(owner)) if known else None))
    return tuple(sorted(found, key=lambda one: (one.day, one.record)))


def waiting_for_help(pack: Pack, journey: Journey) -> tuple[str, ...]:
    """Return the records of those who have asked for help and wait, in the order in which they asked."""
    register = pack.registers.get(SUPPORT)
    if register is None:
        return ()
    waiting: Sequence[Record] = [one for one in journey.records_in(SUPPORT) if is_open(register, one)]
    return tuple(one.id for one in waiting)


def _quiet(pack: Pack, journey: Journey, today: date) -> tuple[PersonId, ...]:
    if journey.state != "active":
        return ()
    since = {
        member.person.id: journey.pulse.heard.get(member.person.id) or member.since or journey.started
        for member in participants(pack, journey)
    }
    quiet = [(day, person) for person, day in since.items() if today - day >= QUIET]
    return tuple(
        person for _, person in sorted(quiet, key=lambda one: one[0])
    )  # else as they stand in the group


def _held(journey: Journey) -> frozenset[str]:
    return frozenset(
        role for member in journey.roster.members for role in (*member.roles, *member.deputy_for)
    )
