"""Posts letters to Teams: in the room, in a channel's thread, in private, or over what stood there before.

Teams takes no key by which a post could be recognised: one whose answer was lost is never made again by itself.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from bot.teams.borders import Customs
from bot.teams.calls import FAILURES, Connector, Json, Refusal
from bot.teams.credentials import NotLetIn
from bot.teams.files import CARD, Uploads, consent, info, pictured
from bot.teams.inbound import THREAD
from bot.teams.outcomes import PAUSE, harmless, is_away, is_gone, outcome_of
from bot.teams.references import References
from bot.teams.render import posts
from dialogs.files import FileOut, MakeFile, Upload
from dialogs.messages import Message
from dialogs.ports import ClaimedLetter, ConversationRef
from dialogs.sending import Found, Later, Never, NotThere, Outcome, Sent, Unknown

WRONG = (*FAILURES, NotLetIn)
UNASKED = Unknown("Teams can't be asked what it has", for_good=True)
NO_WAY = Never("nothing leads to this room any more")
OUTSIDE = Never("it may not be seen in this tenant")
DONE = "done"  # stands for a part that nobody sees
SUMMARY = 200  # characters, for the notification

log = logging.getLogger(__name__)


TurnedAway = Callable[[ConversationRef, Literal["removed", "deleted"]], Awaitable[object]]
"""Is told of a room that turned out to be closed to us, or to be gone, and that nobody had told us of."""


class Drawn(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def card(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Known:
    """By letter: the epoch of the last try, and the ids of the parts that surely stand there, in their order."""

    _parts: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)

    def parts(self, letter: ClaimedLetter) -> tuple[str, ...]:
        epoch, there = self._parts.pop(letter.key, (0, ()))
        return there if letter.epoch == epoch + 1 else ()

    def keep(self, letter: ClaimedLetter, there: tuple[str, ...]) -> None:
        if there:
            self._parts[letter.key] = (letter.epoch, there)


class TeamsMessenger:
    """A letter is one card, or one with more after it. Its id is that of the first. *bot* is who we are: 28:…

    A file is offered in a card after them, and handed over when its reader has said yes.
    """

    def __init__(
        self,
        connector: Connector,
        references: References,
        bot: str,
        *,
        customs: Customs | None = None,
        turned_away: TurnedAway | None = None,
        draw: Callable[[ClaimedLetter], Sequence[Drawn]] = posts,
        make: MakeFile | None = None,
        uploads: Uploads | None = None,
    ) -> None:
        """*make* makes the files that letters hand out; *uploads* puts them where Teams says."""
        self._connector = connector
        self._references = references
        self._bot = bot
        self._draw = draw
        self._customs = customs
        self._turned_away = turned_away
        self._make = make
        self._uploads = uploads
        self._known = Known()

    async def send(self, letter: ClaimedLetter) -> Outcome:
        if self._customs is not None and not await self._customs.lets_out(letter):
            return OUTSIDE
        place: ConversationRef | Later | Never | None
        if letter.aside and not letter.room.private:
            place = await self._aside(letter)
        else:
            place = await self._references.of(letter.room.tenant, letter.room.external)
        if isinstance(place, Later | Never):
            return place
        if place is None:
            return NO_WAY
        drawn = self._draw(letter)
        if letter.how == "edit":
            return await self._edit(letter, drawn[0], place)
        file = letter.message.file
        if file is not None and file.upload is not None:
            return await self._hand_over(letter, drawn, place, file, file.upload)
        posted = await self._post(letter, drawn, place)
        if file is None or not isinstance(posted, Sent):
            return posted
        return await self._offer(letter, place, file, posted, (posted.message,) * len(drawn))

    async def find(self, letter: ClaimedLetter) -> Found:
        """Say what is known of a letter whose answer was lost: an edit can be made once more, nothing else can be asked."""
        return NotThere() if letter.how == "edit" else UNASKED

    async def open_private(self, account: str, tenant: str) -> str | Later | Never:
        """Return the id of the private chat with *account*; asked for twice, it is the same."""
        begin_at = await self._references.any_of(tenant)
        if begin_at is None:
            return NO_WAY
        asked = {
            "isGroup": False, "bot": {"id": self._bot}, "members": [{"id": account}], "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }  # fmt: skip
        try:
            room, _ = await self._connector.begin(begin_at.service, asked)
        except WRONG as error:
            if is_away(error):
                return Never("nobody has the account any more", closed=True)
            outcome = harmless(outcome_of(error))
            # The rooms that are open already can be used all the same.
            return replace(outcome, everywhere=False) if isinstance(outcome, Later) else outcome
        await self._references.note(replace(begin_at, room=room, kind="personal", team=""))
        return room

    # ------------------------------------------------------------------------------------------------ posting

    async def _post(self, letter: ClaimedLetter, drawn: Sequence[Drawn], place: ConversationRef) -> Outcome:
        there = self._known.parts(letter)
        thread = (letter.edits if letter.how == "thread" else "") or letter.thread
        for post in drawn[len(there) :]:
            stands_under = thread or (there[0] if there else "")
            try:
                there = (*there, await self._say(place, stands_under, self._activity(post)))
            except WRONG as error:
                if stands_under == thread and thread and _is_gone_thread(error, place):
                    thread = ""  # what was to stand in it stands in the room, rather than nowhere
                    return await self._post(replace(letter, thread="", how="note"), drawn, place)
                outcome = outcome_of(error)
                if isinstance(outcome, Later):
                    self._known.keep(letter, there)
                    return outcome
                if not there:
                    return await self._closed(place, error, outcome)
                # The message stands, with its buttons; what should have followed it may be missing. Somebody looks, and
                # should they have it sent again, it goes on after what surely stands there.
                log.error("part of a letter was not taken", extra={"part": len(there), "error": outcome.why})
                self._known.keep(letter, there)
                return Sent(there[0], doubt=f"part {len(there) + 1} of {len(drawn)}: {outcome.why}")
        return Sent(there[0])

    async def _say(self, place: ConversationRef, thread: str, activity: Json) -> str:
        """Post, and return the platform's id. Only channels have threads."""
        if place.kind != "channel":
            return await self._connector.post(place.service, place.room, activity)
        if thread:
            return await self._connector.post(place.service, f"{place.room}{THREAD}{thread}", activity)
        asked = {
            "isGroup": True, "bot": {"id": self._bot}, "tenantId": place.tenant, "activity": activity,
            "channelData": {"channel": {"id": place.room}, "tenant": {"id": place.tenant}},
        }  # fmt: skip
        conversation, id = await self._connector.begin(place.service, asked)
        return id or conversation.partition(THREAD)[2]

    async def _offer(
        self,
        letter: ClaimedLetter,
        place: ConversationRef,
        file: FileOut,
        posted: Sent,
        there: tuple[str, ...],
    ) -> Outcome:
        """Show the file if it is a picture, else ask whether it is wanted. What is posted already isn't posted again."""
        content = await self._make(file.recipe) if self._make is not None else None
        outcome = await self._show(letter, place, file, content, there) if content is not None else None
        if outcome is not None:
            return posted if isinstance(outcome, Sent) else outcome
        if content is None or place.kind != "personal":
            await self._say_instead(letter, place, file)
            return posted
        try:
            await self._say(place, "", self._attaching(file.told, consent(file, len(content))))
        except WRONG as error:
            outcome = outcome_of(error)
            if isinstance(outcome, Never):
                await self._say_instead(letter, place, file)
                return posted
            if isinstance(outcome, Later):
                self._known.keep(letter, there)
            return outcome
        return posted

    async def _show(
        self,
        letter: ClaimedLetter,
        place: ConversationRef,
        file: FileOut,
        content: bytes,
        there: tuple[str, ...],
    ) -> Outcome | None:
        """Show a picture below the words that it comes with; None where it is none, or Teams takes it in no way."""
        for attachment in pictured(file, content):
            try:
                return Sent(
                    await self._say(place, letter.thread or there[0], self._attaching(file.told, attachment))
                )
            except WRONG as error:
                outcome = outcome_of(error)
                if isinstance(outcome, Later):
                    self._known.keep(letter, there)
                if not isinstance(outcome, Never):
                    return outcome
                log.warning("a picture was not taken", extra={"error": outcome.why})
        return None

    async def _hand_over(
        self, letter: ClaimedLetter, drawn: Sequence[Drawn], place: ConversationRef, file: FileOut, upload: Upload
    ) -> Outcome:  # fmt: skip
        """Put the file where its reader wants it, and show where that is; the card that asked says that it is done."""
        if not self._known.parts(letter):
            content = await self._make(file.recipe) if self._make is not None else None
            if content is None or self._uploads is None:
                return await self._say_instead(letter, place, file)
            put = await self._uploads.put(upload.url, content)
            if isinstance(put, Later):
                return put
            if isinstance(put, Never):
                log.error("a file was not taken", extra={"error": put.why})
                return await self._say_instead(letter, place, file)
        try:
            shown = await self._say(place, "", self._attaching(file.told, info(upload, file.name)))
        except WRONG as error:
            outcome = outcome_of(error)
            if isinstance(outcome, Later):
                self._known.keep(letter, (DONE,))
            return outcome
        if upload.asked:
            await self._edit(replace(letter, edits=upload.asked), drawn[0], place)
        return Sent(shown)

    async def _say_instead(self, letter: ClaimedLetter, place: ConversationRef, file: FileOut) -> Outcome:
        log.error("a file was not handed out", extra={"kind": place.kind})
        [post, *_] = self._draw(replace(letter, message=Message(file.instead)))
        try:
            return Sent(await self._say(place, "", self._activity(post)))
        except WRONG as error:
            return outcome_of(error)

    async def _edit(self, letter: ClaimedLetter, post: Drawn, place: ConversationRef) -> Outcome:
        if not letter.edits:
            return Never("there is no message to edit")
        room = f"{place.room}{THREAD}{letter.edits}" if place.kind == "channel" else place.room
        try:
            await self._connector.edit(
                place.service, room, letter.edits, {**self._activity(post), "id": letter.edits}
            )
        except WRONG as error:
            outcome = harmless(outcome_of(error))
            return await self._closed(place, error, outcome) if isinstance(outcome, Never) else outcome
        return Sent(letter.edits)

    async def _aside(self, letter: ClaimedLetter) -> ConversationRef | Later | Never | None:
        """Return the person's private chat: Teams has nothing that only one among others sees."""
        account = letter.accounts.get(letter.person)
        if not account:
            return Never("nobody is known to show it to")
        room = await self.open_private(account, letter.room.tenant)
        return await self._references.of(letter.room.tenant, room) if isinstance(room, str) else room

    async def _closed(
        self, place: ConversationRef, error: BaseException, outcome: Unknown | Never
    ) -> Later | Unknown | Never:
        """Tell that a group's room is closed to us: what was to be said there waits until we are let in, or it moves."""
        if not is_gone(error):
            return outcome
        if place.kind == "personal" or self._turned_away is None:
            await self._references.retire(place.tenant, place.room)
            return outcome
        deleted = isinstance(error, Refusal) and error.status == 404
        await self._turned_away(place, "deleted" if deleted else "removed")
        await self._references.retire(place.tenant, place.room)
        return Later(0.0, outcome.why)  # the room is closed by now: nothing is tried there

    def _activity(self, post: Drawn) -> Json:
        return self._attaching(post.text, {"contentType": CARD, "content": dict(post.card)})

    def _attaching(self, told: str, attachment: Json) -> Json:
        return {
            "type": "message",
            "from": {"id": self._bot},
            "summary": " ".join(told.split())[:SUMMARY],
            "attachments": [attachment],
        }


def _is_gone_thread(error: BaseException, place: ConversationRef) -> bool:
    return place.kind == "channel" and isinstance(error, Refusal) and error.status == 404


__all__ = ["PAUSE", "TeamsMessenger"]
