"""Hands in what people do, and shows what they are to see at once: a dialog to fill in, and what is wrong in it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.at_the_counter import AtTheCounter
from bot.teams.dialog import dialog
from bot.teams.gate import Admitted
from bot.teams.inbound import DOOR, place_of
from bot.teams.interactions import Act
from bot.teams.people import Acquaintances
from bot.teams.references import References
from bot.teams.shape import Payload
from content.phrases.book import Phrasebook
from dialogs.incoming import Deleted, Edited, Gone, Incoming, Said, Submitted
from dialogs.messages import Form
from dialogs.model.people import Person
from dialogs.ports import ConversationRef, Ids, UnitOfWork

Shown = Mapping[str, Any] | None
"""What Teams shows at once, as it wants it."""

CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"


class Acting:
    def __init__(
        self, counter: AtTheCounter, references: References, people: Acquaintances, ids: Ids, book: Phrasebook,
        language: str,
    ) -> None:  # fmt: skip
        self._counter = counter
        self._references = references
        self._people = people
        self._ids = ids
        self._book = book
        self._language = language

    async def hear(self, incoming: Incoming | None, admitted: Admitted) -> Shown:
        """Store it, unless it is talk among people that the coach doesn't follow: that is never kept."""
        await self._met(admitted)
        if incoming is not None:
            await self._counter.take_in(incoming, if_heard=_may_be_talk(incoming))
        return None

    async def press(self, act: Act, admitted: Admitted) -> Shown:
        await self._met(admitted)
        await self._counter.take_in(act.incoming)
        return await self._toast(act, "teams-pressed")

    async def answer(self, act: Act, admitted: Admitted) -> Shown:
        """Take an answer that was typed in a card; where nothing was, the person is told so at once, and by the turn."""
        await self._met(admitted)
        await self._counter.take_in(act.incoming)
        what = act.incoming.what
        typed = isinstance(what, Said) and what.text
        return await self._toast(act, "teams-answered" if typed else "empty-text")

    async def answer_file(self, act: Act, admitted: Admitted) -> Shown:
        """Take whether a file is wanted; what comes of it is a message."""
        await self._met(admitted)
        await self._counter.take_in(act.incoming)
        return None

    async def open(self, act: Act, admitted: Admitted) -> Shown:
        """Show the form that the button opens; where it opens none, its turn says why."""
        await self._met(admitted)
        form = await self._counter.form_of(act.button, act.speaker)
        if form is None:
            await self._counter.take_in(act.incoming)
            return await self._told(act, "teams-pressed")
        return await self._dialog(form, act, {})

    async def submit(self, act: Act, admitted: Admitted) -> Shown:
        """Store a form that can be taken; show one that can't again, with what is wrong beside its fields."""
        await self._met(admitted)
        problems = await self._counter.problems_in(act.incoming)
        if problems:
            form = await self._counter.form_of(act.button, act.speaker)
            if form is not None:
                return await self._dialog(form, act, problems)
        await self._counter.take_in(act.incoming)
        return None

    # ------------------------------------------------------------------------------------------ inside

    async def _dialog(self, form: Form, act: Act, problems: Mapping[str, str]) -> Shown:
        what = act.incoming.what
        thread = getattr(what, "thread_of", "")
        typed = what.fields if isinstance(what, Submitted) else {}
        text = partial(self._text, await self._spoken(act))
        card = dialog(form, once=self._ids.new(), thread=thread, problems=problems, typed=typed, text=text)
        shown = {"contentType": CARD, "content": card}
        return {
            "task": {
                "type": "continue",
                "value": {"title": form.title[:64], "height": "large", "width": "medium", "card": shown},
            }
        }

    def _text(self, language: str, key: str) -> str:
        return self._book.text(key, language)

    async def _toast(self, act: Act, key: str) -> Shown:
        return {"statusCode": 200, "type": MESSAGE, "value": self._book.text(key, await self._spoken(act))}

    async def _told(self, act: Act, key: str) -> Shown:
        return {"task": {"type": "message", "value": self._book.text(key, await self._spoken(act))}}

    async def _met(self, admitted: Admitted) -> None:
        """Remember where the conversation is reached, and who speaks there."""
        seen = reference_of(admitted)
        if seen is not None:
            await self._references.note(seen)
            self._people.met(admitted.activity, admitted.tenant)

    async def _spoken(self, act: Act) -> str:
        one = act.incoming

        def look(uow: UnitOfWork) -> Person | None:
            with uow:
                return uow.people.by_account(DOOR, one.tenant, one.account)

        person = await self._counter.read(look)
        return (person.language if person is not None else None) or self._language


def reference_of(admitted: Admitted) -> ConversationRef | None:
    place = place_of(admitted.activity)
    if place is None:
        return None
    return ConversationRef(
        admitted.tenant, place.room, admitted.service, place.scope, _team(admitted.activity)
    )


def _team(activity: Payload) -> str:
    data = activity.get("channelData")
    team = data.get("team") if isinstance(data, dict) else None
    id = team.get("id") if isinstance(team, dict) else None
    return id if isinstance(id, str) else ""


def _may_be_talk(incoming: Incoming) -> bool:
    """Tell whether only the store knows if it is for the coach: nobody put it to the coach."""
    match incoming.what:
        case Said(addressed=addressed):
            return not addressed
        case Edited() | Deleted():
            return not incoming.private
        case Gone():
            return True
        case _:
            return False
