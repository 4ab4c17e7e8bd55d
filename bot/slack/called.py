"""Puts names where people are mentioned, so that what is kept can be read: Slack sends their accounts alone."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.at_the_counter import AtTheCounter
from bot.slack.inbound import DOOR
from bot.slack.plain import PERSON
from bot.slack.profiles import profiles
from dialogs.hearing.hear import is_command
from dialogs.incoming import Edited, Incoming, Said
from dialogs.ports import UnitOfWork

PATIENCE = 1.0  # seconds; what is said waits for this before it is stored


def names_anybody(incoming: Incoming) -> bool:
    """Tell whether somebody is mentioned in it without a name."""
    return isinstance(incoming.what, Said | Edited) and PERSON.search(incoming.what.text) is not None


async def with_names(incoming: Incoming, counter: AtTheCounter, web: AsyncWebClient) -> Incoming:
    """Return it with the names by which the coach knows people, else those that Slack says.

    A command keeps the account of whoever the coach doesn't know: it may be about getting to know them.
    """
    what = incoming.what
    if not isinstance(what, Said | Edited):
        return incoming
    accounts = frozenset(PERSON.findall(what.text))
    if not accounts:
        return incoming
    names = await _known(accounts, incoming.tenant, counter)
    unknown = accounts - names.keys()
    if unknown and is_command(what.text):
        names = {**names, **{one: f"<@{one}>" for one in unknown}}
    elif unknown:
        told = await profiles(web, unknown, tenant=incoming.tenant, patience=PATIENCE)
        names = {**names, **{one: told[one].name if one in told else "" for one in unknown}}
    said = PERSON.sub(lambda found: names[found[1]] or f"@{found[1]}", what.text)
    return replace(incoming, what=replace(what, text=said))


async def _known(accounts: Iterable[str], tenant: str, counter: AtTheCounter) -> Mapping[str, str]:
    def look(uow: UnitOfWork) -> Mapping[str, str]:
        with uow:
            found = {one: uow.people.by_account(DOOR, tenant, one) for one in accounts}
        return {one: person.name for one, person in found.items() if person is not None}

    return await counter.read(look)
