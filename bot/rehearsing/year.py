"""Plays a year: each working day people answer what is before them, and the clock says what is due."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path

from bot.desk import Desk
from bot.installing import install
from bot.rehearsing.cast import BODIES, ORGANISATION, UNITS, cast
from bot.rehearsing.samples import sample
from bot.settings import Settings
from bot.stage import CHANNEL, DeskStage, WalkClock
from bot.usecases.walk import NothingToPress, play
from bot.walking import NumberedIds
from bot.wiring import World, open_world
from content.loader import Loaded
from content.pack import Pack
from content.places import Place
from content.reads import date_of
from content.schema.base import Text
from content.schema.exercises import Exercise
from content.schema.files import Scene, Walkthrough
from dialogs.calendar.workdays import WorkDays
from dialogs.flows.checkpoints import is_asked_privately
from dialogs.flows.position import current_step, gate, number_of, open_at, parts_of, put
from dialogs.flows.rights import lacking, leaders, voters
from dialogs.flows.settling import mode_of
from dialogs.model.answers import Address
from dialogs.model.checkpoint import OpenCheckpoint
from dialogs.model.journey import Journey
from dialogs.ports import ClaimedLetter
from dialogs.time import HOME
from dialogs.values.asking import Asking
from storage.errors import Conflict

DAYS_TO_ANSWER = 3
"""So many working days after a checkpoint has opened people give their parts; whoever owes the last one forgets it."""

NOTHING = "-"

FORGOTTEN = timedelta(days=10)
"""So long after the day somebody who forgot gives their part all the same."""

BEGUN_WITH = ("person", "unit", "choice")
"""What is filled in when a record is entered; what has come of it is written later."""

MEETS_ON = 1  # Tuesday
WORDS = {
    "sv": {"settle": "fastställ", "round": "samtycke", "agree": "jag samtycker", "done": "klart", "skip": "hoppa över", "exercise": "övning starta", "next": "övning vidare", "new": "ny", "meetings": "sammanträden", "later": "det här är en repetition", "stop": "avbryt"},
    "en": {"settle": "settle", "round": "consent", "agree": "i agree", "done": "done", "skip": "skip", "exercise": "exercise start", "next": "exercise next", "new": "new", "meetings": "meetings", "later": "this is a rehearsal", "stop": "cancel"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """A message: when it came (local time), to whom ("" for the channel), its words and its buttons."""

    at: datetime
    to: str
    text: str
    buttons: tuple[str, ...]


@dataclass
class RehearsedYear:
    """*loaded* is played from the first working day of *year* to its last day, over a database in *folder*."""

    loaded: Loaded
    year: int
    language: str
    folder: Path
    tell: Callable[[Heard], None]
    months: int = 12  # so many of them are played
    stuck: list[str] = field(default_factory=list)  # questions that nobody could answer, by number and words
    _tried: dict[str, int] = field(default_factory=dict)

    def play(self) -> None:
        with open_world(Settings(database_url=f"sqlite:///{self.folder / 'year.db'}")) as world:
            install(world, self.loaded, by="rehearsal")
            stage = self._stage(world)
            self._begin(stage)
            for day in _days(self.year):
                if day.month > self.months:
                    break
                stage.day(day)
                stage.tick()
                if day == _entered_on(self.year):
                    self._enter_records(stage)
                if not WorkDays().is_closed(day):
                    self._work(stage, day)

    # ------------------------------------------------------------------------------------------------ beginning

    @cached_property
    def _clock(self) -> WalkClock:
        return WalkClock(first_day(self.year))

    def _stage(self, world: World) -> "TickedStage":
        ids = NumberedIds()

        def reopen(clock: WalkClock) -> Desk:
            return Desk(world.uow(), world.shelf, clock, ids, world.book, Conflict, self.language)

        return TickedStage(
            self._clock,
            reopen,
            world.uow(),
            world.shelf,
            world.book,
            on_letter=self._hear,
        )

    def _hear(self, letter: ClaimedLetter) -> None:
        to = "" if letter.room.external == CHANNEL else letter.room.external.partition(":")[2].capitalize()
        labels = tuple(button.label for button in letter.message.buttons)
        self.tell(Heard(self._clock.now().astimezone(HOME), to, letter.message.text, labels))

    def _begin(self, stage: "TickedStage") -> None:
        """Set the group up, and enter when bodies meet: the second Tuesday of each month, papers two weeks before."""
        people = cast(self.loaded.pack, self.language)
        title = Text({self.language: "-"})
        bodies = BODIES.get(self.language, BODIES["en"])
        opening = Walkthrough(
            id="year", title=title, language=self.language, what=title, day=first_day(self.year), organisation=ORGANISATION,
            units=UNITS.get(self.language, UNITS["en"]), bodies=bodies, people=people, scenes=(Scene(day=first_day(self.year)),),
        )  # fmt: skip
        play(opening, stage)
        leader = next(iter(people))
        days = [_second_tuesday(self.year, month) for month in range(1, 13)]
        for body in bodies:
            lines = ", ".join(f"{day} stopp {day - timedelta(days=14)}" for day in days)
            stage.says(leader, f"{self._word('meetings')} {body}: {lines}")

    # ------------------------------------------------------------------------------------------------ working days

    def _work(self, stage: "TickedStage", day: date) -> None:
        kept = stage.journey()
        if kept is None:
            return
        pack, journey = kept
        for address in put(pack, journey, today=day):
            if address.period:
                self._give_part(stage, pack, journey, address, day)
        if day.weekday() in (MEETS_ON, MEETS_ON + 2):
            self._meet(stage, day)
        self._close(stage, day)

    def _meet(self, stage: "TickedStage", day: date) -> None:
        """The group meets: it answers and settles what its step asks, and signs the step when it is done."""
        kept = stage.journey()
        if kept is None:
            return
        pack, journey = kept
        front = next((one for one in put(pack, journey, today=day) if not one.period), None)
        leader = leaders(pack, journey)[0].person.name
        if front is not None:
            self._answer(stage, pack, journey, front)
            return
        step = current_step(pack, journey)
        waiting = [one for one in pack.exercises_in(step) if one.id not in journey.exercises] if step else []
        for exercise in waiting:
            self._hold(stage, pack, exercise, leader, day)
        pack, journey = (stage.journey() if waiting else kept) or kept
        if step is not None and gate(pack, journey, step, today=day).ready:
            stage.says(leader, self._word("done"))

    def _hold(self, stage: "TickedStage", pack: Pack, exercise: Exercise, leader: str, day: date) -> None:
        """Hold an exercise from its first phase to its last."""
        number = pack.exercise_number[exercise.id]
        stage.says(leader, f"{self._word('exercise')} {number}")
        for _ in exercise.phases:
            kept = stage.journey()
            if kept is None or exercise.id not in kept[1].exercises:
                return
            for address in put(*kept, today=day):
                if pack.places[address.question].exercise == exercise.id:
                    self._answer(stage, *kept, address)
                    kept = stage.journey() or kept
            stage.says(leader, self._word("next"))

    def _answer(self, stage: "TickedStage", pack: Pack, journey: Journey, address: Address) -> None:
        """Everybody who is asked answers, and whoever leads settles; what can't be answered is skipped."""
        place, number = pack.places[address.question], number_of(pack, journey, address)
        leader = leaders(pack, journey)[0].person.name
        tried = self._tried[address.key] = self._tried.get(address.key, 0) + 1
        if tried > 2:
            if tried == 3:
                self._give_up(place, number)
                stage.says(leader, f"{self._word('skip')} {number}: {self._word('later')}")
            return
        said = sample(place.question, self._asking(stage, pack, journey))
        if place.question.kind == "record":
            self._add_records(stage, pack, journey, place, number, leader)
        elif said:
            asked = lacking(pack, journey, address) or leaders(pack, journey)
            alone = mode_of(place.question) == "direct" and place.question.who != "each"
            for member in asked[:1] if alone and place.question.kind != "commitment" else asked:
                stage.privately(member.person.name, f"{number}: {said}")
        if mode_of(place.question) == "consent":
            stage.says(leader, f"{self._word('round')} {number}: {said}")
            for voter in voters(pack, journey):
                stage.says(voter.person.name, f"{self._word('agree')} {number}")
        elif (
            mode_of(place.question) != "direct"
            or place.question.who == "each"
            or place.question.kind == "record"
        ):
            stage.says(leader, f"{self._word('settle')} {number}")

    def _give_up(self, place: Place, number: str) -> None:
        """Note that nobody could answer the question."""
        words = (place.question.short or place.question.ask).said_in(self.language)
        stuck = f"{number} {' '.join(words.split())}"
        if stuck not in self.stuck:
            self.stuck.append(stuck)

    def _add_records(
        self, stage: "TickedStage", pack: Pack, journey: Journey, place: Place, number: str, by: str
    ) -> None:
        """Add as many as are asked for, and one more: the days lie some weeks apart."""
        register = pack.registers[place.question.register_]  # type: ignore[union-attr]
        for index in range(place.question.at_least + 1):  # type: ignore[union-attr]
            asking = self._asking(stage, pack, journey)
            fields = {one.id: sample(one, asking, number=index) for one in register.fields}
            singular = register.singular.said_in(self.language).capitalize()
            fields[register.title_field] = f"{singular} {len(journey.records_in(register.id)) + index + 1}"
            try:
                stage.fills(by, "record", number, {id: said for id, said in fields.items() if said})
            except NothingToPress:
                return

    def _enter_records(self, stage: "TickedStage") -> None:
        """Whoever leads enters one record in each register by whose days something comes."""
        kept = stage.journey()
        if kept is None:
            return
        pack, journey = kept
        dates = [date for date in (date_of(one.when) for one in pack.cycle) if date is not None]
        days = {date.field for date in dates if date.register_}
        wanted = {date.register_ for date in dates if date.register_}
        for book in pack.registers.values():
            days |= {reminder.date for reminder in book.reminders}
            wanted |= {book.id} if book.reminders else set()
        leader = leaders(pack, journey)[0].person
        for register in (pack.registers[name] for name in sorted(wanted)):
            asking = self._asking(stage, pack, journey)
            singular = register.singular.said_in(self.language)
            stage.says(leader.name, f"{self._word('new')} {singular}: {singular.capitalize()} 1")
            for one in register.fields:
                if one.id != register.title_field and stage.has_form(leader.id):
                    begun = one.required or one.id in days or one.kind in BEGUN_WITH
                    stage.says(leader.name, (sample(one, asking) if begun else "") or NOTHING)
            if stage.has_form(leader.id):
                stage.says(leader.name, self._word("stop"))

    def _give_part(
        self, stage: "TickedStage", pack: Pack, journey: Journey, address: Address, day: date
    ) -> None:
        """Whoever owes a part of an open checkpoint gives it after some days; the last of several forgets it at first."""
        place = pack.places[address.question]
        open = open_at(pack, journey, address)
        owing = lacking(pack, journey, address)
        if open is None:
            return
        forgets = is_asked_privately(pack, address) and _is_last(pack, journey, address, open)
        ready = open.due + FORGOTTEN if forgets else WorkDays().after(open.opened, DAYS_TO_ANSWER)
        if day < ready:
            return
        number = number_of(pack, journey, address)
        tried = self._tried[address.key] = self._tried.get(address.key, 0) + 1
        if tried > 3:
            self._give_up(place, number)
            return
        said = sample(place.question, self._asking(stage, pack, journey))
        asked = owing or leaders(pack, journey)
        if place.question.kind == "record":
            stage.privately(asked[0].person.name, number)  # the question, with the button that opens the form
            self._add_records(stage, pack, journey, place, number, asked[0].person.name)
        for member in asked:
            if said:
                stage.privately(member.person.name, f"{number}: {said}")
        if mode_of(place.question) != "direct" or place.question.kind == "record":
            stage.says(leaders(pack, journey)[0].person.name, f"{self._word('settle')} {number}")

    def _close(self, stage: "TickedStage", day: date) -> None:
        """Whoever leads says once that a checkpoint is done, on its day, where there is a button to say so with."""
        kept = stage.journey()
        if kept is None:
            return
        pack, journey = kept
        for open in journey.checkpoints:
            if day >= open.due and open.key not in self._tried:
                self._tried[open.key] = 1
                with suppress(NothingToPress):
                    stage.presses(leaders(pack, journey)[0].person.name, f"checkpoint-done:{open.key}", "")

    def _asking(self, stage: "TickedStage", pack: Pack, journey: Journey) -> Asking:
        return Asking(pack, journey, journey.language, stage.today)

    def _word(self, key: str) -> str:
        return WORDS.get(self.language, WORDS["en"])[key]


@dataclass
class TickedStage(DeskStage):
    """A stage whose clock is looked at in the morning."""

    def has_form(self, person: str) -> bool:
        """Say whether the person is filling in a form in the channel."""
        with self.uow:
            room = self.uow.rooms.known(self.door, "", CHANNEL)
            return room is not None and self.uow.drafts.get(person, room.id, form=True) is not None

    def tick(self) -> None:
        desk = self.reopen(self.clock)
        desk.tick()
        self._desk = desk
        self._pump(desk)


def _is_last(pack: Pack, journey: Journey, address: Address, open: OpenCheckpoint) -> bool:
    parts = [one for one in parts_of(pack, journey, open, open.opened) if is_asked_privately(pack, one)]
    return len(parts) > 1 and parts[-1] == address


def _days(year: int) -> Iterator[date]:
    day = first_day(year)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def first_day(year: int) -> date:
    """Return the year's first working day."""
    day = date(year, 1, 1)
    while WorkDays().is_closed(day):
        day += timedelta(days=1)
    return day


def _entered_on(year: int) -> date:
    """Return the day in February on which records are entered."""
    return WorkDays().after(date(year, 1, 31), 1)


def _second_tuesday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(MEETS_ON - first.weekday()) % 7 + 7)
