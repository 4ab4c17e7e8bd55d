"""Gives a decision or an adopted document its registration number (diarienummer), afterwards and as often as it changes."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.usecases.about import about_journey
from bot.usecases.places import journeys_here
from bot.usecases.turn import Turn
from dialogs.flows.rights import leads
from dialogs.hearing.hear import NUMBER, Commanded
from dialogs.model.problem import Problem
from dialogs.model.registration import LONGEST, number_for, of_answer, of_document, of_record
from dialogs.ports import Spot, UnitOfWork
from dialogs.reports.documents import document_named
from dialogs.values.asked_document import read_asked
from dialogs.values.asking import record_numbered, title_of
from dialogs.values.reading import clean
from dialogs.wording.teller import Teller

NONE = frozenset({"-", "–", "inget", "none"})
_NUMBER = re.compile(NUMBER)


@dataclass(frozen=True, slots=True)
class Thing:
    """What has a registration number: by what it is kept, what people call it, and the number that it has now."""

    about: str
    title: str
    number: str


def register(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`diarienummer 1.9: KS 2026/123`, `diarienummer verksamhetsplan: …`, `diarienummer samarbeten 2: …` keep it."""
    if spot is None and not journeys_here(turn):
        return False
    at = about_journey(turn, spot)
    if at is None:
        return True
    teller = turn.teller(turn.whole(at.journey))
    if not heard.number:
        turn.refuse(Problem("registration-how"), text=heard.rest)
        return True
    thing = named(heard.number, teller, turn.uow)
    if isinstance(thing, Problem):
        if thing.key == "registration-unknown" and not heard.rest and not _NUMBER.fullmatch(heard.number):
            return False  # words that begin with it
        turn.refuse(thing, text=heard.rest)
    elif not heard.rest:
        key = "registration-is" if thing.number else "registration-is-missing"
        turn.reply_about(turn.words.message(key, title=thing.title, number=thing.number), at.journey)
    elif not _may(turn, teller):
        turn.refuse(Problem("registration-not-yours"), text=heard.rest)
    else:
        number = keep(thing, heard.rest, teller, turn.uow, by=turn.person.id, at=turn.now)
        if isinstance(number, Problem):
            turn.refuse(number, text=heard.rest)
        else:
            key = "registration-kept" if number else "registration-taken-away"
            turn.reply_about(turn.words.message(key, title=thing.title, number=number), at.journey)
    return True


def named(name: str, teller: Teller, uow: UnitOfWork) -> Thing | Problem:
    """Return what people call *name*: a decision by its question's number, an entry, or a document that was adopted.

    The journey must be loaded whole.
    """
    if _NUMBER.fullmatch(name):
        return _answer(name, teller)
    record = record_numbered(name, teller.asking)
    if record is not None and (held := teller.pack.registers[record.register].decision) is not None:
        title, day = title_of(record, teller.asking), str(record.fields.get(held.date) or "")
        if not day:
            return Problem("registration-no-decision", {"title": title})
        reference = str(record.fields.get(held.reference) or "") if held.reference else ""
        number = number_for(of_record(record.id, day), reference, teller.journey.registered, field=True)
        return Thing(of_record(record.id, day), title, number)
    asked = read_asked(name)
    document = document_named(teller, asked.name)
    if document is None:
        return Problem("registration-unknown", {"said": name})
    title = teller.words(document.title)
    whole = uow.adopted.get(teller.journey.id, document.id, max(asked.version, 0))
    if whole is None or whole.adopted is None:
        return Problem("registration-not-adopted", {"title": title})
    told = teller.text("registration-version", title=title, n=whole.adopted.number)
    return _thing(
        of_document(teller.journey.id, document.id, whole.adopted.number),
        told,
        whole.adopted.reference,
        teller,
    )


def keep(thing: Thing, said: str, teller: Teller, uow: UnitOfWork, *, by: str, at: datetime) -> str | Problem:
    """Keep the number as it was said, and return it; "" where it is taken away."""
    number = clean(said)
    if isinstance(number, Problem):
        return number
    number = "" if number.casefold() in NONE else " ".join(number.split())
    if len(number) > LONGEST or (number and not any(sign.isdecimal() for sign in number)):
        return Problem("registration-no-number", {"said": number[:LONGEST]})
    journey = teller.journey
    uow.registrations.put(journey.id, thing.about, number, by=by, at=at)
    about = f"{journey.id}/{thing.about}"
    uow.audit.note("registered", organisation=journey.organisation, by=by, about=about, at=at)
    return number


def _answer(number: str, teller: Teller) -> Thing | Problem:
    place = teller.pack.by_number.get(".".join(number.upper().split(".")[:2]))
    if place is None or place.question.kind != "decision":
        return Problem("registration-unknown", {"said": number})
    items = [one for one in teller.journey.items_of(place.question.id) if isinstance(one.value, dict)]
    exact = [one for one in items if teller.number(one.address) == number.upper()]
    found = exact[-1] if exact else items[0] if len(items) == 1 else None
    if found is None or not isinstance(found.value, dict):
        return Problem(
            "registration-no-decision",
            {"title": f"{number} {teller.words(place.question.short or place.question.ask)}"},
        )
    about = of_answer(teller.journey.id, found.address.key, str(found.value["date"]))
    return _thing(about, teller.title(found.address), str(found.value["reference"]), teller)


def _thing(about: str, title: str, reference: str, teller: Teller) -> Thing:
    return Thing(about, title, number_for(about, reference, teller.journey.registered))


def _may(turn: Turn, teller: Teller) -> bool:
    journey, who = teller.journey, turn.person.id
    return leads(teller.pack, journey, who) or turn.uow.organisations.is_admin(journey.organisation, who)
