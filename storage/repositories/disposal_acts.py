"""Lets go what was decided to go: rows and words are taken away, and the journal says so in their place."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Table, delete, null, select, update

from dialogs.events import Contributed, Drafted, JourneyDisposed
from dialogs.flows.disposing import disposed, without
from dialogs.flows.fold import emptied
from dialogs.model.answers import Item
from dialogs.model.disposal import Stored
from dialogs.model.journey import Journey
from dialogs.ports import Rest
from storage.mapping import EVENT, ITEM, without_anonymous
from storage.repositories import heads, journal
from storage.repositories.disposal_finds import SET_ASIDE
from storage.repositories.search import SqlSearch
from storage.tables import calendar, journeys, letters, notes, sharing, terms
from storage.tables.base import table
from storage.transaction import Transaction

_draft = table(letters.DraftRow)
_inbox = table(letters.InboxRow)
_outbox = table(letters.OutboxRow)
_meeting = table(calendar.Meeting)
_journey = table(journeys.JourneyHead)
_entry = table(journeys.Entry)
_item = table(journeys.ItemRow)
_text = table(journeys.AnonymousText)
_record = table(journeys.RecordRow)
_revision = table(journeys.RecordRevision)
_share = table(sharing.ShareRow)

DISPOSED = "disposed of"
"""Why a letter was skipped whose words were disposed of."""

# What goes with a journey beside its records, each with the columns that name a row.
_PARTS: Sequence[tuple[Table, Sequence[str]]] = [
    (table(journeys.ItemRow), ("journey", "address")),
    (table(journeys.PageRow), ("journey", "step")),
    (table(journeys.CheckpointRow), ("journey", "checkpoint", "subject", "period")),
    (table(journeys.AnonymousText), ("id",)),
    (table(journeys.LookRow), ("journey", "person")),
    (table(letters.OutboxRow), ("id",)),
    (table(letters.ButtonRow), ("id",)),
    (table(letters.QuestionMessage), ("journey", "address", "room")),
    (table(letters.MessageSpot), ("room", "platform_message")),
    (table(letters.DraftRow), ("person", "room", "kind")),
    (table(terms.PutOffRow), ("journey", "person", "about")),
    (table(terms.ReminderPause), ("journey",)),
    (table(calendar.OccurrenceRow), ("key",)),
    (table(calendar.FeedSecret), ("hash",)),
    (table(calendar.Unplanned), ("journey",)),
    (table(notes.PrivateNote), ("person", "number")),
    (_entry, ("journey", "sequence")),
]
_NAMED = {rows.name: (rows, names) for rows, names in _PARTS}


def let_go(tx: Transaction, targets: Sequence[Stored]) -> int:
    """Let drafts, lines that came in, letters or meetings go; return how many were still there."""
    of_kind: dict[str, Callable[[Transaction, str], int]] = {
        "drafts": _draft_goes, "inbox": _line_goes, "letters": _letter_goes, "meetings": _meeting_goes,
    }  # fmt: skip
    return sum(of_kind[one.kind](tx, one.key) for one in targets)


def _draft_goes(tx: Transaction, key: str) -> int:
    person, room, kind = key.split(" ")
    tx.drafts.clear()
    this = (_draft.c.person == person, _draft.c.room == room, _draft.c.kind == kind)
    return tx.run(delete(_draft).where(*this))


def _line_goes(tx: Transaction, key: str) -> int:
    this = (_inbox.c.id == int(key), _inbox.c.state == "failed", _inbox.c.incoming.is_not(None))
    return tx.run(update(_inbox).where(*this).values(incoming=null()))


def _letter_goes(tx: Transaction, key: str) -> int:
    this = (_outbox.c.id == int(key), _outbox.c.state.in_(SET_ASIDE), _outbox.c.message.is_not(None))
    return tx.run(update(_outbox).where(*this).values(state="skipped", why=DISPOSED, message=null()))


def _meeting_goes(tx: Transaction, key: str) -> int:
    body, day = key.split(" ")
    this = (_meeting.c.body == body, _meeting.c.day == date.fromisoformat(day))
    return tx.run(delete(_meeting).where(*this))


def let_texts_go(
    tx: Transaction, journey: Journey, before: Item, sequences: Sequence[int], decision: str, *, unnamed: bool
) -> int:
    """Write what stands in the journal instead of those lines, and the answer without them."""
    heads.write(tx, journey, journey)  # whoever read the answer before this takes their turn again
    these = (_entry.c.journey == journey.id, _entry.c.sequence.in_(list(sequences)))
    gone = []
    for row in tx.rows(select(_entry.c.sequence, _entry.c.event).where(*these)):
        event = EVENT.value(row.event)
        if not isinstance(event, Contributed | Drafted):
            continue  # it is gone already
        instead = disposed(event, decision)
        gone.append(instead)
        line = (_entry.c.journey == journey.id, _entry.c.sequence == row.sequence)
        tx.run(update(_entry).where(*line).values(kind=instead.kind, event=EVENT.text(instead)))
    key = before.address.key
    its_own = (_text.c.journey == journey.id, _text.c.address == key)
    others = tx.run(delete(_text).where(*its_own)) if unnamed else 0
    after = without_anonymous(without(before, gone))
    this = (_item.c.journey == journey.id, _item.c.address == key)
    tx.run(update(_item).where(*this).values(state=ITEM.text(after)))
    return len(gone) + others


def end_journey(tx: Transaction, journey: Journey, event: JourneyDisposed) -> None:
    """Close the journey with its last line; what it held is let go by `drop_rest`."""
    after = emptied(journey, event)
    heads.write(tx, journey, after, whole=True)
    journal.append(tx, journey, after, [("", event)])


def rest_of(tx: Transaction, journey: str, most: int) -> Sequence[Rest]:
    """Return some of what is left of an ended journey, by table and key; nothing when all has gone. Writes nothing."""
    head = tx.row(select(_journey).where(_journey.c.id == journey))
    found: list[Rest] = []
    for rows, names in _PARTS:
        columns = [rows.c[name] for name in names]
        these = select(*columns).where(rows.c.journey == journey, *_all_but_the_last(rows, head.sequence))
        found += [(rows.name, tuple(row)) for row in tx.rows(these.limit(most - len(found)))]
        if len(found) >= most:
            return found
    return found + [(_record.name, (id,)) for id in _records(tx, journey, head.group_id, most - len(found))]


def drop_rest(tx: Transaction, rest: Sequence[Rest]) -> None:
    """Take those rows away."""
    search = SqlSearch(tx)
    for name, key in rest:
        if name == _record.name:
            search.drop(str(key[0]))
            for part in (_revision, _share):
                tx.run(delete(part).where(part.c.record == key[0]))
            tx.run(delete(_record).where(_record.c.id == key[0]))
            continue
        rows, names = _NAMED[name]
        tx.run(
            delete(rows).where(*(rows.c[column] == value for column, value in zip(names, key, strict=True)))
        )


def _all_but_the_last(rows: Table, last: int) -> Sequence[ColumnElement[bool]]:
    return (_entry.c.sequence < last,) if rows is _entry else ()


def _records(tx: Transaction, journey: str, group: str, most: int) -> Sequence[str]:
    """Return the group's own records that the journey brought, where no other journey of the group lives on."""
    others = select(_journey.c.id).where(
        _journey.c.group_id == group, _journey.c.id != journey, _journey.c.state != "closed",
        _journey.c.practice.is_(False),
    )  # fmt: skip
    if tx.row(others.limit(1)) is not None:
        return ()
    its_own = select(_record.c.id).where(_record.c.journey == journey, _record.c.group_id == group)
    return [row.id for row in tx.rows(its_own.limit(most))]
