"""Rooms where people talk, where a platform reaches them, and the homes that show somebody what is theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class RoomRef:
    """A room where people talk: a channel, or one person's private chat."""

    id: str
    door: str
    tenant: str
    external: str
    private: bool


class Rooms(Protocol):
    def find(self, door: str, tenant: str, external: str, *, private: bool) -> RoomRef: ...
    def known(self, door: str, tenant: str, external: str) -> RoomRef | None:
        """Return the room if anybody has spoken in it; only looks."""

    def get(self, room: str) -> RoomRef | None: ...
    def private_room(self, person: str) -> RoomRef | None: ...
    def bind_private(self, person: str, room: str) -> None: ...
    def state(self, room: str) -> str:
        """Return "" for a room where the coach can speak; else why it can't: removed, archived or deleted."""

    def set_state(self, room: str, state: str) -> None: ...
    def close_tenant(self, door: str, tenant: str) -> Sequence[str]:
        """Set every open room of the tenant to removed; return which."""


@dataclass(frozen=True, slots=True)
class HomeRef:
    """A personal page that somebody has opened. `now` differs from `stamp` once there may be something new to show."""

    door: str
    tenant: str
    account: str
    person: str
    digest: str  # of what it showed
    stamp: str
    now: str
    buttons: tuple[str, ...] = ()  # the ids that its buttons have


class Homes(Protocol):
    def get(self, door: str, tenant: str, account: str, today: date) -> HomeRef | None: ...
    def stamp(self, person: str, today: date) -> str:
        """Return a word that changes when anything may have that the person's page shows."""

    def stale(self, door: str, today: date) -> Sequence[HomeRef]:
        """Return the pages that may show something else than they would now."""

    def keep(self, home: HomeRef, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class ConversationRef:
    """Where a platform's conversation is reached: the address that its calls go to, its kind, and its team."""

    tenant: str
    room: str
    service: str
    kind: str  # personal, groupChat, channel
    team: str = ""


class Conversations(Protocol):
    def get(self, tenant: str, room: str) -> ConversationRef | None: ...
    def newest(self, tenant: str) -> ConversationRef | None: ...
    def put(self, seen: ConversationRef, at: datetime) -> None: ...
    def drop(self, tenant: str, room: str) -> None: ...
