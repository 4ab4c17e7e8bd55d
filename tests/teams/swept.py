"""Plays at the Teams door on a stage whose program dies again and again, and begins another life each time."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from storage.engine import open_engine
from storage.unit_of_work import SqlUnitOfWork
from tests.doors.addressed import addressed
from tests.doors.swept import Swept
from tests.teams.connector import Message
from tests.teams.stage import TeamsStage

Json = dict[str, Any]


@dataclass
class SweptTeams(Swept, TeamsStage):
    """A letter that Teams may not have isn't sent again: people do without, by a question's number.

    *about* is which question each thing was said to, in order, where that is known; `said` is what it came to here.
    """

    about: Sequence[str] = ()
    said: list[str] = field(default_factory=list)
    sent_again: int = 0

    def __post_init__(self) -> None:
        self.kept.meanwhile = self.look_after
        self.town.driver.unheard = self._unheard
        self.town.connector.onlooker = self._taken

    def says(self, who: str, text: str, *, to: str = "") -> None:
        questions = self.kept.questions(self.town.room)
        number = to or (self.about[len(self.said)] if self.about else next(reversed(questions), ""))
        self.said.append(number)
        if number and text and number not in questions and who not in self.forms:
            self.introduce(who)
            self.write(who, addressed(text, number), "", to_us=True)
        else:
            super().says(who, text, to=number)

    def button(self, who: str, action: str, on: str) -> tuple[Message, Json]:
        """Return the button, once whoever sees to the server has sent again what didn't come: it may be the newest."""
        self._see_to_what_did_not_come(action.partition(":")[0])
        return super().button(who, action, on)

    def _see_to_what_did_not_come(self, action: str) -> None:
        """Do what `metodcoach outbox retry --not-there` is for: send again, of what nobody can tell, what doesn't stand in Teams.

        Of that, what has a button with the action: so as not to wait for all the others.
        """
        posted = self.town.connector.posted
        while missing := [
            id for id, key in self.kept.listed("ambiguous", f'"{action}"') if f"{key}#0" not in posted
        ]:
            engine = open_engine(self.kept.url)
            with SqlUnitOfWork(engine) as uow:
                assert all(uow.outbox.retry(id, not_there=True) for id in missing)
                uow.commit()
            engine.dispose()
            self.sent_again += len(missing)
            self.kept.wait()

    async def _unheard(self, activity: Mapping[str, Any]) -> Json | None:
        """Begin another life, and say it again: Teams does, with invokes under another id."""
        self.begin_another_life(await asyncio.to_thread(self.lives.revive))
        again = dict(activity)
        if again["type"] == "invoke":
            again["id"] = f"f:{self.town.driver.new_id()}"
        return again

    async def _taken(self, moment: str, method: str) -> None:
        """Let the program die when Teams has taken a call, and the answer isn't there yet."""
        self.lives.accepted(method)
