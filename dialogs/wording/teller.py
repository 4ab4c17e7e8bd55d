"""Tells things in one language about one journey: phrases in place, names for ids."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from content.pack import Pack, register_of
from content.phrases.book import Phrasebook, Piece, Where
from content.schema.base import Text
from content.schema.cycle import TimesPerYear
from content.schema.questions import Question
from dialogs.flows.periods import checkpoint_of
from dialogs.flows.position import number_of, open_at
from dialogs.flows.seen_by import ANYBODY, journey_as_seen
from dialogs.messages import Composer, Message, Spans, Words
from dialogs.model.answers import Address, Item, Value
from dialogs.model.journey import Journey
from dialogs.model.people import Member
from dialogs.model.problem import Problem
from dialogs.model.registration import of_answer
from dialogs.model.sharing import Lent
from dialogs.values.asking import Asking, subject_name
from dialogs.values.showing import shown


def _anywhere() -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Speech:
    """The phrasebook in one language, where no journey is at hand."""

    book: Phrasebook
    language: str
    where: Where = _anywhere

    def say(self, key: str, **args: object) -> Spans:
        return _spans(self.book.filled(self.book.placed(key, self.where), self.language, args))

    def text(self, key: str, **args: object) -> str:
        return self.book.text(self.book.placed(key, self.where), self.language, **args)

    def message(self, key: str, **args: object) -> Message:
        return Composer().say(self.say(key, **args)).done()

    def problem(self, problem: Problem) -> Message:
        return self.message(problem.key, **problem.args)


@dataclass(frozen=True, slots=True)
class Teller:
    book: Phrasebook
    pack: Pack
    journey: Journey
    language: str
    today: date
    where: Where = _anywhere  # what is told stands there
    reader: str = ANYBODY  # who alone reads it; nobody in particular in a room, a file or an export
    lent: Lent | None = None  # what others share of what a document shows; None where nobody has looked

    def __post_init__(self) -> None:
        if self.pack.seen_by:
            seen = journey_as_seen(self.pack, self.journey, self.reader)
            object.__setattr__(self, "journey", seen)

    @property
    def asking(self) -> Asking:
        return Asking(self.pack, self.journey, self.language, self.today, self.reader)

    def in_language(self, language: str) -> "Teller":
        return self if language == self.language else replace(self, language=language)

    def say(self, key: str, **args: object) -> Spans:
        return _spans(self.book.filled(self.book.placed(key, self.where), self.language, args))

    def text(self, key: str, **args: object) -> str:
        return self.book.text(self.book.placed(key, self.where), self.language, **args)

    def message(self, key: str, **args: object) -> Message:
        return self.composer().say(self.say(key, **args)).done()

    def composer(self) -> Composer:
        """Return an empty message; in a practice journey it begins by saying so."""
        composer = Composer()
        if self.journey.practice:
            composer.say(self.say("practice-mark"))
        return composer

    def words(self, text: Text | None) -> str:
        return text.said_in(self.language) if text is not None else ""

    def question(self, address: Address) -> Question:
        return self.pack.places[address.question].question

    def number(self, address: Address) -> str:
        return number_of(self.pack, self.journey, address)

    def short(self, address: Address) -> str:
        """Return the question in a few words, with what it is about."""
        question = self.question(address)
        words = self.words(question.short or question.ask)
        if not address.period and (not address.subject or address.subject.startswith("step:")):
            return words
        about = subject_name(address.subject, self.asking)
        named = f"{words}: {about}" if about else words
        if not self._is_of_another_time(address):
            return named
        return f"{named} ({self.time_of(checkpoint_of(self.pack.places[address.question]), address.period)})"

    def time_of(self, checkpoint: str, period: str) -> str:
        """Return what people call a period of a checkpoint: its window and year, or the year or day that it is."""
        when = self.pack.checkpoint_of[checkpoint].when if checkpoint in self.pack.checkpoint_of else None
        if not isinstance(when, TimesPerYear):
            return period
        year, _, window = period.partition("-")
        titles = {one.id: self.words(one.title) for one in when.windows}
        return f"{titles.get(window, window)} {year}".strip()

    def _is_of_another_time(self, address: Address) -> bool:
        """Say whether it belongs to a checkpoint that isn't open now: then it is told which."""
        return bool(address.period) and open_at(self.pack, self.journey, address) is None

    def title(self, address: Address) -> str:
        return f"{self.number(address)} {self.short(address)}"

    def answer(self, address: Address, value: Value | None) -> str:
        told = shown(self.question(address), value, self.asking)
        number = self.registered(address, value)
        return self.text("decision-registered", decision=told, number=number) if number else told

    def registered(self, address: Address, value: Value | None) -> str:
        """Return the registration number that a decision was given beside its reference; "" for none.

        For that, the journey must be loaded whole.
        """
        entered = self.journey.registered
        if not entered or not isinstance(value, dict) or self.question(address).kind != "decision":
            return ""
        names = (address.question, *self.question(address).was)
        keys = (
            of_answer(self.journey.id, address._replace(question=name).key, str(value["date"]))
            for name in names
        )
        number = next(filter(None, map(entered.get, keys)), "")
        return "" if number in str(value["reference"]) else number

    def settled(self, item: Item) -> str:
        """Return the settled answer as people read it. A collected picture says how many have answered."""
        question = self.question(item.address)
        if item.answer is None:
            return ""
        if question.who == "each":
            return self.text("answered-by", n=self.heard(item))
        if question.kind == "record":
            kept = self.journey.records.get(
                register_of(question) or ""
            )  # more may have come since it was settled
            return self.text("record-count", n=item.answer.value if kept is None else len(kept))
        return self.answer(item.address, item.value)

    @staticmethod
    def heard(item: Item) -> int:
        """Return how many have answered what everybody is asked: those, too, who did so after it was settled."""
        return len(item.contributors()) or (item.answer.value if item.answer is not None else 0)

    def name(self, person: str) -> str:
        return self.journey.roster.name(person)

    def names(self, members: Iterable[Member]) -> str:
        return self.listed(member.person.name for member in members)

    def listed(self, words: Iterable[str]) -> str:
        kept = [word for word in words if word]
        if len(kept) < 2:
            return "".join(kept)
        return ", ".join(kept[:-1]) + f" {self.text('and')} {kept[-1]}"

    def step_title(self, step: str) -> str:
        return self.words(self.pack.step_of[step].title)


def _spans(pieces: Iterable[Piece]) -> Spans:
    return tuple([Words(piece.text, piece.strong) for piece in pieces])
