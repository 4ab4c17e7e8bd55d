"""Says which accounts a platform should be asked about before a turn is taken: the unknown, and those long not seen."""

import re
from datetime import datetime, timedelta

from dialogs.incoming import Changed, Incoming, Left, Said, Submitted, Uninstalled
from dialogs.ports import UnitOfWork

GOOD_FOR = timedelta(days=1)
PICKED = re.compile(r"<@([A-Za-z0-9]+)(?:\|[^>]*)?>")
"""How an account that was picked in a form, or mentioned in a command, is typed."""


def accounts_in(incoming: Incoming) -> tuple[str, ...]:
    """Return the accounts that the turn will have to do with: the speaker's, and those picked or mentioned."""
    if isinstance(incoming.what, Left | Uninstalled):
        return ()
    accounts = [incoming.account] if incoming.account else []
    if isinstance(incoming.what, Submitted):
        accounts += [found for text in incoming.what.fields.values() for found in PICKED.findall(text)]
    elif isinstance(incoming.what, Said):
        accounts += PICKED.findall(incoming.what.text)
    return tuple(dict.fromkeys(accounts))


def unknown(incoming: Incoming, *, uow: UnitOfWork, now: datetime) -> tuple[str, ...]:
    """Return which of them nobody has asked the platform about, or not for a day. Only reads."""
    with uow:
        return tuple(one for one in accounts_in(incoming) if _is_unknown(incoming, one, uow, now))


def _is_unknown(incoming: Incoming, account: str, uow: UnitOfWork, now: datetime) -> bool:
    known = uow.people.account(incoming.door, incoming.tenant, account)
    if isinstance(incoming.what, Changed):
        return known is not None and incoming.what.active  # what was known has changed
    return known is None or known.seen_at is None or known.seen_at + GOOD_FOR <= now
