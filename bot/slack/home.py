"""Keeps App Home as fresh as the database, for everybody who has opened it; some seconds late rather than in a rush."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.logs import failure
from bot.slack.calls import FAILURES, PUBLISH_VIEW, ask
from bot.slack.home_view import home_view
from bot.slack.outcomes import PAUSE, harmless, outcome_of
from dialogs.messages import Message
from dialogs.sending import Later, Never

GATHERS = 2.0  # seconds: one answer often changes several pages, and several answers one page
PACE = 0.7  # seconds between two: Slack takes about a hundred a minute

Page = Callable[[str], Awaitable[Message]]
"""account -> what their page is to show now."""

Stale = Callable[[], Awaitable[Iterable[str]]]
"""The accounts whose page shows something else than it would now."""

log = logging.getLogger(__name__)


class Homes:
    """`opened` publishes at once; `run` renews, until cancelled, what has become stale whenever somebody has woken it."""

    def __init__(
        self,
        web: AsyncWebClient,
        page: Page,
        stale: Stale,
        *,
        draw: Callable[[Message], Mapping[str, Any]] = home_view,
        gathers: float = GATHERS,
        pace: float = PACE,
    ) -> None:
        self._web = web
        self._page = page
        self._stale = stale
        self._draw = draw
        self._gathers = gathers
        self._pace = pace
        self._owed: dict[str, None] = {}  # those whose page was looked up and isn't published, in order
        self._woken = asyncio.Event()
        self._woken.set()  # at the start, everybody's page may be stale
        # Of two pages of one person, the newer must be published last.
        self._one_at_a_time: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def opened(self, account: str) -> None:
        """Show the page to somebody who has opened it. What fails is made good later."""
        outcome = await self._publish(account)
        if isinstance(outcome, Later):
            self._owe([account], outcome.seconds)

    def wake(self) -> None:
        """Say that pages may be stale. Called on the event loop; costs nothing when none is."""
        self._woken.set()

    async def run(self) -> None:
        while True:
            await self._woken.wait()
            await asyncio.sleep(self._gathers)
            self._woken.clear()
            await self._renew()

    async def _renew(self) -> None:
        owed, self._owed = self._owed, {}
        try:
            accounts = list(dict.fromkeys([*owed, *await self._stale()]))
        except Exception as error:  # noqa: BLE001 - the store may be back in a moment; pages can wait
            log.error("stale pages were not looked for", extra=failure(error))
            self._owe(owed, PAUSE)
            return
        for position, account in enumerate(accounts):
            outcome = await self._publish(account)
            if isinstance(outcome, Later):
                self._owe(accounts[position:], outcome.seconds)
                return
            await asyncio.sleep(self._pace)

    async def _publish(self, account: str) -> Later | Never | None:
        """Return None when the page is shown."""
        async with self._one_at_a_time[account]:
            try:
                view = self._draw(await self._page(account))
                await ask(self._web, PUBLISH_VIEW, user_id=account, view=view)
            except FAILURES as error:
                outcome = harmless(outcome_of(error))
                log.warning("a page was not published", extra={"why": outcome.why})
                return outcome
            except Exception as error:  # noqa: BLE001 - one page that can't be made keeps nobody else's from being
                log.error("a page was not made", extra=failure(error))
                return Never(type(error).__name__)
        return None

    def _owe(self, accounts: Iterable[str], seconds: float) -> None:
        self._owed |= dict.fromkeys(accounts)
        asyncio.get_running_loop().call_later(seconds, self._woken.set)
