"""Writes the app package that is uploaded to Teams: manifest, its languages, and two icons, in a zip.

Source: https://learn.microsoft.com/microsoftteams/platform/resources/schema/manifest-schema
"""

import json
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.teams.icons import ACCENT, color_icon, outline_icon

MANIFEST_VERSION = "1.19"
SCHEMA = (
    f"https://developer.microsoft.com/en-us/json-schemas/teams/v{MANIFEST_VERSION}/MicrosoftTeams.schema.json"
)
LANGUAGES_SCHEMA = SCHEMA.replace("MicrosoftTeams.schema", "MicrosoftTeams.Localization.schema")
SCOPES = ("team", "groupChat", "personal")
# Without them only mentions reach the coach, and everything can be done by mentions and buttons all the same.
READS = ("ChannelMessage.Read.Group", "ChatMessage.Read.Chat")
COMMANDS = ("start", "status", "mine", "calendar", "help")
WRITTEN = (1980, 1, 1, 0, 0, 0)  # the first day that a zip knows: the same package is the same bytes

Text = Callable[[str, str], str]
"""(a phrase's key, a language) -> its text."""


def files(app: str, site: str, version: str, text: Text) -> Mapping[str, bytes]:
    """Return the package's files by name. *app* is the bot's id, *site* the organisation's page that people may ask."""
    return {
        "manifest.json": _json(manifest(app, site, version, text)),
        "en.json": _json(english(text)),
        "color.png": color_icon(),
        "outline.png": outline_icon(),
    }


def package(app: str, site: str, version: str, text: Text) -> bytes:
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as zipped:
        for name, data in files(app, site, version, text).items():
            zipped.writestr(ZipInfo(name, WRITTEN), data)
    return whole.getvalue()


def manifest(app: str, site: str, version: str, text: Text) -> Mapping[str, Any]:
    return {
        "$schema": SCHEMA,
        "manifestVersion": MANIFEST_VERSION,
        "version": version,
        "id": app,
        "localizationInfo": {
            "defaultLanguageTag": "sv",
            "additionalLanguages": [{"languageTag": "en", "file": "en.json"}],
        },
        "developer": {"name": "Metodcoach", "websiteUrl": site, "privacyUrl": site, "termsOfUseUrl": site},
        "name": {"short": "Metodcoach", "full": text("teams-app-full", "sv")},
        "description": {"short": text("teams-app-short", "sv"), "full": text("teams-app-long", "sv")},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": f"#{bytes(ACCENT).hex().upper()}",
        "bots": [
            {
                "botId": app,
                "scopes": list(SCOPES),
                "supportsFiles": True,
                "commandLists": [
                    {"scopes": list(SCOPES), "commands": [_command(one, "sv", text) for one in COMMANDS]}
                ],
            }
        ],
        "validDomains": [],
        "webApplicationInfo": {"id": app, "resource": f"api://{app}"},
        "authorization": {
            "permissions": {"resourceSpecific": [{"name": name, "type": "Application"} for name in READS]}
        },
    }


def english(text: Text) -> Mapping[str, str]:
    """Return what the manifest says, in English."""
    found = {
        "$schema": LANGUAGES_SCHEMA,
        "name.short": "Metodcoach",
        "name.full": text("teams-app-full", "en"),
        "description.short": text("teams-app-short", "en"),
        "description.full": text("teams-app-long", "en"),
    }
    for number, name in enumerate(COMMANDS):
        for part, said in _command(name, "en", text).items():
            found[f"bots[0].commandLists[0].commands[{number}].{part}"] = said
    return found


def _command(name: str, language: str, text: Text) -> Mapping[str, str]:
    return {
        "title": text(f"teams-command-{name}", language),
        "description": text(f"teams-command-{name}-does", language),
    }


def _json(written: Mapping[str, Any]) -> bytes:
    return json.dumps(written, ensure_ascii=False, indent=2).encode() + b"\n"
