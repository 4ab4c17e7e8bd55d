"""Finds out what somebody speaks who has never written to the coach: Slack says it, and nothing of it is kept."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.at_the_counter import AtTheCounter
from bot.slack.inbound import DOOR
from bot.slack.profiles import profiles
from dialogs.ports import UnitOfWork

PATIENCE = 0.7  # seconds: somebody looks at an empty page, or waits for a form


async def spoken_by(account: str, tenant: str, counter: AtTheCounter, web: AsyncWebClient) -> str:
    """Return the language of a stranger; "" for whoever the coach knows, and where Slack doesn't say it in time."""

    def is_known(uow: UnitOfWork) -> bool:
        with uow:
            return uow.people.by_account(DOOR, tenant, account) is not None

    if await counter.read(is_known):
        return ""
    told = await profiles(web, (account,), tenant=tenant, patience=PATIENCE)
    return told[account].language if account in told else ""
