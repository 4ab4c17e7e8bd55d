"""Compares what the program believes to have said with what stands in Teams, which can't be asked what it has."""

from tests.doors import ledger
from tests.doors.kept import Kept
from tests.teams.town import Town


def lost_or_doubled(town: Town, kept: Kept) -> list[str]:
    """Return what is wrong, a line each. The door has to stamp its cards."""
    there = [one.key for one in town.connector.messages.values() if one.key]
    posted = town.connector.posted
    return ledger.lost_or_doubled(kept, "teams", there=there, posted=posted, can_tell=False)
