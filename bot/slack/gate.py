"""Lets in what Slack has signed for this app, and nothing else: the bytes are verified before anything is parsed.

Whoever knows the signing secret is Slack. A request replayed after five minutes is refused by its time; before that it
meets an inbox where it is stored already. A refusal is a number and a fixed word: nothing of the request is answered,
and nothing of it may be logged but what `Refused` holds.
"""

import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Literal

from bot.payload import Malformed
from bot.slack.calls import Myself
from bot.slack.shape import Payload, check, parsed, worded
from dialogs.ports import Clock

MOST_BYTES = 1024 * 1024
MOST_AGE = timedelta(minutes=5)

# Slack asks for this now and then, unsigned, to see that the certificate holds. It does nothing, whoever sends it.
_SSL_CHECK = re.compile(rb"(?:token=[\w%.-]{0,200}&)?ssl_check=1(?:&token=[\w%.-]{0,200})?")
_DIGITS = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Admitted:
    payload: Payload


@dataclass(frozen=True, slots=True)
class Answered:
    """Nobody spoke: Slack looks whether this address is ours. *body* is the whole answer."""

    body: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    status: Literal[400, 401, 405, 413]
    why: str

    @property
    def body(self) -> str:
        return {400: "bad request", 401: "unauthorized", 405: "method not allowed", 413: "too large"}[
            self.status
        ]


@dataclass(frozen=True, slots=True)
class Gate:
    secret: str = field(repr=False)
    clock: Clock

    def admit(
        self, method: str, headers: Mapping[str, str], body: bytes, us: Myself
    ) -> Admitted | Answered | Refused:
        """Return the payload of a request that Slack signed for *us*."""
        if method != "POST":
            return Refused(405, "method")
        if len(body) > MOST_BYTES:
            return Refused(413, "size")
        if len(body) < 500 and _SSL_CHECK.fullmatch(body):
            return Answered()
        if not self._in_time(headers.get("X-Slack-Request-Timestamp", "")):
            return Refused(401, "time")
        if not self._signed(headers, body):
            return Refused(401, "signature")
        try:
            payload = parsed(headers.get("Content-Type", ""), body)
            if payload.get("type") == "url_verification":
                return Answered(worded(payload, "challenge"))
            check(payload)
        except Malformed as problem:
            return Refused(400, str(problem))
        return Admitted(payload) if is_ours(payload, us) else Refused(401, "workspace")

    def _in_time(self, said: str) -> bool:
        if not _DIGITS.fullmatch(said):
            return False
        return abs(self.clock.now().timestamp() - int(said)) <= MOST_AGE.total_seconds()

    def _signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        said = headers.get("X-Slack-Signature", "").encode("utf-8", "replace")
        base = b"v0:" + headers["X-Slack-Request-Timestamp"].encode() + b":" + body
        expected = "v0=" + hmac.new(self.secret.encode(), base, sha256).hexdigest()
        return bool(self.secret) and hmac.compare_digest(said, expected.encode())


def is_ours(payload: Payload, us: Myself) -> bool:
    """Tell whether the payload is meant for the app as it is installed in our workspace.

    That it is our app's is said by the signature: the secret is the app's own. In a shared channel the top-level team
    may be the other organisation's: what counts is whom Slack sent an event to.
    """
    return any(team == us.team for team in _teams(payload))


def _teams(payload: Payload) -> Iterable[object]:
    if granted := payload.get("authorizations"):
        yield granted[0].get("team_id")
        return
    yield payload.get("team_id")
    team = payload.get("team")
    yield team.get("id") if isinstance(team, Mapping) else team
    # Somebody of another organisation presses a button of ours: the message or the view is of our workspace.
    view = payload.get("view") or {}
    yield view.get("app_installed_team_id") or view.get("team_id")
    yield (payload.get("message") or {}).get("team")
