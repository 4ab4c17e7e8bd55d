"""Remembers journeys: head, projection and journal, in few statements a turn."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, Row, bindparam, delete, func, literal, select, union_all, update

from dialogs.events import Event, address_of
from dialogs.model.answers import Address, Item, Value
from dialogs.model.changed import changed
from dialogs.model.checkpoint import KeptCheckpoint
from dialogs.model.journey import Journey
from dialogs.ports import JourneyRef, Look, Needs, Placed, RoomRef
from storage.mapping import ITEM, PAGE, is_anonymous, with_anonymous, without_anonymous
from storage.prepared import OneOf, Prepared, upsert, with_lists
from storage.repositories import checkpoints, heads, journal, looks, made_up, standings
from storage.repositories import registrations as registered
from storage.repositories.records import by_register, records_seen
from storage.tables import documents, journeys, letters, notes, registrations, terms
from storage.tables.base import table
from storage.transaction import Transaction

_journey = table(journeys.JourneyHead)
_page = table(journeys.PageRow)
_item = table(journeys.ItemRow)

_unnumbered = literal(0).label("number")
_PAGES = select(
    literal("page").label("what"), _page.c.step.label("key"), _page.c.state, _unnumbered
).where(_page.c.journey == bindparam("journey"))  # fmt: skip
_ITEMS = select(
    literal("item").label("what"), _item.c.address.label("key"), _item.c.state, _unnumbered
).where(_item.c.journey == bindparam("journey"))  # fmt: skip


@cache
def _needed(practice: bool, asked: frozenset[str]) -> Prepared:
    """Pages, items and records in one go; nothing is said of what isn't asked for."""

    def parts(one_of: OneOf) -> Executable:
        of_kind = {
            "steps": [_PAGES.where(one_of(_page.c.step, "steps"))],
            "addresses": [_ITEMS.where(one_of(_item.c.address, "addresses"))],
            "questions": [_ITEMS.where(one_of(_item.c.question, "questions"))],
            "registers": records_seen(practice=practice, one_of=one_of),
            "pages": [_PAGES],
        }
        return union_all(*(part for kind, parts in of_kind.items() if kind in asked for part in parts))

    return with_lists(parts)


def _everything(practice: bool) -> Prepared:
    return with_lists(
        lambda one_of: union_all(_PAGES, _ITEMS, *records_seen(practice=practice, one_of=one_of, every=True))
    )


_EVERYTHING = {practice: _everything(practice) for practice in (True, False)}

_IN_CONSENT = Prepared(
    select(_item.c.journey, _item.c.state).where(journeys.IN_CONSENT).order_by(_item.c.journey)
)
_OPEN_ROUNDS = with_lists(
    lambda one_of: (
        select(_item.c.journey, _item.c.address)
        .where(journeys.IN_CONSENT, one_of(_item.c.journey, "journeys"))
        .order_by(_item.c.journey, _item.c.address)
    )
)

_PUT_PAGE = upsert(_page, keys=("journey", "step"))
# What follows from the address stays as it is: written again, SQLite would renew the index that it stands in.
_PUT_ITEM = upsert(
    _item, keys=("journey", "address"), rest=("step", "status", "revision", "anonymous", "state")
)

# What goes with a practice journey, children first.
_ITS_ROWS = [
    table(row)
    for row in (
        journeys.PageRow, journeys.ItemRow, journeys.Entry, journeys.AnonymousText, journeys.RecordRow,
        journeys.CheckpointRow, journeys.LookRow, documents.AdoptedDocument, registrations.RegistrationRow,
        notes.PrivateNote, terms.PutOffRow, terms.ReminderPause,
        letters.OutboxRow, letters.ButtonRow, letters.QuestionMessage, letters.MessageSpot, letters.DraftRow,
    )
]  # fmt: skip
_record = table(journeys.RecordRow)
_text = table(journeys.AnonymousText)
_message = table(letters.QuestionMessage)
_ON_ITS_WAY = ">"
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
        if _holds(journey, needs):
            return journey
        steps = needs.steps - journey.pages.keys()
        questions = needs.questions - journey.read
        addresses = needs.addresses - journey.items.keys()
        keys = {one.key for one in addresses if one.question not in needs.questions | journey.read}
        asked = {
            "steps": sorted(steps) if not needs.pages else [],
            "addresses": sorted(keys - journey.read),
            "questions": sorted(questions),
            "registers": sorted(needs.registers - journey.records.keys()),
        }
        lists = {what: self._tx.a_list(names) for what, names in asked.items() if names}
        kinds = frozenset(lists) | ({"pages"} if needs.pages else frozenset())
        if not kinds:
            return journey
        rows = self._tx.rows(_needed(journey.practice, kinds), {**self._scope(journey), **lists})
        read = journey.read | questions | keys
        filled = self._filled(journey, rows, asked["registers"], read=read)
        if self._tx.heads.get(journey.id) is journey:
            self._tx.heads[journey.id] = filled
        return filled

    def whole(self, id: str) -> Journey:
        head = heads.read(self._tx, id)
        rows = self._tx.rows(_EVERYTHING[head.practice], self._scope(head))
        return changed(
            self._filled(head, rows, (), read=head.read), registered=registered.seen_from(self._tx, head)
        )

    def save(self, before: Journey, after: Journey, happened: Iterable[tuple[str, Event]]) -> None:
        events = tuple(happened)
        if after.sequence != before.sequence + len(events):
            raise ValueError(f"{len(events)} events, but counted from {before.sequence} to {after.sequence}")
        heads.write(self._tx, before, after)
        journal.append(self._tx, before, after, events)
        self._write_projection(before, after, events)
        checkpoints.note(self._tx, after, events)

    def refresh(self, journey: Journey) -> None:
        heads.write(self._tx, journey, journey, whole=True)
        self._write_projection(_empty(journey), journey, ())

    def change_version(
        self, before: Journey, after: Journey, event: Event, moves: Mapping[Address, Address]
    ) -> None:
        heads.write(self._tx, before, after, whole=True)
        journal.append(self._tx, before, after, [("", event)])
        for rows in (_page, _item):
            self._tx.run(delete(rows).where(rows.c.journey == after.id))
        self._write_projection(_empty(after), after, ())
        self._tx.write(_PUT_ITEM, [_item_row(after, item, "") for item in after.retired.values()])
        self._move_addresses(after, {old.key: new.key for old, new in moves.items() if old != new})

    def _move_addresses(self, journey: Journey, moves: Mapping[str, str]) -> None:
        """Let texts that nobody is named for, and the messages that put questions, follow what they belong to."""
        for rows in (_text, _message):
            its_own = rows.c.journey == journey.id
            for old, new in moves.items():  # by a name that nothing has, lest two meet on the way
                self._tx.run(
                    update(rows).where(its_own, rows.c.address == old).values(address=_ON_ITS_WAY + new)
                )
            its_new = func.substr(rows.c.address, len(_ON_ITS_WAY) + 1)
            on_its_way = rows.c.address.startswith(_ON_ITS_WAY)
            if moves:
                self._tx.run(update(rows).where(its_own, on_its_way).values(address=its_new))

    def events(self, id: str, address: Address | None = None) -> Iterator[Event]:
        """Yield what happened, oldest first. Of an anonymous contribution only who took part: see `anonymous_of`."""
        return journal.read(self._tx, id, address)

    def news(self, id: str, since: int, *, most: int) -> Sequence[Event]:
        return looks.news(self._tx, id, since, most)

    def last_look(self, id: str, person: str) -> Look | None:
        return looks.last(self._tx, id, person)

    def note_look(self, journey: Journey, person: str, at: datetime) -> None:
        looks.note(self._tx, journey, person, at)

    def heads_of(self, person: str) -> Sequence[Journey]:
        return standings.heads_of(self._tx, person)

    def standing_now(
        self,
        heads: Sequence[Journey],
        steps: Mapping[str, str],
        registers: Iterable[str],
        over: Iterable[str],
    ) -> Sequence[Placed]:
        return standings.placed(self._tx, heads, steps, registers, over)

    def anonymous_of(self, id: str, address: Address) -> Sequence[tuple[str, Value]]:
        """Return (id, value) of each anonymous contribution to the address, in the order of their random ids."""
        return journal.anonymous_texts(self._tx, id, [address]).get(address.key, ())

    def checkpoints(self, id: str) -> Sequence[KeptCheckpoint]:
        return checkpoints.read(self._tx, id)

    def put_checkpoints(self, journey: Journey, kept: Iterable[KeptCheckpoint]) -> None:
        checkpoints.put(self._tx, journey, kept)

    def in_room(self, room: str) -> Sequence[JourneyRef]:
        return heads.refs_in_room(self._tx, room)

    def of_group(self, group: str) -> Sequence[JourneyRef]:
        return heads.refs_of_group(self._tx, group)

    def of_person(self, person: str) -> Sequence[JourneyRef]:
        return heads.refs_of_person(self._tx, person)

    def all(self) -> Sequence[JourneyRef]:
        return heads.refs(self._tx)

    def all_running_in(self, organisations: Iterable[str]) -> Mapping[str, Sequence[JourneyRef]]:
        return heads.refs_running_in(self._tx, organisations)

    def running_in(self, organisation: str) -> Sequence[JourneyRef]:
        return heads.refs_running(self._tx, organisation)

    def closed_elsewhere(self, journey: Journey) -> Mapping[str, date]:
        return checkpoints.closed_elsewhere(self._tx, journey)

    def with_late_rounds(self, today: date) -> Sequence[str]:
        rows = self._tx.rows(_IN_CONSENT, {})
        return tuple(
            dict.fromkeys(row.journey for row in rows if _ended_before(ITEM.value(row.state), today))
        )

    def open_rounds(self, journeys: Sequence[str]) -> Sequence[tuple[str, Address]]:
        rows = self._tx.rows(_OPEN_ROUNDS, {"journeys": self._tx.a_list(journeys)}) if journeys else ()
        return [(row.journey, Address.of(row.address)) for row in rows]

    def room(self, id: str) -> RoomRef | None:
        return heads.room(self._tx, id)

    def lives_in(self, id: str, room: str) -> bool:
        return heads.lives_in(self._tx, id, room)

    def move(self, id: str, room: str) -> None:
        heads.move(self._tx, id, room)

    def remove(self, id: str) -> None:
        head = heads.read(self._tx, id)
        if not head.practice:
            raise ValueError(f"journey {id} is no practice journey")
        its_records = select(_record.c.id).where(_record.c.journey == id)
        self._tx.run(delete(_revision).where(_revision.c.record.in_(its_records)))
        for rows in _ITS_ROWS:
            self._tx.run(delete(rows).where(rows.c.journey == id))
        self._tx.run(delete(_journey).where(_journey.c.id == id))
        self._tx.forget_journeys()
        self._tx.drafts.clear()
        made_up.remove(self._tx, head.organisation)

    def _scope(self, journey: Journey) -> dict[str, Any]:
        whose = {"journey": journey.id, "group": journey.group, "organisation": journey.organisation}
        return {**whose, "own": self._tx.a_list(sorted(journey.own_registers))}

    def _filled(
        self, journey: Journey, rows: Sequence[Row[Any]], registers: Iterable[str], *, read: frozenset[str]
    ) -> Journey:
        """Return the journey with what was read; what it held already stays as it is."""
        pages = {row.key: PAGE.value(row.state) for row in rows if row.what == "page"}
        items = [ITEM.value(text) for text in dict(sorted(_item_texts(rows))).values()]
        anonymous = {item.address for item in items if is_anonymous(item)} - journey.items.keys()
        texts = journal.anonymous_texts(self._tx, journey.id, anonymous) if anonymous else {}
        found = {
            item.address: with_anonymous(item, texts.get(item.address.key, ())) if texts else item
            for item in items
        }
        records = by_register((row for row in rows if row.what == "record"), registers)
        retired = {address: item for address, item in found.items() if address.asked_last_in}
        if retired:
            found = {address: item for address, item in found.items() if address not in retired}
        return changed(
            journey,
            pages={**pages, **journey.pages},
            items={**found, **journey.items},
            retired={**retired, **journey.retired},
            records={**records, **journey.records},
            read=read,
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
            steps = _steps({item.address.key for item in items}, after, events)
            self._tx.write(
                _PUT_ITEM, [_item_row(after, item, steps.get(item.address.key, "")) for item in items]
            )


def _holds(journey: Journey, needs: Needs) -> bool:
    """Whether the journey holds all of it already, as far as one sees at a glance."""
    return (
        not needs.pages
        and needs.questions <= journey.read
        and needs.steps <= journey.pages.keys()
        and needs.registers <= journey.records.keys()
        and needs.addresses <= journey.items.keys()
    )


def _item_texts(rows: Sequence[Row[Any]]) -> Iterator[tuple[str, str]]:
    return ((row.key, row.state) for row in rows if row.what == "item")


def _ended_before(item: Item, today: date) -> bool:
    return item.round is not None and item.round.last_day is not None and item.round.last_day < today


def _is_new(value: object, old: object) -> bool:
    return value is not old and value != old


def _empty(journey: Journey) -> Journey:
    return changed(journey, pages={}, items={})


def _steps(keys: set[str], journey: Journey, events: Sequence[tuple[str, Event]]) -> Mapping[str, str]:
    """Return in which step each of the addresses is asked, as far as that can be told."""
    told = ((step, address_of(event)) for step, event in events)
    of_events = {address.key: step for step, address in told if address is not None}
    if of_events.keys() >= keys:
        return of_events
    of_pages = {key: step for step, page in journey.pages.items() for key in page.statuses}
    return {**of_pages, **of_events}


def _status(item: Item) -> str:
    if item.address.asked_last_in:
        return "retired"
    # a round may be held on an answer that stands; its last day is looked for all the same
    return "consent" if item.in_round else item.status


def _item_row(journey: Journey, item: Item, step: str) -> dict[str, Any]:
    anonymous = is_anonymous(item)
    return {
        "journey": journey.id,
        "address": item.address.key,
        "organisation": journey.organisation,
        "question": item.address.question,
        "subject": item.address.subject,
        "period": item.address.period,
        "step": step,
        "status": _status(item),
        "revision": item.answer.revision if item.answer else 0,
        "anonymous": anonymous,
        "state": ITEM.text(without_anonymous(item) if anonymous else item),
    }
