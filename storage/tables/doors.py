"""Tables of what a door has to remember of its platform."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables.base import Row, UtcDateTime


class Conversation(Row, table=True):
    """Where a conversation in Teams is reached, as Teams last said."""

    __table_args__ = (Index(None, "tenant", "at"),)

    tenant: str = Field(primary_key=True)
    room: str = Field(primary_key=True)  # the conversation's id, without the thread
    service: str  # an address; looked at before each use
    kind: str  # personal, groupChat, channel
    team: str  # "" outside channels
    at: datetime = Field(sa_type=UtcDateTime)


class KeptSecret(Row, table=True):
    """A secret such as a platform's token, sealed under a key that stands in a file of the operator's."""

    __tablename__ = "kept_secret"

    name: str = Field(primary_key=True)
    sealed: str
    at: datetime = Field(sa_type=UtcDateTime)
