"""The web server's own part: health, readiness and metrics, and what holds for every request, whichever door it is for.

aiohttp waits for ever for the second half of a request and answers errors in its own words. Here whoever stalls is
hung up on, answers are short and fixed, and nothing of a request is logged.
"""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Iterable
from time import perf_counter

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from aiohttp.web_protocol import RequestHandler

from bot.logs import failure
from bot.metrics import ERRORS, REQUEST_SECONDS, REQUESTS, Metrics

MOST_BYTES = 1024 * 1024
HEAD_SECONDS = 20.0  # for a request's head, and for a connection without one: it is closed then
BODY_SECONDS = 10.0
FINISH_SECONDS = 5.0  # for answers in hand when the server stops

log = logging.getLogger(__name__)


class Unavailable(Exception):  # noqa: N818 - an answer: 503, come again
    """The program can't take this in just now."""


def application(
    *,
    why_not_ready: Callable[[], Awaitable[str]],
    figures: Callable[[], Awaitable[str]] | None,
    figures_token: str = "",
    metrics: Metrics,
    routes: Iterable[web.RouteDef] = (),
    unavailable: tuple[type[Exception], ...] = (Unavailable,),
    body_seconds: float = BODY_SECONDS,
) -> web.Application:
    """Return what answers: the doors' *routes* and our own.

    *why_not_ready* says in a word why requests can't be taken just now, "" when they can; *figures* returns the
    metrics, None where they are off. What is *unavailable* and raised by a door becomes 503.
    """

    async def alive(request: web.Request) -> web.Response:
        return _plain(200, "alive")

    async def ready(request: web.Request) -> web.Response:
        why = await why_not_ready()
        return _plain(503, why) if why else _plain(200, "ready")

    async def tell(request: web.Request) -> web.Response:
        if figures is None:
            return _plain(404)
        given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode("utf-8", "replace")
        if figures_token and not hmac.compare_digest(given, figures_token.encode()):
            return _plain(401)
        return web.Response(text=await figures(), content_type="text/plain", charset="utf-8")

    app = web.Application(
        client_max_size=MOST_BYTES,
        middlewares=[_counted(metrics), _answered(metrics, unavailable, body_seconds)],
    )
    app.router.add_get("/healthz", alive)
    app.router.add_get("/readyz", ready)
    app.router.add_get("/metrics", tell)
    app.add_routes(routes)
    app.on_response_prepare.append(_bare)
    return app


def _counted(metrics: Metrics) -> Middleware:
    """Count and time what goes to doors, by route: any other path is the sender's own words."""

    @web.middleware
    async def counted(request: web.Request, handler: Handler) -> web.StreamResponse:
        began = perf_counter()
        response = await handler(request)
        resource = request.match_info.route.resource
        route = resource.canonical if resource is not None else "none"
        if route not in ("/healthz", "/readyz", "/metrics"):
            metrics.count(REQUESTS, route=route, status=str(response.status))
            metrics.took(REQUEST_SECONDS, perf_counter() - began, route=route)
        return response

    return counted


def _answered(metrics: Metrics, unavailable: tuple[type[Exception], ...], body_seconds: float) -> Middleware:
    """Read the body within its time, and answer whatever goes wrong with a number and fixed words."""

    @web.middleware
    async def answered(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            # It is kept: a door that reads it gets the same bytes.
            if request.content.is_eof():  # it came together with its head
                await request.read()
            else:
                async with asyncio.timeout(body_seconds):
                    await request.read()
        except TimeoutError:
            return _last(_plain(408))
        except web.HTTPRequestEntityTooLarge:
            return _last(_plain(413))
        except Exception:  # noqa: BLE001 - hung up, or not what its head says, or no such compression
            return _last(_plain(400))
        try:
            return await handler(request)
        except web.HTTPException as refused:
            return _plain(refused.status)
        except unavailable:
            return _plain(503)
        except Exception as error:  # noqa: BLE001 - the program's bug, told without the request's words
            metrics.count(ERRORS, where="web")
            log.error("request failed", extra=failure(error))
            return _plain(500)

    return answered


def _plain(status: int, text: str = "") -> web.Response:
    return web.Response(status=status, text=f"{text or _WORDS.get(status, 'no')}\n")


_WORDS = {
    400: "bad request", 401: "unauthorized", 404: "not found", 405: "method not allowed", 408: "too slow",
    413: "too large", 500: "error", 503: "not now",
}  # fmt: skip


def _last(response: web.Response) -> web.Response:
    response.force_close()
    return response


async def _bare(request: web.BaseRequest, response: web.StreamResponse) -> None:
    response.headers.popall("Server", None)
    response.headers["Cache-Control"] = "no-store"


# ---------------------------------------------------------------------------------------------------- the server


class _Connection(RequestHandler):
    """One connection. What is no request at all is answered with fixed words, and not logged."""

    __slots__ = ()

    def log_exception(self, *args: object, **kw: object) -> None: ...

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        response = _plain(status)
        response.headers["Server"] = "metodcoach"  # without one aiohttp writes its own, and Python's version
        return _last(response)


class _Connections(web.Server):
    def __call__(self) -> RequestHandler:
        return _Connection(self, loop=self._loop, **self._kwargs)


class Runner(web.AppRunner):
    """Serves an application with our connections. *head_seconds* is also how long an idle connection stays open."""

    __slots__ = ("_head_seconds",)

    def __init__(self, app: web.Application, *, head_seconds: float = HEAD_SECONDS) -> None:
        super().__init__(app, shutdown_timeout=FINISH_SECONDS)
        self._head_seconds = head_seconds

    async def _make_server(self) -> web.Server:
        usual = await super()._make_server()
        return _Connections(
            usual.request_handler,
            request_factory=usual.request_factory,
            loop=asyncio.get_running_loop(),
            keepalive_timeout=self._head_seconds,
            lingering_time=1.0,
            access_log=None,
        )


async def listen(runner: Runner, host: str, port: int) -> int:
    """Begin to serve; return the port, which the system has chosen where *port* is 0."""
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    taken: int = runner.addresses[0][1]
    return taken
