"""Remembers what somebody typed and nobody could place yet, and forms half filled in: one of each a person and room."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from dialogs.ports import DraftText
from storage.mapping import DRAFT
from storage.prepared import Prepared, upsert
from storage.tables import letters
from storage.tables.base import table
from storage.transaction import Transaction

_draft = table(letters.DraftRow)

_here = (
    _draft.c.person == bindparam("person"),
    _draft.c.room == bindparam("room"),
    _draft.c.kind == bindparam("kind"),
)
_KEEP = upsert(_draft, keys=("person", "room", "kind"))
_GET = Prepared(select(_draft.c.draft).where(*_here))
_DROP = Prepared(delete(_draft).where(*_here))


class SqlDrafts:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def keep(self, draft: DraftText, at: datetime) -> None:
        place = _place(draft.person, draft.room, form=bool(draft.form))
        organisation = self._tx.organisation_of(draft.journey)
        about = {"organisation": organisation, "journey": draft.journey or None}
        self._tx.run(_KEEP, {**place, **about, "draft": DRAFT.text(draft), "at": at})
        self._tx.drafts.pop((draft.person, draft.room), None)

    def get(self, person: str, room: str, *, form: bool = False) -> DraftText | None:
        place = _place(person, room, form=form)
        known = self._tx.drafts.get((person, room))
        text = self._tx.value(_GET, place) if known is None else known[place["kind"]]
        return None if text is None else DRAFT.value(text)

    def drop(self, person: str, room: str, *, form: bool = False) -> None:
        place = _place(person, room, form=form)
        known = self._tx.drafts.get((person, room))
        if known is None or known[place["kind"]] is not None:
            self._tx.write(_DROP, [place])
            self._tx.drafts.pop((person, room), None)


def _place(person: str, room: str, *, form: bool) -> dict[str, str]:
    return {"person": person, "room": room, "kind": "form" if form else "text"}
