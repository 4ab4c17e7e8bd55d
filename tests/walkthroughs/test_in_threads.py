"""The same conversations go as written where there are threads, accounts of people's own, and forms that are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bot.desk import Desk
from bot.packs.on_disk import built_in_packs
from bot.settings import Settings
from bot.stage import CHANNEL, DeskStage, WalkClock
from bot.usecases.replies import problems_in
from bot.usecases.walk import NothingToPress, play
from bot.walking import NumberedIds, Walker
from bot.wiring import open_world
from content.loader import Loaded, load_all
from content.schema.files import Walkthrough
from dialogs.incoming import Incoming, Pressed, Said, Submitted
from dialogs.ports import ClaimedLetter
from storage.errors import Conflict

pytestmark = pytest.mark.e2e

PACKS: Mapping[str, Loaded] = {
    name: one
    for name, one in load_all(built_in_packs()).items()
    if isinstance(one, Loaded) and one.walkthroughs
}
LONG = 60  # scenes; the longest take seconds each
EVERY = [
    pytest.param(name, one, id=f"{name}/{one.id}", marks=pytest.mark.e2e if len(one.scenes) > LONG else ())
    for name, pack in PACKS.items()
    for one in pack.walkthroughs
]


@dataclass
class ThreadedStage(DeskStage):
    """Words in a thread are put to nobody; whoever speaks first says hello, and whoever leads says who they are."""

    door: str = "slack"
    language: str = "sv"
    met: list[str] = field(default_factory=list)
    open: dict[str, tuple[Submitted, str, bool]] = field(
        default_factory=dict
    )  # form, wrong field, in private

    def says(self, who: str, text: str, *, to: str = "") -> None:
        self.meet(who)
        if self.goes_on(who, text):
            return
        thread = self._questions.get(to, "") if to else self._room_questions
        self._take(
            who, Said(text, f"m-{self._events}", thread, addressed=not thread or not text), private=False
        )

    def privately(self, who: str, text: str) -> None:
        self.meet(who)
        if not self.goes_on(who, text):
            super().privately(who, text)

    def presses(self, who: str, action: str, on: str) -> None:
        self.meet(who)
        button, room = self._button(who, action, on)
        self._take(who, Pressed(button.id, self._questions.get(on, "")), private=room.private)

    def fills(self, who: str, action: str, on: str, fields: dict[str, str]) -> None:
        self.meet(who)
        button, room = self._button(who, action or "record", on)
        self.hand_in(who, Submitted(button.id, fields, self._questions.get(on, "")), private=room.private)

    def hand_in(self, who: str, form: Submitted, *, private: bool) -> None:
        """Hand a form in; with anything wrong in it, it stays open before them and says so."""
        room = f"privat:{who.casefold()}" if private else CHANNEL
        incoming = Incoming(self.door, "", "", who.casefold(), who, room, private, self.clock.now(), form)
        wrong = problems_in(
            incoming,
            uow=self.uow,
            shelf=self.shelf,
            clock=self.clock,
            ids=NumberedIds(),
            book=self.book,
            language=self.language,
        )
        self._told += wrong.values()
        if wrong:
            self.open[who] = (form, next(iter(wrong)), private)
        else:
            self.open.pop(who, None)
            self._take(who, form, private=private)

    def goes_on(self, who: str, text: str) -> bool:
        """Take words as what was wrong in the form that is open before somebody."""
        if who not in self.open:
            return False
        form, field, private = self.open[who]
        self.hand_in(who, replace(form, fields={**form.fields, field: text}), private=private)
        return True

    def _note_question(self, letter: ClaimedLetter, platform: str) -> None:
        if not letter.room.private:  # a thread is one of the channel's
            super()._note_question(letter, platform)

    def meet(self, who: str) -> None:
        if who in self.met:
            return
        self.met.append(who)
        super().privately(who, "hjälp")
        for leader in self.met[:-1]:
            try:
                super().presses(leader, "same-person", "")
            except NothingToPress:
                continue


@pytest.mark.parametrize(("pack", "walkthrough"), EVERY)
def test_the_walkthrough_goes_as_written_in_threads(pack: str, walkthrough: Walkthrough, tmp_path: Path):
    walker = Walker(PACKS[pack], tmp_path)
    walker.prepare()
    with open_world(Settings(database_url=f"sqlite:///{tmp_path / 'fresh.db'}")) as world:
        ids = NumberedIds()

        def reopen(clock: WalkClock) -> Desk:
            return Desk(world.uow(), world.shelf, clock, ids, world.book, Conflict, walkthrough.language)

        clock = WalkClock(walkthrough.day)
        stage = ThreadedStage(
            clock, reopen, world.uow(), world.shelf, world.book, language=walkthrough.language
        )
        played = play(walkthrough, stage)

        with world.uow() as uow:
            assert uow.inbox.undone() == []
            assert uow.audit.verify() > 0
    assert played.mismatches == []
