"""Keeps a group's pulse: what each event says of who is heard, which rounds ran out, and where feedback was given."""

from collections.abc import Mapping
from dataclasses import replace

from content.pack import Pack
from dialogs.events import (
    CheckpointClosed,
    CheckpointMoved,
    CheckpointOpened,
    Contributed,
    Event,
    Feedback,
    Marked,
    Reopened,
    RoundClosed,
    RoundOpened,
    Settled,
    Skipped,
    TextDisposed,
    VersionChanged,
)  # fmt: skip
from dialogs.flows.position import step_of
from dialogs.model.answers import Address
from dialogs.model.people import PersonId
from dialogs.model.pulse import Pulse
from dialogs.time import local_day

_BY_ITSELF = (CheckpointClosed, CheckpointMoved, CheckpointOpened, Marked, RoundClosed, VersionChanged)
"""What the clock and the rules bring: the name under it is that of whoever once set it off."""

_ENDS_A_LAPSE = (Reopened, RoundOpened, Settled, Skipped)


def beat(pack: Pack, pulse: Pulse, event: Event) -> Pulse:
    """Return the pulse after *event*: the very same where it says nothing new, as most of a day's do."""
    day = local_day(event.at)
    new = [person for person in _heard(event) if pulse.heard.get(person) != day]
    if new:
        pulse = replace(pulse, heard={**pulse.heard, **dict.fromkeys(new, day)})
    if isinstance(event, Feedback):
        step = step_of(pack, event.address) if event.address is not None else event.step
        return replace(pulse, fed_back={**pulse.fed_back, step: day})
    if isinstance(event, RoundClosed):
        ran_out = event.outcome == "no-quorum" and event.address.key not in pulse.lapsed
        return replace(pulse, lapsed=(*pulse.lapsed, event.address.key)) if ran_out else pulse
    if pulse.lapsed and isinstance(event, _ENDS_A_LAPSE) and event.address.key in pulse.lapsed:
        return replace(pulse, lapsed=tuple(key for key in pulse.lapsed if key != event.address.key))
    return pulse


def _heard(event: Event) -> tuple[PersonId, ...]:
    """Return who did it. What is written for somebody is theirs too."""
    if isinstance(event, _BY_ITSELF) or (isinstance(event, Settled) and event.how == "consent"):
        return ()
    if (
        isinstance(event, Contributed | TextDisposed)
        and event.person is not None
        and event.person != event.by
    ):
        return (event.by, event.person)
    return (event.by,)


def carried_over(pulse: Pulse, moves: Mapping[Address, Address]) -> Pulse:
    """Return the pulse where answers lie elsewhere: *moves* says where, retired where nobody asks for them."""
    there = (moves[Address.of(key)] for key in pulse.lapsed)
    return replace(pulse, lapsed=tuple(to.key for to in there if not to.asked_last_in))
