"""Remembers which letters reminded somebody, or named them in a channel, and of what."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select

from dialogs.letters import Letter, ToPerson, ToRoom
from dialogs.messages import mentioned
from dialogs.model.people import PersonId
from storage.prepared import Prepared, insert_new, with_lists
from storage.tables.base import table
from storage.tables.terms import MentionRow
from storage.transaction import Transaction

_mention = table(MentionRow)

_NOTE = insert_new(_mention, keys=("person", "letter"))
_HEARD = with_lists(
    lambda one_of: select(_mention.c.person, _mention.c.at).where(
        one_of(_mention.c.person, "people"), _mention.c.at >= bindparam("since")
    )
)
_LATEST = Prepared(
    select(_mention.c.things)
    .where(_mention.c.person == bindparam("person"), _mention.c.things != "")
    .order_by(_mention.c.at.desc())
    .limit(1)
)


def note(tx: Transaction, letters: Iterable[Letter], at: datetime) -> None:
    """Count each letter that makes somebody notice. An edit doesn't, nor does an answer in one's own private room."""
    tx.write(
        _NOTE,
        [
            {"person": person, "letter": letter.key, "at": at, "things": " ".join(letter.things)}
            for letter in letters
            for person in _who_notices(letter)
        ],
    )


def heard(tx: Transaction, people: Iterable[str], since: datetime) -> Mapping[PersonId, Sequence[datetime]]:
    """Return when each of the people was reminded or named, from *since* on."""
    found: dict[PersonId, list[datetime]] = {}
    for row in tx.rows(_HEARD, {"people": tx.a_list(sorted(set(people))), "since": since}):
        found.setdefault(PersonId(row.person), []).append(row.at)
    return found


def latest(tx: Transaction, person: str) -> Sequence[str]:
    """Return the keys of what the person's latest reminder said."""
    things: str | None = tx.value(_LATEST, {"person": person})
    return (things or "").split()


def _who_notices(letter: Letter) -> Sequence[str]:
    match letter.to:
        case ToPerson(person=person):
            return (person,) if letter.reminds else ()
        case ToRoom() if letter.how != "edit":
            return sorted(mentioned(letter.message))
        case _:
            return ()
