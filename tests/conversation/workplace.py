"""The same conversations in a workplace's chat: channels with threads, private rooms, accounts and their profiles."""

from dataclasses import dataclass, field

from bot.usecases.receive import receive
from bot.usecases.replies import Speaker, form_for_command, form_of, is_heard, problems_in
from bot.usecases.table_reading import Tables
from bot.usecases.take_turn import Around, Learnt, take_turn
from dialogs.files import FileIn
from dialogs.incoming import Attached, Edited, Incoming, Profile, Said, Submitted, What
from dialogs.messages import Button, Form
from dialogs.ports import ClaimedLetter
from storage.unit_of_work import SqlUnitOfWork
from tests.conversation.talk import CHANNEL, Talk, Told, private

DOOR, TENANT = "slack", "T1"


@dataclass
class Workplace(Talk):
    """Everybody's account is `U` and their name; `profiles` is what the platform says of them."""

    door: str = DOOR
    tenant: str = TENANT
    profiles: dict[str, Profile] = field(default_factory=dict)
    public_url: str = ""
    files: dict[str, FileIn] = field(default_factory=dict)  # by where they were fetched
    tables: Tables | None = None

    # --- what people do ---

    def mentions(
        self,
        who: str,
        text: str,
        *,
        thread: str = "",
        room: str = CHANNEL,
        aside: bool = False,
        message: str = "",
    ) -> Told:
        """Somebody says it to the coach: in the channel, in a thread there, or by a slash command."""
        sent = "" if aside else message or f"m{self.events}"
        return self._take(who, Said(text, sent, thread), room, aside=aside)

    def says(  # type: ignore[override]
        self, who: str, text: str, *, to: str = "", room: str = CHANNEL, event: str = "", message: str = ""
    ) -> Told:
        """Somebody mentions the coach; with *to*, they write in the thread of that question, to nobody."""
        if to:
            return self.replies(who, text, self.posted[to], room=room, message=message)
        return self.mentions(who, text, room=room, message=message)

    def replies(
        self, who: str, text: str, thread: str, *, room: str = CHANNEL, message: str = "",
        attached: tuple[Attached, ...] = (),
    ) -> Told:  # fmt: skip
        """Somebody writes in a thread, to nobody in particular."""
        said = Said(text, message or f"m{self.events}", thread, addressed=False, attached=attached)
        return self._take(who, said, room)

    def commands(self, who: str, text: str, *, room: str = CHANNEL) -> Told:
        return self.mentions(who, text, room=room, aside=True)

    def hands_in(
        self,
        who: str,
        form: Form,
        *,
        room: str = CHANNEL,
        thread: str = "",
        in_private: bool = False,
        **fields: str,
    ) -> Told:
        submitted = Submitted(
            form.id, {name.replace("_", "-"): text for name, text in fields.items()}, thread
        )
        return self._take(who, submitted, private(who) if in_private else room, is_private=in_private)

    def happens(self, what: What, *, who: str = "", room: str = CHANNEL) -> Told:
        """Something happens to a room or an account that is nobody's words."""
        return self._take(who, what, room)

    # --- replies ---

    def hears(self, who: str, text: str, *, thread: str = "", room: str = CHANNEL) -> bool:
        said = Said(text, "m", thread, addressed=False)
        return is_heard(self._incoming(who, said, room), uow=self.looking())

    def hears_edit(self, who: str, message: str, *, room: str = CHANNEL) -> bool:
        return is_heard(self._incoming(who, Edited(message, "x"), room), uow=self.looking())

    def form(self, who: str, button: Button, *, room: str = CHANNEL, in_private: bool = False) -> Form | None:
        speaker = self._speaker(who, private(who) if in_private else room, in_private)
        return form_of(button.id, speaker, uow=self.looking(), **self._ports())  # type: ignore[arg-type]

    def form_for(
        self, who: str, command: str, *, room: str = CHANNEL, in_private: bool = False
    ) -> Form | None:
        speaker = self._speaker(who, private(who) if in_private else room, in_private)
        return form_for_command(command, speaker, uow=self.looking(), **self._ports())  # type: ignore[arg-type]

    def problems(self, who: str, form: Form, *, room: str = CHANNEL, **fields: str) -> dict[str, str]:
        submitted = Submitted(form.id, {name.replace("_", "-"): text for name, text in fields.items()})
        found = problems_in(self._incoming(who, submitted, room), uow=self.uow(), **self._ports())  # type: ignore[arg-type]
        return dict(found)

    # --- inside ---

    def looking(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self.reading)

    def _ports(self) -> dict[str, object]:
        desk = self.desk
        return {
            "shelf": self.shelf,
            "clock": self.clock,
            "ids": desk.ids,
            "book": self.book,
            "language": "sv",
            "borders": desk.borders,
        }

    def _speaker(self, who: str, room: str, in_private: bool) -> Speaker:
        return Speaker(self.door, self.tenant, account(who), who, room, in_private)

    def _incoming(
        self,
        who: str,
        what: What,
        room: str,
        *,
        is_private: bool = False,
        event: str = "",
        aside: bool = False,
    ) -> Incoming:
        at = self.clock.now()
        id = event or f"e{self.events}"
        who_says = account(who) if who else ""
        return Incoming(self.door, self.tenant, id, who_says, who, room, is_private, at, what, aside)

    def _take(
        self,
        who: str,
        what: What,
        room: str,
        *,
        is_private: bool = False,
        event: str = "",
        aside: bool = False,
    ) -> Told:
        self.events += 1
        self.book.asked_for.clear()
        incoming = self._incoming(who, what, room, is_private=is_private, event=event, aside=aside)
        number = receive(incoming, uow=self.uow())
        if number is not None:
            around = Around(**self._ports(), public_url=self.public_url)  # type: ignore[arg-type]
            table = None
            if self.tables is not None and self.tables.wants(incoming, self.looking()):
                table = self.tables.pressed(incoming, lambda act: act(self.uow()))
            learnt = Learnt(profiles=self.profiles, files=self.files, table=table)
            take_turn(number, uow=self.uow(), around=around, learnt=learnt)
        return self.hear()

    def hear(self) -> Told:
        told = Told([], list(self.book.asked_for))
        while letters := self.desk.letters(self.door):
            for letter in letters:
                told.letters.append(letter)
                if letter.how == "question" and letter.address is not None:
                    self.posted[self._number(letter)] = f"t{letter.id}"
                self.desk.sent(letter, f"t{letter.id}")
        self.seen.append(told)
        return told


def account(who: str) -> str:
    return f"U{who}"


def a_profile(name: str, **more: object) -> Profile:
    return Profile(name, **more)  # type: ignore[arg-type]


def aside_to(told: Told) -> list[ClaimedLetter]:
    return [letter for letter in told.letters if letter.aside]
