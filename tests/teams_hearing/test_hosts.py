"""The bot's token goes to Teams' hosts and nowhere else: whatever an activity names, whatever stands in the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from bot.teams.calls import Connector, NotAllowed, Refusal
from bot.teams.gate import Refused
from bot.teams.hosts import Hosts, is_this_machine
from bot.teams.keys import fetch_with
from bot.teams.messenger import TeamsMessenger
from bot.teams.references import References
from bot.teams_settings import Origins
from dialogs.messages import Message
from dialogs.ports import ClaimedLetter, RoomRef
from dialogs.sending import Never
from storage.engine import open_engine
from storage.unit_of_work import SqlUnitOfWork
from tests.teams.identity import TENANT
from tests.teams_hearing.house import ROOM, At, Counter, an_empty_database
from tests.teams_hearing.test_gate import BY, admit

GOOD = "https://smba.trafficmanager.net/emea/"
# {port} is where somebody listens on this machine.
FORMS = (
    # other machines
    "https://evil.example/", "https://evil.example:{port}/", "http://evil.example/", "https://127.0.0.1:{port}/", "http://127.0.0.1:{port}/",
    "http://localhost:{port}/", "https://localhost:{port}/", "http://[::1]:{port}/", "http://127.1:{port}/", "http://2130706433:{port}/",
    "http://0x7f000001:{port}/", "http://0177.0.0.1:{port}/", "http://0.0.0.0:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "http://[::]:{port}/",
    "http://169.254.169.254/metadata/instance", "http://169.254.169.254:{port}/", "http://169.254.170.2/", "http://[fd00:ec2::254]/",
    "http://metadata.google.internal/", "http://168.63.129.16/", "https://10.0.0.1/", "https://192.168.0.1/",
    # the right host, not by https or at another port
    "http://smba.trafficmanager.net/emea/", "https://smba.trafficmanager.net:{port}/", "https://smba.trafficmanager.net:80/",
    "https://smba.trafficmanager.net:0/", "https://smba.trafficmanager.net:/", "https://smba.trafficmanager.net:443443/", "ftp://smba.trafficmanager.net/",
    "file:///etc/passwd", "file://smba.trafficmanager.net/", "javascript:alert(1)", "data:text/plain,x", "//smba.trafficmanager.net/", "smba.trafficmanager.net/emea/",
    "https:smba.trafficmanager.net/", "https:///smba.trafficmanager.net/", "HTTPS://smba.trafficmanager.net/emea/",
    # somebody else, and the right host somewhere
    "https://smba.trafficmanager.net@127.0.0.1:{port}/", "https://smba.trafficmanager.net:x@127.0.0.1:{port}/", "https://user@smba.trafficmanager.net/",
    "https://user:password@smba.trafficmanager.net/", "https://127.0.0.1:{port}@smba.trafficmanager.net/", "https://smba.trafficmanager.net.evil.example/",
    "https://smba.trafficmanager.net.127.0.0.1.nip.io:{port}/", "https://evilsmba.trafficmanager.net/", "https://evil-smba.trafficmanager.net/",
    "https://smba.trafficmanager.net.evil.example:{port}/", "https://evil.trafficmanager.net/", "https://trafficmanager.net/", "https://x.smba.trafficmanager.net/",
    "https://127.0.0.1:{port}/smba.trafficmanager.net/", "https://127.0.0.1:{port}?smba.trafficmanager.net/", "https://127.0.0.1:{port}#smba.trafficmanager.net/",
    "https://smba.trafficmanager.net#@127.0.0.1:{port}/", "https://smba.trafficmanager.net?@127.0.0.1:{port}/", "https://smba.trafficmanager.net;@127.0.0.1:{port}/",
    # the right host, written in another way
    "https://smba.trafficmanager.net./emea/", "https://SMBA.TrafficManager.net/emea/", "https://smba%2etrafficmanager.net/", "https://smba.trafficmanager.net%2f@127.0.0.1:{port}/",
    "https://smba.trafficmanager.net%00.evil.example/", "https://smba.trafficmanager.net\\@127.0.0.1:{port}/", "https:\\\\smba.trafficmanager.net\\emea", "https:/\\smba.trafficmanager.net/",
    "https://smba.trafficmanager.net\\.evil.example/", "https://smba。trafficmanager。net/", "https://ѕmba.trafficmanager.net/", "https://xn--mba-6cd.trafficmanager.net/",
    "https://smba.trafficmanager.net\u200b/", " https://smba.trafficmanager.net/", "https://smba.trafficmanager.net/ ", "https://smba.trafficmanager.net/\n", "https://smba.traffic\tmanager.net/",
    "\thttps://smba.trafficmanager.net/", "https://smba.trafficmanager.net/\r\nHost: evil.example", "https://smba.trafficmanager.net\r\n.evil.example/",
    # the right host, and a path that leads elsewhere
    "https://smba.trafficmanager.net/../evil/", "https://smba.trafficmanager.net/emea/../../", "https://smba.trafficmanager.net//evil.example/", "https://smba.trafficmanager.net/%2e%2e/",
    "https://smba.trafficmanager.net/emea?x=1", "https://smba.trafficmanager.net/emea#x", "https://smba.trafficmanager.net/@127.0.0.1:{port}/", "https://smba.trafficmanager.net/" + "x" * 400,
    "https://smba.trafficmanager.net/emea//", "https://smba.trafficmanager.net/./", "", "/", "null",
)  # fmt: skip


@dataclass
class Tokens:
    """Gives tokens, and counts them."""

    asked: int = 0

    async def token(self) -> str:
        self.asked += 1
        return "a-token"

    def forget(self) -> None: ...


@dataclass
class Listening:
    """Somebody on this machine who would like a token; `seen` is what came."""

    port: int = 0
    seen: list[str] = field(default_factory=list)

    def of(self, form: str) -> str:
        return form.replace("{port}", str(self.port))


@asynccontextmanager
async def somebody_listens() -> AsyncIterator[Listening]:
    listening = Listening()

    async def came(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        listening.seen.append(repr(writer.get_extra_info("peername")))
        writer.close()

    server = await asyncio.start_server(came, "127.0.0.1", 0)
    listening.port = server.sockets[0].getsockname()[1]
    try:
        yield listening
    finally:
        server.close()
        await server.wait_closed()


def a_letter() -> ClaimedLetter:
    room = RoomRef("r1", "teams", TENANT, ROOM, private=False)
    return ClaimedLetter(1, 1, "k1", room, "", Message("Hej"), "note", "j1", None, "")


def test_there_are_enough_of_them():
    assert len(set(FORMS)) >= 60


@pytest.mark.parametrize(
    "good", [GOOD, GOOD.rstrip("/"), "https://smba.trafficmanager.net", "https://smba.trafficmanager.net:443/teams/",
             "https://smba.trafficmanager.net/emea/4f3b-aa_b~c.d/"],
)  # fmt: skip
def test_teams_own_addresses_are_allowed_and_kept_in_one_form(good):
    kept = Hosts().allowed(good)

    assert kept is not None
    assert kept.startswith("https://smba.trafficmanager.net/")
    assert kept.endswith("/")
    assert Hosts().allowed(kept) == kept


@pytest.mark.parametrize("form", FORMS)
def test_no_other_form_is_allowed_at_arrival(form):
    url = form.replace("{port}", "9")
    real = BY.real_ones("ord")[0] | {"serviceUrl": url}

    found = admit(real, BY.headers(real, serviceurl=url))

    assert isinstance(found, Refused)
    assert found.status in (400, 403)


@pytest.mark.parametrize(
    "other",
    [7, None, True, ["https://smba.trafficmanager.net/"], {"a": 1}, b"https://smba.trafficmanager.net/"],
)
def test_what_is_no_text_is_no_address(other):
    assert Hosts().allowed(other) is None


@given(st.text(max_size=60))
def test_whatever_is_put_after_the_host_or_before_it_leads_nowhere_else(more):
    for url in (
        f"https://smba.trafficmanager.net{more}",
        f"https://{more}smba.trafficmanager.net/",
        f"{more}{GOOD}",
    ):
        found = Hosts().allowed(url)
        assert found is None or found.startswith("https://smba.trafficmanager.net/")
    found = Hosts(loopback=True).allowed(f"http://127.0.0.1{more}")
    assert found is None or is_this_machine(aiohttp.client.URL(found).host or "")


def test_before_sending_nobody_is_connected_to_and_no_token_is_asked_for():
    async def act():
        tokens = Tokens()
        async with somebody_listens() as listening, aiohttp.ClientSession() as session:
            connector = Connector(session, tokens, Hosts())
            for form in FORMS:
                for call in (
                    connector.post(listening.of(form), ROOM, {}), connector.edit(listening.of(form), ROOM, "1", {}),
                    connector.begin(listening.of(form), {}), connector.member(listening.of(form), ROOM, "29:1"),
                ):  # fmt: skip
                    with pytest.raises(NotAllowed):
                        await call
            return tokens.asked, listening.seen

    assert asyncio.run(act()) == (0, [])


def test_what_stands_in_the_database_by_another_hand_leads_nowhere(tmp_path):
    file = tmp_path / "coach.db"
    file.write_bytes(an_empty_database())
    engine = open_engine(f"sqlite:///{file}")

    async def act():
        tokens = Tokens()
        async with somebody_listens() as listening, aiohttp.ClientSession() as session:
            for form in FORMS:
                with engine.begin() as connection:
                    connection.execute(text("DELETE FROM conversation"))
                    connection.execute(
                        text("INSERT INTO conversation (tenant, room, service, kind, team, at)"
                             " VALUES (:tenant, :room, :service, 'groupChat', '', '2026-11-20 09:30:00.000000')"),
                        {"tenant": TENANT, "room": ROOM, "service": listening.of(form)},
                    )  # fmt: skip
                references = References(Counter(lambda: SqlUnitOfWork(engine)), Hosts(), At())
                messenger = TeamsMessenger(Connector(session, tokens, Hosts()), references, "28:bot")
                assert await references.of(TENANT, ROOM) is None
                assert await references.any_of(TENANT) is None
                assert isinstance(await messenger.send(a_letter()), Never)
            return tokens.asked, listening.seen

    assert asyncio.run(act()) == (0, [])
    engine.dispose()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status):
    async def act():
        async with somebody_listens() as listening, aiohttp.ClientSession() as session:

            async def elsewhere(request: web.Request) -> web.Response:
                return web.Response(
                    status=status, headers={"Location": f"http://127.0.0.1:{listening.port}/"}
                )

            app = web.Application()
            app.router.add_route("*", "/{path:.*}", elsewhere)
            runner = web.AppRunner(app)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            base = f"http://127.0.0.1:{runner.addresses[0][1]}"
            try:
                with pytest.raises(Refusal) as refused:
                    await Connector(session, Tokens(), Hosts(loopback=True)).post(base, ROOM, {})
                with pytest.raises(ValueError, match=str(status)):
                    await fetch_with(session, lambda url: True)(f"{base}/openid")
            finally:
                await runner.cleanup()
            return refused.value.status, listening.seen

    assert asyncio.run(act()) == (status, [])


def test_only_the_exact_further_hosts_of_the_settings_are_allowed():
    hosts = Hosts(frozenset({"smba.example.org"}))

    assert hosts.allowed("https://smba.example.org/teams/") == "https://smba.example.org/teams/"
    assert hosts.allowed("https://x.smba.example.org/") is None
    assert hosts.allowed(GOOD) is None


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("http://127.0.0.1:3978/x", "http://127.0.0.1:3978/x/"), ("http://localhost:1/", "http://localhost:1/"),
        ("http://[::1]:1/", "http://[::1]:1/"), ("http://127.0.0.1/", "http://127.0.0.1/"), ("http://10.0.0.1:1/", None),
        ("http://127.0.0.1:65536/", None), ("http://localhost.evil.example:1/", None), ("http://127.0.0.1.nip.io:1/", None),
        ("http://smba.trafficmanager.net/", None), (GOOD, GOOD),
    ],
)  # fmt: skip
def test_a_stand_in_is_on_this_machine(url, kept):
    assert Hosts(loopback=True).allowed(url) == kept


@pytest.mark.parametrize(
    "form", [form for form in FORMS if not form.startswith("https://login.botframework.com/")]
)
def test_keys_come_from_microsoft_alone(form):
    assert not Origins().may_hold_keys(form.replace("{port}", "9"))


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://login.botframework.com/v1/.well-known/keys", True), ("http://login.botframework.com/v1/keys", False),
        ("https://login.botframework.com.evil.example/keys", False), ("https://login.botframework.com@evil.example/", False),
        ("https://login.botframework.com:8443/", False), ("https://LOGIN.botframework.com/", False),
        ("http://127.0.0.1:9/keys", False), ("https://[::1", False),
    ],
)  # fmt: skip
def test_what_the_metadata_name_is_looked_at_too(url, may):
    assert Origins().may_hold_keys(url) is may
