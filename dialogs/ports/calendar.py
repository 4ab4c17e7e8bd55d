"""What is due, for whom, and the terms, meetings and closed days that it comes of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from dialogs.model.meeting import FeedRef, KeptMeeting
from dialogs.model.occurrence import MeetingDay, Occurrence
from dialogs.model.people import PersonId
from dialogs.model.terms import Away, PutOff, Terms


@dataclass(frozen=True, slots=True)
class Due:
    """About which journeys something may be said; and who is to hear of more than one of them, in one message."""

    journeys: tuple[str, ...]
    shared: Mapping[PersonId, tuple[str, ...]]


class Calendar(Protocol):
    def outdate(self, journey: str) -> None:
        """Say that the journey's dates, members or terms have changed in this transaction."""

    def outdated(self) -> frozenset[str]:
        """Return the journeys of which that was said, and forget them."""

    def mark(self, journeys: Iterable[str], at: datetime) -> None:
        """Remember that the journeys are to be planned anew, by a transaction of its own each."""

    def unmark(self, journey: str) -> None:
        """Say that the journey is planned anew in this transaction, from what it reads from now on."""

    def marked(self) -> Sequence[str]: ...
    def renew(self, journey: str, wanted: Iterable[Occurrence], *, today: date) -> None:
        """Make what waits for the journey be *wanted*: new ones are added, moved ones moved, the others retired.

        What lay behind *today* when it was first wanted is not added: nobody is reminded of what was past already.
        """

    def due(self, now: datetime) -> Due:
        """Return the journeys about which something may be said at *now*, the longest waiting first; holds nothing."""

    def hold(self, journey: str) -> bool:
        """Keep other clocks from the journey until this transaction ends; False when one of them has it."""

    def to_say(self, now: datetime, journey: str, *, most: int = 500) -> Sequence[Occurrence]:
        """Return what is due about the journey at *now*, oldest first; held until this transaction ends.

        It is *most* things, and what else there is for the people whose they are.
        """

    def take(self, keys: Sequence[str]) -> frozenset[str]:
        """Hold what of this is still due until this transaction ends; return the keys of that."""

    def known(self, keys: Sequence[str]) -> Sequence[Occurrence]:
        """Return the occurrences with these keys, whatever became of them, in the order of their days."""

    def waiting(self, *, most: int = 500) -> Sequence[Occurrence]:
        """Return what is still to be said, soonest first."""

    def done(
        self, keys: Iterable[str], state: Literal["said", "skipped"], why: str, at: datetime
    ) -> None: ...
    def note_thought(self, journey: str, thought: str, slot: str, person: str, at: datetime) -> bool:
        """Remember that one of the pack's nudges is said; False when it has been, in this slot."""

    def has_thought(self, journey: str, thought: str, slot: str, person: str) -> bool: ...
    def heard(self, people: Iterable[str], since: datetime) -> Mapping[PersonId, Sequence[datetime]]:
        """Return when each of the people was reminded, or named in a channel, from *since* on."""

    def latest(self, person: str) -> Sequence[Occurrence]:
        """Return what the person's latest reminder was about."""

    def terms(self, people: Iterable[str]) -> Mapping[PersonId, Terms]:
        """Return the terms of each; what somebody hasn't chosen is the default."""

    def set_terms(self, person: str, chosen: Terms) -> None:
        """Keep the hour, the quiet hours, the intensity and the weekday. Zone and absences are kept elsewhere."""

    def put_away(self, person: str, away: Away) -> None: ...
    def come_back(self, person: str, on: date) -> None:
        """End what absence there is on the day, and forget those to come."""

    def put_off(self, journey: str, one: PutOff) -> None:
        """Keep on which day somebody wants to hear of a thing; a newer wish takes the older one's place."""

    def put_off_in(self, journey: str) -> Sequence[PutOff]: ...
    def forget_put_off(self, journey: str, person: str, about: str) -> None:
        """Let somebody hear of a thing as if they had never put it off."""

    def pause(self, journey: str, until: Away | None) -> None:
        """Let nobody be reminded of the journey's things for that time; None ends the pause."""

    def pause_of(self, journey: str) -> Away | None: ...
    def closed_days(self, organisation: str) -> frozenset[date]: ...
    def close_day(self, organisation: str, day: date) -> None: ...
    def open_day(self, organisation: str, day: date) -> None: ...
    def changes_of_days(self, organisation: str) -> int:
        """Return a count that grows with every change of the organisation's meetings and closed days."""

    def put_meeting(self, organisation: str, meeting: MeetingDay, at: datetime) -> None: ...
    def drop_meeting(self, body: str, day: date, at: datetime) -> bool:
        """Call the meeting off; False when there is none on the day."""

    def next_meetings(self, organisations: Iterable[str], *, since: date) -> Mapping[str, MeetingDay]:
        """Return the next meeting from the day on of each organisation that has one entered."""

    def meetings(self, organisation: str, *, since: date) -> Sequence[MeetingDay]:
        """Return the bodies' meetings from the day on, in order; none that is called off."""

    def kept_meetings(self, organisation: str, *, since: date) -> Sequence[KeptMeeting]:
        """Return the same with how they have changed, and those that are called off as well."""

    def put_feed(self, secret: str, person: str, journey: str, at: datetime) -> None:
        """Let whoever knows *secret* (kept as its hash) read the person's dates, or those of a journey of theirs."""

    def feed(self, secret: str) -> tuple[str, str] | None:
        """Return whose dates the secret is for: (person, journey), the journey "" for the person's own."""

    def feeds(self, person: str) -> Sequence[FeedRef]:
        """Return the person's secret addresses that are in use, the oldest first."""

    def drop_feeds(self, person: str, journey: str | None = None) -> int:
        """Forget the person's addresses, or those for one journey alone ("" for the person's own dates)."""
