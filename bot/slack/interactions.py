"""Translates buttons, submitted forms and slash commands. Pure, and never an exception, as `inbound` is."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.slack.calls import Myself
from bot.slack.inbound import DOOR, is_private, moment, part, text
from bot.slack.modal import CALLBACK
from bot.slack.plain import plain, whole
from bot.slack.shape import Payload
from bot.slack.typed import typed
from bot.usecases.replies import Speaker
from dialogs.incoming import Incoming, Pressed, Said, Submitted, What


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did at a place; `trigger` is Slack's leave to open a form for them, good for three seconds.

    `at_home` says that it was done in App Home, which is in no room: the answer belongs in their private one.
    """

    incoming: Incoming
    trigger: str
    at_home: bool = False
    spoken: str = ""  # the language that Slack says of a stranger

    @property
    def speaker(self) -> Speaker:
        one = self.incoming
        return Speaker(
            one.door, one.tenant, one.account, one.name, one.room, one.private, one.aside, self.spoken
        )

    def in_room(self, room: str) -> "Act":
        return replace(self, incoming=replace(self.incoming, room=room, private=True), at_home=False)


def pressed(body: Payload, us: Myself, now: datetime) -> Act | None:
    """Return the press of one of our buttons, be it one that acts or one that opens a form."""
    actions = body.get("actions")
    action: Payload = (
        actions[0] if isinstance(actions, list) and actions and isinstance(actions[0], dict) else {}
    )
    kind, _, button = text(action, "action_id").partition(":")
    if kind not in ("press", "form") or not button:
        return None
    container, message = part(body, "container"), part(body, "message")
    at_home = text(part(body, "view"), "type") == "home"
    room = text(part(body, "channel"), "id") or text(container, "channel_id")
    if not room and not at_home:
        return None
    aside = container.get("is_ephemeral") is True
    shown = text(message, "ts") or text(container, "message_ts")
    thread = text(message, "thread_ts") or text(container, "thread_ts")
    # What only one person sees can't be answered under; what it stands under can.
    what = Pressed(whole(button), thread if aside else thread or shown)
    stamp = text(action, "action_ts")
    key = text(body, "trigger_id") or f"{stamp}:{_account(body)}:{button}"
    return Act(
        _incoming(body, us, f"press:{key}", room, what, moment(stamp, now), aside=aside),
        text(body, "trigger_id"),
        at_home,
    )


def submitted(body: Payload, us: Myself, now: datetime) -> Incoming | None:
    """Return what was filled in. A form that is handed in again after it was found wanting has the same key."""
    view = part(body, "view")
    if text(view, "callback_id") != CALLBACK:
        return None
    place = Place.read(text(view, "private_metadata"))
    if place is None:
        return None
    fields = {whole(name): whole(value) for name, value in typed(view).items()}
    key = f"form:{text(view, 'id')}:{text(view, 'hash')}"
    what = Submitted(place.form, fields, place.thread)
    return _incoming(body, us, key, place.room, what, now, private=place.private, aside=place.aside)


def commanded(body: Payload, us: Myself, now: datetime) -> Act | None:
    """Return the words after our slash command. In a private chat nobody else is there to hear the answer."""
    room, account, trigger = text(body, "channel_id"), text(body, "user_id"), text(body, "trigger_id")
    if not room or not account or not trigger:
        return None
    private = is_private(room)
    said = Said(plain(text(body, "text"), us.user))
    name = whole(text(body, "user_name"))
    incoming = Incoming(
        DOOR, us.team, f"command:{trigger}", account, name, room, private, now, said, aside=not private
    )
    return Act(incoming, trigger)


@dataclass(frozen=True, slots=True)
class Place:
    """What a modal carries along: which form it is, and where the answer to it belongs."""

    form: str
    room: str
    private: bool
    thread: str
    aside: bool

    @staticmethod
    def of(form: str, incoming: Incoming) -> "Place":
        thread = incoming.what.thread_of if isinstance(incoming.what, Pressed | Said) else ""
        return Place(form, incoming.room, incoming.private, thread, incoming.aside)

    @staticmethod
    def read(metadata: str) -> "Place | None":
        """Return what was written; None for what we never wrote."""
        try:
            match json.loads(metadata):
                case {
                    "form": str(form),
                    "room": str(room),
                    "private": bool(private),
                    "thread": str(thread),
                    "aside": bool(aside),
                } if form and room:
                    return Place(form, room, private, thread, aside)
        except (ValueError, RecursionError):
            pass
        return None

    def metadata(self) -> str:
        kept = {
            "form": self.form,
            "room": self.room,
            "private": self.private,
            "thread": self.thread,
            "aside": self.aside,
        }
        return json.dumps(kept, separators=(",", ":"))


def kind_of(body: Payload) -> Literal["event", "press", "form", "command", "other"]:
    """Return what a payload is, as far as a log may say it."""
    if "command" in body:
        return "command"
    match text(body, "type"):
        case "event_callback":
            return "event"
        case "block_actions":
            return "press"
        case "view_submission":
            return "form"
        case _:
            return "other"


def _account(body: Payload) -> str:
    return text(part(body, "user"), "id")


def _incoming(
    body: Payload,
    us: Myself,
    key: str,
    room: str,
    what: What,
    at: datetime,
    *,
    private: bool | None = None,
    aside: bool = False,
) -> Incoming:
    user = part(body, "user")
    name = whole(text(user, "name") or text(user, "username"))
    own = is_private(room) if private is None else private
    return Incoming(DOOR, us.team, key, _account(body), name, room, own, at, what, aside)
