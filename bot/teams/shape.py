"""Reads a body as an activity: a JSON object whose parts, as far as anything here looks for them, are of their kind."""

import re
from collections.abc import Mapping
from typing import Any

from bot.payload import Malformed, decoded, object_in

MOST_ID = 512  # characters; conversations' ids are the longest, and stay below 300

Payload = Mapping[str, Any]

_TYPE = re.compile(r"[A-Za-z]{1,40}")
_OBJECTS = ("from", "recipient", "conversation", "channelData", "value")
_LISTS = ("attachments", "entities", "membersAdded", "membersRemoved")
_TEXTS = (
    "text",
    "textFormat",
    "locale",
    "localTimezone",
    "name",
    "action",
    "replyToId",
    "timestamp",
    "topicName",
)


def parsed(body: bytes) -> Payload:
    """Return the activity that the body is. Raises ``Malformed``."""
    found = object_in(decoded(body))
    check(found)
    return found


def check(activity: Payload) -> None:
    """Raise ``Malformed`` where the activity isn't one that Teams sends."""
    if not _TYPE.fullmatch(worded(activity, "type")):
        raise Malformed("shape")
    for name in ("channelId", "serviceUrl"):
        worded(activity, name)
    for name in ("from", "conversation", "recipient"):
        party = activity.get(name)
        if not isinstance(party, dict):
            raise Malformed("shape")
        worded(party, "id")
    if "id" in activity:
        worded(activity, "id")
    if any(not isinstance(activity.get(name), str | None) for name in _TEXTS):
        raise Malformed("shape")
    if any(not isinstance(activity.get(name), dict | None) for name in _OBJECTS[:-1]):
        raise Malformed("shape")
    for name in _LISTS:
        several = activity.get(name)
        if several is None:
            continue
        if not isinstance(several, list) or not all(isinstance(one, dict) for one in several):
            raise Malformed("shape")


def worded(found: Payload, name: str) -> str:
    """Return the non-empty text at *name*."""
    value = found.get(name)
    if not (isinstance(value, str) and 0 < len(value) <= MOST_ID and value.isprintable()):
        raise Malformed("shape")
    return value


def tenants(activity: Payload) -> frozenset[str]:
    """Return every tenant that the activity names as its own, in small letters."""
    said = [activity["conversation"].get("tenantId")]
    tenant = (activity.get("channelData") or {}).get("tenant")
    said.append(tenant.get("id") if isinstance(tenant, dict) else tenant)
    return frozenset(str(one).lower() for one in said if one)
