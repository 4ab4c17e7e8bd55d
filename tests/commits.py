"""Watches the store's commits, in a process that may die at any of them."""

from collections.abc import Callable

from storage.transaction import Transaction


def watch_commits(before: Callable[[], None], after: Callable[[], None]) -> None:
    """Call *before* and *after* at each commit of this process, whichever way the store takes to its database."""
    commit = Transaction.commit

    def watched(transaction: Transaction) -> None:
        before()
        commit(transaction)
        after()

    Transaction.commit = watched  # type: ignore[method-assign]
