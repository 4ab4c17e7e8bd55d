"""What the journal tells of the past: each settled answer, each round, each time that something was skipped or reopened."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from dialogs.events import Event, Reopened, RoundClosed, RoundOpened, Settled, Skipped, StepReopened
from dialogs.flows.fold import happen
from dialogs.model.answers import Address, Answer, ConsentRound, Item
from dialogs.reports import export_shape as shape
from dialogs.reports.export_names import who
from dialogs.wording.teller import Teller


@dataclass(frozen=True)
class History:
    """What the journal tells of the past, by address and by step, oldest first."""

    answers: Mapping[Address, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    rounds: Mapping[Address, list[ConsentRound]] = field(default_factory=lambda: defaultdict(list))
    skips: Mapping[Address, list[shape.Reason]] = field(default_factory=lambda: defaultdict(list))
    reopenings: Mapping[Address | str, list[shape.Reason]] = field(default_factory=lambda: defaultdict(list))


def history_of(teller: Teller, events: Iterable[Event]) -> History:
    """Let everything happen once more, and note what each moment made."""
    history = History()
    journey = replace(teller.journey, sequence=0, signed={}, pages={}, items={}, records={}, checkpoints=())
    for event in events:
        before, journey = journey, happen(teller.pack, journey, event)
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
        elif isinstance(event, StepReopened):
            history.reopenings[event.step].append(_reason(teller, event))
    for item in journey.items.values():
        _unfinished(item, history)
    return history


def _unfinished(item: Item, history: History) -> None:
    if item.in_round and item.round is not None:
        history.rounds[item.address].append(item.round)


def _reason(teller: Teller, event: Skipped | Reopened | StepReopened) -> shape.Reason:
    return shape.Reason(by=who(teller, event.by), at=event.at, reason=event.reason)
