"""The signs of life that a group gives: who was heard of when, which rounds ran out, where a coach has given feedback."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dialogs.model.people import PersonId


@dataclass(frozen=True, slots=True)
class Pulse:
    """What a summary reads instead of the journal; follows from the events, and can be rebuilt from them."""

    heard: Mapping[PersonId, date] = field(default_factory=dict)  # the last day on which each did something
    lapsed: tuple[str, ...] = ()  # address keys whose round ran out with too few voices, and nothing since
    fed_back: Mapping[str, date] = field(default_factory=dict)  # step -> when feedback on it was given last
