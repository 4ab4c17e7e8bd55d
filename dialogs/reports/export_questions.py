"""What an export tells of steps and their questions."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, cast

from content.pack import Pack, Place
from dialogs.flows.periods import checkpoint_of
from dialogs.flows.position import asked, checkpoint_number, parts_of, recounted, step_of
from dialogs.flows.rights import is_hidden
from dialogs.model.answers import Address, Answer, ConsentRound, Item
from dialogs.model.answers import Contribution as Given
from dialogs.model.changed import changed
from dialogs.model.checkpoint import KeptCheckpoint, OpenCheckpoint
from dialogs.reports import export_shape as shape
from dialogs.reports.export_history import History
from dialogs.reports.export_names import told, voices, who
from dialogs.time import local_day
from dialogs.values.asking import subject_name
from dialogs.wording.teller import Teller

FEWEST = 3
"""How many must have answered anonymously before their words are shown."""


def addresses_of(teller: Teller, step: str) -> Iterator[tuple[Address, bool]]:
    """Yield what a step asks, then what it asked once and is kept; and whether it is asked now."""
    now = asked(teller.pack, teller.journey, step, today=teller.today)
    yield from ((address, True) for address in now)
    for address in sorted(teller.journey.items):
        place = teller.pack.places.get(address.question)
        if place is not None and address not in now and step_of(teller.pack, address) == step:
            yield address, False


def anonymous_texts(teller: Teller, item: Item) -> tuple[str, ...]:
    """Return the texts that nobody is named for, in an order that tells nothing; none while they are too few."""
    if not item.done or len(item.contributions) < FEWEST:
        return ()
    return tuple(sorted(teller.answer(item.address, one.value) for one in item.contributions))


def step_of_export(teller: Teller, step: str, history: History) -> shape.Step:
    journey, pack = teller.journey, teller.pack
    page = recounted(pack, journey, step, today=teller.today).page(step)
    signed = journey.signed.get(step)
    signing = None
    if signed is not None:
        left = tuple(teller.number(Address.of(key)) for key in signed.left)
        signing = shape.Signing(by=who(teller, signed.by), at=signed.at, left=left)
    return shape.Step(
        id=step,
        title=teller.step_title(step),
        number=pack.step_number[step],
        asked=page.asked,
        done=page.done,
        signed=signing,
        reopenings=tuple(history.reopenings[step]),
        feedback=tuple(history.feedback[step]),
        questions=tuple(_question(teller, one, now, history) for one, now in addresses_of(teller, step)),
    )


def retired_of_export(
    teller: Teller, pack_of: Callable[[str], Pack], history: History
) -> tuple[shape.Retired, ...]:
    """Return what no question asks for any more, told as the version that asked it last told it."""
    return tuple(
        shape.Retired(
            version=then.pack.version,
            questions=tuple(
                _question(then, address.as_asked, False, history.moved({address: address.as_asked}))
                for address in addresses
            ),
        )
        for then, addresses in retired(teller, pack_of)
    )


def retired(teller: Teller, pack_of: Callable[[str], Pack]) -> Iterator[tuple[Teller, Sequence[Address]]]:
    """Yield, for each earlier version, a teller of it and the addresses that it asked last; they lie there again."""
    journey = teller.journey
    for version in sorted({address.asked_last_in for address in journey.retired}, key=_number):
        addresses = sorted(one for one in journey.retired if one.asked_last_in == version)
        pack = pack_of(version)
        known = [one for one in addresses if one.as_asked.question in pack.places]
        items = {one.as_asked: changed(journey.retired[one], address=one.as_asked) for one in known}
        then = changed(journey, version=version, items={**journey.items, **items}, retired={})
        yield replace(teller, pack=pack, journey=then), known


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def addresses_at(teller: Teller, one: KeptCheckpoint) -> Iterator[tuple[Address, bool]]:
    """Yield what a checkpoint asked in its period, then what it asked once and is kept; and whether it is asked now."""
    open = OpenCheckpoint(
        one.checkpoint, one.subject, one.period, one.due, local_day(one.opened), one.meeting
    )
    now = tuple(parts_of(teller.pack, teller.journey, open, teller.today))
    yield from ((address, one.state == "open") for address in now)
    for address in sorted(teller.journey.items):
        place = teller.pack.places.get(address.question)
        same = place is not None and address.period == one.period and checkpoint_of(place) == one.checkpoint
        if same and one.subject in ("", address.subject) and address not in now:
            yield address, False


def checkpoint_of_export(teller: Teller, one: KeptCheckpoint, history: History) -> shape.Checkpoint:
    model = teller.pack.checkpoint_of.get(one.checkpoint)
    return shape.Checkpoint(
        id=one.checkpoint,
        title=teller.words(model.title) if model is not None else one.checkpoint,
        number=checkpoint_number(teller.pack, one.checkpoint) if model is not None else "",
        subject=_subject(teller, Address("", one.subject)),
        period=one.period,
        due=one.due,
        meeting=one.meeting,
        state=one.state,
        opened=one.opened,
        closed=one.closed,
        by=who(teller, one.by) if one.by else None,
        note=one.note,
        questions=tuple(
            _question(teller, address, now, history) for address, now in addresses_at(teller, one)
        ),
    )


def _question(teller: Teller, address: Address, now: bool, history: History) -> shape.Question:
    place = teller.pack.places[address.question]
    question, item = place.question, teller.journey.item(address)
    anonymous = question.visibility == "anonymous"
    return shape.Question(
        number=teller.number(address),
        id=address.question,
        subject=_subject(teller, address),
        period=address.period,
        track=_track(teller, place),
        kind=question.kind,
        question=teller.words(question.ask),
        short=teller.short(address),
        visibility=question.visibility,
        optional=question.optional,
        asked=now,
        status=item.status,
        waiting=item.waiting,
        last_day=item.last_day,
        review=_because(teller, item),
        contributions=()
        if anonymous or is_hidden(question, item)
        else tuple(_given(teller, item, one) for one in item.contributions),
        other_times=()
        if anonymous or is_hidden(question, item)
        else tuple(
            _given(teller, item, one)
            for one in history.other_times[address]
            if one.id not in {now.id for now in item.contributions}
        ),
        anonymous=shape.Anonymous(answered=len(item.contributors()), texts=anonymous_texts(teller, item))
        if anonymous
        else None,
        draft=shape.Draft(
            by=who(teller, item.draft.by), at=item.draft.at, **told(teller, address, item.draft.value)
        )
        if item.draft
        else None,
        rounds=tuple(_round(teller, address, one) for one in history.rounds[address]),
        revisions=tuple(_revision(teller, address, one) for one in history.answers[address]),
        skips=tuple(history.skips[address]),
        reopenings=tuple(history.reopenings[address]),
        feedback=tuple(history.feedback[address]),
    )


def _subject(teller: Teller, address: Address) -> shape.Subject | None:
    kind, _, id = address.subject.partition(":")
    if not kind:
        return None
    name = subject_name(address.subject, teller.asking)
    return shape.Subject(
        kind=cast(Literal["unit", "person", "record", "step"], kind), id=id, name="" if name == id else name
    )


def _track(teller: Teller, place: Place) -> shape.Titled | None:
    return next(
        (
            shape.Titled(id=track.id, title=teller.words(track.title))
            for track in teller.pack.tracks
            if track.id == place.track
        ),
        None,
    )


def _because(teller: Teller, item: Item) -> shape.Titled | None:
    if item.review not in teller.pack.places:
        return None
    return shape.Titled(id=item.review, title=teller.title(Address(item.review)))


def _given(teller: Teller, item: Item, one: Given) -> shape.Contribution:
    visibility = teller.question(item.address).visibility
    return shape.Contribution(
        by=who(teller, one.by or ""),
        entered_by=who(teller, one.entered_by) if one.entered_by else None,
        at=one.at,
        visibility=cast(Literal["group", "after-round", "leader-and-coach"], visibility),
        **told(teller, item.address, one.value),
    )


def _round(teller: Teller, address: Address, round: ConsentRound) -> shape.Round:
    return shape.Round(
        opened_by=who(teller, round.opened_by),
        at=round.at,
        quorum=round.quorum,
        last_day=round.last_day,
        outcome=round.closed,
        voices=voices(teller, round.voices),
        **told(teller, address, round.value),
    )


def _revision(teller: Teller, address: Address, answer: Answer) -> shape.Revision:
    question = teller.question(address)
    counted = question.who == "each" or question.kind == "record"
    text = (
        {"value": answer.value, "text": str(answer.value)} if counted else told(teller, address, answer.value)
    )
    return shape.Revision(
        revision=answer.revision,
        by=who(teller, answer.by),
        at=answer.at,
        how=answer.how,
        why=answer.why,
        dissent=voices(teller, answer.dissent),
        **text,
    )
