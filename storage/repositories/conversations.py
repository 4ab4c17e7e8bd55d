"""Remembers where conversations in Teams are reached."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select

from dialogs.ports import ConversationRef
from storage.prepared import Prepared, upsert
from storage.tables import doors
from storage.tables.base import table
from storage.transaction import Transaction

_conversation = table(doors.Conversation)

_ALL = select(
    _conversation.c.tenant,
    _conversation.c.room,
    _conversation.c.service,
    _conversation.c.kind,
    _conversation.c.team,
)
_GET = Prepared(
    _ALL.where(_conversation.c.tenant == bindparam("tenant"), _conversation.c.room == bindparam("room"))
)
_NEWEST = Prepared(
    _ALL.where(_conversation.c.tenant == bindparam("tenant")).order_by(_conversation.c.at.desc()).limit(1)
)
_PUT = upsert(_conversation, keys=("tenant", "room"))


class SqlConversations:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def get(self, tenant: str, room: str) -> ConversationRef | None:
        return _ref(self._tx.row(_GET, {"tenant": tenant, "room": room}))

    def newest(self, tenant: str) -> ConversationRef | None:
        return _ref(self._tx.row(_NEWEST, {"tenant": tenant}))

    def put(self, seen: ConversationRef, at: datetime) -> None:
        self._tx.run(
            _PUT,
            {
                "tenant": seen.tenant, "room": seen.room, "service": seen.service, "kind": seen.kind,
                "team": seen.team, "at": at,
            },
        )  # fmt: skip

    def drop(self, tenant: str, room: str) -> None:
        self._tx.run(
            delete(_conversation).where(_conversation.c.tenant == tenant, _conversation.c.room == room)
        )


def _ref(row: Row[Any] | None) -> ConversationRef | None:
    return ConversationRef(row.tenant, row.room, row.service, row.kind, row.team) if row is not None else None
