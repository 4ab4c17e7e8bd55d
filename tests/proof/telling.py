"""Tells what a journey came to without ids and times, so that two journeys that went the same way read the same."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from dialogs.events import Event
from dialogs.model.answers import Item
from dialogs.model.journey import Journey
from dialogs.ports import ClaimedLetter

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^\"]*")
_CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")
_JOURNEY: TypeAdapter[Journey] = TypeAdapter(Journey)
_ITEM: TypeAdapter[Item] = TypeAdapter(Item)
_EVENT: TypeAdapter[Any] = TypeAdapter(Event)


def told(journey: Journey, events: Sequence[Event], letters: Sequence[ClaimedLetter]) -> Mapping[str, Any]:
    """Return contents, statuses, signed steps and records; what happened; and what was said (edits collapse, so that
    how many of them there are depends on who looked when)."""
    names = _names(journey, events)

    def plain(text: str) -> str:
        for id, name in names.items():
            text = text.replace(id, name)
        return _CODE.sub("CODE", _INSTANT.sub("THEN", text))

    whole = json.loads(plain(_JOURNEY.dump_json(journey, exclude={"items"}).decode()))
    items = [json.loads(plain(_ITEM.dump_json(item).decode())) for item in journey.items.values()]
    for item in items:  # what nobody is named for stands in the order of random ids
        item["contributions"].sort(
            key=lambda one: (one["by"] is None, one["id"] if one["by"] is None else "")
        )
    return {
        "journey": whole,
        "items": sorted(items, key=lambda item: json.dumps(item["address"])),
        "happened": [json.loads(plain(_EVENT.dump_json(event).decode())) for event in events],
        "said": [
            (letter.how, sorted(plain(letter.message.text).splitlines()))
            for letter in letters
            if letter.how != "edit"
        ],
    }


def _names(journey: Journey, events: Sequence[Event]) -> Mapping[str, str]:
    """Return for each id what tells the same thing in another journey, longest ids first."""
    found = dict(_pairs(journey, events))
    return {id: found[id] for id in sorted(found, key=len, reverse=True) if id}


def _pairs(journey: Journey, events: Sequence[Event]) -> Iterator[tuple[str, str]]:
    yield journey.id, "JOURNEY"
    yield journey.organisation, "ORGANISATION"
    yield journey.group, "GROUP"
    roster = journey.roster
    for person in (*(member.person for member in roster.members), *roster.former):
        yield person.id, f"PERSON {person.name}"
    for unit in roster.units:
        yield unit.id, f"UNIT {unit.name}"
    for body in roster.bodies:
        yield body.id, f"BODY {body.name}"
    for number, event in enumerate(events):
        id = getattr(event, "id", "")
        if id and event.kind in ("contributed", "record-added"):
            yield id, f"{event.kind.upper()} {number}"
    for item in journey.items.values():
        for number, one in enumerate(sorted(item.contributions, key=lambda one: json.dumps(one.value))):
            if one.by is None:
                yield one.id, f"ANONYMOUS {number}"


def apart(one: Any, other: Any, where: str = "") -> Iterator[str]:
    """Yield where two tellings go apart, a line each."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            yield from apart(one.get(key), other.get(key), f"{where}/{key}")
    elif isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        for number, (this, that) in enumerate(zip(one, other, strict=True)):
            yield from apart(this, that, f"{where}/{number}")
    elif one != other:
        yield f"{where}: {one!r:.300} != {other!r:.300}"
