"""Reads from whom stored events came and what was said, as far as it goes: also what nobody can take any more."""

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CameIn:
    account: str
    room: str
    said: str


def read(text: str) -> CameIn | None:
    """Return who said what where; None when not even that can be read.

    An older program, or a newer one, may have written it otherwise than events are written now. Whose words they are
    must be known all the same, to show them, erase them and dispose of them.
    """
    try:
        came = json.loads(text)
    except ValueError:
        return None
    what = came.get("what") if isinstance(came, dict) else None
    said = what.get("text") if isinstance(what, dict) else None
    if not isinstance(came, dict) or not isinstance(came.get("account"), str):
        return None
    room = came.get("room")
    return CameIn(
        came["account"], room if isinstance(room, str) else "", said if isinstance(said, str) else ""
    )
