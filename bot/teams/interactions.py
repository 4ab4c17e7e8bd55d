"""Translates what people do with cards: presses, answers typed in a card, dialogs that open and are handed in.

Pure, and never an exception, as `inbound` is. Teams delivers an invoke again under another id when it has had no
answer in time. So what writes somebody's words is known by where it was typed and what it says, not by that id.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

from bot.teams.inbound import DOOR, account_of, client_of, moment, part, place_of, text
from bot.teams.plain import whole
from bot.teams.shape import Payload
from bot.usecases.replies import Speaker
from dialogs.files import Upload
from dialogs.incoming import FileAnswered, Incoming, Pressed, Said, Submitted, What

BUTTON, FORM, ONCE, THREAD, ANSWER = "b", "f", "n", "t", "answer"
"""What a card's buttons carry: a button's id; or a form's, what makes this opening unlike others, and its thread; or an
answer, with what makes the card unlike those before it."""

FIELD, SEVERAL, OWN = "field:", "several:", "own:"
"""How the ids of a dialog's inputs begin, so that no field of a pack can pass for one of the above: what is written or
picked, several that are picked, and words of one's own beside them."""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did with a card, and what they typed there by the time."""

    incoming: Incoming

    @property
    def speaker(self) -> Speaker:
        one = self.incoming
        return Speaker(one.door, one.tenant, one.account, one.name, one.room, one.private, one.aside)

    @property
    def button(self) -> str:
        return self.incoming.what.button if isinstance(self.incoming.what, Pressed | Submitted) else ""


Kind = Literal["press", "answer", "open", "hand in", "file", "other"]


def kind_of(activity: Payload) -> Kind:
    """Return what an activity with a value is."""
    if text(activity, "type") == "message":  # what a client sends that knows no Action.Execute
        pressed = text(part(activity, "value"), BUTTON)
        return "press" if pressed else "other" if _typed_in_card(activity) is None else "answer"
    match text(activity, "name"):
        case "adaptiveCard/action":
            return "answer" if _typed_in_card(activity) is not None else "press"
        case "task/fetch":
            return "open"
        case "task/submit":
            return "hand in"
        case "fileConsent/invoke":
            return "file"
        case _:
            return "other"


def pressed(activity: Payload, tenant: str, now: datetime) -> Act | None:
    """Return the press of a button, be it one that acts or one that opens a dialog."""
    button = text(_data(activity), BUTTON)
    if not button:
        return None
    key = f"press:{_print(activity, text(activity, 'replyToId'), button, _once(activity))}"
    return _act(activity, tenant, now, Pressed(whole(button), _thread(activity)), key)


def answered(activity: Payload, tenant: str, now: datetime) -> Act | None:
    """Return what was typed into a question's card: a reply to that question's message."""
    typed, card = _typed_in_card(activity), text(activity, "replyToId")
    if typed is None or not card:
        return None
    said = Said(whole(typed).strip(), "", card)
    key = f"answer:{_print(activity, card, text(_data(activity), ONCE), typed)}"
    return _act(activity, tenant, now, said, key)


def file_answered(activity: Payload, tenant: str, now: datetime) -> Act | None:
    """Return whether a file that was offered is wanted. A yes that comes again counts once."""
    value, card = part(activity, "value"), text(activity, "replyToId")
    button, action = text(part(value, "context"), BUTTON), text(value, "action")
    if not button or action not in ("accept", "decline"):
        return None
    where = part(value, "uploadInfo")
    upload = Upload(
        text(where, "uploadUrl"), text(where, "contentUrl"), whole(text(where, "name")), text(where, "uniqueId"),
        text(where, "fileType"), card,
    )  # fmt: skip
    what = FileAnswered(whole(button), upload if action == "accept" else None)
    return _act(activity, tenant, now, what, f"file:{_print(activity, button, action)}")


def submitted(activity: Payload, tenant: str, now: datetime) -> Act | None:
    """Return what was filled in. A form that is handed in again after it was found wanting has the same key."""
    data = _data(activity)
    form, once = text(data, FORM), text(data, ONCE)
    if not form or not once:
        return None
    fields = typed_in(data)
    what = Submitted(form, fields, whole(text(data, THREAD)))
    return _act(activity, tenant, now, what, f"form:{_print(activity, form, once)}")


def typed_in(data: Mapping[str, object]) -> dict[str, str]:
    """Return field id -> text, as somebody would have typed it.

    Own words take the place of the one option that was picked, and stand beside several.
    """
    fields: dict[str, str] = {}
    for name, value in data.items():
        kind, colon, field = name.partition(":")
        said = whole(value) if isinstance(value, str) else ""
        match f"{kind}{colon}":
            case "field:":
                fields[field] = said
            case "several:":
                fields[field] = "; ".join(one for one in said.split(",") if one)
            case _:
                pass
    for name, value in data.items():
        if name.startswith(OWN) and isinstance(value, str) and value.strip():
            field = name.removeprefix(OWN)
            beside = fields.get(field, "") if f"{SEVERAL}{field}" in data else ""
            fields[field] = "; ".join(filter(None, (beside, whole(value).strip())))
    return fields


def _act(activity: Payload, tenant: str, now: datetime, what: What, key: str) -> Act | None:
    place, (account, name) = place_of(activity), account_of(activity)
    if place is None or not account:
        return None
    at = moment(text(activity, "timestamp"), now)
    return Act(
        Incoming(
            DOOR, tenant, key, account, name, place.room, place.private, at, what, client=client_of(activity)
        )
    )


def _data(activity: Payload) -> Mapping[str, object]:
    """Return what the button carries with what was typed beside it."""
    value = part(activity, "value")
    action = part(value, "action")
    return part(action, "data") or part(value, "data") or value


def _typed_in_card(activity: Payload) -> str | None:
    typed = _data(activity).get(ANSWER)
    verb = text(part(part(activity, "value"), "action"), "verb")
    if verb not in ("", ANSWER) or (typed is None and not verb):
        return None
    return typed if isinstance(typed, str) else ""


def _once(activity: Payload) -> str:
    """Return what tells a press from the next of the same button: an invoke has another id each time it is delivered."""
    when, id = text(activity, "timestamp"), text(activity, "id")
    return (when or id) if text(activity, "type") == "invoke" else (id or when)


def _thread(activity: Payload) -> str:
    """Return the message that an answer to the press stands under: the thread's first, else the card itself."""
    place = place_of(activity)
    return (place.thread if place is not None else "") or text(activity, "replyToId")


def _print(activity: Payload, *parts: str) -> str:
    place = place_of(activity)
    said = "\0".join((place.room if place else "", account_of(activity)[0], *parts))
    return sha256(said.encode("utf-8", "replace")).hexdigest()[:40]
