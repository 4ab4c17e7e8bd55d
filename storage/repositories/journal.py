"""The journal of a journey: what happened, line by line; and, apart from it, the texts that nobody is named for.

Who answers anonymously stands in the journal, without the text, its id, or what it replaces. The text stands in a
row of its own, without person or time. Nothing leads from one to the other: a journal read again says that somebody
took part, and `anonymous_of` says what was written, in an order that tells nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import bindparam, delete, insert, select, update

from dialogs.events import Contributed, Event, Withdrawn, address_of
from dialogs.model.answers import Address, Value
from dialogs.model.journey import Journey
from storage.mapping import ANSWER_VALUE, EVENT
from storage.prepared import Prepared, PreparedRows, with_lists
from storage.tables import journeys, letters
from storage.tables.base import table
from storage.transaction import Transaction

_entry = table(journeys.Entry)
_text = table(journeys.AnonymousText)
_spot = table(letters.MessageSpot)

_APPEND = PreparedRows(insert(_entry))
_all = select(_entry.c.event).where(_entry.c.journey == bindparam("journey")).order_by(_entry.c.sequence)
_EVENTS = Prepared(_all)
_EVENTS_OF = Prepared(_all.where(_entry.c.address == bindparam("address")))

_PUT_TEXT = Prepared(insert(_text))
_DROP_TEXT = Prepared(delete(_text).where(_text.c.id == bindparam("text")))
_texts = select(_text.c.address, _text.c.id, _text.c.value).where(_text.c.journey == bindparam("journey"))
_TEXTS = Prepared(_texts)
_TEXTS_OF = with_lists(lambda one_of: _texts.where(one_of(_text.c.address, "addresses")))
# PostgreSQL notes by which transaction a row was written, as it does for the journal's line. Written all over with
# each new text, the rows of one address say nothing.
_STIR = Prepared(
    update(_text)
    .where(_text.c.journey == bindparam("of_journey"), _text.c.address == bindparam("of_address"))
    .values(value=_text.c.value)
)
_UNTIE = Prepared(
    update(_spot)
    .where(letters.GIVEN, _spot.c.contribution == bindparam("text"))
    .values(contribution="", person="")
)


def append(tx: Transaction, before: Journey, after: Journey, happened: Sequence[tuple[str, Event]]) -> None:
    """Write one line an event, counted on from *before*; and anonymous texts beside them."""
    lines = []
    for sequence, (step, event) in enumerate(happened, start=before.sequence + 1):
        told = _without_text(tx, after, event)
        address = address_of(told)
        lines.append({
            "journey": after.id,
            "sequence": sequence,
            "organisation": after.organisation,
            "step": step,
            "address": address.key if address else None,
            "kind": told.kind,
            "person": told.by,
            "at": told.at,
            "event": EVENT.text(told),
        })  # fmt: skip
    tx.write(_APPEND, lines)


def read(tx: Transaction, journey: str, address: Address | None = None) -> Iterator[Event]:
    """Yield what happened, oldest first. An anonymous contribution has neither value nor id here."""
    if address is None:
        rows = tx.rows(_EVENTS, {"journey": journey})
    else:
        rows = tx.rows(_EVENTS_OF, {"journey": journey, "address": address.key})
    return (EVENT.value(row.event) for row in rows)


def anonymous_texts(
    tx: Transaction, journey: str, addresses: Iterable[Address] | None = None
) -> Mapping[str, Sequence[tuple[str, Value]]]:
    """Return, by address key, the id and the value of each anonymous text; of all addresses where none are named."""
    if addresses is None:
        rows = tx.rows(_TEXTS, {"journey": journey})
    else:
        rows = tx.rows(
            _TEXTS_OF, {"journey": journey, "addresses": tx.a_list([address.key for address in addresses])}
        )
    found: dict[str, list[tuple[str, Value]]] = {}
    for row in sorted(rows, key=lambda row: row.id):
        found.setdefault(row.address, []).append((row.id, ANSWER_VALUE.value(row.value)))
    return found


def _without_text(tx: Transaction, after: Journey, event: Event) -> Event:
    """Return the event as the journal may know it, and put an anonymous text where it belongs."""
    if isinstance(event, Contributed) and event.person is None:
        _put_text(tx, after, event)
        return replace(event, id="", value=None, replaces="", why="")
    if isinstance(event, Withdrawn) and tx.run(_DROP_TEXT, {"text": event.id}):
        return replace(event, id="")
    return event


def _put_text(tx: Transaction, after: Journey, event: Contributed) -> None:
    if event.replaces:
        tx.run(_DROP_TEXT, {"text": event.replaces})
    # A text that was changed keeps its id where the journey keeps it: the writer's private link holds it.
    known = {one.id for one in after.item(event.address).contributions}
    id = event.replaces if event.replaces in known else event.id
    place = {"organisation": after.organisation, "journey": after.id, "address": event.address.key}
    tx.run(_PUT_TEXT, {"id": id, "value": ANSWER_VALUE.text(event.value), **place})
    tx.run(_UNTIE, {"text": id})
    tx.spots.clear()
    if not tx.on_sqlite:
        tx.run(_STIR, {"of_journey": after.id, "of_address": event.address.key})
