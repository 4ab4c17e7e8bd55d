"""Hands in what people do, and shows what they are to see at once: a form to fill in, what is wrong in it, their home."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from slack_sdk.web.async_client import AsyncWebClient

from bot.at_the_counter import AtTheCounter
from bot.slack.called import names_anybody, with_names
from bot.slack.calls import FAILURES, OPEN_VIEW, ask, refusal
from bot.slack.inbound import DOOR
from bot.slack.interactions import Act, Place
from bot.slack.modal import modal
from bot.slack.strangers import spoken_by
from bot.usecases.replies import Speaker
from content.phrases.book import Phrasebook
from dialogs.incoming import Changed, Deleted, Edited, Gone, Incoming, Pressed, Said, Submitted
from dialogs.messages import Form
from dialogs.model.people import Person
from dialogs.ports import UnitOfWork
from dialogs.sending import Later, Never

OPENS_WITHIN = 1.8  # seconds; then Slack's leave to open a form is as good as spent
ROOM_WITHIN = 1.0

OpenPrivate = Callable[[str, str], Awaitable[str | Later | Never]]

log = logging.getLogger(__name__)


class NowhereToAnswer(Exception):  # noqa: N818 - nobody's mistake
    """Somebody acted in App Home, and no private room with them can be opened."""


@dataclass(frozen=True, slots=True)
class Acting:
    """`rooms` remembers which private room is whose: Slack says so whenever somebody is there."""

    counter: AtTheCounter
    web: AsyncWebClient
    open_private: OpenPrivate
    book: Phrasebook
    language: str
    rooms: dict[str, str] = field(default_factory=dict)

    async def hear(self, incoming: Incoming) -> None:
        """Store it, unless it is talk among people that the coach doesn't follow: that is never kept."""
        if incoming.private:
            self.rooms[incoming.account] = incoming.room
        if _may_be_talk(incoming) and not names_anybody(incoming):
            await self.counter.take_in(incoming, if_heard=True)
        elif await self._is_kept(incoming):
            await self.counter.take_in(await with_names(incoming, self.counter, self.web))

    async def _is_kept(self, incoming: Incoming) -> bool:
        match incoming.what:
            case _ if _may_be_talk(incoming):
                return await self.counter.is_heard(incoming)
            case Changed():  # as does everybody's account in the workspace, whenever they say how they are
                return await self._person(incoming.tenant, incoming.account) is not None
            case _:
                return True

    async def press(self, act: Act) -> None:
        if act.at_home:
            room = await self._own_room(act.incoming)
            if room is None:
                raise NowhereToAnswer
            act = act.in_room(room)
        elif act.incoming.private:
            self.rooms[act.incoming.account] = act.incoming.room
        button = act.incoming.what.button if isinstance(act.incoming.what, Pressed) else ""
        form = await self.counter.form_of(button, act.speaker)
        if form is None or not await self._open(form, act):
            await self.counter.take_in(act.incoming)

    async def command(self, act: Act) -> None:
        """Hear a slash command. It can be given in any chat of theirs: in one with others the coach can't speak."""
        if act.incoming.private:
            room = await self._own_room(act.incoming)
            act = act.in_room(room) if room else replace(act, incoming=_aside(act.incoming))
        words = act.incoming.what.text if isinstance(act.incoming.what, Said) else ""
        form = await self.counter.form_for_command(words, act.speaker)
        if form is not None:
            act = replace(act, spoken=await self._spoken(act.speaker))
            form = await self.counter.form_for_command(words, act.speaker) if act.spoken else form
        if form is None or not await self._open(form, act):
            await self.counter.take_in(await with_names(act.incoming, self.counter, self.web))

    async def submit(self, incoming: Incoming) -> Mapping[str, str]:
        """Store a form that can be taken; return what is wrong with one that can't, by the fields that it has."""
        problems = await self.counter.problems_in(incoming)
        if not problems:
            await self.counter.take_in(incoming)
        fields = tuple(incoming.what.fields) if isinstance(incoming.what, Submitted) else ()
        # Slack refuses an answer that names a field which it doesn't show.
        return (
            {name if name in fields else fields[0]: words for name, words in problems.items()}
            if fields
            else {}
        )

    def is_at(self, account: str, room: str) -> None:
        """Remember somebody's private room."""
        if account and room:
            self.rooms[account] = room

    async def _open(self, form: Form, act: Act) -> bool:
        """Open the form as a modal; False when Slack doesn't, and the coach has to ask field by field instead."""
        if not act.trigger:
            return False
        text = partial(self._text, await self._language(act.speaker))
        view = modal(form, metadata=Place.of(form.id, act.incoming).metadata(), text=text)
        try:
            async with asyncio.timeout(OPENS_WITHIN):
                await ask(self.web, OPEN_VIEW, trigger_id=act.trigger, view=view)
        except FAILURES as error:
            log.info("a form was not opened", extra={"error": refusal(error) or type(error).__name__})
            return False
        return True

    async def _own_room(self, incoming: Incoming) -> str | None:
        known = self.rooms.get(incoming.account)
        if known is not None:
            return known
        try:
            async with asyncio.timeout(ROOM_WITHIN):
                room = await self.open_private(incoming.account, incoming.tenant)
        except TimeoutError:
            return None
        if not isinstance(room, str):
            return None
        self.rooms[incoming.account] = room
        return room

    def _text(self, language: str, key: str) -> str:
        return self.book.text(key, language)

    async def _spoken(self, speaker: Speaker) -> str:
        return await spoken_by(speaker.account, speaker.tenant, self.counter, self.web)

    async def _language(self, speaker: Speaker) -> str:
        person = await self._person(speaker.tenant, speaker.account)
        return (person.language if person is not None else None) or speaker.spoken or self.language

    async def _person(self, tenant: str, account: str) -> Person | None:
        def look(uow: UnitOfWork) -> Person | None:
            with uow:
                return uow.people.by_account(DOOR, tenant, account)

        return await self.counter.read(look)


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


def _aside(incoming: Incoming) -> Incoming:
    return replace(incoming, private=False, aside=True)
