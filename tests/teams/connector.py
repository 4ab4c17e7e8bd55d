"""Plays the connector: takes letters, remembers them, and goes wrong on the way where a test says so."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.doors.faults import Fault, Faults

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
THREAD = ";messageid="
BASE = "/service/v3/conversations"


@dataclass
class Message:
    """What stands in a conversation now, and how often it was written over."""

    id: str
    room: str
    thread: str
    activity: Json
    edits: int = 0

    @property
    def card(self) -> Json:
        attachments = self.activity.get("attachments") or [{}]
        found: Json = attachments[0].get("content") or {}
        return found

    @property
    def text(self) -> str:
        return str(self.card.get("speak") or self.activity.get("text") or "")

    @property
    def actions(self) -> Sequence[Json]:
        return [*_actions(self.card)]

    @property
    def key(self) -> str:
        """Return the key of the letter that it carries, with the number of the part, where cards are stamped."""
        return str(self.card.get("letter") or "")


@dataclass(frozen=True)
class Call:
    """A call as it came, what was answered, and whether the connector took it."""

    method: str  # begin, chat, post, edit, member
    room: str
    status: int  # 0 where there was no answer
    taken: bool


async def _nobody_looks(moment: str, method: str) -> None:
    """Nobody looks on unless a test wants to."""


@dataclass
class Connector:
    """*members* are known by their user id, *personal* rooms by account; `away` are the rooms that the bot isn't in.

    `refused` counts calls without a right token. *onlooker* is told when a call was taken and isn't answered yet.
    """

    faults: Faults = field(default_factory=Faults)
    messages: dict[str, Message] = field(default_factory=dict)
    members: dict[str, Json] = field(default_factory=dict)
    personal: dict[str, str] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)
    calls: list[Call] = field(default_factory=list)
    posted: list[str] = field(default_factory=list)  # the keys of all that was taken, in order
    refused: int = 0
    files: dict[str, bytes] = field(default_factory=dict)  # what was put at each upload address, by its name
    ranges: list[str] = field(default_factory=list)
    onlooker: Callable[[str, str], Awaitable[None]] = _nobody_looks
    in_hand: int = 0  # calls that aren't over
    _news: list[tuple[Message, Json]] = field(default_factory=list)
    _number: int = 1_800_000_000_000

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self._here),
            web.post(BASE, self._taken_in_hand(self._begin)),
            web.post(BASE + "/{conversation}/activities", self._taken_in_hand(self._post)),
            web.put(BASE + "/{conversation}/activities/{activity}", self._taken_in_hand(self._edit)),
            web.get(BASE + "/{conversation}/members/{member}", self._member),
            web.put("/upload/{name}", self._upload),
            web.get("/download/{name}", self._download),
        ]

    def newest(self) -> Sequence[Message]:
        """Return what stands anywhere; what was written last, or written over, comes first."""
        return [*reversed(self.messages.values())]

    def heard(self) -> Sequence[Message]:
        """Return what was written since the last time, edits too, each as it was written."""
        told, self._news = self._news, []
        return [Message(one.id, one.room, one.thread, activity) for one, activity in told]

    def in_room(self, room: str) -> Sequence[Message]:
        return [one for one in self.messages.values() if one.room == room]

    # ------------------------------------------------------------------------------------------ calls

    async def _here(self, request: web.Request) -> web.Response:
        return web.Response()

    def _taken_in_hand(self, act: Handler) -> Handler:
        async def acted(request: web.Request) -> web.StreamResponse:
            self.in_hand += 1
            try:
                return await act(request)
            finally:
                self.in_hand -= 1

        return acted

    async def _begin(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        if "activity" in asked:
            room = asked["channelData"]["channel"]["id"]

            def begin() -> Json:
                kept = self._keep(room, "", asked["activity"])
                return {"id": f"{room}{THREAD}{kept.id}", "activityId": kept.id}

            return await self._called(request, "begin", room, begin)
        account = asked["members"][0]["id"]
        return await self._called(
            request, "chat", "", lambda: {"id": self.personal.setdefault(account, f"a:{account}")}
        )

    async def _post(self, request: web.Request) -> web.StreamResponse:
        room, _, thread = request.match_info["conversation"].partition(THREAD)
        activity = await request.json()
        return await self._called(
            request, "post", room, lambda: {"id": self._keep(room, thread, activity).id}
        )

    async def _edit(self, request: web.Request) -> web.StreamResponse:
        activity = await request.json()
        found = self.messages.get(request.match_info["activity"])
        if found is None:
            return _error(404, "ActivityNotFoundInConversation")

        def edit() -> Json:
            found.activity = activity
            found.edits += 1
            self._tell(found)
            return {"id": found.id}

        return await self._called(request, "edit", found.room, edit)

    async def _member(self, request: web.Request) -> web.StreamResponse:
        found = self.members.get(request.match_info["member"])
        if found is None:
            return _error(404, "MemberNotFoundInConversation")
        return await self._called(request, "member", "", lambda: found)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        """Take a file's bytes: the address is leave to, and the bot's token is none of SharePoint's business."""
        assert "Authorization" not in request.headers
        fault = self.faults.pick("upload", "", len(self.calls))
        self.calls.append(Call("upload", "", fault.status if fault is not None else 201, fault is None))
        if fault is not None and fault.kind == "reset":
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if fault is not None:
            return web.Response(status=fault.status)
        self.ranges.append(request.headers["Content-Range"])
        self.files[request.match_info["name"]] = await request.read()
        return web.Response(status=201)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        assert "Authorization" not in request.headers
        fault = self.faults.pick("download", "", len(self.calls))
        self.calls.append(Call("download", "", 200, True))
        if fault is not None:
            await asyncio.sleep(fault.seconds)
        content = self.files.get(request.match_info["name"])
        return web.Response(body=content) if content is not None else web.Response(status=404)

    async def _called(
        self, request: web.Request, method: str, room: str, act: Callable[[], Json]
    ) -> web.StreamResponse:
        fault = self.faults.pick(method, room, len(self.calls))
        answer = self._without_teams(request, fault, room)
        taken = answer is None and not (fault is not None and fault.kind == "reset")
        said: Json = {}
        if taken:
            said = act()
            await self.onlooker("taken", method)
        if fault is not None and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        if answer is None:
            failed = fault is not None and fault.kind == "failed"
            answer = web.Response(status=500) if failed else web.json_response(said, status=201)
        cut = fault is not None and fault.kind in ("reset", "lost")
        self.calls.append(Call(method, room, 0 if cut else answer.status, taken))
        if cut and request.transport is not None:
            request.transport.abort()
        return answer

    def _without_teams(
        self, request: web.Request, fault: Fault | None, room: str
    ) -> web.StreamResponse | None:
        """Return the answer to a call that Teams never acts on; None when it does."""
        if not request.headers.get("Authorization", "").startswith("Bearer token-"):
            self.refused += 1
            return _error(401, "Unauthorized")
        if room in self.away:
            return _error(403, "BotNotInConversationRoster")
        match fault:
            case Fault(kind="limited", retry_after=wait):
                return _error(429, "429", {} if wait is None else {"Retry-After": wait})
            case Fault(kind="conflict"):
                return _error(412, "PreconditionFailed")
            case Fault(kind="unavailable"):
                return web.Response(status=503)
            case Fault(kind="refused", error=code, status=status):
                return _error(status, code)
        return None

    def _keep(self, room: str, thread: str, activity: Json) -> Message:
        self._number += 1
        kept = Message(str(self._number), room, thread, activity)
        self.posted.append(kept.key)
        self._tell(kept)
        return kept

    def _tell(self, message: Message) -> None:
        self.messages[message.id] = self.messages.pop(message.id, message)
        self._news.append((message, message.activity))


def _error(status: int, code: str, headers: Mapping[str, str] = {}) -> web.Response:
    return web.json_response({"error": {"code": code}}, status=status, headers=headers)


def _actions(part: Any) -> Iterator[Json]:
    if isinstance(part, list):
        for one in part:
            yield from _actions(one)
    elif isinstance(part, Mapping):
        if str(part.get("type", "")).startswith("Action."):
            yield dict(part)
            return
        for one in part.values():
            yield from _actions(one)
