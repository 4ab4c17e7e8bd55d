"""Reads what Slack signed as one of the three kinds of payload that it sends: an event, an interaction, a command.

What we and bolt look for in a payload is of the kind that both expect; all else may be anything.
"""

import re
from collections.abc import Mapping
from types import NoneType
from typing import Any
from urllib.parse import parse_qsl

from bot.payload import Malformed, decoded, is_deep, object_in

MOST_FIELDS = 64  # of a form; a slash command has about 15

Payload = Mapping[str, Any]

_ID = re.compile(r"[A-Z0-9]{1,40}")
_INTERACTIONS = re.compile(r"[a-z_]{1,40}")

# Where an id is looked for: in a text, in an object that may have one, or nowhere.
_NAMED = ("team", "user", "channel", "enterprise")
_OBJECTS = ("view", "message", "previous_message", "container", "item", "function_data", "assistant_thread")
_LISTS = ("authorizations", "actions", "response_urls")

_OBJECT = (dict, NoneType)
_NAME = (str, dict, NoneType)


def parsed(content_type: str, body: bytes) -> Payload:
    """Return the JSON object that the body is or holds, or the fields of a slash command."""
    text = decoded(body)
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        return object_in(text)
    if kind != "application/x-www-form-urlencoded":
        raise Malformed("content type")
    try:
        fields = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Malformed("form") from None
    form = dict(fields)
    if len(form) != len(fields):
        raise Malformed("form")
    if "payload" not in form:
        return form
    if len(form) > 1:
        raise Malformed("form")
    return object_in(form["payload"])


def is_well_formed(payload: object) -> bool:
    """Tell whether it is one of the three kinds that Slack sends, for what came another way than through the gate."""
    if not isinstance(payload, dict) or is_deep(payload):
        return False
    try:
        check(payload)
    except Malformed:
        return False
    return True


def check(payload: Payload) -> None:
    """Raise ``Malformed`` where the payload isn't one of the three kinds that Slack sends."""
    _check_places(payload)
    if "command" in payload:
        if not all(isinstance(one, str) for one in payload.values()):
            raise Malformed("shape")
        for name in ("team_id", "user_id", "channel_id"):
            _id(payload, name)
        worded(payload, "trigger_id")
    elif payload.get("type") == "event_callback":
        worded(payload, "event_id")
        event = payload.get("event")
        if not isinstance(event, dict):
            raise Malformed("shape")
        worded(event, "type")
        _check_places(event)
    else:
        _check_interaction(payload)


def _check_interaction(payload: Payload) -> None:
    kind = worded(payload, "type")
    if not _INTERACTIONS.fullmatch(kind):
        raise Malformed("shape")
    user, view = payload.get("user"), payload.get("view")
    if not isinstance(user, dict):
        raise Malformed("shape")
    _id(user, "id")
    if kind == "block_actions":
        for action in payload.get("actions") or ():
            worded(action, "action_id")
        if not payload.get("actions"):
            raise Malformed("shape")
    if kind == "view_submission":
        if not isinstance(view, dict):
            raise Malformed("shape")
        for name in ("id", "type", "callback_id"):
            worded(view, name)


def _check_places(found: Payload) -> None:
    for name in _OBJECTS:
        if name in found and not isinstance(found[name], _OBJECT):
            raise Malformed("shape")
    for name in _NAMED:
        if name in found and not isinstance(found[name], _NAME):
            raise Malformed("shape")
    for name in _LISTS:
        several = found.get(name)
        if several is None:
            continue
        if not isinstance(several, list) or not all(isinstance(one, dict) for one in several):
            raise Malformed("shape")


def worded(found: Payload, name: str) -> str:
    value = found.get(name)
    if not (isinstance(value, str) and 0 < len(value) <= 1000):
        raise Malformed("shape")
    return value


def _id(found: Payload, name: str) -> str:
    if not _ID.fullmatch(worded(found, name)):
        raise Malformed("shape")
    return str(found[name])
