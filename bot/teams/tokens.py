"""Tells what a signed token says, and remembers those whose signature held: Bot Connector uses one for an hour.

A signature holds or doesn't, whoever asks again. Whether the key still is one, and whether it is still the time for the
token, is asked each time by whoever reads what is said here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jwt

from bot.teams.keys import Key

MOST = 1_000

# What is looked at by the gate, by a clock that can be set.
_HOW = {
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_iss": False,
}

Claims = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tokens:
    _held: dict[str, tuple[str, Key, Claims]] = field(default_factory=dict)

    def key_id(self, token: str) -> str | None:
        """Return the id of the key that it is said to be signed with; None when it isn't signed as Bot Connector does.

        Raises ``jwt.PyJWTError`` when it is no token.
        """
        if token in self._held:
            return self._held[token][0]
        head = jwt.get_unverified_header(token)
        if head.get("alg") != "RS256" or not isinstance(head.get("kid"), str) or "crit" in head:
            return None
        return str(head["kid"])

    def claims(self, token: str, key_id: str, key: Key) -> Claims:
        """Return what it says, once its signature holds under *key*. Raises ``jwt.PyJWTError`` or a ``ValueError``."""
        held = self._held.get(token)
        if held is not None and held[1] is key:
            return held[2]
        claims = jwt.decode(token, key.public, algorithms=["RS256"], options=_HOW)  # type: ignore[arg-type]
        if len(self._held) >= MOST:
            self._held.clear()
        self._held[token] = (key_id, key, claims)
        return claims
