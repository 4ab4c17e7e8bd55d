"""A question to colleagues outside the group: asked on a sheet or face to face, typed in for their level."""

from bot.usecases.about import about_journey
from bot.usecases.file_kinds import EXERCISE_SHEET, EXERCISE_TEXT, described
from bot.usecases.handing_out import hand_out
from bot.usecases.places import address_of_number, journeys_here, which_journey
from bot.usecases.turn import At, Turn
from content.pack import register_of
from content.schema.coverage import Coverage
from dialogs.events import RecordAdded
from dialogs.files import Recipe
from dialogs.flows.position import put
from dialogs.hearing.hear import Answered, Commanded
from dialogs.messages import Composer
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.ports import Needs, Spot
from dialogs.reports.exercise_sheet import OF_STAFF
from dialogs.values.names import find
from dialogs.values.staff import as_fields, level_named, staff_rounds
from dialogs.wording.staff import receipt, voices_message


def type_in(turn: Turn, heard: Answered, spot: Spot | None, *, all_of_it: str) -> bool:
    """Keep what somebody of the level said (`för medarbetare: text`). False where no level here is meant."""
    here = [spot.journey] if spot is not None else [one.id for one in journeys_here(turn)]
    meant = [one for one in here if _means_a_level(turn, turn.uow.journeys.head(one), heard)]
    if not meant:
        return False
    journey = meant[0] if len(meant) == 1 else which_journey(turn, spot, text=all_of_it)
    if journey is not None:
        _keep(turn, turn.uow.journeys.head(journey), heard, all_of_it)
    return True


def _means_a_level(turn: Turn, head: Journey, heard: Answered) -> bool:
    """Say whether a level is named, and no member; with a number, that of the question that asks for the levels."""
    pack, found = turn.pack_of(head), level_named(turn.pack_of(head), heard.on_behalf)
    people = [(member.person.id, member.person.name) for member in head.roster.members]
    if found is None or find(heard.on_behalf, people, numbered=False, alike=1).value is not None:
        return False
    address = address_of_number(turn, head, heard.number) if heard.number else None
    if not heard.number:
        return True
    return (
        address is not None and register_of(pack.places[address.question].question) == found[0].what.register_
    )


def _keep(turn: Turn, head: Journey, heard: Answered, all_of_it: str) -> None:
    pack = turn.pack_of(head)
    found = level_named(pack, heard.on_behalf)
    if found is None or head.roster.member(turn.person.id) is None:
        turn.refuse(Problem("not-a-member", {"group": head.group_name}), text=all_of_it)
        return
    coverage, audience = found
    register = coverage.what.register_ or ""
    loaded = turn.load(At(head.id))
    asked = (one for one in put(pack, loaded, today=turn.today))
    address = next(
        (one for one in asked if register_of(pack.places[one.question].question) == register), None
    )
    event = RecordAdded(
        by=turn.person.id, at=turn.now, register=register, id=turn.ids.new(), address=address,
        fields=as_fields(pack, coverage, audience, heard.text.strip(), head.language),
    )  # fmt: skip
    before = len(turn.letters)
    moved = turn.act(At(head.id), _with_register(turn, loaded, coverage), event, text=all_of_it)
    if moved is not None:  # what the register's receipt says, the level's says better
        turn.letters[before:] = [one for one in turn.letters[before:] if one.how != "note"]
        turn.reply_about(receipt(turn.teller(moved.journey), coverage, audience), head.id)


def levels(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`nivåer` shows what was said at each level, and which level nobody has asked."""
    found = _round(turn, spot)
    if found is not None:
        head, coverage = found
        turn.reply_about(voices_message(turn.teller(_with_register(turn, head, coverage)), coverage), head.id)
    return found is not None or not journeys_here(turn)


def sheet(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`frågeblad` hands out the sheet on which colleagues answer; `frågeblad text` as text to change first."""
    found = _round(turn, spot)
    if found is None:
        return not journeys_here(turn)
    head, coverage = found
    kind = (
        EXERCISE_TEXT if heard.rest.strip().casefold() in ("text", "som text", "as text") else EXERCISE_SHEET
    )
    recipe = Recipe(kind, turn.person.id, head.id, f"{OF_STAFF}{coverage.id}", turn.language)
    file = described(turn, recipe)
    if file is not None:
        hand_out(turn, file, Composer().say(turn.words.say("file-here", name=file.name)))
    return True


def _round(turn: Turn, spot: Spot | None) -> tuple[Journey, Coverage] | None:
    at = about_journey(turn, spot)
    if at is None:
        return None
    head = turn.uow.journeys.head(at.journey)
    rounds = staff_rounds(turn.pack_of(head))
    if not rounds:
        turn.refuse(Problem("staff-none"))
        return None
    return head, rounds[0]


def _with_register(turn: Turn, head: Journey, coverage: Coverage) -> Journey:
    return turn.uow.journeys.fill(head, Needs(registers=frozenset({coverage.what.register_ or ""})))
