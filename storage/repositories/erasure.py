"""Lets go what is one person's alone, and puts other words in the place of their name."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, delete, func, null, or_, select, update

from dialogs.model.erasure import Mentioned, Part
from dialogs.ports import Rest
from storage.mapping import name_key
from storage.repositories import came_in, mentioned, rosters
from storage.tables import books, calendar, doors, files, journeys, letters, notes, people, terms
from storage.tables.base import table
from storage.transaction import Transaction, token

_person = table(people.Person)
_account = table(people.Account)
_admin = table(people.Admin)
_organisation = table(people.Organisation)
_membership = table(people.Membership)
_group = table(people.WorkingGroup)
_room = table(people.Room)
_journey = table(journeys.JourneyHead)
_outbox = table(letters.OutboxRow)
_inbox = table(letters.InboxRow)
_draft = table(letters.DraftRow)
_conversation = table(doors.Conversation)

# What is somebody's alone: the part that it belongs to, its table, whose it is, and what names a row.
_THEIRS: Sequence[tuple[Part, Table, str, Sequence[str]]] = [
    ("drafts", _draft, "person", ("person", "room", "kind")),
    ("notes", table(notes.PrivateNote), "person", ("person", "number")),
    ("letters", _outbox, "person", ("id",)),
    ("reminders", table(calendar.OccurrenceRow), "recipient", ("key",)),
    ("reminders", table(terms.PutOffRow), "person", ("journey", "person", "about")),
    ("reminders", table(terms.MentionRow), "person", ("person", "letter")),
    ("settings", table(calendar.PersonalTerms), "person", ("person",)),
    ("settings", table(calendar.Absence), "person", ("person", "first")),
    ("links", table(calendar.FeedSecret), "person", ("hash",)),
    ("links", table(files.FileLink), "person", ("hash",)),
    ("links", table(people.LinkCode), "person", ("hash",)),
    ("waiting", table(books.PackInWaiting), "person", ("id",)),
    ("waiting", table(books.PackJob), "person", ("number",)),
    ("waiting", table(files.TableInWaiting), "person", ("id",)),
    ("traces", table(letters.Home), "person", ("door", "tenant", "account")),
    ("traces", table(journeys.LookRow), "person", ("journey", "person")),
]
_NAMED = {rows.name: (rows, names) for _, rows, _, names in _THEIRS}

# Lines that came in and whose turn failed, with their words.
_SET_ASIDE = select(_inbox.c.id, _inbox.c.door, _inbox.c.tenant, _inbox.c.incoming).where(
    _inbox.c.state == "failed", _inbox.c.incoming.is_not(None)
)


class SqlErasures:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def groups_now(self, person: str) -> Sequence[str]:
        there = select(_membership.c.group_id).where(
            _membership.c.person == person, _membership.c.until.is_(null())
        )
        found = select(_group.c.name).where(_group.c.id.in_(there), _group.c.id.not_in(self._practised()))
        return [row.name for row in self._tx.rows(found.order_by(_group.c.name))]

    def groups_ever(self, person: str) -> Sequence[tuple[str, str]]:
        there = select(_membership.c.group_id, _membership.c.organisation).distinct()
        this = (_membership.c.person == person, _membership.c.group_id.not_in(self._practised()))
        return [(row.group_id, row.organisation) for row in self._tx.rows(there.where(*this))]

    def looks_after_alone(self, person: str) -> Sequence[str]:
        alone = select(_admin.c.organisation).group_by(_admin.c.organisation).having(func.count() == 1)
        found = (
            select(_organisation.c.name)
            .join(_admin, _admin.c.organisation == _organisation.c.id)
            .where(_admin.c.person == person, _admin.c.organisation.in_(alone))
        )
        return [row.name for row in self._tx.rows(found)]

    def last_roles(self, person: str) -> tuple[str, Sequence[str]] | None:
        rows = self._tx.rows(
            select(_membership.c.group_id, _membership.c.role)
            .where(
                _membership.c.person == person, _membership.c.role != "", _membership.c.deputy.is_(False),
                _membership.c.group_id.not_in(self._practised()),
            )
            .order_by(_membership.c.until.desc(), _membership.c.position, _membership.c.id)
        )  # fmt: skip
        if not rows:
            return None
        group = rows[0].group_id
        return group, [row.role for row in rows if row.group_id == group]

    def practice_of(self, person: str) -> Sequence[str]:
        this = (_journey.c.starter == person, _journey.c.practice.is_(True))
        return [row.id for row in self._tx.rows(select(_journey.c.id).where(*this))]

    def words_of(self, person: str) -> Sequence[str]:
        known = self._tx.row(select(_person.c.name, _person.c.email).where(_person.c.id == person))
        said = self._tx.rows(select(_account.c.name, _account.c.email).where(_account.c.person == person))
        return [word for word in dict.fromkeys(word for row in (known, *said) for word in row) if word]

    def parts(self, person: str) -> Mapping[Part, int]:
        found: dict[Part, int] = {}
        for part, rows, whose, _ in _THEIRS:
            these = self._theirs(rows, whose, person)
            many = self._tx.value(select(func.count()).select_from(rows).where(these))
            found[part] = found.get(part, 0) + int(many)
        return {**found, "practice": len(self.practice_of(person))}

    def rest_of(self, person: str, most: int) -> Sequence[Rest]:
        found: list[Rest] = []
        for _, rows, whose, names in _THEIRS:
            these = select(*(rows.c[name] for name in names)).where(self._theirs(rows, whose, person))
            found += [(rows.name, tuple(row)) for row in self._tx.rows(these.limit(most - len(found)))]
            if len(found) >= most:
                break
        return found

    def drop_rest(self, rest: Sequence[Rest]) -> None:
        self._tx.drafts.clear()
        for name, key in rest:
            rows, names = _NAMED[name]
            this = (rows.c[column] == value for column, value in zip(names, key, strict=True))
            self._tx.run(delete(rows).where(*this))

    def forget(self, person: str, becomes: str) -> None:
        self._words_set_aside(person)
        self._private_rooms(person)
        self._tx.run(delete(_account).where(_account.c.person == person))
        self._tx.run(delete(_admin).where(_admin.c.person == person))
        unknown = {"email": None, "language": None, "zone": None, "greeted_at": None, "private_room": None}
        self._tx.run(
            update(_person)
            .where(_person.c.id == person)
            .values(name=becomes, name_key=name_key(becomes), **unknown)
        )
        rosters.renew(self._tx, person=person)
        self._tx.step()

    def unreadable(self, person: str) -> int:
        doors = {(row.door, row.tenant) for row in self._accounts(person)}
        rows = [row for row in self._tx.rows(_SET_ASIDE) if (row.door, row.tenant) in doors]
        return sum(came_in.read(row.incoming) is None for row in rows)

    def mentions(self, words: Sequence[str], person: str) -> Sequence[Mentioned]:
        return mentioned.find(self._tx, words, person)

    def _practised(self) -> Select[tuple[str]]:
        return select(_journey.c.group_id).where(_journey.c.practice.is_(True))

    def _words_set_aside(self, person: str) -> None:
        """Wipe lines of theirs that were set aside because their turn failed."""
        accounts = {(row.door, row.tenant, row.account) for row in self._accounts(person)}
        for row in self._tx.rows(_SET_ASIDE):
            came = came_in.read(row.incoming)
            if came is not None and (row.door, row.tenant, came.account) in accounts:
                self._tx.run(update(_inbox).where(_inbox.c.id == row.id).values(incoming=null()))

    def _accounts(self, person: str) -> Sequence[Any]:
        return self._tx.rows(select(_account).where(_account.c.person == person))

    def _theirs(self, rows: Table, whose: str, person: str) -> ColumnElement[bool]:
        """Return which rows are the person's: of letters, also what was answered them in private, which names nobody."""
        named = rows.c[whose] == person
        return (
            or_(named, rows.c.room.in_([room.id for room in self._rooms_of(person)]))
            if rows is _outbox
            else named
        )

    def _private_rooms(self, person: str) -> None:
        """Let their private rooms be nobody's: in the terminal, a room's name is that of whoever it belongs to."""
        for room in self._rooms_of(person):
            this = (_conversation.c.tenant == room.tenant, _conversation.c.room == room.external)
            if room.door == "teams":
                self._tx.run(delete(_conversation).where(*this))
            nobodys = {"external": f"erased:{token()}", "state": "deleted"}
            self._tx.run(update(_room).where(_room.c.id == room.id).values(**nobodys))

    def _rooms_of(self, person: str) -> Sequence[Any]:
        accounts = self._accounts(person)
        own = select(_person.c.private_room).where(_person.c.id == person)
        named: list[ColumnElement[bool]] = [
            and_(_room.c.door == row.door, _room.c.tenant == row.tenant, _room.c.external.endswith(f":{row.account}", autoescape=True))
            for row in accounts
        ]  # fmt: skip
        rooms = select(_room).where(_room.c.private.is_(True), or_(_room.c.id.in_(own), *named))
        return self._tx.rows(rooms)
