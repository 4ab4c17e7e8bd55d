"""Remembers journeys: head, projection and journal, in few statements a turn."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, literal, select, union_all

from dialogs.events import Event, address_of
from dialogs.model.answers import Address, Item, Value
from dialogs.model.journey import Journey
from dialogs.model.records import Record
from dialogs.ports import JourneyRef, Needs, RoomRef
from storage.mapping import ITEM, PAGE, is_anonymous, with_anonymous, without_anonymous
from storage.prepared import OneOf, Prepared, upsert, with_lists
from storage.repositories import heads, journal
from storage.repositories.records import load_records
from storage.tables import journeys, letters
from storage.tables.base import table
from storage.transaction import Transaction

_journey = table(journeys.JourneyHead)
_page = table(journeys.PageRow)
_item = table(journeys.ItemRow)

_PAGES = select(literal("page").label("what"), _page.c.step.label("key"), _page.c.state).where(
    _page.c.journey == bindparam("journey")
)
_ITEMS = select(literal("item").label("what"), _item.c.address.label("key"), _item.c.state).where(
    _item.c.journey == bindparam("journey")
)
_ARMS: dict[str, Callable[[OneOf], Select[Any]]] = {
    "steps": lambda one_of: _PAGES.where(one_of(_page.c.step, "steps")),
    "addresses": lambda one_of: _ITEMS.where(one_of(_item.c.address, "addresses")),
    "questions": lambda one_of: _ITEMS.where(one_of(_item.c.question, "questions")),
}


def _together(arms: tuple[str, ...]) -> Prepared:
    return with_lists(lambda one_of: union_all(*(_ARMS[arm](one_of) for arm in arms)))


_NEEDED = {frozenset(arms): _together(arms) for count in (1, 2, 3) for arms in combinations(_ARMS, count)}
_EVERYTHING = Prepared(union_all(_PAGES, _ITEMS))

_IN_CONSENT = Prepared(
    select(_item.c.journey, _item.c.state).where(journeys.IN_CONSENT).order_by(_item.c.journey)
)

_PUT_PAGE = upsert(_page, keys=("journey", "step"))
_PUT_ITEM = upsert(_item, keys=("journey", "address"))

# What goes with a practice journey, children first.
_ITS_ROWS = [
    table(row)
    for row in (
        journeys.PageRow, journeys.ItemRow, journeys.Entry, journeys.AnonymousText, journeys.RecordRow,
        letters.OutboxRow, letters.ButtonRow, letters.QuestionMessage, letters.MessageSpot, letters.DraftRow,
    )
]  # fmt: skip
_record = table(journeys.RecordRow)
_revision = table(journeys.RecordRevision)


class SqlJourneys:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def start(self, journey: Journey, room: str) -> None:
        heads.start(self._tx, journey, room)
        self._write_projection(_empty(journey), journey, ())

    def get(self, id: str, needs: Needs) -> Journey:
        return self.fill(heads.read(self._tx, id), needs)

    def head(self, id: str) -> Journey:
        return heads.read(self._tx, id)

    def fill(self, journey: Journey, needs: Needs) -> Journey:
        steps = needs.steps - journey.pages.keys()
        addresses = needs.addresses - journey.items.keys()
        asked: dict[str, list[str]] = {
            "steps": sorted(steps),
            "addresses": sorted(address.key for address in addresses),
            "questions": sorted(needs.questions),
        }
        named = {what: self._tx.a_list(keys) for what, keys in asked.items() if keys}
        rows = self._tx.rows(_NEEDED[frozenset(named)], {"journey": journey.id, **named}) if named else ()
        registers = needs.registers - journey.records.keys()
        return self._filled(journey, rows, load_records(self._tx, journey, registers))

    def whole(self, id: str) -> Journey:
        head = heads.read(self._tx, id)
        rows = self._tx.rows(_EVERYTHING, {"journey": id})
        return self._filled(head, rows, load_records(self._tx, head, None))

    def save(self, before: Journey, after: Journey, happened: Iterable[tuple[str, Event]]) -> None:
        events = tuple(happened)
        if after.sequence != before.sequence + len(events):
            raise ValueError(f"{len(events)} events, but counted from {before.sequence} to {after.sequence}")
        heads.write(self._tx, before, after)
        journal.append(self._tx, before, after, events)
        self._write_projection(before, after, events)

    def refresh(self, journey: Journey) -> None:
        heads.write(self._tx, journey, journey, whole=True)
        self._write_projection(_empty(journey), journey, ())

    def events(self, id: str, address: Address | None = None) -> Iterator[Event]:
        """Yield what happened, oldest first. Of an anonymous contribution only who took part: see `anonymous_of`."""
        return journal.read(self._tx, id, address)

    def anonymous_of(self, id: str, address: Address) -> Sequence[tuple[str, Value]]:
        """Return (id, value) of each anonymous contribution to the address, in the order of their random ids."""
        return journal.anonymous_texts(self._tx, id, [address]).get(address.key, ())

    def in_room(self, room: str) -> Sequence[JourneyRef]:
        return heads.refs_in_room(self._tx, room)

    def of_group(self, group: str) -> Sequence[JourneyRef]:
        return heads.refs_of_group(self._tx, group)

    def of_person(self, person: str) -> Sequence[JourneyRef]:
        return heads.refs_of_person(self._tx, person)

    def all(self) -> Sequence[JourneyRef]:
        return heads.refs(self._tx)

    def with_late_rounds(self, today: date) -> Sequence[str]:
        rows = self._tx.rows(_IN_CONSENT, {})
        return tuple(
            dict.fromkeys(row.journey for row in rows if _ended_before(ITEM.value(row.state), today))
        )

    def room(self, id: str) -> RoomRef | None:
        return heads.room(self._tx, id)

    def remove(self, id: str) -> None:
        if not heads.read(self._tx, id).practice:
            raise ValueError(f"journey {id} is no practice journey")
        its_records = select(_record.c.id).where(_record.c.journey == id)
        self._tx.run(delete(_revision).where(_revision.c.record.in_(its_records)))
        for rows in _ITS_ROWS:
            self._tx.run(delete(rows).where(rows.c.journey == id))
        self._tx.run(delete(_journey).where(_journey.c.id == id))

    def _filled(
        self, journey: Journey, rows: Sequence[Row[Any]], records: Mapping[str, tuple[Record, ...]]
    ) -> Journey:
        """Return the journey with what was read; what it held already stays as it is."""
        if not rows and not records:
            return journey
        pages = {row.key: PAGE.value(row.state) for row in rows if row.what == "page"}
        items = [ITEM.value(text) for text in dict(sorted(_item_texts(rows))).values()]
        anonymous = {item.address for item in items if is_anonymous(item)} - journey.items.keys()
        texts = journal.anonymous_texts(self._tx, journey.id, anonymous) if anonymous else {}
        found = {item.address: with_anonymous(item, texts.get(item.address.key, ())) for item in items}
        return replace(
            journey,
            pages={**pages, **journey.pages},
            items={**found, **journey.items},
            records={**records, **journey.records},
        )

    def _write_projection(self, before: Journey, after: Journey, events: Sequence[tuple[str, Event]]) -> None:
        """Write the pages and items that differ."""
        pages = [
            {"journey": after.id, "step": step, "organisation": after.organisation, "state": PAGE.text(page)}
            for step, page in after.pages.items()
            if _is_new(page, before.pages.get(step))
        ]
        self._tx.write(_PUT_PAGE, pages)
        items = [item for address, item in after.items.items() if _is_new(item, before.items.get(address))]
        if items:
            steps = _steps(after, events)
            self._tx.write(
                _PUT_ITEM, [_item_row(after, item, steps.get(item.address.key, "")) for item in items]
            )


def _item_texts(rows: Sequence[Row[Any]]) -> Iterator[tuple[str, str]]:
    return ((row.key, row.state) for row in rows if row.what == "item")


def _ended_before(item: Item, today: date) -> bool:
    return item.round is not None and item.round.last_day is not None and item.round.last_day < today


def _is_new(value: object, old: object) -> bool:
    return value is not old and value != old


def _empty(journey: Journey) -> Journey:
    return replace(journey, pages={}, items={})


def _steps(journey: Journey, events: Sequence[tuple[str, Event]]) -> Mapping[str, str]:
    """Return in which step each address that can be told of is asked."""
    steps = {key: step for step, page in journey.pages.items() for key in page.statuses}
    for step, event in events:
        address = address_of(event)
        if address is not None:
            steps[address.key] = step
    return steps


def _item_row(journey: Journey, item: Item, step: str) -> dict[str, Any]:
    return {
        "journey": journey.id,
        "address": item.address.key,
        "organisation": journey.organisation,
        "question": item.address.question,
        "subject": item.address.subject,
        "period": item.address.period,
        "step": step,
        # a round may be held on an answer that stands; its last day is looked for all the same
        "status": "consent" if item.in_round else item.status,
        "revision": item.answer.revision if item.answer else 0,
        "anonymous": is_anonymous(item),
        "state": ITEM.text(without_anonymous(item)),
    }
