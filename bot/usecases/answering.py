"""Answers: words read by the question's kind become a contribution; what can't be read is kept as a draft."""

import hashlib

from bot.usecases.asking_fields import open_form
from bot.usecases.at_hand import put_at_hand
from bot.usecases.attaching import HELD_AS_LINES, attached_to, say_of_links, with_links
from bot.usecases.turn import At, AtQuestion, Turn
from dialogs.effects import AskPart
from dialogs.events import Contributed, Withdrawn
from dialogs.flows.advance import Advance
from dialogs.flows.rights import parties_of
from dialogs.flows.settling import many_from_one
from dialogs.incoming import Attached
from dialogs.messages import Press
from dialogs.model.answers import Value
from dialogs.model.journey import Journey
from dialogs.model.people import PersonId
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.values.asking import as_list, options_of
from dialogs.values.names import find
from dialogs.values.reading import has_words, read

LONGEST_TITLE = 200
"""The most characters that words in a record question's thread may have to be taken as the record's title."""


def answer(
    turn: Turn,
    at: AtQuestion,
    text: str,
    *,
    on_behalf: str = "",
    replaces: str = "",
    message: str = "",
    for_person: str = "",
    change: bool = False,
    why: str = "",
    attached: tuple[Attached, ...] = (),
) -> None:
    """Take *text* as the answer to the question at *at*: by the speaker, or on behalf of somebody named."""

    journey = turn.load(at)
    pack = turn.pack_of(journey)
    question = pack.places[at.address.question].question
    person: str = for_person or turn.person.id
    if on_behalf:
        found = _on_behalf(turn, journey, on_behalf)
        if isinstance(found, Problem):
            turn.refuse(found, text=text, at=at)
            return
        if question.visibility not in ("group", "after-round") and found != turn.person.id:
            turn.refuse(Problem("not-for-others", {"number": turn.teller(journey).number(at.address)}))
            return
        person = found
    if question.kind == "record":
        title = text if len(text) <= LONGEST_TITLE else ""
        open_form(turn, journey, Press("record", at.address), title=title)
        return
    if text.strip() in ("-", "–"):
        turn.refuse(Problem("empty-text"))
        return
    if question.kind in HELD_AS_LINES and not has_words(text):
        turn.refuse(Problem("no-words"))
        return
    links = with_links(question, text, attached or attached_to(turn, at))
    value = read(question, links.text, turn.teller(journey).asking, speaker=person)
    if isinstance(value, Problem) and value.key == "use-the-form":
        open_form(turn, journey, Press("decision", at.address))
        return
    if isinstance(value, Problem):
        turn.refuse(value, text=text, at=at)
        return
    given = contribute(
        turn,
        at,
        journey,
        value,
        person,
        replaces=replaces,
        message=message,
        change=change,
        why=why,
        text=text,
    )
    if given:
        say_of_links(turn, links)


def contribute(
    turn: Turn,
    at: AtQuestion,
    journey: Journey,
    value: Value,
    person: str,
    *,
    replaces: str = "",
    message: str = "",
    change: bool = False,
    why: str = "",
    text: str = "",
) -> bool:
    """Let the value be *person*'s contribution. What they have said before is replaced where one thing is asked.

    Returns whether it was taken.
    """
    question = turn.pack_of(journey).places[at.address.question].question
    item = journey.item(at.address)
    if question.kind == "commitment":
        value = {**value, "parties": list(parties_of(question.parties, journey, person))}
    if question.visibility == "anonymous":
        return _anonymously(turn, at, journey, value)
    earlier = item.by(person)
    if not replaces and earlier and not many_from_one(question):
        replaces = earlier[-1].id
        change = change or question.kind == "commitment"
    given = replaces if replaces and any(one.id == replaces for one in item.contributions) else ""
    event = Contributed(
        by=turn.person.id, at=turn.now, address=at.address, id=turn.ids.new(), value=value, person=PersonId(person),
        replaces=given if change or not item.done or question.who == "each" else "", change=change, why=why,
    )  # fmt: skip
    moved = turn.act(at, journey, event, text=text, contribution=event.id)
    if moved is None:
        return False
    turn.uow.drafts.drop(turn.person.id, turn.room.id)
    if moved.journey.checkpoints:
        _next_at_hand(turn, moved)
    if message:
        turn.uow.outbox.remember_spot(turn.room.id, message, Spot(at.journey, at.address, event.id, person))
    return True


def _next_at_hand(turn: Turn, moved: Advance) -> None:
    """What the speaker was asked next, in private, is what they answer next."""
    for effect in moved.effects:
        if isinstance(effect, AskPart):
            put_at_hand(effect.person, moved.journey.id, effect.address, uow=turn.uow, at=turn.now)


def _anonymously(turn: Turn, at: AtQuestion, journey: Journey, value: Value) -> bool:
    """Keep the text apart from whoever wrote it. The code that changes it is told once and kept only as a hash."""
    if not turn.room.private:
        turn.refuse(Problem("answer-in-private"))
        return False
    if turn.person.id in journey.item(at.address).taken_part:
        turn.refuse(Problem("anonymous-use-code"))
        return False
    code = turn.ids.code()
    event = Contributed(
        by=turn.person.id, at=turn.now, address=at.address, id=secret_id(code), value=value, person=None
    )
    if turn.act(at, journey, event, code=code) is None:
        return False
    turn.uow.drafts.drop(turn.person.id, turn.room.id)
    return True


def change_by_code(turn: Turn, journey: Journey, code: str, text: str) -> bool:
    """Change the anonymous text that *code* was given for. Returns False when it opens nothing."""
    pack = turn.pack_of(journey)
    for item in journey.items.values():
        if any(one.id == secret_id(code) for one in item.contributions):
            at = At(journey.id, item.address)
            value = read(pack.places[item.address.question].question, text, turn.teller(journey).asking)
            if isinstance(value, Problem):
                turn.refuse(value)
                return True
            event = Contributed(
                by=turn.person.id, at=turn.now, address=item.address, id=secret_id(code), value=value, person=None,
                replaces=secret_id(code),
            )  # fmt: skip
            turn.act(at, journey, event, code=code)
            return True
    return False


def secret_id(code: str) -> str:
    """Return the id under which a code's text is kept: the code can't be found from it."""
    return hashlib.sha256(code.strip().upper().encode()).hexdigest()[:32]


def withdraw(turn: Turn, at: AtQuestion, contribution: str = "") -> bool:
    """Take an own contribution back: the one named, else the latest. Returns whether it was."""
    journey = turn.load(at)
    own = journey.item(at.address).by(turn.person.id)
    id = contribution or (own[-1].id if own else "")
    return (
        turn.act(at, journey, Withdrawn(by=turn.person.id, at=turn.now, address=at.address, id=id))
        is not None
    )


def fits(turn: Turn, spot: Spot | None, text: str) -> bool:
    """Say whether *text* is surely an answer to the thread's question, such as one of its options."""
    if spot is None or spot.address is None:
        return False
    journey = turn.load(At(spot.journey, spot.address))
    question = turn.pack_of(journey).places[spot.address.question].question
    if question.kind in ("text", "list", "record", "decision"):
        return False
    value = read(question, text, turn.teller(journey).asking, speaker=turn.person.id)
    if isinstance(value, Problem):
        return False
    if question.kind in ("choice", "choices"):
        # Words of one's own fit anything: only what is on the list is surely an answer.
        known = {option for option, _ in options_of(question, turn.teller(journey).asking)}
        return set(as_list(value)) <= known
    return True


def _on_behalf(turn: Turn, journey: Journey, name: str) -> str | Problem:
    people = tuple((member.person.id, member.person.name) for member in journey.roster.members)
    match = find(name, people, numbered=False)
    if match.value is not None:
        return match.value
    return Problem("person-unknown", {"said": name, "near": ""})
