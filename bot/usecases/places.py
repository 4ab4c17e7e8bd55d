"""Finds out which journey and which question words are about: by thread, by number, or by asking back."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.usecases.borders import hides_in
from bot.usecases.turn import At, Turn
from content.pack import Place
from dialogs.flows.checkpoints import is_asked_privately
from dialogs.flows.facts import Facts
from dialogs.flows.periods import checkpoint_of
from dialogs.flows.position import asked, current_step, number_of, parts_of, put, step_of, subjects
from dialogs.flows.rights import expected_of, lacking, may_answer
from dialogs.hearing.hear import Commanded, hear
from dialogs.messages import Composer, Press
from dialogs.model.answers import Address
from dialogs.model.checkpoint import OpenCheckpoint, is_of_checkpoint
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.ports import JourneyRef, Needs, Spot
from dialogs.values.names import alphabetical

MOST_ASKED_WHICH = 10


@dataclass(frozen=True, slots=True)
class Unclear:
    """More than one journey may be meant; the person has been asked which."""


def journeys_here(turn: Turn) -> tuple[JourneyRef, ...]:
    """Return the journeys that words in this room may be about: the room's own; in private, all of the person's."""
    found = tuple(turn.uow.journeys.in_room(turn.room.id))
    if turn.room.private:
        theirs = tuple(one for one in turn.uow.journeys.of_person(turn.person.id) if not one.practice)
        found = tuple(dict.fromkeys((*found, *theirs)))
    return tuple(one for one in found if one.state != "closed")


def spot_of(turn: Turn, thread_of: str) -> Spot | None:
    spot = turn.spot(thread_of) if thread_of else None
    # Under a checkpoint's message it is known which group is meant, and no more.
    return Spot(spot.journey, None) if spot is not None and is_of_checkpoint(spot.address) else spot


def which_journey(turn: Turn, spot: Spot | None, *, text: str = "") -> str | None:
    """Return the journey's id; None when there is none or the person had to be asked which."""
    if spot is not None:
        return spot.journey
    found = journeys_here(turn)
    practice = [one for one in found if one.practice]
    if turn.room.private and len(practice) == 1:
        return practice[0].id
    if len(found) == 1:
        return found[0].id
    if not found and hides_in(turn.room.id, turn.uow):
        turn.refuse(Problem("group-not-here"), text=text)
        return None
    if not found:
        turn.say("no-journey-here")
        return None
    if _is_answer(text) and may_be_anonymous(turn):
        _ask_unkept(turn, found)
        return None
    if text:
        turn.keep(text)
    said = Composer().say(turn.words.say("which-journey"))
    for one in sorted(found, key=lambda one: alphabetical(one.group_name))[:10]:
        said.button(f"{one.group_name}", Press("choose-journey", None, one.id))
    turn.reply(said.done())
    return None


def may_be_anonymous(turn: Turn) -> bool:
    """Say whether words in private may be meant for an anonymous question that is open in a group of the speaker's."""
    return turn.room.private and any(
        turn.is_anonymous(At(one.id, address))
        for one in journeys_here(turn)
        if _has_anonymous(turn, one)
        for address in put_now(turn, one.id)[1]
    )


def _has_anonymous(turn: Turn, journey: JourneyRef) -> bool:
    pack = turn.pack_of(turn.uow.journeys.head(journey.id))
    return any(place.question.visibility == "anonymous" for place in pack.places.values())


def _is_answer(text: str) -> bool:
    """Say whether *text* may hold an answer: it isn't surely a command, or one that changes an answer."""
    heard = hear(text)
    return bool(text.strip()) and not (isinstance(heard, Commanded) and heard.command != "change")


def _ask_unkept(turn: Turn, journeys: Sequence[JourneyRef]) -> None:
    """Ask which question is meant, of all groups, without keeping words that may be meant for an anonymous one."""
    said = Composer().say(turn.words.say("which-journey-unkept"))
    for one in sorted(journeys, key=lambda one: one.group_name):
        journey, addresses = put_now(turn, one.id)
        for address in open_for(turn, journey) or addresses:
            if len(said.buttons) < MOST_ASKED_WHICH:
                number = turn.teller(journey).number(address)
                label = turn.words.text("button-answer-number", number=number, group=one.group_name)
                said.button(label, Press("show", address, one.id))
    turn.reply(said.done())


def address_of_number(turn: Turn, head: Journey, number: str) -> Address | None:
    """Return the address that people call *number*, such as 4.3.2; None when there is none.

    A number without its last part means the first that is still open.
    """
    pack = turn.pack_of(head)
    base, _, ordinal = number.partition(".")
    question, _, nth = ordinal.partition(".")
    place = pack.by_number.get(f"{base}.{question}")
    if place is None:
        return None
    anew = _asked_anew(turn, head, place)
    if anew is not None:
        return _anew(turn, head, place, anew, nth)
    if place.checkpoint:
        return Address(place.question.id)  # it hasn't been asked yet
    step = place.step or current_step(pack, head) or pack.steps[-1].id
    if place.at_every_gate:
        if nth.isdigit() and 1 <= int(nth) <= len(pack.steps):
            step = pack.steps[int(nth) - 1].id
        return Address(place.question.id, f"step:{step}")
    each = place.question.for_each
    if place.question.who != "each-unit" and each is None:
        return None if nth else Address(place.question.id)
    reads = pack.reads(step)
    journey = turn.uow.journeys.fill(
        head, Needs(frozenset({step}), frozenset(), reads.questions, reads.registers)
    )
    if each is not None and each.register_:
        all_of_them = tuple(f"record:{record.id}" for record in journey.records_in(each.register_))
    elif each is not None and each.members:
        all_of_them = tuple(f"person:{member.person.id}" for member in journey.roster.members)
    else:
        all_of_them = tuple(f"unit:{unit.id}" for unit in journey.roster.units)
    if nth.isdigit():
        return (
            Address(place.question.id, all_of_them[int(nth) - 1])
            if 1 <= int(nth) <= len(all_of_them)
            else None
        )
    found = subjects(place, step, Facts(pack, journey, turn.today))
    page = journey.page(step)
    addresses = [Address(place.question.id, subject) for subject in found]
    return next((one for one in addresses if not page.is_done(one)), addresses[0] if addresses else None)


def _asked_anew(turn: Turn, head: Journey, place: Place) -> OpenCheckpoint | None:
    """Return the open checkpoint whose question is meant; of a checkpoint's own, else the one that was closed last."""
    checkpoint = checkpoint_of(place)
    opened = [one for one in head.checkpoints if one.checkpoint == checkpoint]
    if opened and (place.checkpoint or not _is_before_group(turn, head, place)):
        return min(opened, key=lambda one: (one.due, one.key))
    if not place.checkpoint:
        return None
    kept = [one for one in turn.uow.journeys.checkpoints(head.id) if one.checkpoint == checkpoint]
    if not kept:
        return None
    last = max(kept, key=lambda one: (one.due, one.key))
    return OpenCheckpoint(checkpoint, last.subject, last.period, last.due, last.due, last.meeting)


def _is_before_group(turn: Turn, head: Journey, place: Place) -> bool:
    """Say whether the group is at the question's own step and hasn't answered it there."""
    pack = turn.pack_of(head)
    if place.step != current_step(pack, head):
        return False
    reads = pack.reads(place.step)
    steps = frozenset({place.step})
    journey = turn.uow.journeys.fill(head, Needs(steps, frozenset(), reads.questions, reads.registers))
    own = [
        one for one in asked(pack, journey, place.step, today=turn.today) if one.question == place.question.id
    ]
    return any(not journey.page(place.step).is_done(one) for one in own)


def _anew(turn: Turn, head: Journey, place: Place, open: OpenCheckpoint, nth: str) -> Address | None:
    """Return the address that the question has at the checkpoint; without a last part the first that is still open."""
    pack = turn.pack_of(head)
    reads = pack.reads_at(open.checkpoint)
    pages = frozenset(one.page for one in (open, *head.checkpoints))
    journey = turn.uow.journeys.fill(head, Needs(pages, frozenset(), reads.questions, reads.registers))
    same = [one for one in head.checkpoints if one.checkpoint == open.checkpoint] or [open]
    found = [
        address
        for one in sorted(same, key=lambda one: (one.due, one.key))
        for address in parts_of(pack, journey, one, turn.today)
        if address.question == place.question.id
    ]
    if nth:
        return next((one for one in found if number_of(pack, journey, one) == f"{place.number}.{nth}"), None)
    still = [one for one in found if not journey.page(step_of(pack, one)).is_done(one)]
    own = (one for one in still if _is_expected(turn, journey, one))
    return next(own, next(iter(still), found[0] if found else None))


def _is_expected(turn: Turn, journey: Journey, address: Address) -> bool:
    pack = turn.pack_of(journey)
    expected = expected_of(pack, journey, pack.places[address.question].question, address)
    return any(member.person.id == turn.person.id for member in expected)


def put_now(turn: Turn, journey: str) -> tuple[Journey, tuple[Address, ...]]:
    """Return the journey as loaded for its current step, and the questions that are before the group, with answers."""
    loaded = turn.load(At(journey))
    addresses = put(turn.pack_of(loaded), loaded, today=turn.today)
    return turn.uow.journeys.fill(loaded, Needs(addresses=frozenset(addresses))), addresses


def open_for(turn: Turn, journey: Journey) -> tuple[Address, ...]:
    """Return the put questions that this person is expected to answer and hasn't.

    What they alone were asked for, in private, stands before what the whole group is asked in the channel.
    """
    pack = turn.pack_of(journey)
    found = []
    for address in put(pack, journey, today=turn.today):
        question = pack.places[address.question].question
        item = journey.item(address)
        waits = any(m.person.id == turn.person.id for m in lacking(pack, journey, address))
        has_answered = turn.person.id in item.contributors()
        if waits and not has_answered and may_answer(pack, journey, question, turn.person.id):
            found.append(address)
    return tuple(sorted(found, key=lambda address: not is_asked_privately(pack, address)))


def asked_now(turn: Turn, journey: Journey, step: str) -> tuple[Address, ...]:
    return asked(turn.pack_of(journey), journey, step, today=turn.today)
