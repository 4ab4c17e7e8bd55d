"""Says in words what a method holds: its steps, tracks, guides, registers, rights, documents and year. This is drawn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Any

from content.drawing.year import Mark, mark_of
from content.pack import Pack
from content.phrases.book import Phrasebook
from content.places import Place
from content.schema.base import Text
from content.schema.deciding import Decides
from content.schema.files import Document, Register
from content.schema.guides import Guide, Outcome
from content.schema.questions import RecordQuestion, Roles

APART = "\u00a0· "  # no line begins with the dot
LONGEST = 110  # characters of a question that has no short words of its own


@dataclass(frozen=True, slots=True)
class Line:
    """A question by its number, or a plain line without one; *note* is what is special about it."""

    text: str
    number: str = ""
    note: str = ""

    def __str__(self) -> str:
        return f"{self.number} {self.text}".strip() + (f" ({self.note})" if self.note else "")


@dataclass(frozen=True, slots=True)
class Box:
    """Something with a title and lines under it."""

    title: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A step, and beside it what each track asks in its company."""

    step: Box
    tracks: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A method in words; parts that it doesn't have are empty."""

    language: str
    title: str
    purpose: str
    rows: tuple[Row, ...] = ()
    tracks: tuple[str, ...] = ()
    at_each_gate: tuple[tuple[Line, ...], ...] = ()  # by track
    guides: tuple[Box, ...] = ()
    registers: tuple[Box, ...] = ()
    decides: tuple[Box, ...] = ()
    documents: tuple[Box, ...] = ()
    year: tuple[Mark, ...] = ()
    checkpoints: tuple[Box, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)  # what the parts are called
    months: tuple[str, ...] = ()


HEADINGS = ("steps", "tracks", "gates", "guides", "registers", "decides", "documents", "year")
LEADS_TO = "→"


def decider_in(pack: Pack, right: Decides, language: str) -> str:
    """Return who has the right: the kind of body, with a capital letter, or the role."""
    role = pack.role_of.get(right.role or "")
    if role is not None:
        return " ".join(role.title.said_in(language).split())
    said = Phrasebook.load().text(f"body-kind-{right.by}", language)
    return said[:1].upper() + said[1:]


def _options(spec: Any) -> Iterator[Text]:
    return (one.title for one in getattr(spec, "options", ()))


def outline_of(pack: Pack, language: str) -> Outline:
    """Return the method in words, in *language* where the pack speaks it, else in its first."""
    return _Drawing(pack, language).whole()


class _Drawing:
    def __init__(self, pack: Pack, language: str) -> None:
        self._pack, self._language = pack, language
        self._book = Phrasebook.load()

    def whole(self) -> Outline:
        pack = self._pack
        used = self._own_registers()
        return Outline(
            language=self._language,
            title=f"{self._said(pack.manifest.title)} {pack.version}",
            purpose=self._said(pack.manifest.purpose),
            rows=tuple(self._rows()),
            tracks=tuple(
                f"{letter}. {self._said(track.title)}"
                for letter, track in zip(ascii_uppercase, pack.tracks, strict=False)
            ),
            at_each_gate=tuple(
                tuple(self._line(place) for place in pack.gate_places if place.track == track.id)
                for track in pack.tracks
            ),
            guides=tuple(self._guide(one) for one in pack.guides),
            registers=tuple(self._register(one) for one in used),
            decides=tuple(self._decides(one) for one in pack.manifest.decides),
            documents=tuple(self._document(one) for one in pack.documents),
            year=tuple(
                mark_of(f"H{number}", one, pack, self._language)
                for number, one in enumerate(pack.cycle, start=1)
            ),
            checkpoints=tuple(
                Box(f"H{number}. {self._said(one.title)}", tuple(map(self._line, pack.questions_at(one.id))))
                for number, one in enumerate(pack.cycle, start=1)
            ),
            months=tuple(self._text(f"month-{number}") for number in range(1, 13)),
            words={name: self._text(f"drawing-{name}") for name in HEADINGS},
        )

    def _rows(self) -> Iterator[Row]:
        for number, step in enumerate(self._pack.steps, start=1):
            here = [place for place in self._pack.places.values() if place.step == step.id]
            own = [self._line(place) for place in here if place.track is None and not place.exercise]
            for exercise in self._pack.exercises_in(step.id):
                title, count = self._said(exercise.title), self._pack.exercise_number[exercise.id]
                said = self._text("drawing-exercise", number=count, title=title, minutes=exercise.minutes)
                own.append(Line(said))
                own += [self._line(place) for place in here if place.exercise == exercise.id]
            leaves = Line(self._text("drawing-leaves", what=self._said(step.gate.leaves).rstrip(".")))
            yield Row(
                Box(f"{number}. {self._said(step.title)}", (*own, leaves)),
                tuple(
                    tuple(self._line(place) for place in here if place.track == track.id)
                    for track in self._pack.tracks
                ),
            )

    def _line(self, place: Place) -> Line:
        question = place.question
        return Line(self._question(question), place.number, ", ".join(self._notes(question)))

    def _question(self, question: Any) -> str:
        said = self._said(question.short or question.ask)
        return said if len(said) <= LONGEST else f"{said[: LONGEST - 1].rsplit(' ', 1)[0]} …"

    def _notes(self, question: Any) -> Iterator[str]:
        if isinstance(question.who, Roles):
            titles = (
                self._pack.role_of[role].title for role in question.who.roles if role in self._pack.role_of
            )
            yield ", ".join(map(self._said, titles)) or self._text("drawing-each")
        elif question.who != "group":
            yield self._text(f"drawing-{question.who}")
        if question.for_each is not None:
            yield self._text("drawing-about-each")
        if question.visibility != "group":
            yield self._text(f"drawing-{question.visibility}")
        if question.when is not None:
            yield self._text("drawing-at-times")
        if question.optional:
            yield self._text("drawing-optional")

    def _own_registers(self) -> list[Register]:
        """Return the registers that the method itself adds to, shows or follows; a pack without a method shows all."""
        if not self._pack.manifest.method:
            return list(self._pack.registers.values())
        questions = (place.question for place in self._pack.places.values())
        named: set[str | None] = {one.register_ for one in questions if isinstance(one, RecordQuestion)}
        for document in self._pack.documents:
            named |= {part.register_ for heading in document.headings for part in heading.parts}
        for guide in self._pack.guides:
            added = (guide.note, *(outcome.add for outcome in guide.outcomes))
            named |= {one.register_ for one in added if one is not None}
        named |= set(self._pack.deciding)
        return [one for one in self._pack.registers.values() if one.id in named]

    def _guide(self, guide: Guide) -> Box:
        """Return what a guide asks, and what it may come to, in the order in which that is looked at."""
        asked = (
            Line(self._said(one.title), "", APART.join(map(self._said, _options(one))))
            for one in guide.questions
        )
        outcomes = (Line(self._said(one.title), LEADS_TO, self._added_by(one)) for one in guide.outcomes)
        return Box(self._said(guide.title), (*asked, *outcomes))

    def _added_by(self, outcome: Outcome) -> str:
        register = self._pack.registers.get(outcome.add.register_) if outcome.add is not None else None
        return (
            self._text("drawing-adds-to", register=self._said(register.title)) if register is not None else ""
        )

    def _decides(self, right: Decides) -> Box:
        """Return who decides, and what waits for it."""
        lines = [Line(decider_in(self._pack, right, self._language))]
        if right.what is not None:
            lines.append(Line(self._said(right.what)))
        waiting = right.records
        if waiting is not None and waiting.register_ in self._pack.registers:
            register = self._pack.registers[waiting.register_]
            states = ", ".join(self._said(one.title) for one in register.states if one.id in waiting.to)
            lines.append(
                Line(self._text("drawing-waits", register=self._said(register.title), states=states))
            )
        return Box(self._said(right.title), tuple(lines))

    def _register(self, register: Register) -> Box:
        fields = APART.join(self._said(one.title) for one in register.fields)
        lines = [Line(fields)]
        if register.states:
            states = APART.join(self._said(state.title) for state in register.states)
            lines.append(Line(self._text("drawing-states", states=states)))
        return Box(self._said(register.title), tuple(lines))

    def _document(self, document: Document) -> Box:
        return Box(
            self._said(document.title), tuple(Line(self._said(one.title)) for one in document.headings)
        )

    def _said(self, text: Text) -> str:
        return " ".join(text.said_in(self._language).split())

    def _text(self, key: str, **args: object) -> str:
        return self._book.text(key, self._language, **args)
