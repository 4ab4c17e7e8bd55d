"""What the use cases need of the world. Storage keeps these promises; the tests' fakes and the real thing alike."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import TracebackType
from typing import Literal, Protocol, Self

from content.pack import Pack
from dialogs.events import Event
from dialogs.files import FileOut
from dialogs.incoming import Attached, Incoming, Profile
from dialogs.letters import Letter
from dialogs.messages import Message, Press
from dialogs.model.answers import Address, Value
from dialogs.model.checked_pack import CheckedPack
from dialogs.model.checkpoint import KeptCheckpoint
from dialogs.model.journey import Journey
from dialogs.model.meeting import FeedRef, KeptMeeting
from dialogs.model.occurrence import MeetingDay, Occurrence
from dialogs.model.pack_job import PackJob, Task
from dialogs.model.people import Body, Member, Person, PersonId, Roster, Unit
from dialogs.model.records import Record
from dialogs.model.sharing import Share, SharedRecord, Viewer
from dialogs.model.terms import Away, PutOff, Terms
from dialogs.model.words import Candidate, Clause, Counts, Entry
from dialogs.model.written import Written


class Clock(Protocol):
    def now(self) -> datetime:
        """Return this instant, in UTC."""

    def today(self) -> date:
        """Return the date where the organisation is."""


class Ids(Protocol):
    def new(self) -> str:
        """Return an id that nobody can guess and nobody has had."""

    def code(self) -> str:
        """Return a short one-time code that can be read aloud."""


class PackShelf(Protocol):
    def pack(self, id: str, version: str) -> Pack:
        """Return the pinned version, from memory where it has been read before."""

    def newest(self) -> Sequence[Pack]:
        """Return the newest version of each installed method that a journey can start from."""

    def retired(self) -> Sequence[Pack]:
        """Return the newest version of each method that no journey can start from any more."""


@dataclass(frozen=True, slots=True)
class Needs:
    """How much of a journey a turn has to read: whole pages, single addresses, all items of questions, registers."""

    steps: frozenset[str] = frozenset()
    addresses: frozenset[Address] = frozenset()
    questions: frozenset[str] = frozenset()
    registers: frozenset[str] = frozenset()
    pages: bool = False  # all of them

    def __or__(self, other: "Needs") -> "Needs":
        return Needs(
            self.steps | other.steps,
            self.addresses | other.addresses,
            self.questions | other.questions,
            self.registers | other.registers,
            self.pages or other.pages,
        )


@dataclass(frozen=True, slots=True)
class RoomRef:
    """A room where people talk: a channel, or one person's private chat."""

    id: str
    door: str
    tenant: str
    external: str
    private: bool


@dataclass(frozen=True, slots=True)
class JourneyRef:
    """A journey, named: enough to choose between several."""

    id: str
    organisation: str
    group_name: str
    pack: str
    version: str
    language: str
    state: str
    practice: bool


@dataclass(frozen=True, slots=True)
class Look:
    """When somebody was last told where a journey stands, and how many events had happened by then."""

    at: datetime
    sequence: int
    before: "Look | None" = None  # the time before that


@dataclass(frozen=True, slots=True)
class Placed:
    """A journey with the page that it is on, and its open records; `written_by` says which journey wrote each."""

    journey: Journey
    written_by: Mapping[str, str]  # record -> journey, or "" where none did


@dataclass(frozen=True, slots=True)
class StoredButton:
    id: str
    press: Press
    journey: str
    room: str


@dataclass(frozen=True, slots=True)
class Spot:
    """What a message on the platform is about: the question it puts, or the contribution it gave."""

    journey: str
    address: Address | None
    contribution: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class DraftText:
    """What somebody typed and nobody could place yet, or a form that is half filled in."""

    person: str
    room: str
    text: str
    journey: str = ""
    address: Address | None = None
    form: str = ""  # the button id that stands for the form
    fields: Mapping[str, str] = field(default_factory=dict)
    thread: str = ""  # the message that the form is asked under
    drawn: bool = False  # the form was handed in whole: it waits to be opened again, and no words fill it in
    attached: tuple[Attached, ...] = ()  # what came without a word, and waits for one


@dataclass(frozen=True, slots=True)
class ClaimedLetter:
    """A letter that one messenger holds until `until`; `epoch` fences off whoever held it before."""

    id: int
    epoch: int
    key: str
    room: RoomRef
    person: str
    message: Message
    how: str
    journey: str
    address: Address | None
    edits: str  # the platform's id of the message to edit or to answer in thread; "" when there is none yet
    thread: str = ""  # the platform's id of the message to stand under, for a note that answers in a thread
    aside: bool = False  # `person` alone is to see it, in the room
    accounts: Mapping[str, str] = field(
        default_factory=dict
    )  # person -> account at this door, for whom it names
    at: datetime | None = None  # when it was posted
    until: datetime | None = None
    unsure_since: datetime | None = None  # somebody may have sent it by then: ask before it is sent again


@dataclass(frozen=True, slots=True)
class Unsent:
    """A letter that isn't sent, without a word of what it says. `tries` counts how often it was claimed."""

    id: int
    state: str
    door: str
    room: str  # the platform's id; "" while the person has no private room
    journey: str
    how: str
    at: datetime
    tries: int
    unsure: bool  # the platform may have it all the same
    why: str


@dataclass(frozen=True, slots=True)
class AccountRef:
    """An account at a door, the person behind it, and what the platform last said of it."""

    door: str
    tenant: str
    account: str
    person: str
    profile: Profile
    seen_at: datetime | None  # when the platform was last asked; None when it never was


class Organisations(Protocol):
    def add(self, name: str) -> str: ...
    def named(self, name: str) -> str | None: ...
    def name(self, organisation: str) -> str: ...
    def all(self) -> Sequence[tuple[str, str]]: ...
    def units(self, organisation: str, on: date) -> Sequence[Unit]: ...
    def add_unit(self, organisation: str, name: str, *, since: date) -> Unit: ...
    def close_unit(self, unit: str, *, on: date, successor: str | None) -> None: ...
    def rename_unit(self, unit: str, name: str) -> None: ...
    def set_body_of(self, unit: str, body: str | None) -> None:
        """Say which body answers for the unit; a unit or body that is closed hands that on to its successor."""

    def bodies(self, organisation: str, on: date) -> Sequence[Body]: ...
    def add_body(self, organisation: str, name: str, *, since: date) -> Body: ...
    def close_body(self, body: str, *, on: date, successor: str | None) -> None: ...
    def add_admin(self, organisation: str, person: str) -> None: ...
    def is_admin(self, organisation: str, person: str) -> bool: ...
    def admins(self, organisation: str) -> Sequence[Person]: ...
    def of_person(self, person: str) -> Sequence[str]:
        """Return the organisations where the person is an admin or belongs to a group."""


class People(Protocol):
    def add(self, name: str, *, email: str | None = None, language: str | None = None) -> Person: ...
    def get(self, person: str) -> Person | None: ...
    def by_account(self, door: str, tenant: str, account: str) -> Person | None: ...
    def tie(self, door: str, tenant: str, account: str, person: str) -> None: ...
    def account(self, door: str, tenant: str, account: str) -> AccountRef | None: ...
    def accounts_of(self, person: str) -> Sequence[AccountRef]: ...
    def note_profile(self, door: str, tenant: str, account: str, profile: Profile, at: datetime) -> None:
        """Keep what the platform says of an account that is tied to somebody."""

    def with_email(self, email: str) -> Sequence[Person]:
        """Return who has the address, in any case of letters."""

    def zone(self, person: str) -> str | None:
        """Return the zone that the person chose, else what their platform says of it."""

    def set_zone(self, person: str, zone: str) -> None: ...
    def named(self, name: str, organisation: str | None) -> Sequence[Person]:
        """Return who has the name, in any case of letters; in the organisation, or among all."""

    def rename(self, person: str, name: str) -> None: ...
    def set_email(self, person: str, email: str) -> None: ...
    def set_language(self, person: str, language: str) -> None: ...
    def greeted(self, person: str) -> bool: ...
    def mark_greeted(self, person: str, at: datetime) -> None: ...
    def put_code(self, code: str, person: str, *, until: datetime) -> None:
        """Keep a one-time code (hashed) that ties an account to *person*."""

    def use_code(self, code: str, now: datetime) -> str | None:
        """Return whom the code is for and spend it; None when it is unknown, spent or too old."""


class Groups(Protocol):
    def add(self, organisation: str, name: str) -> str: ...
    def named(self, organisation: str, name: str) -> str | None: ...
    def put_member(self, group: str, member: Member, *, on: date) -> None:
        """Write the member's roles, unit and deputyships as they are from this day."""

    def remove_member(self, group: str, person: str, *, on: date) -> None: ...
    def roster(self, group: str, on: date) -> Roster: ...
    def of_person(self, person: str) -> Sequence[str]: ...


class Journeys(Protocol):
    def start(self, journey: Journey, room: str) -> None: ...
    def get(self, id: str, needs: Needs) -> Journey:
        """Return the journey with at least what *needs* names. Raises ``KeyError`` when there is none."""

    def head(self, id: str) -> Journey:
        """Return the journey, its roster whole, with no more of its answers than the transaction has read already."""

    def fill(self, journey: Journey, needs: Needs) -> Journey:
        """Return *journey* with what *needs* names and it doesn't hold yet; what it holds stays as it is."""

    def whole(self, id: str) -> Journey: ...
    def save(self, before: Journey, after: Journey, happened: Iterable[tuple[str, Event]]) -> None:
        """Append the events (each with its step), and write what differs between the two.

        When somebody else has written the journey since it was read, ``storage.Conflict`` is raised: at the commit
        at the latest.
        """

    def change_version(
        self, before: Journey, after: Journey, event: Event, moves: Mapping[Address, Address]
    ) -> None:
        """Append *event*, a change of version, and write *after*, which is whole, in the place of all that was there.

        *moves* says where each answer lies now: what hangs on an address follows. Raises ``storage.Conflict`` as
        `save` does.
        """

    def refresh(self, journey: Journey) -> None:
        """Write head, pages and items without an event: after a change of members or units, or a rebuild."""

    def events(self, id: str, address: Address | None = None) -> Iterator[Event]: ...
    def news(self, id: str, since: int, *, most: int) -> Sequence[Event]:
        """Return what happened after so many events, oldest first; the *most* newest of it."""

    def last_look(self, id: str, person: str) -> Look | None: ...
    def note_look(self, journey: Journey, person: str, at: datetime) -> None:
        """Remember that the person was told where the journey stands."""

    def heads_of(self, person: str) -> Sequence[Journey]:
        """Return the journeys that aren't closed, nor practice, of the person's groups, without their answers.

        They are in the order in which they began, and read in one go: of hundreds of groups at once.
        """

    def standing_now(
        self,
        heads: Sequence[Journey],
        steps: Mapping[str, str],
        registers: Iterable[str],
        over: Iterable[str],
    ) -> Sequence[Placed]:
        """Return each journey with the page of its step in *steps* and its records in *registers*, in one go.

        *over* are the states, as `register/state`, in which nothing more is expected of a record: those are left out.
        """

    def anonymous_of(self, id: str, address: Address) -> Sequence[tuple[str, Value]]:
        """Return (id, value) of each anonymous contribution to the address, in the order of their random ids."""

    def checkpoints(self, id: str) -> Sequence[KeptCheckpoint]:
        """Return every checkpoint that was ever opened, those that were due first in front."""

    def put_checkpoints(self, journey: Journey, kept: Iterable[KeptCheckpoint]) -> None:
        """Let these be all that there are: after a rebuild."""

    def in_room(self, room: str) -> Sequence[JourneyRef]: ...
    def of_group(self, group: str) -> Sequence[JourneyRef]: ...
    def of_person(self, person: str) -> Sequence[JourneyRef]: ...
    def all(self) -> Sequence[JourneyRef]: ...
    def all_running_in(self, organisations: Iterable[str]) -> Mapping[str, Sequence[JourneyRef]]:
        """Return the same as `running_in` for several organisations in one go."""

    def running_in(self, organisation: str) -> Sequence[JourneyRef]:
        """Return the organisation's journeys that aren't closed, nor practice, those that began first in front."""

    def closed_elsewhere(self, journey: Journey) -> Mapping[str, date]:
        """Return the checkpoints about records that other groups of the organisation have closed by the same method.

        They are given by their keys, each with the day on which it was due in the end.
        """

    def with_late_rounds(self, today: date) -> Sequence[str]:
        """Return the journeys that have an open consent round whose last day is before *today*."""

    def room(self, id: str) -> RoomRef | None: ...
    def move(self, id: str, room: str) -> None:
        """Let the journey live in this room; letters that waited for the old one are sent here."""

    def remove(self, id: str) -> None:
        """Take away a practice journey and all that belongs to it. Raises ``ValueError`` for a real one."""


class Rooms(Protocol):
    def find(self, door: str, tenant: str, external: str, *, private: bool) -> RoomRef: ...
    def known(self, door: str, tenant: str, external: str) -> RoomRef | None:
        """Return the room if anybody has spoken in it; only looks."""

    def get(self, room: str) -> RoomRef | None: ...
    def private_room(self, person: str) -> RoomRef | None: ...
    def bind_private(self, person: str, room: str) -> None: ...
    def state(self, room: str) -> str:
        """Return "" for a room where the coach can speak; else why it can't: removed, archived or deleted."""

    def set_state(self, room: str, state: str) -> None: ...
    def close_tenant(self, door: str, tenant: str) -> Sequence[str]:
        """Set every open room of the tenant to removed; return which."""


class Buttons(Protocol):
    def put(self, press: Press, *, journey: str, room: str, at: datetime) -> str: ...
    def get(self, button: str) -> StoredButton | None: ...
    def forget(self, buttons: Iterable[str]) -> None: ...


class Drafts(Protocol):
    def keep(self, draft: DraftText, at: datetime) -> None:
        """Keep one text and one form a person and room; a newer one takes the older one's place."""

    def get(self, person: str, room: str, *, form: bool = False) -> DraftText | None:
        """Return the text that is kept; or the form that is half filled in."""

    def drop(self, person: str, room: str, *, form: bool = False) -> None: ...


class Inbox(Protocol):
    def meet(self, incoming: Incoming) -> None:
        """Look up at once what a turn asks first, for an event that may happen in this very transaction."""

    def store(self, incoming: Incoming) -> int | None:
        """Return the turn's id, or None when this very event is stored already."""

    def store_done(self, incoming: Incoming) -> int | None:
        """The same for an event that happens in this very transaction: only that it was there is kept."""

    def take(self, turn: int) -> Incoming | None:
        """Return what came in, or None when it is done already."""

    def done(self, turn: int) -> None:
        """Mark the turn as done and wipe its words: they live where they belong by now."""

    def undone(self) -> Sequence[int]: ...
    def failed(self, turn: int, why: str) -> None: ...


class Outbox(Protocol):
    def post(self, letters: Iterable[Letter], at: datetime) -> None:
        """Store the letters; a key that is there already is left alone; a waiting edit is replaced."""

    def posted(self, keys: Collection[str]) -> Collection[str]:
        """Return those of the keys that are there already."""

    def claim(
        self,
        door: str,
        now: datetime,
        *,
        most: int = 20,
        each: int | None = None,
        but_not: Collection[str] = (),
    ) -> Sequence[ClaimedLetter]:
        """Hand out at most so many letters, of each room at most so many, and none of the rooms in *but_not*."""

    def take_back(self, door: str) -> int:
        """Let every letter that a messenger of the door holds be claimed anew: whoever held it is gone.

        Right only where one process serves the database; among several a claim is left to run out.
        """

    def sent(self, letter: ClaimedLetter, platform_message: str, at: datetime) -> bool:
        """Mark as sent and remember the platform's message id; False when another holds it by now."""

    def all_sent(self, sent: Sequence[tuple[ClaimedLetter, str, datetime]]) -> int:
        """The same for several; return how many were still ours."""

    def partly_sent(self, letter: ClaimedLetter, platform_message: str, why: str, at: datetime) -> None:
        """Remember the message that stands on the platform, and list the letter as `ambiguous`: nobody knows of the rest."""

    def not_sent(
        self,
        letter: ClaimedLetter,
        state: Literal["new", "ambiguous", "dead", "skipped"],
        why: str,
        *,
        not_before: datetime | None = None,
    ) -> None:
        """Say why the letter wasn't sent; a `new` one is not claimed again before *not_before*.

        An `ambiguous` one is then claimed again, to be asked for; without *not_before* it stays as it is.
        """

    def nowhere(self, door: str) -> Sequence[AccountRef]:
        """Return one account at the door of each person whose letters wait for a private room."""

    def house(self, person: str, room: str) -> None:
        """Send to this private room what has waited for the person to have one."""

    def counts(self) -> Mapping[str, int]:
        """Return how many letters there are in each state. Reads every letter: for a command, not for a turn."""

    def unsent(self, *states: str) -> Sequence[Unsent]:
        """Return the letters in these states, oldest first."""

    def retry(self, letter: int, *, not_there: bool = False) -> bool:
        """Let a `dead` or `ambiguous` letter be claimed again; the latter is asked for first. False for others.

        It is not asked for where somebody has looked, and it is *not there*: then it is simply sent.
        """

    def drop(self, letter: int) -> bool:
        """Skip a `dead` or `ambiguous` letter for good and wipe its words. False for others."""

    def spot(self, room: str, platform_message: str) -> Spot | None: ...
    def remember_spot(self, room: str, platform_message: str, spot: Spot) -> None: ...
    def question_message(self, journey: str, address: Address) -> str | None: ...


@dataclass(frozen=True, slots=True)
class HomeRef:
    """A personal page that somebody has opened. `now` differs from `stamp` once there may be something new to show."""

    door: str
    tenant: str
    account: str
    person: str
    digest: str  # of what it showed
    stamp: str
    now: str
    buttons: tuple[str, ...] = ()  # the ids that its buttons have


class Homes(Protocol):
    def get(self, door: str, tenant: str, account: str, today: date) -> HomeRef | None: ...
    def stamp(self, person: str, today: date) -> str:
        """Return a word that changes when anything may have that the person's page shows."""

    def stale(self, door: str, today: date) -> Sequence[HomeRef]:
        """Return the pages that may show something else than they would now."""

    def keep(self, home: HomeRef, at: datetime) -> None: ...


class Records(Protocol):
    def save(self, record: Record, *, organisation: str, group: str | None, journey: str) -> None: ...
    def history(self, record: str) -> Sequence[Record]: ...
    def written_elsewhere(self, journey: Journey, registers: Iterable[str]) -> Mapping[str, str]:
        """Return the records of its organisation that *journey* hasn't written, each with the journey that has, or ""."""


class Shares(Protocol):
    """What crosses a group's border, and an organisation's, does so by these and in no other way."""

    def put(self, share: Share, *, organisation: str) -> None:
        """Share a record of the organisation, in the place of how it was shared with the same before."""

    def end(self, record: str, to: Iterable[str | None] | None = None, *, by: PersonId, at: datetime) -> None:
        """Let those it was shared with see it no more, from now on: all of them, or those (None for everybody)."""

    def of(self, record: str, today: date) -> Sequence[Share]:
        """Return how the record is shared on the day, in the order in which it was."""

    def seen(self, records: Sequence[str], viewer: Viewer) -> Sequence[SharedRecord]:
        """Return those of the records that the viewer may see, in the order given."""


class Search(Protocol):
    """By which words records are found. It can be thrown away and written anew."""

    def put(self, entry: Entry) -> None:
        """Let the record be found by these terms, and by no others any more."""

    def put_anew(self, entries: Iterable[Entry]) -> int:
        """Let these records be found, and nothing else: throw away what there was. Return how many there are."""

    def drop(self, record: str) -> None: ...
    def counts(self, terms: Iterable[str]) -> Counts:
        """Return in how many entries each term stands, whoever may see them: it weighs, and is never shown."""

    def having(
        self, clauses: Sequence[Clause], *, registers: Iterable[str], viewer: Viewer
    ) -> Sequence[Candidate]:
        """Return the entries that have all terms of any of the clauses, and that the viewer may see; newest first.

        At most `ranking.MOST_CANDIDATES`. What the viewer may not see is never read.
        """


@dataclass(frozen=True, slots=True)
class InstalledPack:
    """One installed version of a method, without what is in it."""

    id: str
    version: str
    checksum: str
    by: str
    at: datetime
    retired_at: datetime | None = None
    retired_by: str | None = None


class Packs(Protocol):
    def put(self, pack: Pack, checksum: str, *, by: str, at: datetime) -> bool:
        """Store a version; False when this very checksum is there. Raises ``ValueError`` when the version differs."""

    def put_text(self, id: str, version: str, text: str, checksum: str, *, by: str, at: datetime) -> bool:
        """The same for a version that is compiled already, as `text` returns it."""

    def get(self, id: str, version: str) -> Pack | None: ...
    def text(self, id: str, version: str) -> str | None:
        """Return the version compiled, as it is kept: reading it is left to whoever has the time."""

    def all(self) -> Sequence[tuple[str, str, str]]:
        """Return (id, version, checksum) of each installed version, oldest first."""

    def installed(self) -> Sequence[InstalledPack]:
        """Return each installed version, oldest first."""

    def retire(self, id: str, version: str, *, by: str, at: datetime) -> None:
        """Let no new journey start from the version; those that have begun go on. Once retired it stays as it was."""

    def offer_again(self, id: str, version: str) -> None: ...
    def running(self, id: str) -> Mapping[str, int]:
        """Return by version how many journeys are on it: not closed, and no practice."""


class Audit(Protocol):
    def note(
        self, kind: str, *, organisation: str, by: str, about: str, at: datetime, digest: str = ""
    ) -> None: ...
    def verify(self) -> int:
        """Return how many rows the chain has. Raises ``ValueError`` at the first broken link."""


@dataclass(frozen=True, slots=True)
class Due:
    """About which journeys something may be said; and who is to hear of more than one of them, in one message."""

    journeys: tuple[str, ...]
    shared: Mapping[PersonId, tuple[str, ...]]


class Calendar(Protocol):
    def outdate(self, journey: str) -> None:
        """Say that the journey's dates, members or terms have changed in this transaction."""

    def outdated(self) -> frozenset[str]:
        """Return the journeys of which that was said, and forget them."""

    def mark(self, journeys: Iterable[str], at: datetime) -> None:
        """Remember that the journeys are to be planned anew, by a transaction of its own each."""

    def unmark(self, journey: str) -> None:
        """Say that the journey is planned anew in this transaction, from what it reads from now on."""

    def marked(self) -> Sequence[str]: ...
    def renew(self, journey: str, wanted: Iterable[Occurrence], *, today: date) -> None:
        """Make what waits for the journey be *wanted*: new ones are added, moved ones moved, the others retired.

        What lay behind *today* when it was first wanted is not added: nobody is reminded of what was past already.
        """

    def due(self, now: datetime) -> Due:
        """Return the journeys about which something may be said at *now*, the longest waiting first; holds nothing."""

    def hold(self, journey: str) -> bool:
        """Keep other clocks from the journey until this transaction ends; False when one of them has it."""

    def to_say(self, now: datetime, journey: str, *, most: int = 500) -> Sequence[Occurrence]:
        """Return what is due about the journey at *now*, oldest first; held until this transaction ends.

        It is *most* things, and what else there is for the people whose they are.
        """

    def take(self, keys: Sequence[str]) -> frozenset[str]:
        """Hold what of this is still due until this transaction ends; return the keys of that."""

    def known(self, keys: Sequence[str]) -> Sequence[Occurrence]:
        """Return the occurrences with these keys, whatever became of them, in the order of their days."""

    def waiting(self, *, most: int = 500) -> Sequence[Occurrence]:
        """Return what is still to be said, soonest first."""

    def done(
        self, keys: Iterable[str], state: Literal["said", "skipped"], why: str, at: datetime
    ) -> None: ...
    def note_thought(self, journey: str, thought: str, slot: str, person: str, at: datetime) -> bool:
        """Remember that one of the pack's nudges is said; False when it has been, in this slot."""

    def has_thought(self, journey: str, thought: str, slot: str, person: str) -> bool: ...
    def heard(self, people: Iterable[str], since: datetime) -> Mapping[PersonId, Sequence[datetime]]:
        """Return when each of the people was reminded, or named in a channel, from *since* on."""

    def latest(self, person: str) -> Sequence[Occurrence]:
        """Return what the person's latest reminder was about."""

    def terms(self, people: Iterable[str]) -> Mapping[PersonId, Terms]:
        """Return the terms of each; what somebody hasn't chosen is the default."""

    def set_terms(self, person: str, chosen: Terms) -> None:
        """Keep the hour, the quiet hours, the intensity and the weekday. Zone and absences are kept elsewhere."""

    def put_away(self, person: str, away: Away) -> None: ...
    def come_back(self, person: str, on: date) -> None:
        """End what absence there is on the day, and forget those to come."""

    def put_off(self, journey: str, one: PutOff) -> None:
        """Keep on which day somebody wants to hear of a thing; a newer wish takes the older one's place."""

    def put_off_in(self, journey: str) -> Sequence[PutOff]: ...
    def forget_put_off(self, journey: str, person: str, about: str) -> None:
        """Let somebody hear of a thing as if they had never put it off."""

    def pause(self, journey: str, until: Away | None) -> None:
        """Let nobody be reminded of the journey's things for that time; None ends the pause."""

    def pause_of(self, journey: str) -> Away | None: ...
    def closed_days(self, organisation: str) -> frozenset[date]: ...
    def close_day(self, organisation: str, day: date) -> None: ...
    def open_day(self, organisation: str, day: date) -> None: ...
    def changes_of_days(self, organisation: str) -> int:
        """Return a count that grows with every change of the organisation's meetings and closed days."""

    def put_meeting(self, organisation: str, meeting: MeetingDay, at: datetime) -> None: ...
    def drop_meeting(self, body: str, day: date, at: datetime) -> bool:
        """Call the meeting off; False when there is none on the day."""

    def next_meetings(self, organisations: Iterable[str], *, since: date) -> Mapping[str, MeetingDay]:
        """Return the next meeting from the day on of each organisation that has one entered."""

    def meetings(self, organisation: str, *, since: date) -> Sequence[MeetingDay]:
        """Return the bodies' meetings from the day on, in order; none that is called off."""

    def kept_meetings(self, organisation: str, *, since: date) -> Sequence[KeptMeeting]:
        """Return the same with how they have changed, and those that are called off as well."""

    def put_feed(self, secret: str, person: str, journey: str, at: datetime) -> None:
        """Let whoever knows *secret* (kept as its hash) read the person's dates, or those of a journey of theirs."""

    def feed(self, secret: str) -> tuple[str, str] | None:
        """Return whose dates the secret is for: (person, journey), the journey "" for the person's own."""

    def feeds(self, person: str) -> Sequence[FeedRef]:
        """Return the person's secret addresses that are in use, the oldest first."""

    def drop_feeds(self, person: str, journey: str | None = None) -> int:
        """Forget the person's addresses, or those for one journey alone ("" for the person's own dates)."""


@dataclass(frozen=True, slots=True)
class ConversationRef:
    """Where a platform's conversation is reached: the address that its calls go to, its kind, and its team."""

    tenant: str
    room: str
    service: str
    kind: str  # personal, groupChat, channel
    team: str = ""


class Conversations(Protocol):
    def get(self, tenant: str, room: str) -> ConversationRef | None: ...
    def newest(self, tenant: str) -> ConversationRef | None: ...
    def put(self, seen: ConversationRef, at: datetime) -> None: ...
    def drop(self, tenant: str, room: str) -> None: ...


class Secrets(Protocol):
    """Secrets by the names of their settings, sealed: whoever asks for them opens them."""

    def all(self) -> Mapping[str, str]: ...
    def put(self, name: str, sealed: str, at: datetime) -> None: ...
    def drop(self, name: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class FileLinkRef:
    """What a link to a file leads to, and until when. Whose it is stands in the file's recipe."""

    file: FileOut
    until: datetime


class FileLinks(Protocol):
    """Personal links to files. A link is kept as its hash; whoever opens it is asked for rights anew."""

    def put(
        self, secret: str, file: FileOut, *, organisation: str | None, at: datetime, until: datetime
    ) -> None:
        """Keep it, and forget those that ran out long ago."""

    def get(self, secret: str) -> FileLinkRef | None:
        """Return it, run out or not; None for one that never was, or was forgotten."""


@dataclass(frozen=True, slots=True)
class PackInWaiting:
    """A pack that was checked and waits to be installed, or what was wrong with one; without the pack itself."""

    id: str
    person: str
    checked: CheckedPack
    until: datetime


class PacksInWaiting(Protocol):
    """Packs that were sent and checked, for an hour; one for each person."""

    def put(self, person: str, checked: CheckedPack, *, at: datetime, until: datetime) -> str:
        """Keep it in the place of the person's last one, and forget those that ran out; return its id."""

    def get(self, id: str, now: datetime) -> PackInWaiting | None:
        """Return it without its text; None when it ran out, or never was."""

    def of_person(self, person: str, now: datetime) -> PackInWaiting | None:
        """Return what the person sent last, while it waits."""

    def text(self, id: str) -> str:
        """Return the pack, compiled. Raises ``KeyError`` when it isn't there."""

    def pack(self, id: str) -> Pack: ...

    def drop(self, id: str) -> None: ...
    def some_late(self, now: datetime) -> bool:
        """Say whether any ran out."""

    def forget(self, now: datetime) -> None:
        """Forget those that ran out."""


class PackJobs(Protocol):
    """Work with methods that takes longer than a turn. Whoever claims a piece of it holds it for a while."""

    def put(self, person: str, room: str, task: Task, *, until: datetime) -> str:
        """Keep it to be done, for *until* at the longest; what the person has had done is forgotten. Return its id."""

    def undone_of(self, person: str) -> Sequence[PackJob]: ...
    def some_to_do(self, now: datetime) -> bool:
        """Say whether there is any that nobody holds."""

    def claim(self, now: datetime, until: datetime) -> PackJob | None:
        """Return the oldest that nobody holds, held from now on; None when there is none."""

    def go_on(self, job: PackJob, until: datetime) -> bool:
        """Keep what has come of it so far, and hold it for longer, as if it were the first try.

        Return False when somebody else has it by now.
        """

    def done(self, job: PackJob, *, until: datetime, file: bytes | None = None) -> bool:
        """Keep, for a while, what came of it, deflated; False when somebody else has it by now."""

    def task_of(self, id: str, person: str, now: datetime) -> Task | None:
        """Return what was done for the person; None when it isn't done, or was forgotten."""

    def file_of(self, id: str, person: str, now: datetime) -> bytes | None:
        """Return the file that came of it, deflated."""

    def take_back(self) -> None:
        """Let all that is held be claimed anew: whoever held it is gone. Right only where one process serves."""

    def some_late(self, now: datetime) -> bool: ...
    def forget(self, now: datetime) -> None:
        """Forget what has been kept for long enough."""


@dataclass(frozen=True, slots=True)
class TableWaiting:
    """A table that was read of a file, as a text, and all that there is to say of its lines where that is long."""

    id: str
    person: str
    name: str
    sheet: str
    report: str


class TablesInWaiting(Protocol):
    """Tables that were sent and read, for an hour; one for each person."""

    def put(
        self, person: str, name: str, sheet: str, *, at: datetime, until: datetime, report: str = ""
    ) -> str:
        """Keep it in the place of the person's last one, and forget those that ran out; return its id."""

    def get(self, id: str, now: datetime) -> TableWaiting | None:
        """Return it; None when it ran out, or never was."""

    def drop(self, id: str) -> None: ...
    def some_late(self, now: datetime) -> bool:
        """Say whether any ran out."""

    def forget(self, now: datetime) -> None:
        """Forget those that ran out."""


@dataclass(frozen=True, slots=True)
class AdoptedRef:
    """An adopted version of a document: its number, the digest of what is kept, and who entered the decision when."""

    document: str
    number: int
    digest: str
    by: str
    at: datetime
    whole: Written


class AdoptedDocuments(Protocol):
    """Documents as they were adopted. A version is never changed."""

    def put(self, journey: str, whole: Written, *, by: str, at: datetime) -> str:
        """Keep the version that it says it is; return the digest of what is kept."""

    def last(self, journey: str, document: str) -> int:
        """Return the number of the version that was adopted last; 0 for none."""

    def get(self, journey: str, document: str, number: int = 0) -> Written | None:
        """Return the version; without a number the one that was adopted last."""

    def all(self, journey: str) -> Sequence[AdoptedRef]:
        """Return every version of every document of the journey."""


class UnitOfWork(Protocol):
    """One transaction: what isn't committed never was."""

    organisations: Organisations
    people: People
    groups: Groups
    journeys: Journeys
    rooms: Rooms
    buttons: Buttons
    drafts: Drafts
    inbox: Inbox
    outbox: Outbox
    records: Records
    homes: Homes
    packs: Packs
    audit: Audit
    calendar: Calendar
    conversations: Conversations
    secrets: Secrets
    file_links: FileLinks
    packs_in_waiting: PacksInWaiting
    pack_jobs: PackJobs
    tables_in_waiting: TablesInWaiting
    adopted: AdoptedDocuments
    shares: Shares
    search: Search

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def commit(self) -> None: ...
