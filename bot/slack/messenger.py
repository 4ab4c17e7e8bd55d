"""Posts letters to Slack: in the room, in a thread, to one person's eyes alone, or over what stood there before."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.calls import (
    FAILURES,
    OPEN_PRIVATE,
    POST_EPHEMERAL,
    POST_MESSAGE,
    REPLIES,
    UPDATE,
    USERS_INFO,
    Garbled,
    Method,
    Myself,
    ask,
    myself,
    refusal,
)
from bot.slack.files import NotTaken, hand_over
from bot.slack.find import NO_THREAD, Parts, Place, metadata, parts_there
from bot.slack.known import Known
from bot.slack.outcomes import harmless, outcome_of
from bot.slack.render import posts
from dialogs.files import FileOut, MakeFile
from dialogs.messages import Message
from dialogs.ports import ClaimedLetter
from dialogs.sending import Found, Later, Never, NotThere, Outcome, Sent, Unknown

# The thread is gone or takes nothing: what was to stand in it stands in the room, rather than nowhere.
WITHOUT_THREAD = NO_THREAD | {
    "cannot_reply_to_message", "restricted_action_non_threadable_channel", "restricted_action_thread_locked",
}  # fmt: skip
# The coach or the person isn't where the person spoke: a slash command works in every conversation of theirs.
NOT_AMONG_THEM = frozenset({"channel_not_found", "is_archived", "not_in_channel", "user_not_in_channel"})
UNSEEN = "nobody can look for what only one person was shown"
UNFOUND = Unknown("nobody can look for a file", for_good=True)

log = logging.getLogger(__name__)


class Drawn(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def blocks(self) -> list[dict[str, Any]]: ...


class SlackMessenger:
    """A letter is one post, or one with more in its thread, and a file after them. Its id is that of the first."""

    def __init__(
        self,
        web: AsyncWebClient,
        me: Myself | None = None,
        *,
        draw: Callable[[ClaimedLetter], Sequence[Drawn]] = posts,
        make: MakeFile | None = None,
    ) -> None:
        """*make* makes the files that letters hand out."""
        self._web = web
        self._me = me
        self._draw = draw
        self._make = make
        self._known = Known()

    async def send(self, letter: ClaimedLetter) -> Outcome:
        drawn = self._draw(letter)
        if letter.how == "edit":
            return await self._edit(letter, drawn[0])
        if _only_shown(letter):
            return await self._show(letter, drawn)
        file = letter.message.file
        there = self._known.parts(letter, len(drawn) + (file is not None))
        if there is None:
            looked = await self._look(letter, len(drawn))
            if isinstance(looked, Unknown | Later):
                return looked
            there = looked
        posted = await self._post_missing(letter, drawn, there, _place(letter))
        if file is None or not isinstance(posted, Sent):
            return posted
        return await self._hand_out(letter, file, posted, len(drawn))

    async def find(self, letter: ClaimedLetter) -> Found:
        """Say whether all of the letter is in Slack. What is half there is not: sending adds what is missing."""
        if letter.how == "edit":
            return NotThere()  # it can be made once more without harm
        if _only_shown(letter):
            return Unknown(UNSEEN)
        count = len(self._draw(letter))
        there = await self._look(letter, count)
        if isinstance(there, Unknown | Later):
            return there
        if len(there) == count:
            self._known.drop(letter)
            # The file comes last: it may be there or not. Where a post is missing, it surely isn't.
            return Sent(there[0]) if letter.message.file is None else UNFOUND
        self._known.keep(letter, there)
        return NotThere()

    async def open_private(self, account: str, tenant: str) -> str | Later | Never:
        """Return the id of the private room with *account*. Never for somebody who can't read it any more.

        Slack opens rooms with deactivated people and takes what is posted there, so it is asked about them first.
        """
        try:
            user = (await ask(self._web, USERS_INFO, user=account)).get("user") or {}
            if user.get("deleted"):
                return Never("user_disabled", closed=True)
            if user.get("is_bot"):
                return Never("cannot_dm_bot")
            opened = await ask(self._web, OPEN_PRIVATE, users=account)
            match opened.get("channel"):
                case {"id": str(room)}:
                    return room
                case _:
                    raise Garbled
        except FAILURES as error:
            outcome = harmless(outcome_of(error))
            # The rooms that are open already can be used all the same.
            return replace(outcome, everywhere=False) if isinstance(outcome, Later) else outcome

    # ------------------------------------------------------------------------------------------------ posting

    async def _post_missing(
        self, letter: ClaimedLetter, drawn: Sequence[Drawn], there: Parts, place: Place
    ) -> Outcome:
        for part, post in enumerate(drawn):
            if part in there:
                continue
            within = place if place.thread or part == 0 else Place(place.channel, there[0])
            try:
                there = {**there, part: await self._post(letter, part, post, within)}
            except FAILURES as error:
                if place.thread and refusal(error) in WITHOUT_THREAD:
                    return await self._post_missing(letter, drawn, there, Place(place.channel))
                outcome = outcome_of(error)
                if not isinstance(outcome, Never) or part == 0:
                    return self._tried(letter, there, outcome)
                # The message stands, with its buttons; this that should have followed it never will.
                log.error("part of a letter was refused", extra={"part": part, "error": outcome.why})
        self._known.drop(letter)
        return Sent(there[0])

    async def _post(self, letter: ClaimedLetter, part: int, post: Drawn, place: Place) -> str:
        unfolded = {"unfurl_links": False, "unfurl_media": False, "mrkdwn": False}
        return await self._say(POST_MESSAGE, post, place, **unfolded, metadata=metadata(letter, part))

    async def _hand_out(self, letter: ClaimedLetter, file: FileOut, posted: Sent, count: int) -> Outcome:
        """Put the file where the posts stand: below them in a channel, after them in a private chat."""
        content = await self._make(file.recipe) if self._make is not None else None
        place = _place(letter)
        if not place.thread and not letter.room.private:
            place = Place(place.channel, posted.message)
        handed: NotTaken | Later | Unknown | None = NotTaken("it can't be made")
        if content is not None:
            handed = await hand_over(self._web, file, content, place)
        match handed:
            case None:
                return posted
            case NotTaken(why=why):
                log.error("a file was not handed out", extra={"error": why})
                return await self._say_instead(letter, file, place, posted)
            case Later() | Unknown():
                # What stands there stands: only the file is tried again.
                return self._tried(letter, dict.fromkeys(range(count), posted.message), handed)

    async def _say_instead(self, letter: ClaimedLetter, file: FileOut, place: Place, posted: Sent) -> Outcome:
        """Say that the file isn't there, as far as that can be said."""
        [post, *_] = self._draw(replace(letter, message=Message(file.instead)))
        try:
            await self._say(POST_MESSAGE, post, place)
        except FAILURES as error:
            log.error("nobody is told that a file is missing", extra={"error": outcome_of(error).why})
        return posted

    async def _edit(self, letter: ClaimedLetter, post: Drawn) -> Outcome:
        if not letter.edits:
            return Never("there is no message to edit")
        place, carried = Place(letter.room.external), metadata(letter, 0)
        try:
            return Sent(await self._say(UPDATE, post, place, ts=letter.edits, metadata=carried))
        except FAILURES as error:
            return harmless(outcome_of(error))

    async def _say(self, method: Method, post: Drawn, place: Place, **more: Any) -> str:
        """Post, and return the platform's id. Slack is to look for names and links nowhere by itself."""
        answer = await ask(
            self._web, method, channel=place.channel, thread_ts=place.thread or None, text=post.text,
            blocks=post.blocks or None, parse="none", link_names=False, **more,
        )  # fmt: skip
        stands = answer.get("ts") or answer.get("message_ts")
        if not isinstance(stands, str):
            raise Garbled
        return stands

    # ------------------------------------------------------------------------------------------------ asides

    async def _show(self, letter: ClaimedLetter, drawn: Sequence[Drawn]) -> Outcome:
        """Show the letter to one person in the room; in their private room when they can't be shown it there.

        Slack keeps nothing of what it shows to one person: an aside of unknown outcome isn't said twice.
        """
        account = letter.accounts.get(letter.person)
        if not account:
            return Never("nobody is known to show it to")
        known = there = self._known.parts(letter, len(drawn))
        if known is None or there is None:
            return Unknown(UNSEEN)
        place = await self._where_seen(letter)
        for part, post in enumerate(drawn):
            if part in there:
                continue
            try:
                there = {**there, part: await self._say(POST_EPHEMERAL, post, place, user=account)}
            except FAILURES as error:
                if refusal(error) in NOT_AMONG_THEM:
                    return await self._in_private(letter, drawn, known, account)
                return self._tried(letter, there, outcome_of(error))
        self._known.drop(letter)
        return Sent(there[0])

    async def _in_private(
        self, letter: ClaimedLetter, drawn: Sequence[Drawn], there: Parts, account: str
    ) -> Outcome:
        room = await self.open_private(account, letter.room.tenant)
        if not isinstance(room, str):
            return self._tried(letter, there, room)
        return await self._post_missing(letter, drawn, there, Place(room))

    async def _where_seen(self, letter: ClaimedLetter) -> Place:
        """Return the thread if it has replies, else the room: in a thread without any, Slack shows nobody anything."""
        place = _place(letter)
        if place.thread:
            try:
                answer = await ask(self._web, REPLIES, channel=place.channel, ts=place.thread, limit=1)
            except FAILURES as error:
                log.info("a thread wasn't looked at", extra={"error": refusal(error) or type(error).__name__})
            else:
                if any(message.get("reply_count") for message in answer.get("messages") or ()):
                    return place
        return Place(place.channel)

    # ------------------------------------------------------------------------------------------------ what is there

    async def _look(self, letter: ClaimedLetter, count: int) -> Parts | Unknown | Later:
        """Ask Slack which parts are there."""
        if self._me is None:
            try:
                self._me = await myself(self._web)
            except FAILURES as error:
                outcome = harmless(outcome_of(error))
                return outcome if isinstance(outcome, Later) else Unknown(outcome.why)
        return await parts_there(self._web, self._me, letter, _place(letter), count)

    def _tried(self, letter: ClaimedLetter, there: Parts, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Later):
            self._known.keep(letter, there)
        else:
            self._known.drop(letter)
        return outcome


def _only_shown(letter: ClaimedLetter) -> bool:
    """Tell whether one person is shown the letter among others; in a room of their own it is an ordinary post."""
    return letter.aside and not letter.room.private


def _place(letter: ClaimedLetter) -> Place:
    stands_under = letter.edits if letter.how == "thread" else ""
    return Place(letter.room.external, stands_under or letter.thread)
