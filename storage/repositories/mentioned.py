"""Looks for somebody's name in what others wrote, and in what has to stay: where it stands, and not what is said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, literal, or_, select

from dialogs.model.erasure import Mentioned
from storage.tables import calendar, disposal, documents, files, journeys, letters, notes, people
from storage.tables.base import table
from storage.transaction import Transaction

_journey = table(journeys.JourneyHead)
_group = table(people.WorkingGroup)


@dataclass(frozen=True)
class Place:
    """Columns of a table that hold people's words, and which columns say where it is; `own` is whose is left out."""

    kind: str
    rows: Table
    words: Sequence[str]
    where: Sequence[str]
    own: str = ""


_PLACES = (
    Place("answers", table(journeys.Entry), ("event",), ("address", "sequence")),
    Place("anonymous", table(journeys.AnonymousText), ("value",), ("address",)),
    Place("entries", table(journeys.RecordRow), ("content",), ("register_id", "id")),
    Place("entry-revisions", table(journeys.RecordRevision), ("content",), ("record", "revision")),
    Place("documents", table(documents.AdoptedDocument), ("content",), ("document", "number")),
    Place("letters", table(letters.OutboxRow), ("message",), ("id",), own="person"),
    Place("drafts", table(letters.DraftRow), ("draft",), ("kind",), own="person"),
    Place("notes", table(notes.PrivateNote), ("text",), ("number",), own="person"),
    Place("inbox", table(letters.InboxRow), ("incoming",), ("id",)),
    Place("buttons", table(letters.ButtonRow), ("presses",), ("id",)),
    Place("checkpoints", table(journeys.CheckpointRow), ("note",), ("checkpoint", "period")),
    Place("occurrences", table(calendar.OccurrenceRow), ("why",), ("key",), own="recipient"),
    Place("tables", table(files.TableInWaiting), ("name", "sheet", "report"), ("id",), own="person"),
    Place("holds", table(disposal.DisposalHold), ("reason", "by", "lifted_by"), ("number",)),
    Place("groups", table(people.WorkingGroup), ("name",), ("name",)),
    Place("units", table(people.Unit), ("name",), ("name",)),
    Place("bodies", table(people.Body), ("name",), ("name",)),
    Place("accounts", table(people.Account), ("name", "email"), ("door", "account"), own="person"),
)


def find(tx: Transaction, words: Sequence[str], person: str) -> Sequence[Mentioned]:
    """Return each row in which any of the words stands, as it is written or in small, capital or first-capital letters."""
    forms = {form for word in words for form in (word, word.lower(), word.upper(), word.title()) if form}
    return [one for place in _PLACES for one in _in(tx, place, sorted(forms), person)]


def _in(tx: Transaction, place: Place, forms: Sequence[str], person: str) -> Iterator[Mentioned]:
    rows = place.rows
    stands: ColumnElement[bool] = or_(
        *(rows.c[column].contains(form, autoescape=True) for column in place.words for form in forms)
    )
    if place.own:
        stands = stands & (rows.c[place.own].is_distinct_from(person))
    where = [rows.c[name].label(f"where_{number}") for number, name in enumerate(place.where)]
    found = select(*where, literal("").label("group_name")).where(stands)
    if "journey" in rows.c:
        found = (
            select(*where, _group.c.name.label("group_name"))
            .select_from(rows)
            .outerjoin(_journey, _journey.c.id == rows.c.journey)
            .outerjoin(_group, _group.c.id == _journey.c.group_id)
            .where(stands)
        )
    for row in tx.rows(found.order_by(*where)):
        told = [
            str(value).strip("|").replace("|", " ") for value in row[: len(where)] if value not in (None, "")
        ]
        yield Mentioned(place.kind, row.group_name or "", " ".join(told))
