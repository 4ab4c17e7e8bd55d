"""A unit of work for rehearsals: everything happens as it would, and nothing of it is kept."""

from collections.abc import Iterable
from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from dialogs.letters import Letter
from storage.unit_of_work import SqlUnitOfWork


class Rehearsal(SqlUnitOfWork):
    """*letters* are what would have been sent.

    All that is done with it is one transaction, in which what came before is there; `close` lets it never have been.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.letters: list[Letter] = []
        self._begun = False
        post = self.outbox.post

        def listen(letters: Iterable[Letter], at: datetime) -> None:
            posted = tuple(letters)
            self.letters += posted
            post(posted, at)

        self.outbox.post = listen  # type: ignore[method-assign]

    def __enter__(self) -> Self:
        if not self._begun:
            super().__enter__()
            self._begun = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def commit(self) -> None:
        """Keep nothing, but let what comes after see it."""
        self.step()

    def close(self) -> None:
        super().__exit__(None, None, None)
        self._begun = False
