"""Compares the Slack app's manifest with the program: scopes, events and addresses, and with Slack's own types.

`python -m tools.slack_manifest` says what is wrong, a line each, and ends with 1 when anything is.
`python -m tools.slack_manifest --typescript` prints the manifest as a program for `tsc`, which knows Slack's types.
"""

import ast
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ruamel.yaml import YAML
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import calls
from bot.slack.calls import METHODS, Method
from bot.slack.door import PATHS
from bot.slack.files import FETCHING
from bot.slack.inbound import EVENTS

PROJECT = Path(__file__).parents[1]
MANIFEST = PROJECT / "deploy" / "slack" / "manifest.yaml"
SOURCES = PROJECT / "bot" / "slack"

# What the SDK asks for itself on our behalf, with the app's token instead of the bot's.
WITH_THE_APP_TOKEN = frozenset({"apps_connections_open"})

# What `listeners` hears beside what `inbound` translates.
HEARD_BESIDE = ("app_home_opened",)

# An event is subscribed to under these names, and needs these scopes.
SUBSCRIBED: Mapping[str, Mapping[str, frozenset[str]]] = {
    "app_home_opened": {"app_home_opened": frozenset()},
    "app_mention": {"app_mention": frozenset({"app_mentions:read"})},
    "app_uninstalled": {"app_uninstalled": frozenset()},
    "message": {
        "message.channels": frozenset({"channels:history"}),
        "message.groups": frozenset({"groups:history"}),
        "message.im": frozenset({"im:history"}),
        "message.mpim": frozenset({"mpim:history"}),
    },
    "tokens_revoked": {"tokens_revoked": frozenset()},
    "user_change": {"user_change": frozenset({"users:read"})},
    **{name: {name: frozenset({"channels:read", "groups:read"})} for name in (
        "member_joined_channel", "member_left_channel",
    )},
    **{name: {name: frozenset({"channels:read"})} for name in (
        "channel_archive", "channel_deleted", "channel_left", "channel_unarchive",
    )},
    **{name: {name: frozenset({"groups:read"})} for name in (
        "group_archive", "group_deleted", "group_left", "group_unarchive",
    )},
}  # fmt: skip


def manifest(path: Path = MANIFEST) -> Mapping[str, Any]:
    read: Mapping[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return read


def problems(app: Mapping[str, Any], sources: Mapping[str, str], heard: Iterable[str]) -> Iterator[str]:
    """Say what in the manifest, or in the calls of the program, doesn't fit the other. *sources*: name -> code."""
    subscriptions = {name: needs for event in heard for name, needs in SUBSCRIBED.get(event, {}).items()}
    yield from (
        f"{event}: is heard, and nobody knows how to subscribe to it"
        for event in heard
        if event not in SUBSCRIBED
    )
    events = app["settings"]["event_subscriptions"]["bot_events"]
    yield from _differences("event", events, subscriptions)
    asked_for = _asked_for(sources)
    used = {name: method for name, method in _methods().items() if name in asked_for}
    yield from (f"{name}: the method is declared and not used" for name in _methods().keys() - used.keys())
    needed = frozenset[str]().union(
        {"commands"} if app["features"].get("slash_commands") else (),
        FETCHING,
        *subscriptions.values(),
        *(method.scopes for method in used.values()),
    )
    yield from _differences("scope", app["oauth_config"]["scopes"]["bot"], needed)
    yield from (f"{place}: calls {name} past bot/slack/calls.py" for place, name in _past_the_table(sources))
    yield from _addresses(app)


def typescript(app: Mapping[str, Any]) -> str:
    """Return a program that only compiles when the manifest is as Slack's own types have it."""
    return (
        'import type { AppsManifestCreateArguments } from "@slack/web-api";\n'
        f'export const manifest: AppsManifestCreateArguments["manifest"] = {json.dumps(app, ensure_ascii=False)};\n'
    )


def sources(folder: Path = SOURCES) -> Mapping[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))}


def _differences(kind: str, there: Iterable[str], needed: Iterable[str]) -> Iterator[str]:
    listed, wanted = list(there), set(needed)
    yield from (
        f"{kind} {one}: is used, and the manifest doesn't have it" for one in sorted(wanted - set(listed))
    )
    yield from (
        f"{kind} {one}: is in the manifest, and nothing uses it" for one in sorted(set(listed) - wanted)
    )
    yield from (f"{kind} {one}: is there twice" for one in sorted(set(listed)) if listed.count(one) > 1)


def _methods() -> Mapping[str, Method]:
    """Return by the name that each has in bot/slack/calls.py."""
    named = {name: value for name, value in vars(calls).items() if isinstance(value, Method)}
    assert set(named.values()) == set(METHODS)  # noqa: S101 - a slip in the table itself
    return named


def _asked_for(sources: Mapping[str, str]) -> frozenset[str]:
    """Return the constants that are handed on to a call somewhere: not imported or declared alone."""
    return frozenset(
        argument.id
        for source in sources.values()
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        for argument in call.args
        if isinstance(argument, ast.Name)
    )


def _past_the_table(sources: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Find calls of the SDK's own methods, such as ``web.chat_postMessage``."""
    own = {name for name in vars(AsyncWebClient) if "_" in name.strip("_")} | {"api_call"}
    yield from (
        (f"{name}:{node.lineno}", node.attr)
        for name, source in sources.items()
        if name != "calls.py"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and node.attr in own - WITH_THE_APP_TOKEN
    )


def _addresses(app: Mapping[str, Any]) -> Iterator[str]:
    commands = [command["url"] for command in app["features"]["slash_commands"]]
    named = [
        app["settings"]["event_subscriptions"]["request_url"],
        app["settings"]["interactivity"]["request_url"],
        *commands,
    ]
    yield from (f"{url}: is no https address" for url in named if urlsplit(url).scheme != "https")
    yield from (
        f"{url}: the program doesn't answer there" for url in named if urlsplit(url).path not in PATHS
    )
    if len({urlsplit(url).netloc for url in named}) > 1:
        yield "the addresses name more than one server"


def main(arguments: list[str]) -> int:
    app = manifest()
    if arguments == ["--typescript"]:
        sys.stdout.write(typescript(app))
        return 0
    found = list(problems(app, sources(), (*EVENTS, *HEARD_BESIDE)))
    sys.stdout.write("".join(f"{MANIFEST.relative_to(PROJECT)}: {one}\n" for one in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
