"""The doctor's look at Teams' settings, and, where it is asked to, at Entra and Bot Connector themselves."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence

from bot import slack_settings
from bot.finding import Finding
from bot.settings import Settings, is_loopback
from bot.teams_settings import (
    NAMES,
    NEEDED,
    borders_of,
    is_configured,
    is_guid,
    is_mentioned,
    malformed,
    origins_of,
    value_of,
)
from dialogs.model.borders import is_the_same

WHERE: Mapping[str, str] = {
    "teams_app_id": "App registrations, Overview, Application (client) ID",
    "teams_app_password": "App registrations, Certificates & secrets, Value",
    "teams_tenant": "App registrations, Overview, Directory (tenant) ID",
}


def settings_findings(settings: Settings, say: Callable[[str], str]) -> Iterator[Finding]:
    """Look at what is set. Where nothing is, nobody wants Teams."""
    if not is_mentioned(settings):
        return
    for name in NEEDED:
        if not value_of(settings, name):
            yield Finding("error", "doctor-teams-missing", _about(name))
    for name in malformed(settings):
        if name == "teams_tenants":
            yield Finding("error", "doctor-teams-tenants")
        else:
            yield Finding("error", "doctor-teams-form", _about(name))
    app, tenant = value_of(settings, "teams_app_id"), value_of(settings, "teams_tenant")
    if app and app.lower() == tenant.lower():
        yield Finding("error", "doctor-teams-same")
    if is_guid(value_of(settings, "teams_app_password")):
        yield Finding("error", "doctor-teams-secret-id", _about("teams_app_password"))
    if settings.teams_stand_in:
        yield Finding("warning", "doctor-teams-stand-in")
    if settings.public_url.startswith("http://") and not settings.teams_stand_in:
        yield Finding("warning", "doctor-teams-not-https", {"url": settings.public_url})
    told = slack_settings.is_mentioned(settings)  # then Slack's part has said it
    open_to_others = settings.metrics == "on" and not settings.secret("metrics_token")
    if open_to_others and not is_loopback(settings.host) and not told:
        yield Finding("warning", "doctor-metrics-open", {"host": settings.host})


def organisation_findings(settings: Settings, there: Sequence[str]) -> Iterator[Finding]:
    """Look for the organisations that tenants name among those that are *there*: a slip in a name shuts everybody out."""
    borders = borders_of(settings)
    named = dict.fromkeys(name for names in borders.named.values() for name in names)
    missing = [name for name in named if not any(is_the_same(name, one) for one in there)]
    if not missing:
        return
    args = {"names": ", ".join(missing), "there": ", ".join(there)}
    if there:
        yield Finding("warning", "doctor-teams-organisation-unknown", args)
    else:
        yield Finding("note", "doctor-teams-organisation-new", {"names": args["names"]})


def online_findings(settings: Settings) -> Iterator[Finding]:
    """Ask Entra for the bot's token, and Bot Connector for its keys, as serving does."""
    if is_configured(settings):
        yield from asyncio.run(_asked(settings))


async def _asked(settings: Settings) -> list[Finding]:
    import aiohttp

    from bot.clock import SystemClock
    from bot.teams.credentials import Credentials, NotLetIn
    from bot.teams.keys import Keys, NoKeys, fetch_with
    from dialogs.time import HOME

    origins, clock, found = origins_of(settings), SystemClock(HOME), list[Finding]()
    proxy = None if origins.loopback else settings.proxy_to_the_world()
    async with aiohttp.ClientSession() as connections:
        credentials = Credentials(
            value_of(settings, "teams_app_id"), value_of(settings, "teams_app_password"),
            value_of(settings, "teams_tenant"), connections, clock, login=origins.login, proxy=proxy, ssl=settings.trust(),
        )  # fmt: skip
        try:
            await credentials.token()
        except NotLetIn as refused:
            key = "doctor-teams-refused" if refused.for_good else "doctor-teams-unreachable"
            found.append(Finding("error", key, {**_about("teams_app_password"), "why": refused.why}))
        fetch = fetch_with(connections, origins.may_hold_keys, proxy=proxy, ssl=settings.trust())
        try:
            await Keys(fetch, clock, openid=origins.openid).key("")
        except NoKeys:
            found.append(Finding("error", "doctor-teams-no-keys", {"url": origins.openid}))
    return found or [Finding("note", "doctor-teams-fine", {"tenant": value_of(settings, "teams_tenant")})]


def _about(name: str) -> dict[str, str]:
    return {"name": NAMES[name], "where": WHERE[name]}
