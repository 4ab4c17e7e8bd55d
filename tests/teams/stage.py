"""A stage for walkthroughs at the Teams door: scenes become messages, presses and dialogs of people in a tenant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.teams.interactions import ANSWER, BUTTON
from bot.usecases.walk import NothingToPress
from content.schema.files import Walkthrough
from dialogs.hearing.hear import Commanded, hear
from tests.doors.addressed import addressed
from tests.doors.stage import DoorStage, locale_of, people_of
from tests.teams.connector import Message
from tests.teams.driver import Delivery, Place, Talker, inputs_of
from tests.teams.fields import fields_of, values_of
from tests.teams.town import Member, Town

Json = dict[str, Any]
AT_ONCE = 5.0  # seconds in which an answer is to be there


@dataclass
class Dialog:
    """A dialog in front of somebody, where it was opened, and what is wrong with it."""

    card: Json
    at: Place
    wrong: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)

    def fields(self) -> Sequence[str]:
        return fields_of(self.card)


@dataclass
class TeamsStage(DoorStage[Town, Dialog]):
    """*mentions*: the app may not read the channel, so that people mention it always. *in_cards*: they answer there.

    *alone*: everybody says in their private chat what they have to say, once the group is there.
    """

    mentions: bool = False
    in_cards: bool = False
    alone: bool = False
    answered_in_cards: int = 0

    def says(self, who: str, text: str, *, to: str = "") -> None:
        questions = self.kept.questions(self.town.room) if self.alone and text else {}
        if not questions or isinstance(hear(text), Commanded):
            super().says(who, text, to=to)
        else:
            self.privately(who, addressed(text, to or next(reversed(questions))))

    def write(self, who: str, text: str, thread: str, *, to_us: bool) -> None:
        card = self.town.connector.messages.get(thread) if self.in_cards and text else None
        action = next((one for one in card.actions if one.get("verb") == ANSWER), None) if card else None
        if card is not None and action is not None:
            self._answer(who, card, action, text)
            return
        scope, driver = self.town.scope, self.town.driver
        quotes = thread if scope == "groupChat" else ""
        at = Place(self.town.room, scope, thread if scope == "channel" else "")
        self.tick()
        mention = to_us or self.mentions
        self.town.loop.do(driver.write(self._talker(who), at, text, mention=mention, quotes=quotes))
        self._settled(driver.deliveries[-1])

    def write_privately(self, who: str, text: str) -> None:
        talker = self._talker(who)
        self.tick()
        self.town.loop.do(self.town.driver.write(talker, Place(talker.private, "personal"), text))
        self._settled(self.town.driver.deliveries[-1])

    def press(self, who: str, action: str, on: str = "") -> Delivery:
        self.introduce(who)
        card, button = self.button(who, action, on)
        self.tick()
        self.forms.pop(who, None)
        at, driver = self._place(card), self.town.driver
        if button["type"] == "Action.Submit":
            got = self.town.loop.do(driver.fetch(self._talker(who), at, card.id, button))
        else:
            got = self.town.loop.do(driver.execute(self._talker(who), at, card.id, button))
        self._settled(got)
        shown = _shown(got)
        if shown is not None:
            self.forms[who] = Dialog(shown, at)
            self._heard.append(str(shown["speak"]))
        return got

    def hand_in(self, who: str, fields: Mapping[str, str]) -> None:
        dialog = self.forms[who]
        dialog.typed |= fields
        values = values_of(dialog.card, dialog.typed)
        self.tick()
        got = self.town.loop.do(self.town.driver.submit(self._talker(who), dialog.at, dialog.card, values))
        self._settled(got)
        again = _shown(got)
        if again is None:
            del self.forms[who]
            return
        dialog.card, dialog.wrong = again, wrong_in(again)
        self._heard += dialog.wrong.values()

    def listen(self) -> Sequence[str]:
        return [
            text
            for message in self.town.connector.heard()
            for text in (message.text, *(one["title"] for one in message.actions if "title" in one))
        ]

    def button(self, who: str, action: str, on: str) -> tuple[Message, Json]:
        """Return the newest button that *who* sees with this action (and argument, after a colon), and its message."""
        me = self._talker(who)
        for message in self.town.connector.newest():
            if not self.town.sees(me, message.room):
                continue
            for button in reversed(message.actions):
                id = (button.get("data") or {}).get(BUTTON)
                if id and self.means(id, action, on):
                    return message, button
        raise NothingToPress(f"no button {action!r} on {on or 'any message'}")

    def _answer(self, who: str, card: Message, action: Json, text: str) -> None:
        """Type into the question's card, and hand it in there."""
        self.tick()
        self.answered_in_cards += 1
        at = self._place(card)
        got = self.town.loop.do(
            self.town.driver.execute(self._talker(who), at, card.id, action, {ANSWER: text})
        )
        self._settled(got)

    def _settled(self, got: Delivery) -> None:
        assert got.status == 200, got
        assert got.seconds < AT_ONCE, f"it took {got.seconds:.1f} s"
        self.kept.wait()

    def _place(self, message: Message) -> Place:
        scope = self.town.scope_of(message.room)
        return Place(message.room, scope, (message.thread or message.id) if scope == "channel" else "")

    def _talker(self, who: str) -> Talker:
        return self.town.talkers[who]


def _shown(got: Delivery) -> Json | None:
    """Return the dialog that the answer shows, if any."""
    match got.json:
        case {"task": {"type": "continue", "value": {"card": {"content": dict(card)}}}}:
            return card
        case _:
            return None


def wrong_in(dialog: Json) -> dict[str, str]:
    """Return what is said to be wrong with a field, by field; "" is the dialog itself."""
    found: dict[str, str] = {}
    said = ""
    for part in dialog["body"]:
        if part["type"] == "RichTextBlock" and part["inlines"][0].get("color") == "Attention":
            said = "".join(one["text"] for one in part["inlines"]).removeprefix("⚠ ")
            found[""] = said
        for one in inputs_of({"body": [part]}):
            if said:
                found.pop("", None)
                found[one["id"].partition(":")[2]], said = said, ""
    return found


def everybody(walkthrough: Walkthrough) -> Sequence[Member]:
    """Return the people of a walkthrough as members of the tenant, with the language that they speak."""
    return [Member(name, locale=locale_of(walkthrough)) for name in people_of(walkthrough)]
