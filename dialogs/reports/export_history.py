"""What the journal tells of the past: each settled answer, each round, each time that something was skipped or reopened."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

from content.pack import Pack
from dialogs.events import (
    Event,
    ExerciseBrokenOff,
    ExerciseStarted,
    Feedback,
    Reopened,
    RoundClosed,
    RoundOpened,
    Settled,
    Skipped,
    StepReopened,
    VersionChanged,
)  # fmt: skip
from dialogs.flows.versions import moved, replayed
from dialogs.model.answers import Address, Answer, ConsentRound, Contribution, Item
from dialogs.model.journey import Journey
from dialogs.reports import export_shape as shape
from dialogs.reports.export_names import who
from dialogs.wording.teller import Teller

K = TypeVar("K")
T = TypeVar("T")


@dataclass(frozen=True)
class History:
    """What the journal tells of the past, oldest first: by step, and by the address where the answer lies now."""

    answers: Mapping[Address, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    rounds: Mapping[Address, list[ConsentRound]] = field(default_factory=lambda: defaultdict(list))
    skips: Mapping[Address, list[shape.Reason]] = field(default_factory=lambda: defaultdict(list))
    reopenings: Mapping[Address | str, list[shape.Reason]] = field(default_factory=lambda: defaultdict(list))
    versions: list[VersionChanged] = field(default_factory=list)
    feedback: Mapping[Address | str, list[shape.Feedback]] = field(default_factory=lambda: defaultdict(list))
    other_times: Mapping[Address, list[Contribution]] = field(default_factory=lambda: defaultdict(list))

    def moved(self, moves: Mapping[Address, Address]) -> "History":
        """Return the same where each answer lies after a change of version."""
        return History(
            _moved(self.answers, moves), _moved(self.rounds, moves), _moved(self.skips, moves),
            _moved(self.reopenings, moves), self.versions, _moved(self.feedback, moves), _moved(self.other_times, moves),
        )  # fmt: skip


def _moved(kept: Mapping[K, list[T]], moves: Mapping[Address, Address]) -> Mapping[K, list[T]]:
    found: Mapping[K, list[T]] = defaultdict(list)
    for key, told in kept.items():
        found[cast(K, moves.get(cast(Address, key), key))].extend(told)
    return found


def history_of(teller: Teller, events: Iterable[Event], pack_of: Callable[[str], Pack]) -> History:
    """Let everything happen once more, and note what each moment made. *pack_of* gives a version of the method."""
    history = History()
    empty = replace(
        teller.journey, sequence=0, signed={}, pages={}, items={}, retired={}, records={}, checkpoints=()
    )
    journey = empty
    for pack, before, event, journey in replayed(pack_of, empty, events):
        if isinstance(event, VersionChanged):
            history = history.moved(moved(pack_of(event.before), pack, before))
            history.versions.append(event)
        address = getattr(event, "address", None)
        item = journey.item(address) if address is not None else None
        if isinstance(event, RoundOpened | Reopened):
            _unfinished(before.item(event.address), history)
        if isinstance(event, Settled) and item is not None and item.answer is not None:
            history.answers[event.address].append(item.answer)
        elif isinstance(event, RoundClosed) and item is not None and item.round is not None:
            history.rounds[event.address].append(item.round)
        elif isinstance(event, Skipped):
            history.skips[event.address].append(_reason(teller, event))
        elif isinstance(event, Reopened):
            history.reopenings[event.address].append(_reason(teller, event))
        elif isinstance(event, Feedback):
            told = shape.Feedback(by=who(teller, event.by), at=event.at, text=event.text)
            history.feedback[event.address or event.step].append(told)
        elif isinstance(event, ExerciseStarted | ExerciseBrokenOff):
            _put_in(pack, before, event.exercise, history)
        elif isinstance(event, StepReopened):
            history.reopenings[event.step].append(_reason(teller, event))
    for item in (*journey.items.values(), *journey.retired.values()):
        _unfinished(item, history)
    return history


def _put_in(pack: Pack, journey: Journey, exercise: str, history: History) -> None:
    """Note what was put in by the time that an exercise is held again, or broken off."""
    for question in pack.exercise_of[exercise].questions:
        for item in journey.items_of(question.id):
            noted = {one.id for one in history.other_times[item.address]}
            history.other_times[item.address].extend(
                one for one in item.contributions if one.id not in noted and one.by is not None
            )


def _unfinished(item: Item, history: History) -> None:
    if item.in_round and item.round is not None:
        history.rounds[item.address].append(item.round)


def _reason(teller: Teller, event: Skipped | Reopened | StepReopened) -> shape.Reason:
    return shape.Reason(by=who(teller, event.by), at=event.at, reason=event.reason)
