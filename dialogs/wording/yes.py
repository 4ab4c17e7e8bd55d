"""Words for the group's yes to what is offered about a record: what it is asked, where its answer stands and since when."""

from collections.abc import Iterator

from content.phrases.marks import ended
from content.schema.questions import WriteInRecord
from dialogs.flows.facts import Facts
from dialogs.flows.rights import asked_in
from dialogs.flows.yes import Stands, addresses_about, record_at, stands
from dialogs.messages import Composer, Message, Press, words
from dialogs.model.answers import Address, Item
from dialogs.model.records import Record
from dialogs.time import local_day
from dialogs.values.showing import record_facts
from dialogs.wording.teller import Teller


def offer_lines(teller: Teller, address: Address, said: Composer) -> None:
    """Tell the group what it is asked to say yes to: the question, and what stands in the record."""
    record = record_at(teller.journey, address)
    question = teller.question(address)
    if question.yes is None or record is None:
        return
    said.say(words(teller.words(question.ask), strong=True))
    said.facts(record_facts(record, teller.asking)[1:])


def told_of_yes(teller: Teller, address: Address) -> Message:
    """Tell whoever asked what the group answered, and about what."""
    record, item = record_at(teller.journey, address), teller.journey.item(address)
    said = teller.composer()
    if record is not None:
        where = stands(teller.question(address), item, record)
        said.say(words(f"{ended(teller.short(address))} {_told(teller, item, where)}"))
        _reasons(teller, item, said)
    return said.done()


def told_of_overtaken(teller: Teller, address: Address) -> Message:
    """Tell the group that something else is offered than it was asked about, and offer to ask it again."""
    said = teller.composer().say(teller.say("yes-overtaken-now", title=teller.title(address)))
    said.button(teller.text("button-ask-group-again"), Press("ask-group", address))
    return said.done()


def yes_lines(teller: Teller, record: Record, said: Composer, *, changeable: bool) -> None:
    """Say on the record's card where the group's yes stands, and offer to ask for it."""
    for address, where in _about(teller, record):
        question, item = teller.question(address), teller.journey.item(address)
        said.say(words(f"{teller.words(question.short or question.ask)}: {_told(teller, item, where)}"))
        kept = any(isinstance(then, WriteInRecord) and then.reason for then in question.then)
        if where == "yes" or (where == "no" and not kept):  # else the reasons stand among the facts
            _reasons(teller, item, said)
        if changeable and where != "waiting":
            said.button(
                teller.text("button-ask-group" if item.round is None else "button-ask-group-again"),
                Press("ask-group", address),
            )


def yes_in_short(teller: Teller, record: Record) -> str:
    """Return in a few words what is waited for, for a list; "" where there is nothing to say."""
    told = [
        _told(teller, teller.journey.item(address), where)
        for address, where in _about(teller, record)
        if where in ("waiting", "no", "no-quorum", "overtaken")
    ]
    return " ".join(told)


def _reasons(teller: Teller, item: Item, said: Composer) -> None:
    round = item.round
    if round is not None:
        said.bullets(
            teller.say(f"voice-{one.stance}", name=teller.name(one.by), reason=one.reason)
            for one in (*round.objections, *round.concerns)
        )


def _about(teller: Teller, record: Record) -> Iterator[tuple[Address, Stands]]:
    facts = Facts(teller.pack, teller.journey, teller.today)
    for address in addresses_about(teller.pack, teller.journey, record, facts):
        yield address, stands(teller.question(address), teller.journey.item(address), record)


def _told(teller: Teller, item: Item, where: Stands) -> str:
    round = item.round
    if where == "waiting" and round is not None:
        since = local_day(round.at)
        days = (teller.today - since).days
        count, of = len(round.voices), len(asked_in(teller.pack, teller.journey, round))
        return teller.text("yes-waiting" if days else "yes-waiting-today", n=days, count=count, of=of)
    if where == "yes" and item.answer is not None:
        return teller.text("yes-given", day=local_day(item.answer.at))
    if where == "no" and round is not None:
        return teller.text("yes-refused", day=max(local_day(one.at) for one in round.objections))
    if where == "overtaken":
        return teller.text("yes-overtaken")
    if where == "no-quorum" and round is not None:
        return teller.text("yes-too-few", day=local_day(round.at))
    return teller.text("yes-given-before" if where == "yes" else "yes-unasked")
