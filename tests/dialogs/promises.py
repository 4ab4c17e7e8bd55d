"""What must hold of a journey whatever people do in it: play some acts, and look after each."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.usecases.rebuild import anew, differences
from content.pack import Pack, register_of
from dialogs.events import (
    Contributed,
    Event,
    ExerciseBrokenOff,
    ExerciseEnded,
    ExerciseStarted,
    PhaseBegan,
    RecordAdded,
    RecordChanged,
    RecordMoved,
    Settled,
    Withdrawn,
    address_of,
)
from dialogs.flows.advance import Advance, advance
from dialogs.flows.disposing import disposed, texts_of, up_to, why_kept
from dialogs.flows.fold import happen
from dialogs.flows.needs import needs, needs_to_look
from dialogs.flows.position import asked, is_asked, recounted
from dialogs.flows.rights import may_see
from dialogs.model.answers import Address, Value
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.ports import Needs
from dialogs.time import local_day
from storage.mapping import EVENT, EXERCISES, ITEM, PAGE
from tests.dialogs.random_acts import Act

_Given = dict[str, Value]
_Answered = tuple[int, Value] | None


@dataclass
class Said:
    """What was accepted, remembered apart from the program: it has to be there afterwards."""

    contributions: dict[Address, dict[str, Value]] = field(default_factory=dict)
    answers: dict[Address, tuple[int, Value]] = field(default_factory=dict)
    revisions: dict[Address, int] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)
    asides: dict[Address, "tuple[_Given, _Answered]"] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    over: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    phase: dict[str, int] = field(default_factory=dict)  # of the exercises that are on
    there: dict[str, set[str]] = field(default_factory=dict)  # records that a later time began with
    before: dict[str, set[str]] = field(default_factory=dict)  # the same, of the time that was broken off

    def hear(self, pack: Pack, event: Event) -> None:
        match event:
            case Contributed(address=address, id=id, value=value, replaces=replaces):
                given = self.contributions.setdefault(address, {})
                given.pop(replaces, None)
                given[id] = value
            case Withdrawn(address=address, id=id):
                del self.contributions[address][id]
            case Settled(address=address, value=value):
                self.revisions[address] = self.revisions.get(address, 0) + 1
                self.answers[address] = (self.revisions[address], value)
            case RecordAdded(id=id):
                self.records[id] = 1
            case RecordChanged(id=id) | RecordMoved(id=id):
                self.records[id] += 1
            case ExerciseStarted(exercise=exercise) if exercise in self.over:
                self.phase[exercise] = 0
                again = self.before.pop(exercise, None) if exercise in self.broken else None
                self.there[exercise] = set(self.records) if again is None else again
                self.times[exercise] += 1
                self._change_places(pack, exercise, anew=exercise not in self.broken)
                self.over.discard(exercise)
                self.broken.discard(exercise)
            case ExerciseStarted(exercise=exercise):
                self.phase[exercise] = 0
                self.times[exercise] = 1
            case PhaseBegan(exercise=exercise):
                self.phase[exercise] += 1
            case ExerciseEnded(exercise=exercise):
                self.over.add(exercise)
            case ExerciseBrokenOff(exercise=exercise) if self.times[exercise] > 1:
                self.before[exercise] = self.there.pop(exercise, set())
                self.times[exercise] -= 1
                self._change_places(pack, exercise, anew=False)
                self.over.add(exercise)
                self.broken.add(exercise)
            case _:
                return

    def _change_places(self, pack: Pack, exercise: str, *, anew: bool) -> None:
        """Lay what is there aside, and bring what lay aside back, unless all is asked anew."""
        asked = {one.id for one in pack.exercise_of[exercise].questions if one.visibility != "anonymous"}
        for address in {*self.contributions, *self.answers, *self.asides}:
            if address.question in asked:
                now = (self.contributions.pop(address, {}), self.answers.pop(address, None))
                given, answered = self.asides.get(address, ({}, None)) if not anew else ({}, None)
                self.asides[address] = now
                self.contributions[address] = given
                if answered is not None:
                    self.answers[address] = answered

    def is_in(self, journey: Journey) -> None:
        for address, given in self.contributions.items():
            there = {one.id: one.value for one in journey.item(address).contributions}
            assert there == given, address
        for address, (revision, value) in self.answers.items():
            answer = journey.item(address).answer
            assert answer is not None, address
            assert (answer.revision, answer.value) == (revision, value), address
        kept = {one.id: one.revision for records in journey.records.values() for one in records}
        assert kept == self.records

    def of_exercises(self, pack: Pack, before: Journey, journey: Journey, event: Event) -> None:
        """See that an exercise asks, hides, settles and owns what it should, by what was said and nothing else."""
        today = local_day(event.at)
        for exercise, run in journey.exercises.items():
            if run.over:
                continue
            asks = {
                one.question for one in asked(pack, journey, pack.step_of_exercise[exercise], today=today)
            }
            for number, phase in enumerate(pack.exercise_of[exercise].phases):
                begun = run.held == "room" or number <= self.phase[exercise]
                for one in phase.questions:
                    assert begun or one.id not in asks, f"{one.id} is asked before its phase"
                    plain = one.when is None and one.for_each is None and one.who != "each-unit"
                    assert not (begun and plain) or one.id in asks, f"{one.id} isn't asked"
            if any(register_of(one) for one in pack.exercise_of[exercise].questions):
                kept = self.there.get(exercise, set())
                assert {one for one in self.records if not run.owns(one)} >= kept, "an earlier time's record"
        for address, given in self.contributions.items():
            question, item = pack.places[address.question].question, journey.item(address)
            if (
                question.visibility == "after-round"
                and given
                and not self.answers.get(address)
                and not item.skipped
            ):
                for member in journey.roster.members:
                    assert not may_see(pack, journey, question, item, member.person.id), (
                        f"{address} is hidden"
                    )
        if isinstance(event, PhaseBegan | ExerciseEnded):
            for address, given in self.contributions.items():
                place = pack.places[address.question]
                was_open = place.exercise == event.exercise and is_asked(pack, before, address, today=today)
                if (
                    was_open
                    and given
                    and place.question.who == "each"
                    and place.question.kind != "commitment"
                ):
                    assert journey.item(address).done, f"{address} was put in, and the group went on"


def begun(pack: Pack, journey: Journey) -> Journey:
    """Return the journey as it is when it starts: every step counted."""
    for step in pack.steps:
        journey = recounted(pack, journey, step.id, today=journey.started)
    return journey


def keep_their_promises(pack: Pack, journey: Journey, acts: Sequence[Act], *, one_day: bool) -> int:
    """Play the acts and return how many were accepted. On one day the counters can be told from the journal too."""
    start = journey = begun(pack, journey)
    said = Said()
    journal: list[Event] = []
    taken: list[Event] = []
    for number, act in enumerate(acts):
        event = act.on(pack, journey, number)
        moved = advance(pack, journey, event)
        _same_from_what_is_needed(pack, journey, event, moved)
        if isinstance(moved, Problem):
            continue
        assert moved == advance(pack, journey, event)
        assert moved.events, "an accepted event happens"
        for one in moved.events:
            said.hear(pack, one)
        said.is_in(moved.journey)
        said.of_exercises(pack, journey, moved.journey, moved.events[0])
        assert moved.journey.sequence == journey.sequence + len(moved.events)
        journal.extend(moved.events)
        taken.append(event)
        journey = moved.journey
    _journal_makes_the_journey(pack, start, journey, journal, one_day=one_day)
    _can_do_without_what_was_put_in(pack, start, journey, journal)
    again = start
    for event in taken:
        moved = advance(pack, again, event)
        assert isinstance(moved, Advance)
        again = moved.journey
    assert again == journey
    return len(taken)


def _journal_makes_the_journey(
    pack: Pack, start: Journey, journey: Journey, journal: Sequence[Event], *, one_day: bool
) -> None:
    kept = [EVENT.value(EVENT.text(event)) for event in journal]
    assert kept == list(journal), "what is read from the journal is what was written"
    folded = start
    for event in kept:
        folded = happen(pack, folded, event)
    assert folded.items == journey.items
    assert folded.exercises == journey.exercises
    assert EXERCISES.value(EXERCISES.text(journey.exercises)) == journey.exercises
    for step in pack.step_of:
        assert folded.page(step).statuses == journey.page(step).statuses
        assert folded.page(step).waiting == journey.page(step).waiting
    for item in journey.items.values():
        assert ITEM.value(ITEM.text(item)) == item
    for page in journey.pages.values():
        assert PAGE.value(PAGE.text(page)) == page
    rebuilt = anew(lambda _: pack, journey, map(_without_anonymous_text, kept), today=journey.started)
    told = [one for one in differences(journey, rebuilt) if one_day or not one.startswith("counters")]
    assert told == [], told


def _can_do_without_what_was_put_in(
    pack: Pack, start: Journey, journey: Journey, journal: Sequence[Event]
) -> None:
    """When what was put in behind settled answers is disposed of, nothing else changes."""
    texts = texts_of(lambda _: pack, start, journal)
    bare = [item for item in journey.items.values() if why_kept(lambda _: pack, pack.version, item) is None]
    numbers = {
        number
        for item in bare
        if item.answer is not None
        for number in up_to(texts.get(item.address, {}), item.answer.at)
    }
    gone = {
        number: disposed(event, "1")
        for one in texts.values()
        for number, event in one.items()
        if number in numbers
    }
    left = [gone.get(number, event) for number, event in enumerate(journal, start=1)]
    ids = {event.id for event in gone.values()}
    items = {
        address: replace(item, contributions=tuple(one for one in item.contributions if one.id not in ids))
        for address, item in journey.items.items()
    }
    wanted = replace(journey, items=items)
    rebuilt = anew(lambda _: pack, wanted, map(_without_anonymous_text, left), today=journey.started)
    told = [one for one in differences(wanted, rebuilt) if not one.startswith("counters")]
    assert told == [], told


def _without_anonymous_text(event: Event) -> Event:
    """Return the event as the store's journal keeps it."""
    if isinstance(event, Contributed) and event.person is None:
        return replace(event, id="", value=None, replaces="", why="")
    return event


def _same_from_what_is_needed(pack: Pack, whole: Journey, event: Event, moved: Advance | Problem) -> None:
    """Whoever has read only what `needs` names comes to the same."""
    head = replace(whole, pages={}, items={}, records={})
    part = _part(whole, needs(pack, head, event))
    address = address_of(event)
    looked = _part(whole, needs_to_look(pack, head, address))
    little = _part(whole, needs_to_look(pack, head, address) | needs(pack, looked, event))
    after = advance(pack, part, event)
    in_little = advance(pack, little, event)
    if isinstance(after, Problem) or isinstance(in_little, Problem):
        assert in_little == after
    else:
        assert (in_little.events, in_little.effects) == (after.events, after.effects)
        _same_whole(whole, in_little, moved)
    if isinstance(moved, Problem) or isinstance(after, Problem):
        assert after == moved, address_of(event)
        return
    assert (after.events, after.effects) == (moved.events, moved.effects)
    _same_whole(whole, after, moved)


def _same_whole(whole: Journey, after: Advance, moved: Advance | Problem) -> None:
    """What was written of a part, laid over the whole, is what the whole would have become."""
    assert isinstance(moved, Advance)
    merged = replace(
        after.journey,
        pages={**whole.pages, **after.journey.pages},
        items={**whole.items, **after.journey.items},
        records={name: kept for name, kept in {**whole.records, **after.journey.records}.items() if kept},
    )
    assert merged == moved.journey


def _part(whole: Journey, needed: Needs) -> Journey:
    """Return of *whole* what is needed, as the store would read it."""
    return replace(
        whole,
        pages={step: page for step, page in whole.pages.items() if step in needed.steps},
        items={
            address: item
            for address, item in whole.items.items()
            if address in needed.addresses or address.question in needed.questions
        },
        records={register: whole.records_in(register) for register in needed.registers},
    )
