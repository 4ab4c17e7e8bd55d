"""Finds what others have shared: good examples that fit a problem, wherever they come from; and shows one of them."""

from collections.abc import Sequence
from datetime import date

from bot.usecases.about import about_journey
from bot.usecases.borders import Place
from bot.usecases.look_up import Fits, LookUp, fitting
from bot.usecases.turn import Turn
from content.pack import Pack
from dialogs.hearing.hear import Commanded
from dialogs.model.borders import Borders
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.model.sharing import Viewer
from dialogs.ports import Spot, UnitOfWork
from dialogs.search.entries import texts_of
from dialogs.values.asking import title_of
from dialogs.wording.found import (
    MOST,
    Found,
    found_message,
    nothing_found,
    others_lines,
    shared_message,
)
from dialogs.wording.teller import Teller

MOST_LOOKED_AT = 20  # of the problems that fit; the group's own are among them


def examples(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`exempel: stölder på boendet`, or `hitta exempel` and the same, shows what has helped others."""
    at = about_journey(turn, spot)
    if at is None:
        return True
    journey = turn.uow.journeys.head(at.journey)
    if not searched(turn.pack_of(journey)):
        turn.refuse(Problem("examples-not-here"))
    elif not heard.rest:
        turn.refuse(Problem("examples-how"))
    else:
        _show(turn, journey, heard.rest)
    return True


def for_record(turn: Turn, journey_id: str, record_id: str) -> None:
    """The button under a problem that the group has described looks for what has helped others with it."""
    journey = turn.whole(journey_id)
    record = journey.record(record_id) if looks_for(turn, journey) else None
    if record is None:
        turn.refuse(Problem("record-unknown"))
        return
    model = turn.pack_of(journey).registers[record.register]
    told = (text for _, text in texts_of(record, model, journey.language))
    _show(turn, journey, " ".join(told), called=title_of(record, turn.teller(journey).asking))


def show_more(turn: Turn, journey_id: str, argument: str) -> None:
    """The button under a list shows those that fit less well. *argument* is how many are behind, a colon, the words."""
    behind, _, text = argument.partition(":")
    journey = turn.uow.journeys.head(journey_id)
    if looks_for(turn, journey):
        _show(turn, journey, text, behind=int(behind))
    else:
        turn.refuse(Problem("old-button"))


def show_one(turn: Turn, journey_id: str, record_id: str) -> None:
    """Show a record that was found, if it may still be seen."""
    journey = turn.uow.journeys.head(journey_id)
    seen = turn.uow.shares.seen([record_id], viewer_of(turn, journey)) if looks_for(turn, journey) else ()
    if not seen or seen[0].record.register not in turn.pack_of(journey).registers:
        turn.refuse(Problem("share-is-over"))
        return
    turn.reply_about(shared_message(turn.teller(journey), seen[0]), journey.id)


def searched(pack: Pack, what: str = "example") -> frozenset[str]:
    """Return the registers that hold examples, or problems, as far as others can share theirs."""
    sharing = ((model.id, model.sharing) for model in pack.registers.values())
    return frozenset(id for id, shared in sharing if shared is not None and shared.what == what)


def looks_for(turn: Turn, journey: Journey) -> bool:
    """Say whether whoever presses sees with the group's eyes: a member, or somebody in its channel."""
    here = any(one.id == journey.id for one in turn.uow.journeys.in_room(turn.room.id))
    return here or journey.roster.member(turn.person.id) is not None


def viewer_of(turn: Turn, journey: Journey) -> Viewer:
    """Return for whom is looked: the group, and only what may be met where they talk."""
    return viewer_at((turn.room.door, turn.room.tenant), journey, turn.borders, turn.uow, turn.today)


def viewer_at(place: Place, journey: Journey, borders: Borders, uow: UnitOfWork, today: date) -> Viewer:
    within = None
    if borders.are_at(*place):
        within = tuple(id for id, name in uow.organisations.all() if borders.allow(*place, name))
    return Viewer(journey.group, journey.organisation, today, within)


def _show(turn: Turn, journey: Journey, text: str, *, called: str = "", behind: int = 0) -> None:
    teller = turn.teller(journey)
    viewer = viewer_of(turn, journey)
    wanted = [_wanted(teller, text, viewer, "example", behind + MOST + 1)]
    if not behind:
        wanted.append(_wanted(teller, text, viewer, "problem", MOST_LOOKED_AT))
    fits = fitting(turn.found, *wanted)
    found = still_seen(fits[0], viewer, turn.uow)[behind:]
    if found:
        said = found_message(teller, found, text=text, called=called, behind=behind)
    else:
        said = nothing_found(teller, more=behind > 0)
    if not behind:
        others = [one for one in still_seen(fits[1], viewer, turn.uow) if one.shared.group != viewer.group]
        others_lines(teller, others, said)
    turn.reply_about(said.done(), journey.id)


def _wanted(teller: Teller, text: str, viewer: Viewer, what: str, most: int) -> LookUp:
    return LookUp(text, teller.journey.language, searched(teller.pack, what), viewer, most)


def still_seen(fits: Fits, viewer: Viewer, uow: UnitOfWork) -> Sequence[Found]:
    """Return those that fit as the viewer may see them now: somebody may have taken one back since it was looked up."""
    seen = {one.record.id: one for one in uow.shares.seen([fit.record for fit in fits], viewer)}
    return [Found(seen[fit.record], fit.by) for fit in fits if fit.record in seen]
