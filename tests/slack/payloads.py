"""What Slack sends to an app, in the shapes that its documentation shows."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.slack.workspace import APP, BOT_USER, TEAM

Json = dict[str, Any]
USER_TEAM = {"id": TEAM, "domain": "kommunen"}


def escaped(text: str) -> str:
    """Return what somebody typed as Slack passes it on."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mention(user: str) -> str:
    return f"<@{user}>"


def envelope(event: Json, id: str, at: float, *, team: str = TEAM, shared: bool = False) -> Json:
    """Return the outer part of an event. `authorizations` says for which workspace the app hears of it."""
    return {
        "token": "XXYYZZ",
        "team_id": team,
        "context_team_id": team,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": id,
        "event_time": int(at),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": shared,
        "event_context": f"4-{id}",
    }


def message(user: str, channel: str, ts: str, text: str, *, kind: str, thread: str = "", **more: Any) -> Json:
    """Return a `message` event; *text* as Slack has it. *kind* is channel, group, im or mpim."""
    found: Json = {
        "user": user,
        "type": "message",
        "ts": ts,
        "client_msg_id": f"00000000-0000-4000-8000-{ts.replace('.', '')[-12:]}",
        "text": text,
        "team": TEAM,
        "blocks": [
            {
                "type": "rich_text",
                "block_id": "b1",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}],
            }
        ],
        "channel": channel,
        "event_ts": ts,
        "channel_type": kind,
        **more,
    }
    return {**found, "thread_ts": thread, "parent_user_id": BOT_USER} if thread else found


def app_mention(said: Mapping[str, Any]) -> Json:
    """Return the second event that a message with a mention of the bot brings."""
    return {**{name: value for name, value in said.items() if name != "channel_type"}, "type": "app_mention"}


def shared_file(name: str, link: str, user: str) -> Json:
    return {
        "id": "F0000FILE1",
        "created": 1_700_000_000,
        "timestamp": 1_700_000_000,
        "name": name,
        "title": name,
        "mimetype": "application/pdf",
        "filetype": "pdf",
        "pretty_type": "PDF",
        "user": user,
        "user_team": TEAM,
        "editable": False,
        "size": 12_345,
        "mode": "hosted",
        "is_external": False,
        "is_public": True,
        "url_private": link + "?private",
        "url_private_download": link + "?download",
        "permalink": link,
        "has_rich_preview": False,
        "file_access": "visible",
    }


def changed(said: Mapping[str, Any], text: str, ts: str) -> Json:
    """Return the event of a message that was edited to *text*."""
    inner = {
        name: value for name, value in said.items() if name not in ("channel", "event_ts", "channel_type")
    }
    return {
        "type": "message",
        "subtype": "message_changed",
        "message": {
            **inner, "text": text, "edited": {"user": said["user"], "ts": ts}, "source_team": TEAM, "user_team": TEAM
        },
        "previous_message": inner,
        "channel": said["channel"],
        "hidden": True,
        "ts": ts,
        "event_ts": ts,
        "channel_type": said["channel_type"],
    }  # fmt: skip


def deleted(said: Mapping[str, Any], ts: str) -> Json:
    inner = {
        name: value for name, value in said.items() if name not in ("channel", "event_ts", "channel_type")
    }
    return {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": inner,
        "channel": said["channel"],
        "hidden": True,
        "deleted_ts": said["ts"],
        "event_ts": ts,
        "ts": ts,
        "channel_type": said["channel_type"],
    }


def block_actions(
    user: Json, action: Json, *, trigger: str, ts: str, container: Json, channel: Json | None, more: Json
) -> Json:
    """Return a press. *more* holds the message or the view, and where to answer."""
    return {
        "type": "block_actions",
        "user": user,
        "api_app_id": APP,
        "token": "XXYYZZ",
        "container": container,
        "trigger_id": trigger,
        "team": USER_TEAM,
        "enterprise": None,
        "is_enterprise_install": False,
        **({"channel": channel} if channel else {}),
        **more,
        "actions": [{**action, "action_ts": ts}],
    }


def view_submission(
    user: Json, view: Json, values: Mapping[str, Mapping[str, Json]], *, trigger: str
) -> Json:
    """Return a form that is handed in: the view as it was opened, with its state."""
    return {
        "type": "view_submission",
        "team": USER_TEAM,
        "user": user,
        "api_app_id": APP,
        "token": "XXYYZZ",
        "trigger_id": trigger,
        "view": {
            **view,
            "state": {"values": values},
            "app_installed_team_id": TEAM,
        },
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }


def slash_command(
    user: Json, command: str, text: str, channel: Json, *, trigger: str, answer_at: str
) -> Sequence[tuple[str, str]]:
    """Return the fields of a slash command."""
    return [
        ("token", "XXYYZZ"),
        ("team_id", TEAM),
        ("team_domain", "kommunen"),
        ("channel_id", channel["id"]),
        ("channel_name", channel["name"]),
        ("user_id", user["id"]),
        ("user_name", user["username"]),
        ("command", command),
        ("text", text),
        ("api_app_id", APP),
        ("is_enterprise_install", "false"),
        ("response_url", answer_at),
        ("trigger_id", trigger),
    ]
