"""Finds one of the speaker's groups by its name."""

from bot.usecases.turn import Turn
from dialogs.values.names import find


def named_group(turn: Turn, name: str) -> str | None:
    """Return the journey of the group that is meant; None when none is, or it isn't clear which."""
    theirs = [one for one in turn.uow.journeys.of_person(turn.person.id) if one.state != "closed"]
    return find(name, tuple((one.id, one.group_name) for one in theirs), numbered=False).value
