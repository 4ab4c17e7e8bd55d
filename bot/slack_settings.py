"""Which of Slack's settings are there, which are missing, and which can't be what they are called."""

import re
from collections.abc import Iterator, Mapping

from bot.settings import Settings

NAMES: Mapping[str, str] = {
    "slack_bot_token": "METODCOACH_SLACK_BOT_TOKEN",
    "slack_signing_secret": "METODCOACH_SLACK_SIGNING_SECRET",
    "slack_app_token": "METODCOACH_SLACK_APP_TOKEN",
}
_FORMS: Mapping[str, re.Pattern[str]] = {
    "slack_bot_token": re.compile(r"xoxb-\S+"),
    "slack_signing_secret": re.compile(r"[0-9a-f]{32}"),
    "slack_app_token": re.compile(r"xapp-\S+"),
}


def is_mentioned(settings: Settings) -> bool:
    """Whether anything at all is set for Slack."""
    return any(settings.secret(name) for name in NAMES)


def is_configured(settings: Settings) -> bool:
    return not missing(settings)


def missing(settings: Settings) -> tuple[str, ...]:
    """Return the settings that Slack's door needs and hasn't: the bot's token, and one of two ways to be heard."""
    lacks = [] if settings.secret("slack_bot_token") else [NAMES["slack_bot_token"]]
    if not settings.secret("slack_signing_secret") and not settings.secret("slack_app_token"):
        lacks.append(NAMES["slack_signing_secret"])
    return tuple(lacks)


def malformed(settings: Settings) -> Iterator[str]:
    """Yield those that are set to something that Slack gives nobody under that name."""
    for name, form in _FORMS.items():
        value = settings.secret(name)
        if value and not form.fullmatch(value):
            yield name
