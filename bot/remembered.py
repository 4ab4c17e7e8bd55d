"""What a terminal window wants to know from before it was opened: who there is, and which question stood last."""

from dataclasses import dataclass

from sqlalchemy import Engine, select

from dialogs.model.checkpoint import OF_CHECKPOINT
from storage.tables.base import table
from storage.tables.letters import QuestionMessage
from storage.tables.people import Person, Room


@dataclass(frozen=True)
class Remembered:
    engine: Engine

    def names(self) -> list[str]:
        """Return everybody's name."""
        person = table(Person)
        with self.engine.connect() as connection:
            return list(connection.scalars(select(person.c.name).order_by(person.c.name)))

    def last_question(self, channel: str) -> str:
        """Return the message that put the latest question in the channel; "" when none has been put."""
        message, room = table(QuestionMessage), table(Room)
        latest = (
            select(message.c.platform_message)
            .join(room, room.c.id == message.c.room)
            .where(
                room.c.door == "terminal",
                room.c.tenant == "",
                room.c.external == channel,
                message.c.address.not_like(f"{OF_CHECKPOINT}%"),
            )
            .order_by(message.c.at.desc())
            .limit(1)
        )
        with self.engine.connect() as connection:
            return connection.scalar(latest) or ""
