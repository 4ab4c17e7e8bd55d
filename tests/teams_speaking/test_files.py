"""A file is offered in private, put where Teams says when its reader wants it, and shown there; never to anybody else."""

import asyncio
import functools
import inspect
from base64 import b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.png import with_description
from bot.teams.calls import Connector as Calls
from bot.teams.files import CONSENT, INFO, Uploads
from bot.teams.hosts import FileHosts, Hosts
from bot.teams.interactions import file_answered
from bot.teams.messenger import TeamsMessenger
from dialogs.files import MOST_BYTES_IN, PICTURE, FileOut, Recipe, Upload
from dialogs.incoming import Attached, FileAnswered
from dialogs.messages import Message, Paragraph, words
from dialogs.model.problem import Problem
from dialogs.ports import ClaimedLetter, ConversationRef, RoomRef
from dialogs.sending import Later, Sent, Unknown
from tests.doors.faults import Fault
from tests.doors.pictures import a_png
from tests.teams.connector import Connector
from tests.teams_drawing.validators import refusal

CHAT, CHANNEL = "a:bo", "19:kanal@thread.tacv2"
CONTENT = b"# Handlingsplan\n"
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
FILE = FileOut(
    "handlingsplan.md", "text/markdown", "Handlingsplan för Skolan", Recipe("document-md", "p1"), "Den kom inte.",
    id="b1.0",
)  # fmt: skip


class Tokens:
    async def token(self) -> str:
        return "token-1"

    def forget(self) -> None: ...


@dataclass
class Place:
    """Where every conversation is reached."""

    service: str

    async def of(self, tenant: str, room: str) -> ConversationRef:
        return ConversationRef(tenant, room, self.service, "personal" if room == CHAT else "channel")

    async def retire(self, tenant: str, room: str) -> None: ...


@dataclass
class Teams:
    connector: Connector
    base: str
    session: aiohttp.ClientSession

    def messenger(self, content: bytes | None = CONTENT, *, loopback: bool = True) -> TeamsMessenger:
        async def make(recipe: Recipe) -> bytes | None:
            assert recipe == FILE.recipe
            return content

        calls = Calls(self.session, Tokens(), Hosts(loopback=True))
        uploads = Uploads(self.session, FileHosts(loopback=loopback))
        return TeamsMessenger(calls, Place(f"{self.base}/service/"), "28:bot", make=make, uploads=uploads)  # type: ignore[arg-type]

    def upload(self, **more: str) -> Upload:
        told = {
            "shown_at": "https://kommunen/plan.md",
            "name": "plan 1.md",
            "unique": "u1",
            "kind": "md",
            **more,
        }
        return Upload(f"{self.base}/upload/plan?guid='a%2Fb'", **told)

    def goes_wrong(self, kind: Any, method: str, **more: Any) -> None:
        self.connector.faults.add(Fault(kind, method, **{"times": 1, **more}))

    def cards(self) -> list[tuple[str, dict[str, Any]]]:
        found = [message.activity["attachments"][0] for message in self.connector.messages.values()]
        return [(one["contentType"].rpartition(".card.")[2], one) for one in found]

    def kinds(self) -> list[str]:
        return [kind for kind, _ in self.cards()]


def in_teams(story: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Let a test be a coroutine with a running `teams` as its first argument."""

    @functools.wraps(story)
    def test(**given: Any) -> None:
        async def tell() -> None:
            connector, app = Connector(), web.Application()
            app.add_routes(connector.routes())
            runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            try:
                async with aiohttp.ClientSession() as session:
                    await story(
                        Teams(connector, f"http://127.0.0.1:{runner.addresses[0][1]}", session), **given
                    )
            finally:
                await runner.cleanup()

        asyncio.run(tell())

    takes = list(inspect.signature(story).parameters.values())
    test.__signature__ = inspect.Signature(takes[1:])  # type: ignore[attr-defined]
    return test


def a_letter(file: FileOut = FILE, room: str = CHAT) -> ClaimedLetter:
    said = Message("Här är den.", (Paragraph(words("Här är den.")),), file=file)
    where = RoomRef("r1", "teams", "t1", room, private=room == CHAT)
    return ClaimedLetter(1, 1, "letter-1", where, "", said, "note", "", None, "", at=NOW)


def wanted(teams: Teams, **more: str) -> ClaimedLetter:
    return a_letter(replace(FILE, upload=teams.upload(**more)))


# ------------------------------------------------------------------------------------------------ asking


@in_teams
async def test_a_card_asks_whether_the_file_is_wanted_and_says_how_large_it_is(teams):
    sent = await teams.messenger().send(a_letter())

    (_, _), (_, card) = teams.cards()
    assert sent == Sent(next(iter(teams.connector.messages)))
    assert card == {
        "contentType": CONSENT,
        "name": "handlingsplan.md",
        "content": {
            "description": "Handlingsplan för Skolan",
            "sizeInBytes": len(CONTENT),
            "acceptContext": {"b": "b1.0"},
            "declineContext": {"b": "b1.0"},
        },
    }


@in_teams
@pytest.mark.parametrize("kind", ["limited", "conflict", "unavailable"])
async def test_when_the_card_has_to_wait_the_words_are_not_said_again(teams, kind):
    messenger, letter = teams.messenger(), a_letter()
    teams.connector.faults.add(Fault(kind, "post", times=2))
    assert isinstance(await messenger.send(letter), Later)
    assert isinstance(await messenger.send(replace(letter, epoch=2)), Later)
    assert isinstance(await messenger.send(replace(letter, epoch=3)), Sent)

    assert teams.kinds() == ["adaptive", "file.consent"]


@in_teams
async def test_a_card_of_unknown_outcome_is_not_sent_again(teams):
    messenger = teams.messenger()
    original = messenger._say

    async def say(place, thread, activity):
        if activity["attachments"][0]["contentType"] == CONSENT:
            teams.goes_wrong("lost", "post")
        return await original(place, thread, activity)

    messenger._say = say  # type: ignore[method-assign]

    assert isinstance(await messenger.send(a_letter()), Unknown)
    assert isinstance(await messenger.find(a_letter()), Unknown)
    assert teams.kinds() == ["adaptive", "file.consent"]


@in_teams
async def test_in_a_channel_no_file_is_offered(teams):
    await teams.messenger().send(a_letter(room=CHANNEL))

    assert teams.kinds() == ["adaptive", "adaptive"]
    assert teams.connector.newest()[0].text == "Den kom inte."


@in_teams
async def test_a_file_that_cant_be_made_is_told_of(teams):
    await teams.messenger(None).send(a_letter())

    assert teams.kinds() == ["adaptive", "adaptive"]
    assert teams.connector.newest()[0].text == "Den kom inte."


# ------------------------------------------------------------------------------------------------ handing over


@in_teams
async def test_the_bytes_go_where_teams_says_and_a_card_shows_where_they_lie(teams):
    sent = await teams.messenger().send(wanted(teams))

    [(_, card)] = teams.cards()
    assert isinstance(sent, Sent)
    assert teams.connector.files == {"plan": CONTENT}
    assert teams.connector.ranges == [f"bytes 0-{len(CONTENT) - 1}/{len(CONTENT)}"]
    assert card == {
        "contentType": INFO,
        "contentUrl": "https://kommunen/plan.md",
        "name": "plan 1.md",
        "content": {"uniqueId": "u1", "fileType": "md"},
    }


@in_teams
async def test_the_card_that_asked_says_that_it_is_done(teams):
    await teams.messenger().send(a_letter())
    asked = teams.connector.newest()[0].id

    await teams.messenger().send(wanted(teams, asked=asked))

    assert teams.kinds() == ["adaptive", "file.info", "adaptive"]
    assert teams.connector.messages[asked].text == "Här är den."


@in_teams
async def test_that_the_card_that_asked_is_gone_is_no_harm(teams):
    assert isinstance(await teams.messenger().send(wanted(teams, asked="4711")), Sent)


@in_teams
@pytest.mark.parametrize(
    "fault", [("reset", 0), ("refused", 429), ("refused", 500), ("refused", 503), ("refused", 423)]
)
async def test_bytes_that_were_not_taken_are_put_again(teams, fault):
    kind, status = fault
    # A connection that breaks is tried once more at once: putting the same bytes does no harm.
    teams.goes_wrong(kind, "upload", status=status, times=2 if kind == "reset" else 1)
    messenger, letter = teams.messenger(), wanted(teams)

    outcome = await messenger.send(letter)
    again = await messenger.send(replace(letter, epoch=2))

    assert isinstance(outcome, Later)
    assert not outcome.everywhere
    assert isinstance(again, Sent)
    assert (teams.connector.files, teams.kinds()) == ({"plan": CONTENT}, ["file.info"])


@in_teams
@pytest.mark.parametrize("status", [302, 401, 403, 404, 409, 410])
async def test_where_they_are_taken_no_more_people_are_told_so(teams, status):
    teams.goes_wrong("refused", "upload", status=status)

    assert isinstance(await teams.messenger().send(wanted(teams)), Sent)
    assert teams.connector.newest()[0].text == "Den kom inte."


@in_teams
async def test_bytes_that_are_there_are_not_put_again_when_the_card_has_to_wait(teams):
    teams.goes_wrong("limited", "post")
    messenger, letter = teams.messenger(), wanted(teams)
    assert isinstance(await messenger.send(letter), Later)

    assert isinstance(await messenger.send(replace(letter, epoch=2)), Sent)

    assert [call.method for call in teams.connector.calls].count("upload") == 1


@in_teams
async def test_a_card_that_shows_the_file_is_not_sent_twice(teams):
    teams.goes_wrong("lost", "post")

    assert isinstance(await teams.messenger().send(wanted(teams)), Unknown)
    assert isinstance(await teams.messenger().find(wanted(teams)), Unknown)
    assert teams.kinds() == ["file.info"]


@in_teams
async def test_bytes_go_to_sharepoint_alone(teams):
    assert isinstance(await teams.messenger(loopback=False).send(wanted(teams)), Sent)

    assert teams.connector.files == {}
    assert teams.connector.newest()[0].text == "Den kom inte."


@in_teams
async def test_nothing_of_the_file_is_logged(teams, caplog):
    caplog.set_level("DEBUG")
    teams.goes_wrong("refused", "upload", status=404)

    await teams.messenger().send(wanted(teams))
    await teams.messenger().send(a_letter())

    assert "Handlingsplan" not in caplog.text
    assert "guid" not in caplog.text


@pytest.mark.parametrize(
    "url",
    [
        "https://kommunen-my.sharepoint.com/personal/bo/_api/v2.0/drive/items/01/uploadSession?guid='a-b'&over=1",
        "https://kommunen.sharepoint.com:443/up?tempauth=v1.eyJ%2Bab",
        "https://kommunen.sharepoint.us/up",
        "https://files.example.org/up",
    ],
)
def test_files_may_go_to_sharepoint_and_to_hosts_that_are_named(url):
    assert FileHosts(frozenset({"files.example.org"})).allowed(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://kommunen.sharepoint.com/up", "https://sharepoint.com/up", "https://evilsharepoint.com/up",
        "https://kommunen.sharepoint.com.example.org/up", "https://kommunen.sharepoint.com@example.org/up",
        "https://me:x@kommunen.sharepoint.com/up", "https://kommunen.sharepoint.com:8443/up",
        "https://kommunen.sharepoint.com\\@example.org/up", "https://kommunen.sharepoint.com/up#x",
        "https://kommunen.sharepoint.com/u p", "https://kommunen.sharepoint.com/\r\nHost: x",
        "HTTPS://kommunen.sharepoint.com/up", "https://Kommunen.Sharepoint.com/up", "https://127.0.0.1/up",
        "https://169.254.169.254/up", "http://127.0.0.1/up", "https://[::1]/up", "//kommunen.sharepoint.com/up",
        "file:///etc/passwd", "https://kommunen。sharepoint.com/up", "https://kömmun.sharepoint.com/up", "",
        f"https://kommunen.sharepoint.com/{'a' * 4000}",
    ],
)  # fmt: skip
def test_files_go_nowhere_else(url):
    assert not FileHosts().allowed(url)


# ------------------------------------------------------------------------------------------------ pictures

TOLD = "Läget: 3 av 10 steg är klara."
PICTURED = with_description(a_png(3, 2), TOLD)
BILD = replace(FILE, name="läget.png", media=PICTURE)


def held(content: bytes) -> str:
    return f"data:image/png;base64,{b64encode(content).decode()}"


@in_teams
@pytest.mark.parametrize("room", [CHAT, CHANNEL])
async def test_a_picture_is_shown_with_its_alternative_text_below_the_words(teams, room):
    sent = await teams.messenger(PICTURED).send(a_letter(BILD, room))

    words_there, shown = teams.connector.messages.values()
    assert sent == Sent(words_there.id)
    [attachment] = shown.activity["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card = attachment["content"]
    assert card["body"] == [{"type": "Image", "url": held(PICTURED), "altText": TOLD, "size": "Stretch"}]
    assert card["speak"] == card["fallbackText"] == TOLD
    assert refusal("picture", card) == ""
    assert shown.thread == (words_there.id if room == CHANNEL else "")


@in_teams
async def test_a_picture_that_is_too_much_for_a_card_is_shown_by_itself(teams):
    teams.goes_wrong("refused", "post", status=413, after=1)

    assert isinstance(await teams.messenger(PICTURED).send(a_letter(BILD)), Sent)

    [attachment] = list(teams.connector.messages.values())[-1].activity["attachments"]
    assert attachment == {"contentType": "image/png", "contentUrl": held(PICTURED), "name": "läget.png"}


@in_teams
async def test_a_picture_that_is_shown_in_no_way_is_offered_as_a_file_in_private(teams):
    teams.goes_wrong("refused", "post", status=413, after=1, times=2)

    assert isinstance(await teams.messenger(PICTURED).send(a_letter(BILD)), Sent)
    assert teams.kinds()[-1] == "file.consent"


@in_teams
@pytest.mark.parametrize("content", [a_png(1025, 2), a_png(2, 1025)])
async def test_a_picture_that_is_too_large_to_be_shown_is_a_file(teams, content):
    await teams.messenger(content).send(a_letter(BILD))

    assert teams.kinds()[-1] == "file.consent"


@in_teams
async def test_a_picture_that_has_to_wait_is_shown_once_and_its_words_stand_once(teams):
    teams.goes_wrong("limited", "post", after=1)
    messenger, letter = teams.messenger(PICTURED), a_letter(BILD)
    assert isinstance(await messenger.send(letter), Later)

    assert isinstance(await messenger.send(replace(letter, epoch=2)), Sent)

    assert len(teams.connector.messages) == 2


# ------------------------------------------------------------------------------------------------ hearing yes and no


def an_answer(action: object, **value: object) -> dict[str, Any]:
    return {
        "type": "invoke", "name": "fileConsent/invoke", "id": "f:1", "replyToId": "c1",
        "conversation": {"id": CHAT, "conversationType": "personal"}, "from": {"id": "29:bo", "name": "Bo"},
        "value": {"type": "fileUpload", "action": action, "context": {"b": "b1.0"}, **value},
    }  # fmt: skip


WHERE = {
    "uploadUrl": "https://up",
    "contentUrl": "https://there",
    "name": "a.md",
    "uniqueId": "u",
    "fileType": "md",
}


def test_a_yes_says_where_the_file_is_to_be_put():
    act = file_answered(an_answer("accept", uploadInfo=WHERE), "t1", NOW)

    assert act is not None
    assert act.incoming.what == FileAnswered(
        "b1.0", Upload("https://up", "https://there", "a.md", "u", "md", "c1")
    )


def test_a_no_says_nothing_more():
    act = file_answered(an_answer("decline"), "t1", NOW)

    assert act is not None
    assert act.incoming.what == FileAnswered("b1.0")


def test_the_same_answer_under_another_id_is_the_same():
    first = file_answered(an_answer("accept", uploadInfo=WHERE), "t1", NOW)
    second = file_answered({**an_answer("accept", uploadInfo=WHERE), "id": "f:2"}, "t1", NOW)
    other = file_answered(an_answer("decline"), "t1", NOW)

    assert first is not None
    assert second is not None
    assert other is not None
    assert first.incoming.event == second.incoming.event != other.incoming.event


@pytest.mark.parametrize(
    "answer",
    [
        an_answer("perhaps"), an_answer(None), an_answer(["accept"]), an_answer("accept", context="b1.0"),
        an_answer("accept", context={"b": 7}), an_answer("accept", context={}), {**an_answer("accept"), "value": "x"},
    ],
)  # fmt: skip
def test_what_is_no_answer_is_left_alone(answer):
    assert file_answered(answer, "t1", NOW) is None


@pytest.mark.parametrize("where", [None, "x", {}, {"uploadUrl": 7}])
def test_a_yes_without_a_place_leads_nowhere(where):
    act = file_answered(an_answer("accept", uploadInfo=where), "t1", NOW)

    assert act is not None
    assert isinstance(act.incoming.what, FileAnswered)
    assert act.incoming.what.upload is not None
    assert not FileHosts().allowed(act.incoming.what.upload.url)


# ------------------------------------------------------------------------------------------------ fetching


def fetched(teams: Teams, url: str, *, loopback: bool = True) -> Awaitable[bytes | Problem]:
    uploads = Uploads(teams.session, FileHosts(loopback=loopback))
    return uploads.fetch(Attached("lista.csv", "https://kommunen/lista", url))


@in_teams
async def test_a_files_bytes_are_fetched_without_the_token(teams):
    teams.connector.files["lista"] = b"organ;datum"

    assert await fetched(teams, f"{teams.base}/download/lista") == b"organ;datum"


@in_teams
async def test_a_file_that_is_not_there_or_too_large_is_a_slip(teams):
    teams.connector.files["stor"] = bytes(MOST_BYTES_IN + 1)

    keys = []
    for name in ("borta", "stor"):
        found = await fetched(teams, f"{teams.base}/download/{name}")
        assert isinstance(found, Problem)
        keys.append(found.key)

    assert keys == ["file-not-fetched", "file-too-big"]


@in_teams
async def test_files_are_fetched_from_sharepoint_alone(teams):
    teams.connector.files["lista"] = b"organ;datum"

    assert isinstance(await fetched(teams, f"{teams.base}/download/lista", loopback=False), Problem)
    assert teams.connector.calls == []
