"""One turn: who speaks, where, in which language, what is at hand, and the letters that come of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from bot.usecases.borders import behind
from bot.usecases.effects import carry_out
from bot.usecases.look_up import Found
from bot.usecases.surroundings import TERMINAL, surroundings
from content.pack import Pack, register_of
from content.phrases.book import Phrasebook
from dialogs.effects import Ask, Effect
from dialogs.events import Event
from dialogs.files import FileIn
from dialogs.flows.advance import Advance, advance
from dialogs.flows.needs import needs, needs_to_look
from dialogs.flows.position import step_of
from dialogs.flows.seen_by import ANYBODY
from dialogs.incoming import Incoming, Pressed, Profile, Said, Submitted
from dialogs.letters import Aside, Letter, ToPerson, ToRoom
from dialogs.messages import Composer, Message, Press, reading_text
from dialogs.model.answers import Address
from dialogs.model.borders import NONE, Borders
from dialogs.model.checkpoint import is_of_checkpoint
from dialogs.model.journey import Journey
from dialogs.model.people import Person
from dialogs.model.problem import Problem
from dialogs.ports import (
    Clock,
    DraftText,
    Ids,
    Needs,
    PackShelf,
    RoomRef,
    Spot,
    StoredButton,
    UnitOfWork,
)  # fmt: skip
from dialogs.tables.reports import TableReport
from dialogs.time import local_day
from dialogs.wording.effects import letters_for
from dialogs.wording.receipts import Hearing
from dialogs.wording.teller import Speech, Teller

FILES_IN_PRIVATE = frozenset({"teams"})
"""The doors that take files in private chats only."""
PICKING_PEOPLE = frozenset({"slack"})
"""The doors whose forms have a menu of all accounts."""


def nobody() -> None:
    """Hear that there is work, and leave it to whoever looks next."""


def not_known(turn: "Turn", group: str) -> Problem | None:
    """Know of no other reason why the speaker isn't in the group than that nobody has entered them."""
    return None


@dataclass
class Turn:
    """What a turn needs at hand. Nothing of it outlives the turn."""

    number: int
    incoming: Incoming
    person: Person
    room: RoomRef
    language: str
    uow: UnitOfWork
    shelf: PackShelf
    clock: Clock
    ids: Ids
    book: Phrasebook
    letters: list[Letter] = field(default_factory=list)
    practice_rooms: set[str] = field(default_factory=set)
    opened: list[str] = field(default_factory=list)  # the forms that this turn opened, or spoke of
    # as `load` returned them last
    loaded: dict[tuple[str, Address | None], Journey] = field(default_factory=dict)
    thread: str = ""  # the message in the room that answers stand under
    profiles: Mapping[str, Profile] = field(default_factory=dict)  # account -> what the platform says of it
    public_url: str = ""  # where others reach this server; "" where nobody does
    borders: Borders = NONE  # `uow` shows what may be seen within them
    files: Mapping[str, FileIn] = field(default_factory=dict)  # by where each was fetched
    packs_by: str = ""  # the organisation whose admins look after the methods, where a setting names one
    ring: Callable[[], None] = nobody  # says that there is work beside the turns, once this one is kept
    table: TableReport | Problem | None = None  # what was done with a table for the button that is pressed
    found: Found = field(default_factory=dict)  # what was looked up for this turn
    outside: Callable[["Turn", str], Problem | None] = (
        not_known  # why the speaker is in no group of this name
    )

    @property
    def now(self) -> datetime:
        return self.incoming.at

    @cached_property
    def today(self) -> date:
        return local_day(self.now)

    @property
    def everything(self) -> UnitOfWork:
        """The unit of work without borders: for finding out whether something lies behind one."""
        return behind(self.uow)

    @property
    def words(self) -> Speech:
        return Speech(self.book, self.language, self.where)

    def where(self) -> Sequence[str]:
        """In what kind of place it was said, and is answered."""
        return surroundings(self.room, self.uow)

    @property
    def in_threads(self) -> bool:
        """Whether answers stand in threads here: in the channels of every platform that has them."""
        return not self.room.private and self.room.door != TERMINAL

    @property
    def draws_forms(self) -> bool:
        """Whether the door puts a form whole before people; else its fields are asked for one at a time."""
        return self.room.door != TERMINAL

    @property
    def picks_people(self) -> bool:
        """Whether a form here offers the platform's accounts to pick from; else people are named."""
        return self.room.door in PICKING_PEOPLE

    @property
    def shows_pictures(self) -> bool:
        """Whether a picture is seen where the answer stands; else it is a file to open, and words are all there is."""
        return self.room.door != TERMINAL

    @property
    def takes_files(self) -> bool:
        """Whether a file can be handed out where the answer stands, to those who read it there."""
        if self.room.private:
            return True
        return not self.incoming.aside and self.room.door not in FILES_IN_PRIVATE

    @property
    def here(self) -> ToRoom | Aside:
        """Where answers stand: where it was said, in its thread; before the speaker alone when they asked aside."""
        if self.incoming.aside and not self.room.private:
            return Aside(self.room.id, self.person.id, self.thread)
        return ToRoom(room=self.room.id, thread=self.thread)

    def reply(self, message: Message) -> None:
        """Answer where it was said."""
        self.letters.append(Letter(self.key(), self.here, message))

    def add_to_reply(self, more: Composer) -> None:
        """Say more in what was answered last; in an answer of its own where there is none."""
        last = self.letters[-1] if self.letters else None
        if last is None or last.to != self.here or last.how != "note":
            self.reply(more.done())
            return
        blocks = (*last.message.blocks, *more.blocks)
        message = replace(last.message, text=reading_text(blocks), blocks=blocks)
        self.letters[-1] = replace(last, message=message)

    def announce(self, message: Message) -> None:
        """Answer where it was said, before everybody: what was done concerns the whole group."""
        self.letters.append(Letter(self.key(), ToRoom(room=self.room.id, thread=self.thread), message))

    def tell_room(self, message: Message) -> None:
        """Say it in the room itself, in no thread: it is the beginning of something for all."""
        self.letters.append(Letter(self.key(), ToRoom(room=self.room.id), message))

    def reply_about(self, message: Message, journey: str) -> None:
        """Answer where it was said; the message's buttons are about *journey*."""
        self.letters.append(Letter(self.key(), self.here, message, journey=journey))

    def say(self, key: str, **args: object) -> None:
        self.reply(self.words.message(key, **args))

    def tell(self, person: str, message: Message) -> None:
        """Say it to one person in private."""
        self.letters.append(Letter(self.key(), ToPerson(person), message))

    def refuse(self, problem: Problem, *, text: str = "", at: "At | None" = None) -> None:
        """Say kindly what is wrong; what was typed is kept as a draft, but for what is said to an anonymous question."""
        if problem.key == "not-a-member":
            problem = self.outside(self, str(problem.args["group"])) or problem
        said = Composer().say(self.words.say(problem.key, **problem.args))
        if text.strip() and not self.is_anonymous(at):
            self.keep(text, at=at)
            said.say(self.words.say("kept-as-draft"))
        if problem.key == "already-answered" and at is not None and at.address is not None:
            said.button(self.words.text("button-change"), Press("change", at.address))
        self.reply_about(said.done(), at.journey if at else "")

    def keep(self, text: str, *, at: "At | None" = None) -> None:
        """Keep the words as a draft, with the files and links that came along."""
        what = self.incoming.what
        draft = DraftText(
            self.person.id, self.room.id, text, at.journey if at else "", at.address if at else None,
            attached=tuple(replace(one, fetch="") for one in what.attached) if isinstance(what, Said) else (),
        )  # fmt: skip
        self.uow.drafts.keep(draft, self.now)

    def is_anonymous(self, at: "At | None") -> bool:
        """Say whether a question is named whose words are never kept under anybody's name, not as a draft either."""
        if at is None or at.address is None:
            return False
        place = self.pack_of(self.uow.journeys.head(at.journey)).places.get(at.address.question)
        return place is not None and place.question.visibility == "anonymous"

    def button(self, id: str) -> StoredButton | None:
        """Return what the button means; None when nobody knows it, or nobody asks its question any more."""
        stored = self.uow.buttons.get(id)
        if stored is None or stored.press.address is None:
            return stored
        journey = stored.journey or (stored.press.argument if stored.press.action == "show" else "")
        if not journey:
            return stored
        address = self._as_asked_now(journey, stored.press.address)
        return replace(stored, press=replace(stored.press, address=address)) if address is not None else None

    def spot(self, message: str) -> Spot | None:
        """Return what the message in this room is about; a question that nobody asks any more has no address."""
        spot = self.uow.outbox.spot(self.room.id, message)
        if spot is None or spot.address is None or is_of_checkpoint(spot.address):
            return spot
        address = self._as_asked_now(spot.journey, spot.address)
        return spot if address == spot.address else replace(spot, address=address)

    def draft(self, *, form: bool = False) -> DraftText | None:
        """Return the words, or the half-filled form, that are kept for the speaker here."""
        draft = self.uow.drafts.get(self.person.id, self.room.id, form=form)
        if draft is None or draft.address is None or not draft.journey:
            return draft
        return replace(draft, address=self._as_asked_now(draft.journey, draft.address))

    def _as_asked_now(self, journey: str, address: Address) -> Address | None:
        """Return the address as the journey's version of the method has it; None when it isn't asked for."""
        pack = self.pack_of(self.uow.journeys.head(journey))
        if address.question in pack.places or is_of_checkpoint(address):
            return address
        now = pack.now_called.get(address.question)
        return address._replace(question=now) if now is not None else None

    def pack_of(self, journey: Journey) -> Pack:
        return self.shelf.pack(journey.pack, journey.version)

    def teller(self, journey: Journey, *, language: str = "") -> Teller:
        pack = self.pack_of(journey)
        reader = self.person.id if self.room.private else ANYBODY
        return Teller(self.book, pack, journey, language or self.language, self.today, self.where, reader)

    def load(self, at: "At") -> Journey:
        """Return the journey with what a turn about this address needs."""
        head = self.uow.journeys.head(at.journey)
        loaded = self.loaded.get((at.journey, at.address))
        if loaded is not head:  # nobody has written or read more of it since
            loaded = self.loaded[at.journey, at.address] = self.uow.journeys.fill(
                head, self._needs(head, at.address)
            )
        return loaded

    def whole(self, journey: str) -> Journey:
        return self.uow.journeys.whole(journey)

    def act(
        self, at: "At", journey: Journey, event: Event, *, text: str = "", **hearing: str
    ) -> Advance | None:
        """Let *event* happen, keep it and word it; or refuse it. Returns None when it was refused."""
        pack = self.pack_of(journey)
        journey = self.uow.journeys.fill(journey, needs(pack, journey, event))
        moved = advance(pack, journey, event)
        if isinstance(moved, Problem):
            self.refuse(moved, text=text, at=at)
            return None
        self.save(journey, moved)
        said_before = len(self.letters)
        self.word(moved.journey, moved.effects, **hearing)
        self._say_where(moved.journey, self.letters[said_before:])
        return moved

    def _say_where(self, journey: Journey, told: Sequence[Letter]) -> None:
        """Say that it is done to whoever speaks apart from the group, where only the group was told."""
        apart = self.incoming.aside or not self.uow.journeys.lives_in(journey.id, self.room.id)
        if apart and told and all(letter.to not in (self.here, ToPerson(self.person.id)) for letter in told):
            self.say("told-the-group", group=journey.group_name)

    def save(self, before: Journey, moved: Advance) -> None:
        pack = self.pack_of(before)
        self.uow.journeys.save(
            before, moved.journey, [(step_at(pack, event), event) for event in moved.events]
        )
        carry_out(moved, before=before, pack=pack, uow=self.uow, today=self.today)

    def word(
        self, journey: Journey, effects: Sequence[Effect], *, code: str = "", contribution: str = ""
    ) -> None:
        journey = self._with_what_is_asked(journey, effects)
        teller = self.teller(journey, language=journey.language)
        # what the group is told stands in its own room, wherever it was said
        teller = replace(teller, where=lambda: self._where_of(journey.id), reader=ANYBODY)
        hearing = Hearing(
            self.person.id, self.here, self.language, self.key(), code, contribution, self.room.private
        )
        apart = replace(self.teller(journey), where=teller.where) if self.room.private else None
        self.letters.extend(letters_for(teller, effects, hearing, apart=apart))

    def _with_what_is_asked(self, journey: Journey, effects: Sequence[Effect]) -> Journey:
        """Return the journey with what was said before on each question that is put, as after a pause."""
        pack = self.pack_of(journey)
        asked = [one.address for one in effects if isinstance(one, Ask)]
        for address in asked:
            if address.key in journey.page(step_of(pack, address)).statuses:
                journey = self.uow.journeys.fill(journey, self._needs(journey, address))
        return journey

    def _where_of(self, journey: str) -> Sequence[str]:
        if self.uow.journeys.lives_in(journey, self.room.id):
            return self.where()
        return surroundings(self.uow.journeys.room(journey), self.uow)

    def _needs(self, head: Journey, address: Address | None) -> Needs:
        pack = self.pack_of(head)
        wanted = needs_to_look(pack, head, address)
        if address is None:
            return wanted
        place = pack.places.get(address.question)
        register = register_of(place.question) if place is not None else None
        fields = pack.registers[register].fields if register else ()
        refers = frozenset([f.register_ for f in fields if f.kind == "reference"])
        return wanted | Needs(registers=refers) if refers else wanted

    def key(self) -> str:
        return f"turn:{self.number:010}:{len(self.letters)}"


def thread_in(incoming: Incoming) -> str:
    """Return the message that answers stand under: the thread's, or what was said when it stood alone; else ""."""
    if incoming.private or incoming.door == TERMINAL:
        return ""
    match incoming.what:
        case Said(message=message, thread_of=thread):
            return thread or message
        case Pressed(thread_of=thread) | Submitted(thread_of=thread):
            return thread
        case _:
            return ""


@dataclass(frozen=True, slots=True)
class At:
    """What words or a press are about: a journey, and a question of it where one is named."""

    journey: str
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class AtQuestion(At):
    """The same, where a question is named."""

    address: Address


def step_at(pack: Pack, event: Event) -> str:
    """Return the step that the event belongs to in the journal; "" for none."""
    address = getattr(event, "address", None)
    return step_of(pack, address) if address is not None else getattr(event, "step", "")
