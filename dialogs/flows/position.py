"""Where a journey stands, worked out from its answers: no cursor is ever kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

from content.pack import Pack, Place
from content.schema.rules import Condition
from dialogs.flows.facts import Facts, holds, records_where
from dialogs.flows.periods import checkpoint_of, in_time
from dialogs.flows.phases import has_begun, running
from dialogs.flows.rights import participants
from dialogs.model.answers import Address, Item
from dialogs.model.checkpoint import OF_CHECKPOINT, OpenCheckpoint, page_key
from dialogs.model.journey import Journey, Page


def step_of(pack: Pack, address: Address) -> str:
    """Return the step in whose company the address is put, and on whose page it stands; a checkpoint's page is its own."""
    place = pack.places[address.question]
    if address.period:
        return page_key(checkpoint_of(place), address.period)
    return address.subject.removeprefix("step:") if place.at_every_gate else place.step


def steps_from_entry(pack: Pack, journey: Journey) -> tuple[str, ...]:
    return pack.step_ids[pack.step_number.get(journey.first_step, 1) - 1 :]


def current_step(pack: Pack, journey: Journey) -> str | None:
    """Return the first step that isn't signed; None when all are."""
    for step in steps_from_entry(pack, journey):
        if step not in journey.signed:
            return step
    return None


def subjects(place: Place, step: str, facts: Facts) -> tuple[str, ...]:
    """Return whom or what the question is put about, in a steady order; ("",) for the group."""
    if place.about_the_group:
        return ("",)
    if place.at_every_gate:
        return (f"step:{step}",)
    question = place.question
    each = question.for_each
    roster = facts.journey.roster
    if each is None or question.who == "each-unit" or each.units is not None:
        return tuple(f"unit:{unit.id}" for unit in roster.units)
    if each.register_ is not None:
        return tuple(f"record:{record.id}" for record in records_where(each.register_, each.where, facts))
    if each.members == "all":
        return tuple(f"person:{member.person.id}" for member in participants(facts.pack, facts.journey))
    return tuple(f"person:{member.person.id}" for member in roster.holders(each.members or ""))


def asked(pack: Pack, journey: Journey, step: str, *, today: date) -> tuple[Address, ...]:
    """Return every address that *step* asks for as things stand, in the order in which they are put."""
    return tuple(_asked(pack, journey, step, today))


def _asked(
    pack: Pack, journey: Journey, step: str, today: date, *, optional: bool = True
) -> Iterator[Address]:
    """Yield what *step* asks for, one by one: whoever looks for the first needs no more."""
    facts = Facts(pack, journey, today)
    for place in pack.places_in(step):
        if place.question.optional and not optional:
            continue
        if place.exercise and not has_begun(pack, journey, place):
            continue
        rule = place.question.when
        if rule is None and place.about_the_group:  # as nearly all are
            yield _of_the_group(place.question.id)
            continue
        for subject in subjects(place, step, facts):
            if rule is None or holds(rule, facts.on(subject)):
                yield Address(place.question.id, subject)


@lru_cache(4096)
def _of_the_group(question: str) -> Address:
    """Return the same address each time: whoever counts a step makes all of them."""
    return Address(question)


def is_asked(pack: Pack, journey: Journey, address: Address, *, today: date) -> bool:
    """Say whether the address is among those that its step, or its checkpoint, asks for."""
    place, step = pack.places[address.question], step_of(pack, address)
    if address.period:
        return _is_asked_anew(pack, journey, address, today)
    facts = Facts(pack, journey, today)
    if step not in pack.step_of or address.subject not in subjects(place, step, facts):
        return False
    if place.exercise and not has_begun(pack, journey, place):
        return False
    return holds(place.question.when, facts.on(address.subject))


def parts_of(pack: Pack, journey: Journey, open: OpenCheckpoint, today: date) -> Iterator[Address]:
    """Yield the addresses that the checkpoint collects in this period, in the order in which they are put."""
    facts = Facts(pack, journey, today)
    for place in sorted(pack.questions_at(open.checkpoint), key=lambda place: place.question.optional):
        about = (open.subject,) if open.subject else subjects(place, place.step, facts)
        for subject in about:
            if holds(place.question.when, facts.at(open.checkpoint, subject, open.period)):
                yield Address(place.question.id, subject, open.period)


def open_at(pack: Pack, journey: Journey, address: Address) -> OpenCheckpoint | None:
    """Return the open checkpoint that asks for the address in its period."""
    checkpoint = checkpoint_of(pack.places[address.question]) if address.period else ""
    return next(
        (
            one
            for one in journey.checkpoints
            if one.checkpoint == checkpoint
            and one.period == address.period
            and one.subject in ("", address.subject)
        ),
        None,
    )


def _is_asked_anew(pack: Pack, journey: Journey, address: Address, today: date) -> bool:
    """Say whether an open checkpoint asks for it; or one that was closed, as long as no later one has taken its place."""
    checkpoint = checkpoint_of(pack.places[address.question])
    open = open_at(pack, journey, address)
    if open is None and checkpoint and page_key(checkpoint, address.period) in journey.pages:
        later = in_time(pack, checkpoint, address.period)
        if not any(
            one.checkpoint == checkpoint
            and one.subject in ("", address.subject)
            and in_time(pack, checkpoint, one.period) > later
            for one in journey.checkpoints
        ):
            about = address.subject if address.subject.startswith("record:") else ""
            open = OpenCheckpoint(checkpoint, about, address.period, today, today)
    return open is not None and address in parts_of(pack, journey, open, today)


def is_optional(pack: Pack, address: Address) -> bool:
    return pack.places[address.question].question.optional


def put(pack: Pack, journey: Journey, *, today: date) -> tuple[Address, ...]:
    """Return the questions that are before the group now: those of its step, and what its open checkpoints lack."""
    found = put_in_step(pack, journey, today=today)
    return (*found, *put_at_checkpoints(pack, journey, today=today)) if journey.checkpoints else found


def put_at_checkpoints(pack: Pack, journey: Journey, *, today: date) -> tuple[Address, ...]:
    """Return what the open checkpoints ask for and haven't got, those that are due first in front."""
    if journey.state != "active":
        return ()
    found = (
        address
        for open in sorted(journey.checkpoints, key=lambda one: (one.due, one.key))
        for address in parts_of(pack, journey, open, today)
        if not journey.page(open.page).is_done(address) and not is_optional(pack, address)
    )
    return tuple(dict.fromkeys(found))


def put_in_step(pack: Pack, journey: Journey, *, today: date) -> tuple[Address, ...]:
    """Return the current step's questions before the group: those the leader went on from, and the front one.

    Where an exercise is held on paper, all that it asks is before the group, to be typed in as it comes.
    """
    step = current_step(pack, journey)
    if step is None or journey.state != "active":
        return ()
    page = journey.page(step)
    still = (address for address in _asked(pack, journey, step, today) if not page.is_done(address))
    on_paper = _on_paper(pack, journey) if journey.exercises else ""
    if not page.waiting and not on_paper:
        return tuple(islice((address for address in still if not is_optional(pack, address)), 1))
    open_ones = list(still)
    waiting = [address for address in open_ones if address.key in page.waiting]
    waiting.sort(key=lambda address: page.waiting.index(address.key))
    others = [a for a in open_ones if a.key not in page.waiting and not is_optional(pack, a)]
    if on_paper:
        typed_in = [a for a in others if pack.places[a.question].exercise == on_paper]
        others = typed_in or others[:1]
    else:
        del others[1:]
    return (*waiting, *others)


def _on_paper(pack: Pack, journey: Journey) -> str:
    """Return the exercise that is held on paper now; "" for none."""
    on = running(pack, journey)
    return on[0].id if on is not None and on[1].held == "room" else ""


def recounted(pack: Pack, journey: Journey, step: str, *, today: date) -> Journey:
    """Return the journey with the step's counters as they are now: what is asked, and how much of it is done."""
    page = journey.page(step)
    wanted = list(_asked(pack, journey, step, today, optional=False))
    done = sum([page.is_done(address) for address in wanted]) if page.statuses else 0
    # A page that nothing is asked on yet is written too: only pages that are there are counted again.
    if step in journey.pages and (page.asked, page.done) == (len(wanted), done):
        return journey
    return journey.with_page(step, Page(page.statuses, page.waiting, len(wanted), done))


@dataclass(frozen=True, slots=True)
class Gate:
    """What stands between the group and the end of a step."""

    open: tuple[Address, ...]
    missing: tuple[Condition, ...]
    warnings: tuple[Condition, ...]

    @property
    def ready(self) -> bool:
        return not self.open and not self.missing


def gate(pack: Pack, journey: Journey, step: str, *, today: date) -> Gate:
    """Return what is still open at the step's gate, what it requires and lacks, and what is worth a thought."""
    facts = Facts(pack, journey, today)
    page = journey.page(step)
    rules = pack.step_of[step].gate
    return Gate(
        open=tuple(
            address
            for address in asked(pack, journey, step, today=today)
            if not page.is_done(address) and not is_optional(pack, address)
        ),
        missing=tuple(condition for condition in rules.must if not holds(condition.rule, facts)),
        warnings=tuple(condition for condition in rules.warn if not holds(condition.rule, facts)),
    )


def page_with(page: Page, key: str, status: str, *, waiting: bool) -> Page:
    """Return the page with one address's status written; open ones take no place."""
    statuses = {**page.statuses, key: status}
    if status == "open":
        del statuses[key]
    waits = page.waiting
    if waiting and key not in waits:
        waits = (*waits, key)
    elif not waiting and key in waits:
        waits = tuple(one for one in waits if one != key)
    return Page(statuses, waits, page.asked, page.done)


def number_of(pack: Pack, journey: Journey, address: Address) -> str:
    """Return what people call the question: `4.3`, or `4.3.2` for the second unit, record or person."""
    if address.question.startswith(OF_CHECKPOINT):
        return checkpoint_number(pack, address.question.removeprefix(OF_CHECKPOINT))
    place = pack.places[address.question]
    kind, _, id = address.subject.partition(":")
    roster = journey.roster
    if kind == "unit":
        ids = [str(unit.id) for unit in roster.units]
    elif kind == "record":
        record = journey.record(id)
        ids = [one.id for one in journey.records_in(record.register)] if record is not None else []
    elif kind == "person":
        ids = [str(member.person.id) for member in roster.members]
    elif kind == "step":
        return f"{place.number}.{pack.step_number[id]}"
    else:
        return place.number
    return f"{place.number}.{ids.index(id) + 1}" if id in ids else place.number


def checkpoint_number(pack: Pack, checkpoint: str) -> str:
    """Return what people call the checkpoint: `H2` for the second of the year."""
    return f"H{[one.id for one in pack.cycle].index(checkpoint) + 1}"


def in_order(pack: Pack, journey: Journey, items: Iterable[Item]) -> list[Item]:
    """Return *items* in the pack's order; those about units, records or people in the order of these."""
    order = pack.order

    def place(item: Item) -> tuple[int, list[int]]:
        _, *numbers = number_of(pack, journey, item.address).split(".")
        return order[item.address.question], [int(number) for number in numbers]

    return sorted((item for item in items if item.address.question in order), key=place)
