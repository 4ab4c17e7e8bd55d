"""The web server over real sockets: fixed answers, nothing leaked, and nobody who stalls is waited for."""

import asyncio
import logging
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.metrics import Metrics
from bot.web import MOST_BYTES, Runner, Unavailable, application, listen

# Real sockets, some of them slow on purpose.
pytestmark = pytest.mark.e2e

HEAD, BODY = 0.6, 0.4  # seconds, in these tests
DOOR = "/door/events"


class Server:
    """What a test may set, and how it speaks with the server."""

    def __init__(self) -> None:
        self.metrics = Metrics()
        self.why = ""
        self.port = 0

    async def why_not_ready(self) -> str:
        return self.why

    async def figures(self) -> str:
        return self.metrics.text()

    async def door(self, request: web.Request) -> web.Response:
        body = await request.read()
        match body:
            case b"bug":
                raise KeyError("hemligt: bug")
            case b"away":
                raise Unavailable
        return web.Response(text=str(len(body)))

    async def sends(self, raw: bytes, seconds: float = 5.0) -> bytes:
        """Send these bytes; return all that comes back until the server hangs up."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(raw)
            async with asyncio.timeout(seconds):
                await writer.drain()
                return await reader.read()
        except ConnectionResetError:
            return b""
        finally:
            writer.close()

    async def asks(
        self, path: str, body: bytes = b"", *, method: str = "", **headers: str
    ) -> tuple[int, bytes]:
        head = {"Host": "x", "Connection": "close", "Content-Length": str(len(body)), **headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        verb = method or ("POST" if body else "GET")
        answer = await self.sends(f"{verb} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body)
        assert b"Python" not in answer
        assert b"aiohttp" not in answer
        told, _, content = answer.partition(b"\r\n\r\n")
        return int(told.split()[1]), content


@asynccontextmanager
async def served(*, figures: bool = True, token: str = ""):
    server = Server()
    app = application(
        why_not_ready=server.why_not_ready,
        figures=server.figures if figures else None,
        figures_token=token,
        metrics=server.metrics,
        routes=[web.post(DOOR, server.door)],
        body_seconds=BODY,
    )
    runner = Runner(app, head_seconds=HEAD)
    server.port = await listen(runner, "127.0.0.1", 0)
    try:
        yield server
    finally:
        await runner.cleanup()


def test_it_says_that_it_lives_and_whether_it_can_take_requests():
    async def act():
        async with served() as server:
            assert await server.asks("/healthz") == (200, b"alive\n")
            assert await server.asks("/readyz") == (200, b"ready\n")
            server.why = "stopping"
            assert await server.asks("/readyz") == (503, b"stopping\n")
            assert await server.asks("/healthz") == (200, b"alive\n")

    asyncio.run(act())


def test_the_figures_are_told_to_whoever_has_the_token():
    async def act():
        async with served(token="t0ken") as server:
            assert (await server.asks("/metrics"))[0] == 401
            assert (await server.asks("/metrics", Authorization="Bearer nej"))[0] == 401
            assert (await server.asks("/metrics", Authorization="Bearer t0ken"))[0] == 200
        async with served(figures=False) as server:
            assert (await server.asks("/metrics"))[0] == 404

    asyncio.run(act())


def test_requests_are_counted_by_route_and_never_by_what_was_asked_for():
    async def act():
        async with served() as server:
            await server.asks(DOOR, b"abc")
            await server.asks("/hemligt?namn=anna")
            return (await server.asks("/metrics"))[1].decode()

    figures = asyncio.run(act())

    assert 'metodcoach_requests_total{route="/door/events",status="200"} 1' in figures
    assert 'metodcoach_requests_total{route="none",status="404"} 1' in figures
    assert "hemligt" not in figures
    assert "anna" not in figures


@pytest.mark.parametrize(
    ("body", "status", "answer"),
    [(b"abc", 200, b"3"), (b"bug", 500, b"error\n"), (b"away", 503, b"not now\n")],
)
def test_a_door_answers_and_its_bugs_are_answered_for_it(body, status, answer, caplog):
    async def act():
        async with served() as server:
            return await server.asks(DOOR, body)

    assert asyncio.run(act()) == (status, answer)
    assert "hemligt" not in caplog.text


def test_what_is_too_large_is_refused():
    async def act():
        async with served() as server:
            assert (await server.asks(DOOR, b"a" * MOST_BYTES))[0] == 200
            return await server.asks(DOOR, b"a" * (MOST_BYTES + 1))

    assert asyncio.run(act()) == (413, b"too large\n")


def test_what_unpacks_to_more_than_that_is_refused():
    from gzip import compress

    async def act():
        async with served() as server:
            return await server.asks(DOOR, compress(b"a" * 50 * MOST_BYTES), **{"Content-Encoding": "gzip"})

    assert asyncio.run(act())[0] == 413


@pytest.mark.parametrize(
    "stalled",
    [
        b"",
        b"GET /hea",
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Hal",
        b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /hea",
        b"POST /door/events HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf",
        b"POST /door/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nha",
    ],
)
def test_whoever_stalls_is_hung_up_on(stalled):
    async def act():
        async with served() as server:
            await server.sends(stalled, HEAD + BODY + 2.0)  # raises TimeoutError where it isn't

    asyncio.run(act())


def test_whoever_drips_is_hung_up_on_as_well():
    async def act():
        async with served() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(b"POST /door/events HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n")

            async def drip():
                while True:
                    writer.write(b"a")
                    await asyncio.sleep(0.05)

            dripping = asyncio.create_task(drip())
            try:
                async with asyncio.timeout(BODY + 3.0):
                    assert (await reader.read(100)).startswith(b"HTTP/1.1 408 ")
            finally:
                dripping.cancel()
                writer.close()

    asyncio.run(act())


@pytest.mark.parametrize(
    "nonsense",
    [
        b"\x16\x03\x01\x02\x00hemligt\r\n\r\n",
        b"hemligt\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /door/events HTTP/1.1\r\nHost: x\r\nContent-Length: hemligt\r\n\r\n",
        b"POST /door/events HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST /door/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nhemligt\r\n",
        b"POST /door/events HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\nhemligt",
        b"GET /healthz HTTP/1.1\r\n" + b"A: b\r\n" * 1000 + b"\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
    ],
)
def test_nonsense_is_refused_in_fixed_words_and_not_logged(nonsense, caplog):
    caplog.set_level(logging.INFO)

    async def act():
        async with served() as server:
            return await server.sends(nonsense)

    answer = asyncio.run(act())

    assert answer.split()[1] == b"400"
    assert answer.endswith(b"bad request\n")
    assert b"Python" not in answer
    assert b"aiohttp" not in answer
    assert b"hemligt" not in answer
    assert caplog.text == ""


def test_a_request_in_hand_is_answered_when_the_server_stops():
    async def act():
        began, go_on = asyncio.Event(), asyncio.Event()

        async def slow(request):
            began.set()
            await go_on.wait()
            return web.Response(text="done")

        async def ready():
            return ""

        app = application(why_not_ready=ready, figures=None, metrics=Metrics(), routes=[web.post(DOOR, slow)])
        runner = Runner(app)
        server = Server()
        server.port = await listen(runner, "127.0.0.1", 0)
        asking = asyncio.create_task(server.asks(DOOR, b"a"))
        await began.wait()
        stopping = asyncio.create_task(runner.cleanup())
        await asyncio.sleep(0.05)
        go_on.set()
        assert await asking == (200, b"done")
        await stopping
        with pytest.raises(ConnectionRefusedError):
            await server.asks("/healthz")

    asyncio.run(act())
