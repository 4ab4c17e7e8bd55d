"""Says where one group stands, and remembers that the asker was told: next time they hear what is new since."""

from collections.abc import Mapping

from bot.usecases.about import about_journey
from bot.usecases.named_groups import named_group
from bot.usecases.pausing import paused_until
from bot.usecases.plan import to_come
from bot.usecases.standings import Summed, summed_up
from bot.usecases.turn import At, Turn
from bot.usecases.versions import newer_than
from dialogs.hearing.hear import Commanded
from dialogs.messages import Message
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.reports.status import status_message
from dialogs.reports.status_parts import part_message
from dialogs.values.names import find

_PARTS: Mapping[str, tuple[str, ...]] = {
    "news": ("nytt", "nyheter", "vad är nytt", "new", "news", "what is new"),
    "late": ("försenat", "sent", "late"),
    "waits": ("väntar", "vem väntar vi på", "waiting", "waits"),
    "gaps": ("luckor", "gaps"),
    "steps": ("steg", "alla steg", "steps", "all steps"),
    "year": ("hållpunkter", "checkpoints"),
}


def status(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`läget`, `läget <grupp>`, `läget luckor` and `läget <grupp>: luckor`."""
    group, _, named = heard.rest.partition(":")
    journey = named_group(turn, group) if group.strip() else None
    part = _part(named or (group if journey is None else ""))
    if (group.strip() and journey is None and (named or not part)) or (named.strip() and not part):
        return False
    at = At(journey) if journey else about_journey(turn, spot)
    if at is not None and part:
        show_part(turn, at.journey, part)
    elif at is not None:
        turn.reply_about(status_now(turn, at.journey), at.journey)
    return True


def status_now(turn: Turn, journey: str) -> Message:
    """Return where the journey stands."""
    summed = _summed(turn, journey)
    teller = turn.teller(summed.journey)
    paused = paused_until(journey, uow=turn.uow, today=turn.today)
    newer = newer_than(turn.shelf, teller.pack.id, teller.pack.version)
    if summed.journey.roster.member(turn.person.id) is not None:
        turn.uow.journeys.note_look(summed.journey, turn.person.id, turn.now)
    return status_message(teller, summed.summary, reminders_paused=paused, newer=newer)


def show_part(turn: Turn, journey: str, part: str) -> None:
    """Say one part of the status in full. What was new when the status was shown is told still."""
    summed = _summed(turn, journey, told=True)
    teller = turn.teller(summed.journey)
    coming = to_come(summed.journey, summed.pack, uow=turn.uow, today=turn.today) if part == "year" else ()
    turn.reply_about(part_message(teller, summed.summary, part, coming), journey)


def press_part(turn: Turn, journey: str, part: str) -> None:
    """The same by a button: whoever belongs to the group may press it anywhere, others in its room."""
    head = turn.uow.journeys.head(journey)
    here = any(one.id == journey for one in turn.uow.journeys.in_room(turn.room.id))
    if part not in _PARTS:
        turn.refuse(Problem("old-button"))
    elif here or head.roster.member(turn.person.id) is not None:
        show_part(turn, journey, part)
    else:
        turn.refuse(Problem("not-a-member", {"group": head.group_name}))


def _summed(turn: Turn, journey: str, *, told: bool = False) -> Summed:
    person = turn.person.id
    return summed_up(journey, person, uow=turn.uow, shelf=turn.shelf, today=turn.today, told=told)


def _part(words: str) -> str:
    options = [(part, word) for part, words in _PARTS.items() for word in words]
    return find(words, options, numbered=False, alike=1).value or ""
