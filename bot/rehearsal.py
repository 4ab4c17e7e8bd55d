"""A unit of work for rehearsals: everything happens as it would, and nothing of it is kept."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Engine

from dialogs.letters import Letter
from storage.unit_of_work import SqlUnitOfWork


class Rehearsal(SqlUnitOfWork):
    """*letters* are what would have been sent."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.letters: list[Letter] = []
        post = self.outbox.post

        def listen(letters: Iterable[Letter], at: datetime) -> None:
            posted = tuple(letters)
            self.letters += posted
            post(posted, at)

        self.outbox.post = listen  # type: ignore[method-assign]

    def commit(self) -> None:
        """Keep nothing: what was written is gone when the transaction ends."""
