"""What stands in Slack's channels and windows because of the bot: messages, asides, and views."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Shown:
    """A message as it stands: `to` is the one person who sees it, "" where everybody in the channel does."""

    channel: str
    ts: str
    message: Json
    to: str = ""
    thread: str = ""

    @property
    def text(self) -> str:
        return str(self.message.get("text") or "")

    @property
    def buttons(self) -> Sequence[Json]:
        """Return its buttons, each with the block that it stands in."""
        return list(_buttons(self.message.get("blocks") or ()))

    @property
    def key(self) -> str:
        """Return the key of the letter that it carries, with the number of the part."""
        payload = (self.message.get("metadata") or {}).get("event_payload") or {}
        return f"{payload.get('key', '')}#{payload.get('part', '')}" if payload else ""


@dataclass
class Posted:
    """Messages in the order in which they were last changed, newest last; and what was told, in order."""

    standing: dict[tuple[str, str], Shown] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)  # of every message that was posted, in order
    told: list[Shown] = field(default_factory=list)

    def note(self, method: str, arguments: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
        """Take in a call that Slack has accepted."""
        match method:
            case "chat.postMessage":
                shown = self._put(answer["channel"], answer["ts"], dict(answer["message"]))
                self.keys.append(shown.key)
            case "chat.update":
                self._put(answer["channel"], answer["ts"], dict(answer["message"]))
            case "chat.postEphemeral":
                shown = self._put(arguments["channel"], answer["message_ts"], dict(arguments))
                shown.to = arguments["user"]
                self.keys.append(shown.key)
            case "chat.delete":
                self.standing.pop((answer["channel"], answer["ts"]), None)

    def tell_aside(self, message: Json) -> None:
        """Take in what came to a response_url, or in the answer to a command itself."""
        self.told.append(Shown("", "", message, to="?"))

    def newest(self) -> Iterator[Shown]:
        yield from reversed(self.standing.values())

    def news(self) -> Sequence[Shown]:
        """Return what was told since this was last called."""
        told, self.told = self.told, []
        return told

    def _put(self, channel: str, ts: str, message: Json) -> Shown:
        self.standing.pop((channel, ts), None)
        blocks = message.get("blocks") or ()
        message["blocks"] = [{"block_id": f"b{number}", **block} for number, block in enumerate(blocks)]
        shown = Shown(channel, ts, message, thread=str(message.get("thread_ts") or ""))
        self.standing[channel, ts] = shown
        self.told.append(shown)
        return shown


@dataclass
class Views:
    """Windows as they stand: modals by the trigger that opened them, and each person's home."""

    opened: dict[str, Json] = field(default_factory=dict)  # by trigger id
    homes: dict[str, Json] = field(default_factory=dict)  # by user id
    published: list[str] = field(default_factory=list)  # whose home, each time

    def note(self, method: str, arguments: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
        match method:
            case "views.open" | "views.push":
                self.opened[str(arguments["trigger_id"])] = dict(answer["view"])
            case "views.update":
                for trigger, view in self.opened.items():
                    if view["id"] == answer["view"]["id"]:
                        self.opened[trigger] = dict(answer["view"])
            case "views.publish":
                self.homes[str(arguments["user_id"])] = dict(answer["view"])
                self.published.append(str(arguments["user_id"]))


def _buttons(blocks: Sequence[Json]) -> Iterator[Json]:
    for block in blocks:
        accessory = [block["accessory"]] if block.get("accessory") else []
        for element in [*(block.get("elements") or ()), *accessory]:
            if element.get("type") == "button":
                yield {**element, "block_id": block.get("block_id", "")}
