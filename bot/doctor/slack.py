"""The doctor's look at Slack's settings, and, where it is asked to, at Slack itself."""

import asyncio
import stat
from collections.abc import Callable, Iterator, Mapping
from email.utils import parsedate_to_datetime

from bot.finding import Finding
from bot.settings import SLACK_HOSTS, Settings, is_loopback
from bot.slack_settings import NAMES, is_mentioned, malformed

WHERE: Mapping[str, str] = {
    "slack_bot_token": "OAuth & Permissions, Bot User OAuth Token",
    "slack_signing_secret": "Basic Information, Signing Secret",
    "slack_app_token": "Basic Information, App-Level Tokens",
}
# What hearing needs; what speaking needs, each method of the Web API says.
HEARING = frozenset(
    {
        "app_mentions:read", "channels:history", "channels:read", "commands", "files:read", "groups:history", "groups:read",
        "im:history", "mpim:history", "users:read",
    }
)  # fmt: skip
CLOCK_OFF, CLOCK_WRONG = 60, 300  # seconds; Slack's signatures are refused after the latter


def settings_findings(settings: Settings, say: Callable[[str], str]) -> Iterator[Finding]:
    """Look at what is set. Where nothing is, nobody wants Slack."""
    for path in settings.secret_files():
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield Finding("warning", "doctor-secret", {"path": path})
    if not is_mentioned(settings):
        return
    if not settings.secret("slack_bot_token"):
        yield Finding("error", "doctor-slack-missing", _about("slack_bot_token"))
    if not settings.secret("slack_signing_secret") and not settings.secret("slack_app_token"):
        yield Finding("error", "doctor-slack-no-way-in")
    for name in malformed(settings):
        looks = say(f"doctor-slack-looks-like-{name.removeprefix('slack_').replace('_', '-')}")
        yield Finding("error", "doctor-slack-form", {**_about(name), "looks": looks})
    if not any(f"//{host}/" in settings.slack_api_url for host in SLACK_HOSTS):
        yield Finding("warning", "doctor-stand-in")
    if settings.metrics == "on" and not settings.secret("metrics_token") and not is_loopback(settings.host):
        yield Finding("warning", "doctor-metrics-open", {"host": settings.host})


def online_findings(settings: Settings) -> Iterator[Finding]:
    """Ask Slack whether it lets us in, what we may do there, and what time it is."""
    if settings.secret("slack_bot_token"):
        yield from asyncio.run(_asked(settings))


async def _asked(settings: Settings) -> list[Finding]:
    from bot.slack.calls import FAILURES, open_connections, refusal, web_client

    async with open_connections() as connections:
        web = web_client(settings.secret("slack_bot_token"), connections, base_url=settings.slack_api_url)
        web.proxy = settings.outgoing_proxy()
        web.ssl = settings.trust()
        name = "slack_bot_token"
        found: list[Finding] = []
        try:
            answer = await web.api_call("auth.test")
            headers = {key.lower(): value for key, value in answer.headers.items()}
            found += [*_scopes(headers), *_clock(headers)]
            found.append(Finding("note", "doctor-slack-fine", {"team": answer.get("team") or "?"}))
            if app_token := settings.secret("slack_app_token"):
                name = "slack_app_token"
                await web.apps_connections_open(app_token=app_token)
        except FAILURES as error:
            if why := refusal(error):
                found.append(Finding("error", "doctor-slack-refused", {**_about(name), "why": why}))
            else:
                found.append(Finding("error", "doctor-slack-unreachable", {"error": type(error).__name__}))
        return found


def _scopes(headers: Mapping[str, str]) -> Iterator[Finding]:
    if "x-oauth-scopes" not in headers:
        return
    given = {scope.strip() for scope in headers["x-oauth-scopes"].split(",")}
    if lacks := sorted(needed_scopes() - given):
        yield Finding("error", "doctor-slack-scopes", {"scopes": ", ".join(lacks)})


def needed_scopes() -> frozenset[str]:
    from bot.slack.calls import METHODS

    return HEARING.union(*(method.scopes for method in METHODS))


def _clock(headers: Mapping[str, str]) -> Iterator[Finding]:
    from bot.clock import SystemClock
    from dialogs.time import HOME

    try:
        theirs = parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return
    seconds = round(abs((SystemClock(HOME).now() - theirs).total_seconds()))
    if seconds > CLOCK_OFF:
        yield Finding(
            "error" if seconds >= CLOCK_WRONG else "warning", "doctor-slack-clock", {"seconds": seconds}
        )


def _about(name: str) -> dict[str, str]:
    return {"name": NAMES[name], "where": WHERE[name]}
