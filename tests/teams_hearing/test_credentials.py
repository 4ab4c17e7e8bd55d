"""The bot's token: asked for once however many need it, anew in time, and nobody waits for it who needn't."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.ids import RandomIds
from bot.serving import Shut
from bot.settings import Settings
from bot.teams.credentials import EARLY, Credentials, NotLetIn
from bot.teams.outcomes import outcome_of
from bot.teams_serving import Teams
from content.phrases.book import Phrasebook
from dialogs.sending import Later
from tests.teams.identity import APP, PASSWORD, TENANT, Identity
from tests.teams_hearing.house import At, Counter

Done = Any


def asked(
    act: Callable[[Credentials, Identity, At], Awaitable[Done]],
    password: str = PASSWORD,
    tenant: str = TENANT,
) -> Done:
    """Return what *act* comes to, with an Entra that answers on this machine."""

    async def run() -> Done:
        identity, clock = Identity(), At()
        async with served(identity.routes()) as base, aiohttp.ClientSession() as session:
            return await act(
                Credentials(APP, password, tenant, session, clock, login=f"{base}/login"), identity, clock
            )

    return asyncio.run(run())


class served:  # noqa: N801 - a context, as the functions are
    def __init__(self, routes: list[web.RouteDef]) -> None:
        app = web.Application()
        app.add_routes(routes)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    async def __aenter__(self) -> str:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()


def test_however_many_need_a_token_entra_is_asked_once():
    async def act(credentials, identity, clock):
        found = await asyncio.gather(*(credentials.token() for _ in range(200)))
        return set(found), identity.tokens

    assert asked(act) == ({"token-1"}, 1)


def test_a_token_is_kept_until_shortly_before_its_end():
    async def act(credentials, identity, clock):
        seen = [await credentials.token()]
        for wait in (timedelta(hours=1) - EARLY - timedelta(seconds=1), timedelta(seconds=1)):
            clock.instant += wait
            seen.append(await credentials.token())
        return seen

    assert asked(act) == ["token-1", "token-1", "token-2"]


def test_a_token_that_the_connector_refused_is_asked_for_anew():
    async def act(credentials, identity, clock):
        first = await credentials.token()
        credentials.forget()
        return first, await credentials.token()

    assert asked(act) == ("token-1", "token-2")


def test_whoever_gives_up_takes_the_answer_from_nobody():
    async def act(credentials, identity, clock):
        identity.hangs = 0.2
        impatient, patient = (
            asyncio.create_task(credentials.token()),
            asyncio.create_task(credentials.token()),
        )
        await asyncio.sleep(0.05)
        impatient.cancel()
        return await patient, identity.tokens

    assert asked(act) == ("token-1", 1)


@pytest.mark.parametrize("word", ["invalid_client", "unauthorized_client", "invalid_request"])
def test_a_refusal_is_for_good_and_says_why(word):
    async def act(credentials, identity, clock):
        identity.refuses = word
        with pytest.raises(NotLetIn) as refused:
            await credentials.token()
        return refused.value.why, refused.value.for_good

    assert asked(act) == (word, True)


def test_a_wrong_password_and_a_wrong_tenant_are_refused_for_good():
    async def act(credentials, identity, clock):
        with pytest.raises(NotLetIn) as refused:
            await credentials.token()
        return refused.value.for_good

    assert asked(act, password="wrong")
    assert asked(act, tenant="99999999-bbbb-cccc-dddd-eeeeeeeeeeee")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b""), (503, b"{}"), (200, b"no json"), (200, b"{}"), (200, b"[]"), (429, b'{"error": "throttled"}'),
        (200, b'{"access_token": "", "expires_in": 3600}'), (200, b'{"access_token": 7, "expires_in": 3600}'),
        (302, b""), (200, b"[" * 90_000), (200, b'{"access_token": "x"}'),
    ],
)  # fmt: skip
def test_what_is_no_token_is_an_outage(status, body):
    async def run():
        async def answer(request: web.Request) -> web.Response:
            return web.Response(
                status=status, body=body, headers={"Location": "/elsewhere"} if status == 302 else {}
            )

        async with (
            served([web.post("/login/{tenant}/oauth2/v2.0/token", answer)]) as base,
            aiohttp.ClientSession() as session,
        ):
            with pytest.raises(NotLetIn) as refused:
                await Credentials(APP, PASSWORD, TENANT, session, At(), login=f"{base}/login").token()
            return refused.value

    found = asyncio.run(run())

    assert not found.for_good
    assert isinstance(outcome_of(found), Later)


def test_an_outage_is_over_when_it_is():
    async def act(credentials, identity, clock):
        identity.status = 503
        with pytest.raises(NotLetIn):
            await credentials.token()
        identity.status = 200
        return await credentials.token()

    assert asked(act) == "token-2"


def test_nobody_who_can_be_reached_is_an_outage():
    async def run():
        async with aiohttp.ClientSession() as session:
            with pytest.raises(NotLetIn) as refused:
                await Credentials(APP, PASSWORD, TENANT, session, At(), login="http://127.0.0.1:9").token()
            return refused.value.for_good

    assert asyncio.run(run()) is False


def test_nothing_prints_the_password():
    async def act(credentials, identity, clock):
        identity.refuses = "invalid_client"
        try:
            await credentials.token()
        except NotLetIn as refused:
            return f"{refused!r} {refused} {credentials!r}"

    assert PASSWORD not in asked(act)


@pytest.mark.e2e
def test_while_entra_hangs_nobody_else_waits():
    async def act(credentials, identity, clock):
        identity.hangs = 30
        waiting = asyncio.create_task(credentials.token())
        loop = asyncio.get_running_loop()
        longest = 0.0
        for _ in range(50):
            began = loop.time()
            await asyncio.sleep(0.01)
            longest = max(longest, loop.time() - began)
        still = not waiting.done()
        waiting.cancel()
        return still, longest < 0.5

    assert asked(act) == (True, True)


# ---------------------------------------------------------------------------------------------- at the start


def start(word: str) -> None:
    """Start the door as `serve` does, before an Entra that refuses in that word, or that is away."""

    async def run() -> None:
        identity = Identity(refuses=word)
        if not word:
            identity.status = 503
        async with served(identity.routes()) as base, aiohttp.ClientSession() as session:
            settings = Settings(
                teams_app_id=APP, teams_app_password=PASSWORD, teams_tenant=TENANT, teams_stand_in=base
            )
            door = Teams(settings, Counter(lambda: None), connections=session, clock=At(), ids=RandomIds(),
                         book=Phrasebook.load(), language="sv")  # type: ignore[arg-type,return-value] # fmt: skip
            await door.start()

    asyncio.run(run())


def test_a_refusal_for_good_shuts_the_door_at_the_start():
    with pytest.raises(Shut) as shut:
        start("invalid_client")

    assert (shut.value.setting, shut.value.why) == ("teams_app_password", "invalid_client")


def test_an_outage_at_the_start_can_be_waited_out():
    with pytest.raises(NotLetIn) as away:
        start("")

    assert not away.value.for_good
