"""All that a status tells of one group: where it stands, its tracks and gaps, whom it waits for, what is new."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from content.pack import Pack
from dialogs.events import Contributed, Event, Feedback, RecordAdded, Settled, StepSigned
from dialogs.flows.facts import Facts, Gap, gaps, holds
from dialogs.flows.position import put
from dialogs.flows.rights import lacking
from dialogs.model.answers import Address
from dialogs.model.checkpoint import Held
from dialogs.model.journey import Journey
from dialogs.model.occurrence import MeetingDay
from dialogs.model.people import PersonId
from dialogs.reports.standing import Standing, standing_of


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a track's questions are asked for, and done."""

    track: str
    asked: int
    done: int


@dataclass(frozen=True, slots=True)
class Wait:
    """A question before the group, and whose word it waits for."""

    address: Address
    people: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What has happened since somebody last looked. `more` says that older news than these are left out."""

    since: datetime
    contributions: int
    settled: tuple[Address, ...]  # each once, in the order in which they came to be
    signed: tuple[str, ...]
    records: int
    feedback: int
    more: bool = False

    @property
    def nothing(self) -> bool:
        return not (self.contributions or self.settled or self.signed or self.records or self.feedback)


@dataclass(frozen=True, slots=True)
class Summary:
    """What is true of one group. `changes` is None for somebody who looks for the first time."""

    standing: Standing
    tracks: tuple[Progress, ...]
    gaps: tuple[tuple[str, tuple[Gap, ...]], ...]  # by coverage; those that aren't counted by the year
    waits: tuple[Wait, ...]
    review: tuple[Address, ...]
    coming: Held | None  # the next checkpoint that hasn't opened
    changes: Changes | None


def summary_of(
    pack: Pack, journey: Journey, *,
    today: date, meetings: Iterable[MeetingDay], elsewhere: Collection[str], coming: Iterable[Held],
    changes: Changes | None,
) -> Summary:  # fmt: skip
    """Return what is true of the group. *journey* holds what `needs_to_summarise` names, and the items that are put."""
    ahead = [one for one in coming if journey.open_checkpoint(one.key) is None and one.due >= today]
    facts = Facts(pack, journey, today)
    return Summary(
        standing=standing_of(pack, journey, today=today, meetings=meetings, elsewhere=elsewhere),
        tracks=_tracks(pack, journey, facts),
        gaps=tuple(
            (one.id, lacks)
            for one in pack.coverage_of.values()
            if one.per is None and (lacks := gaps(one, facts))
        ),
        waits=tuple(
            Wait(address, tuple(member.person.id for member in lacking(pack, journey, address)))
            for address in put(pack, journey, today=today)
        ),
        review=tuple(
            Address.of(key)
            for page in journey.pages.values()
            for key, status in page.statuses.items()
            if status == "review"
        ),
        coming=min(ahead, key=lambda one: (one.due, one.key), default=None),
        changes=changes,
    )


def changes_since(since: datetime, events: Sequence[Event], *, more: bool = False) -> Changes:
    """Return what *events*, oldest first, come to."""
    settled = [event.address for event in events if isinstance(event, Settled)]
    return Changes(
        since=since,
        contributions=sum(isinstance(event, Contributed) for event in events),
        settled=tuple(dict.fromkeys(settled)),
        signed=tuple(dict.fromkeys(event.step for event in events if isinstance(event, StepSigned))),
        records=sum(isinstance(event, RecordAdded) for event in events),
        feedback=sum(isinstance(event, Feedback) for event in events),
        more=more,
    )


def _tracks(pack: Pack, journey: Journey, facts: Facts) -> tuple[Progress, ...]:
    behind = {
        Address.of(key).question
        for page in journey.pages.values()
        for key in page.statuses
        if page.is_done(Address.of(key))
    }
    found = []
    for track in pack.tracks:
        questions = [q for placed in track.asked for q in placed.questions if not q.optional]
        done = {q.id for q in questions if q.id in behind}
        asked = sum(q.id in done or holds(q.when, facts) for q in questions)
        found.append(Progress(track.id, asked, len(done)))
    return tuple(found)
