"""Asks Slack who its accounts belong to: name, address, language, zone, and whether they are guests or gone."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.calls import FAILURES, USERS_INFO, ask, refusal
from dialogs.incoming import Profile

AT_ONCE = 4
PATIENCE = 4.0  # seconds for all of them: a turn waits for this

log = logging.getLogger(__name__)


async def profiles(
    web: AsyncWebClient, accounts: Iterable[str], *, tenant: str, patience: float = PATIENCE
) -> Mapping[str, Profile]:
    """Return by account what Slack tells in time; who is missing can be asked about another day."""
    gate = asyncio.Semaphore(AT_ONCE)
    tasks = {
        account: asyncio.create_task(_profile(web, account, tenant, gate))
        for account in dict.fromkeys(accounts)
    }
    if not tasks:
        return {}
    _, late = await asyncio.wait(tasks.values(), timeout=patience)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    if late:
        log.warning("Slack was slow to say who people are", extra={"missing": len(late)})
    told = {account: task.result() for account, task in tasks.items() if task not in late}
    return {account: profile for account, profile in told.items() if profile is not None}


async def _profile(web: AsyncWebClient, account: str, tenant: str, gate: asyncio.Semaphore) -> Profile | None:
    async with gate:
        try:
            answer = await ask(web, USERS_INFO, user=account, include_locale=True)
        except FAILURES as error:
            log.info("Slack doesn't say who it is", extra={"error": refusal(error) or type(error).__name__})
            return None
    user = answer.get("user")
    return profile_of(user, tenant) if isinstance(user, dict) else None


def profile_of(user: Mapping[str, Any], tenant: str) -> Profile:
    """Return the profile in one of Slack's user objects; *tenant* is our own workspace."""
    shown = user.get("profile") or {}
    ours = _of_our_team(user, tenant)
    named = (shown.get("real_name"), user.get("real_name"), shown.get("display_name"), user.get("name"))
    return Profile(
        name=next((str(name).strip() for name in named if name and str(name).strip()), ""),
        # Another organisation's word for whose address it is binds nobody here.
        email=str(shown.get("email") or "") if ours and user.get("is_email_confirmed", True) else "",
        language=_language(user.get("locale")),
        zone=_zone(user.get("tz")),
        guest=not ours or any(user.get(kind) for kind in ("is_restricted", "is_ultra_restricted")),
        active=not user.get("deleted") and not user.get("is_bot"),
    )


def _of_our_team(user: Mapping[str, Any], tenant: str) -> bool:
    if user.get("is_stranger"):
        return False
    teams = (user.get("enterprise_user") or {}).get("teams") or ()
    return user.get("team_id", tenant) == tenant or tenant in teams


def _language(locale: Any) -> str:
    spoken = str(locale or "").partition("-")[0].lower()
    return spoken if spoken in ("sv", "en") else ""


def _zone(name: Any) -> str:
    try:
        return ZoneInfo(str(name)).key if name else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""
