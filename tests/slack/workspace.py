"""The workspace that the tests talk in: its people and channels, its app, and the tokens to speak with."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

MANIFEST = Path(__file__).parents[2] / "deploy" / "slack" / "manifest.yaml"
TEAM = "T000000001"  # as the emulator has it
APP = "A0METODCO"
BOT = "B0METODCO"
BOT_USER = "U0METODCO"
BOT_TOKEN = "xoxb-metodcoach"
SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
CHANNEL = "arbetsgruppen"
TOKENS = 200  # of 5,000 calls each: the emulator lets none have more within an hour
PEOPLE_MAY = [
    "channels:history", "channels:manage", "channels:read", "chat:write", "groups:history", "groups:read",
    "groups:write", "im:history", "im:read", "im:write", "users:read", "users:read.email",
]  # fmt: skip


@dataclass(frozen=True)
class Member:
    """Somebody in the workspace. `more` is what users.info says beside what the emulator knows."""

    name: str
    email: str = ""
    zone: str = "Europe/Stockholm"
    locale: str = "sv-SE"
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def handle(self) -> str:
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode()
        return re.sub(r"[^a-z0-9]+", ".", plain.casefold()).strip(".")

    @property
    def address(self) -> str:
        return self.email or f"{self.handle}@kommunen.example"

    @property
    def token(self) -> str:
        return f"xoxp-{self.handle}"


@dataclass(frozen=True)
class Manifest:
    """What the app may do and is told of."""

    scopes: tuple[str, ...]
    events: frozenset[str]
    commands: frozenset[str]

    @classmethod
    def read(cls) -> "Manifest":
        written = YAML(typ="safe").load(MANIFEST)
        return cls(
            tuple(written["oauth_config"]["scopes"]["bot"]),
            frozenset(written["settings"]["event_subscriptions"]["bot_events"]),
            frozenset(one["command"] for one in written["features"]["slash_commands"]),
        )


def bot_tokens() -> Sequence[str]:
    """Return the tokens that the adapter speaks with for the bot, one after the other."""
    return [f"{BOT_TOKEN}-{number}" for number in range(TOKENS)]


def seed(
    members: Sequence[Member], manifest: Manifest, channels: Sequence[str] = (CHANNEL,)
) -> dict[str, Any]:
    """Return what the emulator is filled with."""
    bot = {"app_id": APP, "bot_id": BOT, "bot_user_id": BOT_USER}
    return {
        "strict_scopes": True,
        "team": {"name": "Kommunen", "domain": "kommunen"},
        "users": [
            {
                "name": one.handle,
                "real_name": one.name,
                "email": one.address,
                "profile": {"real_name": one.name},
            }
            for one in members
        ],
        "channels": [{"name": name} for name in channels],
        "oauth_apps": [
            {
                **bot,
                "client_id": "1.2",
                "client_secret": "none",
                "name": "Metodcoach",
                "bot_name": "metodcoach",
                "redirect_uris": [],
                "scopes": list(manifest.scopes),
            }
        ],
        "tokens": [
            *(
                {"token": token, "type": "bot", "user_id": BOT_USER, "scopes": list(manifest.scopes), **bot}
                for token in bot_tokens()
            ),
            *({"token": one.token, "user": one.handle, "scopes": PEOPLE_MAY} for one in members),
        ],
    }
