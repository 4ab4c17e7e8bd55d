"""Reads from what went wrong whether Teams has the letter, surely hasn't, can't have it yet, or never will."""

import logging
from collections.abc import Mapping

import aiohttp

from bot.teams.calls import NotAllowed, Refusal
from bot.teams.credentials import NotLetIn
from dialogs.sending import Later, Never, Unknown

PAUSE = 5.0  # seconds, where Teams doesn't say how long
LONG = 300.0  # where somebody has to do something first
AT_MOST = 3600.0

# The answer came before anything was done. 412 is Teams' word for two who wrote at once.
NOT_TAKEN = (412, 429, 503)

# The bot isn't where it would speak, or may not: what leads there leads nowhere any more.
GONE = frozenset(
    {
        "BotDisabledByAdmin", "BotNotInConversationRoster", "BotNotInstalledInTeam", "ConversationBlockedByUser",
        "ConversationNotFound", "ForbiddenOperationException", "MessageWritesBlocked", "NotEnoughPermissions",
    }
)  # fmt: skip

# The person isn't in the tenant any more.
AWAY = frozenset({"MemberNotFoundInConversation", "UserNotFound", "UserNotInTenant"})

log = logging.getLogger(__name__)


def outcome_of(error: BaseException) -> Later | Unknown | Never:
    """Return what *error*, one of ``FAILURES`` or ``NotLetIn``, says of the letter that was on its way."""
    match error:
        case Refusal(status=status, code=code):
            return _refused(status, code, error)
        case NotLetIn(why=why, for_good=for_good):
            log.error("Entra gives the bot no token", extra={"error": why})
            return Later(LONG if for_good else PAUSE, why, everywhere=True)
        case NotAllowed():
            log.error("a letter was to go to a host that isn't allowed")
            return Never("the address is not allowed")
        case aiohttp.ClientHttpProxyError(status=status):
            log.error("the proxy lets nothing through to Teams", extra={"status": status})
            return Later(LONG, f"the proxy answers {status}", everywhere=True)
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError() | aiohttp.InvalidURL():
            # No connection was there to send anything over.
            log.warning("Teams can't be reached", extra={"error": type(error).__name__})
            return Later(PAUSE, type(error).__name__, everywhere=True)
        case _:
            return Unknown(type(error).__name__)


def is_gone(error: BaseException) -> bool:
    """Tell whether the place itself is closed to us, whatever the letter."""
    return isinstance(error, Refusal) and (
        error.status == 404 or (error.status == 403 and error.code in GONE)
    )


def is_away(error: BaseException) -> bool:
    """Tell whether nobody has the account any more that a private chat was to begin with."""
    return isinstance(error, Refusal) and error.status in (403, 404) and error.code in AWAY


def harmless(outcome: Later | Unknown | Never) -> Later | Never:
    """Return the outcome of what can be done twice without harm: then what isn't known is simply tried again."""
    return Later(PAUSE, outcome.why) if isinstance(outcome, Unknown) else outcome


def retry_after(headers: Mapping[str, str], default: float = PAUSE) -> float:
    """Return how many seconds Teams asks for; *default* where it doesn't say, or says nonsense."""
    said = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    try:
        seconds = float(said)
    except ValueError:
        return default
    return min(max(seconds, 0.0), AT_MOST) if seconds == seconds else default  # NaN is nonsense too


def _refused(status: int, code: str, error: Refusal) -> Later | Unknown | Never:
    why = code or f"status {status}"
    if status in NOT_TAKEN:
        return Later(retry_after(error.headers), why)
    if status == 401:
        log.error("Teams refuses the bot's token", extra={"error": why})
        return Later(LONG, why, everywhere=True)
    if 300 <= status < 500 and status != 408:
        return Never(why)
    return Unknown(why)  # 500, 502, 504 and the like: nobody knows how far it came
