"""Reads from what went wrong whether Slack has the letter, surely hasn't, can't have it yet, or never will."""

import logging
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.slack.calls import refusal
from dialogs.sending import Later, Never, Unknown

PAUSE = 5.0  # where Slack doesn't say how long
LONG = 300.0  # where somebody has to do something first
AT_MOST = 3600.0

# The token or the app is set up wrongly. Letters wait for whoever looks after it; none is given up.
SET_UP_WRONGLY = frozenset(
    {
        "access_denied", "accesslimited", "account_inactive", "app_not_installed", "enterprise_is_restricted",
        "invalid_auth", "missing_scope", "not_allowed_token_type", "not_authed", "org_login_required",
        "team_access_not_granted", "token_expired", "token_revoked", "two_factor_setup_required",
    }
)  # fmt: skip

# It was not taken, and may be later: how long to wait, and whether that holds for all rooms.
NOT_NOW: Mapping[str, tuple[float, bool]] = {
    "ekm_access_denied": (LONG, False),
    "external_channel_migrating": (LONG, False),
    "message_limit_exceeded": (LONG, True),
    "messages_tab_disabled": (LONG, False),
    "rate_limited": (PAUSE, False),
    "ratelimited": (PAUSE, False),
    "request_timeout": (PAUSE, False),  # what was posted came in halves
    "service_unavailable": (30.0, True),
    "streaming_state_conflict": (PAUSE, False),
    "team_added_to_org": (LONG, True),
    "update_failed": (PAUSE, False),
}

# Slack says of these that part of what was asked may have happened.
PERHAPS_DONE = frozenset({"fatal_error", "internal_error"})

# The room or the person is gone, or Slack refuses this very letter. Any word that isn't known counts as one of these:
# what isn't taken is listed with Slack's word for it, and holds up nobody else.
FOR_EVER = frozenset(
    {
        "as_user_not_supported", "cannot_dm_bot", "cannot_reply_to_message", "cant_update_message",
        "channel_is_limited_access", "channel_not_found", "edit_window_closed", "invalid_arguments",
        "invalid_blocks", "invalid_blocks_format", "invalid_metadata_format",
        "invalid_metadata_schema", "invalid_user_combination", "is_archived", "is_inactive", "message_not_found",
        "metadata_too_large", "method_not_supported_for_channel_type", "msg_blocks_too_long", "msg_too_long",
        "no_permission", "no_text", "not_enough_users", "not_in_channel", "restricted_action",
        "restricted_action_non_threadable_channel", "restricted_action_read_only_channel",
        "restricted_action_thread_locked", "restricted_action_thread_only_channel", "team_not_found", "thread_not_found",
        "too_many_attachments", "too_many_contact_cards", "user_disabled", "user_not_found", "user_not_in_channel",
        "user_not_visible", "users_not_found",
    }
)  # fmt: skip

log = logging.getLogger(__name__)


def outcome_of(error: BaseException) -> Later | Unknown | Never:
    """Return what *error*, one of ``FAILURES``, says of the letter that was on its way."""
    word = refusal(error)
    if word:
        return _refused(word, error)
    if isinstance(error, SlackApiError):
        return _without_a_word(_status(error), error)
    if isinstance(error, aiohttp.ClientHttpProxyError):
        log.error("the proxy lets nothing through to Slack", extra={"status": error.status})
        return Later(LONG, f"the proxy answers {error.status}", everywhere=True)
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError | aiohttp.InvalidURL):
        # No connection was there to send anything over.
        log.warning("Slack can't be reached", extra={"error": type(error).__name__})
        return Later(PAUSE, type(error).__name__, everywhere=True)
    return Unknown(type(error).__name__)


def harmless(outcome: Later | Unknown | Never) -> Later | Never:
    """Return the outcome of what can be done twice without harm: then what isn't known is simply tried again."""
    return Later(PAUSE, outcome.why) if isinstance(outcome, Unknown) else outcome


def retry_after(headers: Mapping[str, Any] | None, default: float = PAUSE) -> float:
    """Return how many seconds Slack asks for; *default* where it doesn't say, or says nonsense."""
    said = next((value for name, value in (headers or {}).items() if str(name).lower() == "retry-after"), "")
    try:
        seconds = float(said)
    except (TypeError, ValueError):
        return default
    return min(max(seconds, 1.0), AT_MOST) if seconds >= 0 else default  # "nan" is neither


def _refused(word: str, error: BaseException) -> Later | Unknown | Never:
    if word in SET_UP_WRONGLY:
        log.error("Slack refuses the app", extra={"error": word, "needed": _needed(error)})
        return Later(LONG, word, everywhere=True)
    if word in NOT_NOW:
        seconds, everywhere = NOT_NOW[word]
        return Later(retry_after(_headers(error), seconds), word, everywhere)
    if word in PERHAPS_DONE:
        return Unknown(word)
    if word not in FOR_EVER:
        log.warning("Slack refuses with a word that isn't known", extra={"error": word})
    return Never(word)


def _without_a_word(status: int, error: SlackApiError) -> Later | Unknown | Never:
    """Judge an answer that isn't Slack's own: from a proxy, a gateway, or half of one."""
    why = f"status {status}"
    if status == 429:
        return Later(retry_after(_headers(error)), "ratelimited")
    if status == 413:
        return Never(why)
    if 400 <= status < 500 and status != 408:
        log.error("what answers in Slack's place refuses", extra={"status": status})
        return Later(LONG, why, everywhere=True)
    return Unknown(why)


def _status(error: SlackApiError) -> int:
    """Return the status; the SDK hands on aiohttp's own response when it couldn't read the body."""
    response = error.response
    return int(getattr(response, "status_code", None) or getattr(response, "status", None) or 0)


def _headers(error: BaseException) -> Mapping[str, Any] | None:
    return getattr(getattr(error, "response", None), "headers", None)


def _needed(error: BaseException) -> str:
    answer = getattr(getattr(error, "response", None), "data", None)
    return str(answer.get("needed", "")) if isinstance(answer, dict) else ""
