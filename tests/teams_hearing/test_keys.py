"""Keys roll over, hang, lie and go away: what is signed rightly is let in at the next activity, and nobody waits long."""

import asyncio
import json
import time
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web

from bot.metrics import Metrics
from bot.settings import Settings
from bot.slack.door import SlackDoor
from bot.teams.keys import MOST_BYTES, OLD, REST, TOO_OLD, Keys, NoKeys, fetch_with
from bot.web import Runner, application, listen
from content.phrases.book import Phrasebook
from tests.slack import payloads
from tests.slack_hearing import house as slack
from tests.slack_hearing.test_inbound import message
from tests.teams.driver import Place
from tests.teams_hearing.house import ANNA, At, Keyring, acted

HERE = Place(ANNA.private, "personal")


class Server:
    """What keys are fetched from, without a network; it fails, lies or waits where a test says so."""

    def __init__(self, *keys: str) -> None:
        self.identity = Keyring(keys=[*keys])
        self.asked = 0
        self.fails: Exception | None = None
        self.about: object = None
        self.held: object = None
        self.go_on: asyncio.Event | None = None

    async def fetch(self, url: str):
        self.asked += 1
        if self.go_on is not None:
            await self.go_on.wait()
        if self.fails is not None:
            raise self.fails
        if url.endswith("openid"):
            return self.about or {"issuer": "https://api.botframework.com", "jwks_uri": "x/keys"}
        return self.held or self.identity.jwks()

    def keys(self, clock: At) -> Keys:
        return Keys(self.fetch, clock, openid="x/openid")


def test_a_known_key_is_fetched_once():
    async def act():
        server, clock = Server("first"), At()
        keys = server.keys(clock)
        found = [await keys.key("first") for _ in range(5)]
        return server.asked, {one is found[0] for one in found}

    assert asyncio.run(act()) == (2, {True})


def test_however_many_ask_at_once_there_is_one_fetch():
    async def act():
        server, clock = Server("first"), At()
        keys, server.go_on = server.keys(clock), asyncio.Event()
        waiting = [asyncio.create_task(keys.key("first")) for _ in range(50)]
        await asyncio.sleep(0)
        server.go_on.set()
        return all(await asyncio.gather(*waiting)), server.asked

    assert asyncio.run(act()) == (True, 2)


def test_an_unknown_key_is_asked_for_at_most_once_a_minute():
    async def act():
        server, clock = Server("first"), At()
        keys = server.keys(clock)
        await keys.key("first")
        asked = []
        for seconds in (0, 30, 31, 0, 0):
            clock.instant += timedelta(seconds=seconds)
            assert await keys.key("forged") is None
            asked.append(server.asked)
        return asked

    assert asyncio.run(act()) == [2, 2, 4, 4, 4]


def test_what_is_signed_with_a_new_key_is_heard_at_once():
    """After a rollover the very next activity is let in, once the last fetch is a minute old."""

    async def act(house):
        driver = house.driver()
        await driver.write(ANNA, HERE, "ett")
        house.identity.keys = ["second"]
        driver.key = "second"
        house.clock.instant += REST
        await driver.write(ANNA, HERE, "två")
        return [one.status for one in driver.deliveries], len(house.counter.stored)

    assert acted(act) == ([200, 200], 2)


def test_a_key_that_was_taken_back_is_let_in_no_more_after_the_next_fetch():
    async def act():
        server, clock = Server("first"), At()
        keys = server.keys(clock)
        await keys.key("first")
        server.identity.keys = ["second"]
        clock.instant += REST
        assert await keys.key("second") is not None
        return await keys.key("first")

    assert asyncio.run(act()) is None


def test_old_keys_are_fetched_anew_while_they_are_used():
    async def act():
        server, clock = Server("first"), At()
        keys = server.keys(clock)
        await keys.key("first")
        server.go_on = asyncio.Event()
        clock.instant += OLD + timedelta(seconds=1)
        found = await asyncio.wait_for(keys.key("first"), 1)  # nobody waits for the fetch
        await asyncio.sleep(0)
        asked = server.asked
        server.go_on.set()
        await keys.stop()
        return found is not None, asked

    assert asyncio.run(act()) == (True, 3)


@pytest.mark.parametrize("fails", [TimeoutError(), OSError(), ValueError(), aiohttp.ClientConnectionError()])
def test_an_outage_keeps_the_old_keys(fails):
    async def act():
        server, clock = Server("first"), At()
        keys = server.keys(clock)
        await keys.key("first")
        server.fails = fails
        clock.instant += TOO_OLD
        assert await keys.key("first") is not None
        with pytest.raises(NoKeys):  # it may be a new one: nobody can tell, and Teams comes again
            await keys.key("second")
        clock.instant += timedelta(hours=1)
        with pytest.raises(NoKeys):  # for days nobody has said that they still hold
            await keys.key("first")
        server.fails = None
        clock.instant += REST
        return await keys.key("first") is not None

    assert asyncio.run(act())


def test_a_clock_that_was_set_back_does_not_stop_the_fetching():
    async def act():
        server, clock = Server("first"), At()
        keys = server.keys(clock)
        await keys.key("first")
        server.identity.keys = ["second"]
        clock.instant -= timedelta(days=30)
        return await keys.key("second") is not None

    assert asyncio.run(act())


RSA = {"kty": "RSA", "use": "sig", "kid": "first", "n": "AQAB", "e": "AQAB"}


@pytest.mark.parametrize(
    ("about", "held"),
    [
        ({"issuer": "https://evil.example", "jwks_uri": "x/keys"}, None), ({"jwks_uri": "x/keys"}, None), ({"issuer": 7}, None),
        ({"issuer": "https://api.botframework.com"}, None), (None, {"nokeys": 1}), (None, {"keys": 7}), (None, {"keys": ["x"]}),
        (None, {"keys": [{}]}), (None, {"keys": [{"kid": "first"}]}), (None, {"keys": [RSA | {"kty": "oct", "k": "c2VjcmV0"}]}),
        (None, {"keys": [RSA | {"use": "enc"}]}), (None, {"keys": [RSA | {"n": 7}]}), (None, {"keys": [RSA | {"n": "!"}]}),
        (None, {"keys": [RSA | {"n": ""}]}), (None, {"keys": [[]]}), (None, {"keys": None}), (None, {"keys": [RSA | {"e": None}]}),
    ],
)  # fmt: skip
def test_metadata_that_lie_give_no_key(about, held):
    async def act():
        server = Server("first")
        server.about, server.held = about, held
        try:
            return await server.keys(At()).key("first")
        except NoKeys:
            return None

    assert asyncio.run(act()) is None


def test_a_lie_takes_no_key_away():
    async def act():
        server, clock = Server("first"), At()
        keys = server.keys(clock)
        await keys.key("first")
        server.about = {"issuer": "https://evil.example", "jwks_uri": "x/keys"}
        clock.instant += REST
        with pytest.raises(NoKeys):
            await keys.key("second")
        return await keys.key("first") is not None

    assert asyncio.run(act())


@pytest.mark.parametrize(
    "body", [b"", b"no json", b"[]", b"\xff", b'{"a": "' + b"x" * MOST_BYTES + b'"}', b"[" * 100_000]
)  # fmt: skip
def test_what_is_no_small_json_object_is_not_taken(body):
    async def act():
        app = web.Application()

        async def answer(request: web.Request) -> web.Response:
            return web.Response(body=body)

        app.router.add_get("/x", answer)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            async with aiohttp.ClientSession() as session:
                server = fetch_with(session, lambda url: True)
                return await server(f"http://127.0.0.1:{runner.addresses[0][1]}/x")
        finally:
            await runner.cleanup()

    with pytest.raises(ValueError):  # noqa: PT011 - one of several kinds
        asyncio.run(act())


def test_an_address_that_is_not_allowed_is_not_asked():
    async def act():
        async with aiohttp.ClientSession() as session:
            await fetch_with(session, lambda url: False)("http://127.0.0.1:9/")

    with pytest.raises(ValueError, match="nobody"):
        asyncio.run(act())


@pytest.mark.e2e
def test_while_the_key_server_hangs_nothing_else_waits():
    """The health route and Slack are answered meanwhile, over the same loop and server; Teams is told to come again."""

    async def act(house):
        house.identity.hangs = 60
        clock = slack.At()
        counter = slack.Counter()
        web_api = slack.Slack()
        stand_in = web.AppRunner(slack._web_api(web_api), access_log=None)
        await stand_in.setup()
        await web.TCPSite(stand_in, "127.0.0.1", 0).start()
        given = Settings(
            slack_signing_secret=slack.SECRET, slack_bot_token="xoxb-1",
            slack_api_url=f"http://127.0.0.1:{stand_in.addresses[0][1]}/api/",
        )  # fmt: skip
        async with aiohttp.ClientSession() as connections:
            door = SlackDoor(
                given, counter, connections=connections, clock=clock, book=Phrasebook.load(), language="sv"
            )
            await door.start()
            routes = [*house.door.routes(), *door.routes()]
            runner = Runner(
                application(why_not_ready=slack._ready, figures=None, metrics=Metrics(), routes=routes)
            )
            url = f"http://127.0.0.1:{await listen(runner, '127.0.0.1', 0)}"
            driver = house.driver()
            driver.bot = lambda: url
            hanging = asyncio.create_task(driver.once(driver.said(ANNA, HERE, "hej")))
            try:
                while not house.identity.asked or "/openid" not in house.identity.asked:
                    await asyncio.sleep(0.01)
                took = []
                for number in range(10):
                    began = time.monotonic()
                    async with house.client.get(f"{url}/healthz") as alive:
                        assert alive.status == 200
                    said = message(f"<@U0METODCO> nummer {number}")
                    body = json.dumps(payloads.envelope(said, f"Ev{number}", slack.NOW.timestamp())).encode()
                    async with house.client.post(
                        f"{url}/slack/events", data=body, headers=slack.signed(body, clock.now())
                    ) as acknowledged:
                        assert acknowledged.status == 200
                    took.append(time.monotonic() - began)
                assert not hanging.done()
                answer = await hanging
                return max(took), answer, len(house.counter.stored)
            finally:
                await door.stop()
                await runner.cleanup()
                await stand_in.cleanup()

    longest, answer, stored = acted(act)

    assert longest < 1.0
    assert (answer.status, stored) == (503, 0)
    assert answer.seconds < 10, "Teams waits about 15 seconds"
