"""The group's answer: contributions, draft, consent round, settled revision - everything about one address."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from dialogs.model.people import PersonId

Value = Any
"""What an answer holds, as JSON has it: text, number, list or mapping; a day is `2026-11-21`, a person is an id."""


RETIRED = "@"
"""Stands between a question's id and the version that asked it last. No id has it."""


class Address(NamedTuple):
    """Where an answer belongs. The subject is "" for the group, else unit:…, person:…, record:… or step:…."""

    question: str
    subject: str = ""
    period: str = ""

    @property
    def key(self) -> str:
        return "|".join(self)

    @classmethod
    def of(cls, key: str) -> "Address":
        question, subject, period = key.split("|")
        return cls(question, subject, period)

    def retired(self, version: str) -> "Address":
        """Return where an answer lies that no version after *version* asks for."""
        return self._replace(question=f"{self.question}{RETIRED}{version}")

    @property
    def asked_last_in(self) -> str:
        """The version of the method that asked for it last; "" while it is asked."""
        return self.question.partition(RETIRED)[2]

    @property
    def as_asked(self) -> "Address":
        """Where it lay when it was asked."""
        return self._replace(question=self.question.partition(RETIRED)[0])


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one member put in. `by` is None when the question is anonymous."""

    id: str
    value: Value
    at: datetime | None
    by: PersonId | None
    entered_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    value: Value
    by: PersonId
    at: datetime


Stance = Literal["agree", "concern", "object", "abstain"]


@dataclass(frozen=True, slots=True)
class Voice:
    """One member's stance in a consent round."""

    by: PersonId
    stance: Stance
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConsentRound:
    """A proposal that the group is asked to consent to. `quorum` is how many must speak."""

    value: Value
    opened_by: PersonId
    at: datetime
    quorum: int
    last_day: date | None = None
    voices: tuple[Voice, ...] = ()
    closed: Literal["", "ratified", "objected", "no-quorum", "withdrawn"] = ""

    def voice_of(self, person: str) -> Voice | None:
        return next((voice for voice in self.voices if voice.by == person), None)

    @property
    def objections(self) -> tuple[Voice, ...]:
        return tuple(voice for voice in self.voices if voice.stance == "object")

    @property
    def concerns(self) -> tuple[Voice, ...]:
        return tuple(voice for voice in self.voices if voice.stance == "concern")

    def with_voice(self, voice: Voice) -> "ConsentRound":
        others = tuple(old for old in self.voices if old.by != voice.by)
        return replace(self, voices=(*others, voice))


How = Literal["direct", "leader", "consent", "collected", "despite-objection"]


@dataclass(frozen=True, slots=True)
class Answer:
    """A settled answer: its revision counts from 1 and goes up with each change. Dissent is kept beside the text."""

    revision: int
    value: Value
    by: PersonId
    at: datetime
    how: How
    why: str = ""
    dissent: tuple[Voice, ...] = ()


@dataclass(frozen=True, slots=True)
class Skip:
    by: PersonId
    at: datetime
    reason: str


Status = Literal["open", "contributed", "draft", "consent", "settled", "skipped", "review"]


@dataclass(frozen=True)
class Item:
    """Everything that is remembered about one address, as of now. Its history is the journal of events."""

    address: Address
    contributions: tuple[Contribution, ...] = ()
    taken_part: tuple[PersonId, ...] = ()  # who has answered an anonymous question; never tied to a text
    draft: Draft | None = None
    round: ConsentRound | None = None
    answer: Answer | None = None
    reopened: str | None = None  # why a settled answer is open again; "" when it was taken back
    skipped: Skip | None = None
    review: str = ""  # the question whose change made this one worth another look
    waiting: bool = False  # the leader went on; the question stays put
    last_day: date | None = None
    revisions: int = field(default=0)
    retired_as: str = ""  # the question's shape when the method stopped asking it
    # Of an exercise that was held again: what the time before left. Where it was broken off: what it had come to.
    aside: "Item | None" = None
    answered_before: int = 0  # the last revision that any earlier answer here has had

    @property
    def last_revision(self) -> int:
        """The highest revision that an answer here has had; 0 before the first."""
        return max(self.answer.revision if self.answer else 0, self.answered_before)

    def by(self, person: str) -> tuple[Contribution, ...]:
        return tuple(one for one in self.contributions if one.by == person)

    def contributors(self) -> frozenset[str]:
        """Return who has answered, whether or not their words are theirs to see."""
        return frozenset([one.by for one in self.contributions if one.by]).union(self.taken_part)

    @property
    def in_round(self) -> bool:
        return self.round is not None and not self.round.closed

    @property
    def status(self) -> Status:
        if self.skipped is not None:
            return "skipped"
        if self.answer is not None and self.reopened is None:
            return "review" if self.review else "settled"
        if self.in_round:
            return "consent"
        if self.draft is not None:
            return "draft"
        return "contributed" if self.contributions or self.taken_part else "open"

    @property
    def done(self) -> bool:
        """Whether the question is behind the group. An answer marked for review still stands."""
        return self.status in ("settled", "skipped", "review")

    @property
    def value(self) -> Value | None:
        """The settled answer's value, or None while there is none.

        One that was opened again for a reason stands until the next one; one that was taken back doesn't.
        """
        if self.answer is None or self.skipped is not None or self.reopened == "":
            return None
        return self.answer.value
