"""Hears what the gate let in, through bolt: each listener translates, hands in and acknowledges.

Stored, then acknowledged. By itself bolt acknowledges an event before its listener has run; what happens in between is
lost for good. With ``process_before_response`` the answer is what the listener returns, so each listener stores first
and returns 200 only then. What couldn't be stored in time is answered with 503, and Slack delivers an event again; that
it is a retry is never looked at, for a retry may be the first that reaches us. It also spares the hundredth of a second
at which bolt otherwise looks now and then whether somebody has acknowledged.

Bolt gets payloads as objects, since the gate has parsed them: what it knows as the way of Socket Mode.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.begun import Begun
from bot.logs import failure
from bot.slack.acting import Acting, NowhereToAnswer
from bot.slack.calls import Myself
from bot.slack.inbound import heard, is_private, text
from bot.slack.interactions import commanded, kind_of, pressed, submitted
from bot.slack.modal import CALLBACK
from bot.slack.shape import Payload
from dialogs.incoming import Incoming
from dialogs.ports import Clock

IN_TIME = 2.5  # seconds; Slack waits 3 for an answer, and some of them are spent on the way
EVERYTHING = re.compile("")

Problems = Mapping[str, str] | None
ShowHome = Callable[[str], Coroutine[Any, Any, None]]

log = logging.getLogger(__name__)

# Bolt writes whole payloads to its log, at debug and where it can't make sense of one. What it can't, we say ourselves.
_quiet = logging.getLogger("bot.slack.bolt")
_quiet.setLevel(logging.CRITICAL)


class _Known(AsyncAuthorize):
    """Says who we are, as it was learnt at the start: bolt would ask Slack while Slack waits for an answer."""

    def __init__(self, us: Myself) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._result = AuthorizeResult(
            enterprise_id=None, team_id=us.team, bot_id=us.bot, bot_user_id=us.user
        )

    async def __call__(self, **asked: Any) -> AuthorizeResult:
        return self._result


class Listeners:
    """One for each door: bolt's app, with all that is listened for."""

    def __init__(
        self,
        web: AsyncWebClient,
        us: Myself,
        acting: Acting,
        clock: Clock,
        show_home: ShowHome,
    ) -> None:
        self._us = us
        self._acting = acting
        self._clock = clock
        self._show_home = show_home
        self._begun = Begun()
        self.app = self._app(web)

    async def dispatch(self, payload: Payload) -> BoltResponse:
        """Return bolt's answer to a payload that the gate let in, or that came over our own socket.

        What is none of ours is left alone, and said to be done: an answer of 404 counts as a failed delivery, and too
        many of those end all events. Bolt would look for more in some of these kinds than they hold.
        """
        if kind_of(payload) == "other":
            return _done()
        try:
            request = AsyncBoltRequest(body=dict(payload), mode="socket_mode")
        except Exception as error:  # noqa: BLE001 - bolt looks for ids in places where this payload has none
            log.warning("bolt makes nothing of a payload", extra=failure(error))
            return BoltResponse(status=400, body="bad request")
        return await self.app.async_dispatch(request)

    async def finish(self, seconds: float) -> None:
        await self._begun.finish(seconds)

    # ------------------------------------------------------------------------------------------ listeners

    async def _event(self, body: dict[str, Any]) -> BoltResponse:
        event = body["event"]
        if event["type"] == "app_home_opened":
            return self._home_opened(text(event, "user"), text(event, "channel"), text(event, "tab"))
        incoming = heard(body, self._us, self._clock.now())
        return await self._answer(self._in_time(incoming)) if incoming is not None else _done()

    async def _in_time(self, incoming: Incoming) -> None:
        """Hear it, or leave it when it takes too long: an event comes again, and is stored whole or not at all."""
        async with asyncio.timeout(IN_TIME):
            await self._acting.hear(incoming)

    def _home_opened(self, account: str, room: str, tab: str) -> BoltResponse:
        """Show the home. Nothing is stored: it can be opened again."""
        if is_private(room):
            self._acting.is_at(account, room)
        if account and tab == "home":
            self._begun.later(self._show_home(account))
        return _done()

    async def _pressed(self, body: dict[str, Any]) -> BoltResponse:
        act = pressed(body, self._us, self._clock.now())
        return await self._answer(self._finished(self._acting.press(act))) if act is not None else _done()

    async def _submitted(self, body: dict[str, Any]) -> BoltResponse:
        incoming = submitted(body, self._us, self._clock.now())
        return (
            await self._answer(self._finished(self._acting.submit(incoming)))
            if incoming is not None
            else _done()
        )

    async def _commanded(self, body: dict[str, Any]) -> BoltResponse:
        act = commanded(body, self._us, self._clock.now())
        return await self._answer(self._finished(self._acting.command(act))) if act is not None else _done()

    def _finished(self, act: Coroutine[Any, Any, Problems]) -> Coroutine[Any, Any, Problems]:
        """Act, and to the end though Slack may be answered before: what somebody pressed doesn't come again."""
        return self._begun.within(IN_TIME, act)

    async def _answer(self, act: Coroutine[Any, Any, Problems]) -> BoltResponse:
        try:
            problems = await act
        except TimeoutError:
            log.warning("nothing could be stored in time")
        except NowhereToAnswer:
            log.warning("somebody acts in App Home, and no private room with them can be opened")
        except Exception as error:  # noqa: BLE001 - whatever it was, it isn't stored: Slack is told so
            log.error("what Slack brought was not stored", extra=failure(error))
        else:
            return _done({"response_action": "errors", "errors": dict(problems)}) if problems else _done()
        return BoltResponse(status=503, body="not stored")

    # ------------------------------------------------------------------------------------------ bolt

    def _app(self, web: AsyncWebClient) -> AsyncApp:
        app = AsyncApp(
            name="metodcoach",
            logger=_quiet,
            client=_without_token(web),
            authorize=_Known(self._us),
            process_before_response=True,
            raise_error_for_unhandled_request=True,
            # What the gate and `inbound` do.
            request_verification_enabled=False,
            ssl_check_enabled=False,
            url_verification_enabled=False,
            ignoring_self_events_enabled=False,
            # What nobody here uses.
            attaching_function_token_enabled=False,
            attaching_conversation_kwargs_enabled=False,
        )
        app.event(EVERYTHING)(self._event)
        app.action(EVERYTHING)(self._pressed)
        app.view_submission(CALLBACK)(self._submitted)
        app.command(EVERYTHING)(self._commanded)
        app.error(self._unheard)
        return app

    async def _unheard(self, error: Exception) -> BoltResponse:
        if isinstance(error, BoltUnhandledRequestError):
            return _done()  # a form of nobody here
        log.error("a listener failed", extra=failure(error))
        return BoltResponse(status=503, body="not stored")


def _done(body: Mapping[str, Any] | str = "") -> BoltResponse:
    return BoltResponse(status=200, body=dict(body) if isinstance(body, Mapping) else body)


def _without_token(web: AsyncWebClient) -> AsyncWebClient:
    """Return a client for bolt, which makes one for each request and has no use for any: we call Slack ourselves."""
    return AsyncWebClient(base_url=web.base_url, session=web.session, retry_handlers=[], logger=_quiet)
