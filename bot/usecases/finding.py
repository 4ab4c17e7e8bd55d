"""Finds what others have shared: good examples that fit a problem, wherever they come from; and shows one of them."""

from bot.usecases.about import about_journey
from bot.usecases.turn import Turn
from content.pack import Pack
from dialogs.hearing.hear import Commanded
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.model.sharing import Viewer
from dialogs.ports import Spot
from dialogs.search.entries import texts_of
from dialogs.search.query import query_of, terms_in
from dialogs.search.ranking import ranked, worth_a_look
from dialogs.values.asking import title_of
from dialogs.wording.found import MOST, Found, found_message, nothing_found, shared_message


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
    record = journey.record(record_id)
    if record is None:
        turn.refuse(Problem("record-unknown"))
        return
    model = turn.pack_of(journey).registers[record.register]
    told = (text for _, text in texts_of(record, model, journey.language))
    _show(turn, journey, " ".join(told), called=title_of(record, turn.teller(journey).asking))


def show_more(turn: Turn, journey_id: str, argument: str) -> None:
    """The button under a list shows those that fit less well. *argument* is how many are behind, a colon, the words."""
    behind, _, text = argument.partition(":")
    _show(turn, turn.uow.journeys.head(journey_id), text, behind=int(behind))


def show_one(turn: Turn, journey_id: str, record_id: str) -> None:
    """Show a record that was found, if it may still be seen."""
    journey = turn.uow.journeys.head(journey_id)
    seen = turn.uow.shares.seen([record_id], viewer_of(turn, journey))
    if not seen or seen[0].record.register not in turn.pack_of(journey).registers:
        turn.refuse(Problem("share-is-over"))
        return
    turn.reply_about(shared_message(turn.teller(journey), seen[0]), journey.id)


def searched(pack: Pack) -> frozenset[str]:
    """Return the registers that hold examples, of which somebody with a problem is told."""
    sharing = ((model.id, model.sharing) for model in pack.registers.values())
    return frozenset(id for id, shared in sharing if shared is not None and shared.what == "example")


def viewer_of(turn: Turn, journey: Journey) -> Viewer:
    """Return for whom is looked: the group, and only what may be met where they talk."""
    within = None
    door, tenant = turn.room.door, turn.room.tenant
    if turn.borders.are_at(door, tenant):
        known = turn.uow.organisations.all()
        within = tuple(id for id, name in known if turn.borders.allow(door, tenant, name))
    return Viewer(journey.group, journey.organisation, turn.today, within)


def _show(turn: Turn, journey: Journey, text: str, *, called: str = "", behind: int = 0) -> None:
    teller = turn.teller(journey)
    query = query_of(text, journey.language)
    viewer = viewer_of(turn, journey)
    counts = turn.uow.search.counts(terms_in(query))
    candidates = turn.uow.search.having(
        worth_a_look(query, counts), registers=searched(teller.pack), viewer=viewer
    )
    hits = ranked(query, candidates, counts, most=behind + MOST + 1)[behind:]
    seen = {
        one.record.id: one for one in turn.uow.shares.seen([hit.candidate.record for hit in hits], viewer)
    }
    found = [Found(seen[hit.candidate.record], hit.by) for hit in hits if hit.candidate.record in seen]
    if not found:
        turn.reply_about(nothing_found(teller, more=behind > 0), journey.id)
        return
    turn.reply_about(found_message(teller, found, text=text, called=called, behind=behind), journey.id)
