"""What waits in the database: events whose turn isn't taken, letters that aren't delivered. For whoever keeps watch."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, select

from storage.tables.base import table
from storage.tables.letters import UNDONE, InboxRow, OutboxRow


@dataclass(frozen=True, slots=True)
class Backlog:
    """`letters` is by door ("" where nobody knows yet where they go) and state; `oldest` is when an event came in."""

    waiting: int
    oldest: datetime | None
    failed: int
    letters: Mapping[tuple[str, str], int]


def backlog(engine: Engine) -> Backlog:
    inbox, outbox = table(InboxRow), table(OutboxRow)
    undone = select(func.count(), func.min(inbox.c.at)).select_from(inbox).where(UNDONE)
    failed = select(func.count()).select_from(inbox).where(inbox.c.state == "failed")
    letters = (
        select(outbox.c.door, outbox.c.state, func.count())
        .where(outbox.c.state.not_in(("sent", "skipped")))
        .group_by(outbox.c.door, outbox.c.state)
    )
    with engine.connect() as connection:
        waiting, oldest = connection.execute(undone).one()
        return Backlog(
            waiting=waiting,
            oldest=oldest,
            failed=connection.execute(failed).scalar_one(),
            letters={(door or "", state): many for door, state, many in connection.execute(letters)},
        )
