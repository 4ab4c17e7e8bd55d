"""Compares what the program believes to have said with what stands in Slack."""

from tests.doors import ledger
from tests.doors.kept import Kept
from tests.slack.posted import Shown
from tests.slack.town import Town


def standing(town: Town) -> list[str]:
    """Return the keys of all letters that stand in Slack, each with its part; those that were edited go by the last."""
    return [
        shown.key
        for channel in town.conversations()
        for shown in (Shown(channel, one["ts"], one) for one in town.history(channel))
        if shown.key
    ]


def lost_or_doubled(town: Town, kept: Kept) -> list[str]:
    """Return what is wrong, a line each."""
    return ledger.lost_or_doubled(kept, "slack", there=standing(town), posted=town.adapter.posted.keys)
