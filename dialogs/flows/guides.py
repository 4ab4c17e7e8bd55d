"""Weighs the answers to a guide: the outcome that they come to, and what speaks for and against each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from content.pack import Pack
from content.schema.base import Text
from content.schema.guides import Guide, Outcome
from dialogs.flows.facts import Facts, holds
from dialogs.model.answers import Value
from dialogs.model.journey import Journey
from dialogs.model.people import PersonId
from dialogs.model.records import Record

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Weighed:
    """An outcome, and what is to be said for and against it."""

    outcome: Outcome
    speaks_for: tuple[Text, ...]
    speaks_against: tuple[Text, ...]


def weigh(
    pack: Pack, journey: Journey, guide: Guide, answers: Mapping[str, Value], today: date
) -> tuple[Weighed, ...]:
    """Return every outcome weighed, the one that the answers come to first."""
    at_hand = Record("", f"guide:{guide.id}", answers, "", PersonId(""), LONG_AGO)
    facts = Facts(pack, journey, today, at_hand)
    chosen = next(one for one in guide.outcomes if holds(one.rule, facts))
    return tuple(
        Weighed(
            one,
            tuple(reason.say for reason in one.speaks_for if holds(reason.rule, facts)),
            tuple(reason.say for reason in one.speaks_against if holds(reason.rule, facts)),
        )
        for one in (chosen, *(other for other in guide.outcomes if other is not chosen))
    )
