"""The way out of a closed network: through a proxy, to a Slack whose certificate an authority of one's own has signed."""

import asyncio
import ssl
from base64 import b64encode
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.doctor.slack import needed_scopes
from tests.doors.served import free_port
from tests.e2e.served import SECRET, TOKEN, Served, Slack, database_in

pytestmark = pytest.mark.e2e


class Proxy:
    """Takes CONNECT alone; whatever host is asked for, the stand-in answers."""

    def __init__(self, to: int, password: str = "") -> None:
        self.to = to
        self.expected = f"Basic {b64encode(f'anna:{password}'.encode()).decode()}" if password else ""
        self.asked: list[str] = []
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        if self.expected and f"Proxy-Authorization: {self.expected}" not in head:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
            writer.close()
            return
        self.asked.append(head.splitlines()[0])
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.to)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(_pass(reader, there_writer), _pass(there_reader, writer))


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


def certificates(folder: Path, host: str = "slack.com") -> tuple[Path, ssl.SSLContext]:
    """Return an authority's certificate, and how a server speaks whose certificate it has signed."""
    authority, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Kommunens egen CA")])
    now = datetime(2020, 1, 1, tzinfo=UTC)

    def certificate(name, key, *extensions):
        built = (
            x509.CertificateBuilder().subject_name(name).issuer_name(issuer).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now)
            .not_valid_after(now + timedelta(days=36500))
        )  # fmt: skip
        for extension in extensions:
            built = built.add_extension(extension, critical=True)
        return built.sign(authority, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    (folder / "ca.pem").write_bytes(certificate(issuer, authority, x509.BasicConstraints(True, 0)))
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    (folder / "own.pem").write_bytes(
        certificate(subject, own, x509.SubjectAlternativeName([x509.DNSName(host)]))
        + own.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "own.pem")
    return folder / "ca.pem", context


@asynccontextmanager
async def way_out(folder: Path, *, password: str = ""):
    """Yield Slack as it is reached from a closed network, the proxy that leads there, and the authority's file."""
    authority, context = certificates(folder)
    slack = await Slack(scopes=",".join(needed_scopes())).start(context)
    proxy = Proxy(slack.port, password)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield slack, proxy, authority
    finally:
        server.close()
        await slack.stop()


def doctor(folder: Path, **settings: str) -> tuple[int, str]:
    set_to = {
        "METODCOACH_SLACK_BOT_TOKEN": TOKEN,
        "METODCOACH_SLACK_SIGNING_SECRET": SECRET,
        **settings,
    }
    process = Served(["--language", "en", "doctor", "--online"], database_in(folder), settings=set_to)
    code, complained = process.close()
    return code, process.shown + complained


@pytest.mark.parametrize("password", ["", "hemligt"])
def test_slack_is_reached_through_a_proxy_by_an_authority_of_ones_own(tmp_path, password):
    async def act():
        async with way_out(tmp_path, password=password) as (slack, proxy, authority):
            known = f"anna:{password}@" if password else ""
            code, said = await asyncio.to_thread(
                doctor, tmp_path,
                METODCOACH_PROXY=f"http://{known}127.0.0.1:{proxy.port}", METODCOACH_CA_FILE=str(authority),
            )  # fmt: skip
            return code, said, [method for method, _ in slack.calls], proxy.asked

    code, said, calls, asked = asyncio.run(act())

    assert code == 0, said
    assert "Slack lets the app into the workspace Kommunen" in said
    assert calls == ["auth.test"]
    assert asked == ["CONNECT slack.com:443 HTTP/1.1"]
    assert "hemligt" not in said


def test_a_certificate_that_nobody_we_trust_has_signed_is_refused(tmp_path):
    async def act():
        async with way_out(tmp_path) as (slack, proxy, _):
            told = await asyncio.to_thread(
                doctor, tmp_path, METODCOACH_PROXY=f"http://127.0.0.1:{proxy.port}"
            )
            return *told, slack.calls

    code, said, calls = asyncio.run(act())

    assert (code, calls) == (1, [])
    assert "METODCOACH_CA_FILE" in said
    assert TOKEN not in said


def test_a_whole_conversation_goes_that_way(tmp_path):
    """Served, with the proxy from the environment, as other programs take it."""
    import aiohttp

    from tests.e2e.served import said, tell

    async def act():
        async with way_out(tmp_path) as (slack, proxy, authority):
            port = free_port()
            settings = {
                "METODCOACH_SLACK_BOT_TOKEN": TOKEN,
                "METODCOACH_SLACK_SIGNING_SECRET": SECRET,
                "METODCOACH_PORT": str(port),
                "METODCOACH_CA_FILE": str(authority),
                "HTTPS_PROXY": f"http://127.0.0.1:{proxy.port}",
            }
            served = Served(["serve"], database_in(tmp_path), settings=settings)
            await served.ready(port)
            async with aiohttp.ClientSession() as session:
                assert await tell(session, port, said(1, "hjälp")) == 200
            async with asyncio.timeout(20):
                while not slack.posted():
                    await asyncio.sleep(0.05)
            code, _, _ = await asyncio.to_thread(served.end)
            return code, set(proxy.asked)

    assert asyncio.run(act()) == (0, {"CONNECT slack.com:443 HTTP/1.1"})
