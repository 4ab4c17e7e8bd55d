"""The program's settings: from METODCOACH_* in the environment, and from what a command was told."""

import os
import re
from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.secret_files import KeptSecret, SecretFile

if TYPE_CHECKING:
    from ssl import SSLContext

DEFAULT_DATABASE = "sqlite:///data/metodcoach.db"
SLACK = "https://slack.com/api/"
SLACK_HOSTS = frozenset({"slack.com", "slack-gov.com"})
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")
_ADDRESS = re.compile(r".*://|(sqlite|postgres)\w*[+:]")
_OURS = re.compile(r"sqlite(:///|://$)|postgresql\+psycopg://")
KEPT = ("slack_signing_secret", "slack_bot_token", "slack_app_token", "teams_app_password")
"""The secrets that may be kept in the database, sealed."""

SECRETS = (
    "slack_signing_secret",
    "slack_bot_token",
    "slack_app_token",
    "teams_app_password",
    "metrics_token",
)


class Settings(BaseSettings):
    """`packs` is a folder with packs of one's own, beside those that come with the program.

    Each of the `SECRETS` can stand in a file of its own instead, which the setting with `_file` names.
    """

    model_config = SettingsConfigDict(env_prefix="METODCOACH_", frozen=True, env_ignore_empty=True)

    database_url: str = DEFAULT_DATABASE
    database_password_file: SecretFile | None = None
    language: Literal["sv", "en"] | None = None
    time_zone: str = "Europe/Stockholm"
    packs: Path | None = None
    packs_by: str = ""  # the organisation whose admins look after the packs in the chat
    templates: Path | None = None  # Word templates: `mall.docx` for all, or one with an organisation's name
    files: Path | None = None  # where a conversation in the terminal puts the files that it hands out
    log_level: Literal["debug", "info", "warning", "error"] = "warning"

    host: str = "127.0.0.1"
    public_url: str = ""  # where others reach this server, for addresses that are handed out
    port: int = Field(default=8080, ge=0, le=65535)
    metrics: Literal["on", "off"] = "on"
    metrics_token: SecretStr | None = None
    metrics_token_file: SecretFile | None = None

    key_file: Path | None = None  # the keys of the secrets that are kept in the database

    slack_signing_secret: SecretStr | None = None
    slack_signing_secret_file: SecretFile | None = None
    slack_bot_token: SecretStr | None = None
    slack_bot_token_file: SecretFile | None = None
    slack_app_token: SecretStr | None = None
    slack_app_token_file: SecretFile | None = None
    slack_api_url: str = SLACK

    teams_app_id: str = ""
    teams_app_password: SecretStr | None = None
    teams_app_password_file: SecretFile | None = None
    teams_tenant: str = ""  # where the bot is registered, and gets its token
    teams_tenants: str = ""  # who is let in: tenant or tenant=organisation, with commas between
    teams_service_hosts: str = ""  # exact hosts, beside Teams' own
    teams_file_hosts: str = ""  # exact hosts where files are put and fetched, beside SharePoint's
    teams_stand_in: str = ""  # a development setting: keys, tokens and conversations are this machine's own

    proxy: SecretStr | None = None  # its address may hold a password
    ca_file: Path | None = None

    @field_validator("database_url")
    @classmethod
    def _address(cls, value: str) -> str:
        return database_address(value)

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"{value} is no time zone") from error
        return value

    @field_validator("public_url")
    @classmethod
    def _reachable(cls, value: str) -> str:
        """Addresses are made by adding a path to it."""
        try:
            address = urlsplit(value)
            good = address.scheme in ("http", "https") and bool(address.hostname) and address.port != 0
        except ValueError:  # the port is no number
            good = False
        if value and (not good or address.query or address.fragment or "@" in address.netloc):
            raise ValueError("no address of a web server")
        return value.rstrip("/")

    @field_validator("slack_api_url")
    @classmethod
    def _slack_or_this_machine(cls, value: str) -> str:
        """The bot's token goes there: to Slack itself, or to a stand-in on this machine."""
        address = urlsplit(value)
        slack = address.scheme == "https" and address.netloc in SLACK_HOSTS
        if not slack and not (address.scheme in ("http", "https") and is_loopback(address.hostname or "")):
            raise ValueError("neither Slack's own address nor one on this machine")
        return value if value.endswith("/") else f"{value}/"

    @field_validator("teams_service_hosts", "teams_file_hosts")
    @classmethod
    def _exact_hosts(cls, value: str) -> str:
        """The bot's token or a group's files go there: a host is named in full, and nothing else of an address."""
        if any(not _HOST.fullmatch(one.strip()) for one in value.split(",") if one.strip()):
            raise ValueError("hosts only, such as smba.example.org, with commas between")
        return value

    @field_validator("teams_stand_in")
    @classmethod
    def _only_here(cls, value: str, others: ValidationInfo) -> str:
        """A stand-in may be anybody: it is heard on this machine only, and we are heard by nobody else."""
        if value and not is_loopback(urlsplit(value).hostname or ""):
            raise ValueError("no address on this machine")
        if value and not is_loopback(str(others.data.get("host", ""))):
            raise ValueError("only where METODCOACH_HOST is this machine's own address")
        return value

    @field_validator("proxy")
    @classmethod
    def _a_proxy(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _is_proxy(value.get_secret_value()):
            raise ValueError("no address of a proxy")
        return value

    @field_validator("key_file")
    @classmethod
    def _keys(cls, value: Path | None) -> Path | None:
        if value is not None:
            from bot.seal import keys_in  # its library is loaded by whoever keeps secrets

            keys_in(value)
        return value

    @field_validator("ca_file")
    @classmethod
    def _certificates(cls, value: Path | None) -> Path | None:
        if value is not None:
            try:
                _trust(value)
            except OSError as error:  # ssl.SSLError is one
                raise ValueError(f"{value} holds no certificates") from error
        return value

    @field_validator(*(f"{name}_file" for name in SECRETS))
    @classmethod
    def _once(cls, value: KeptSecret | None, others: ValidationInfo) -> KeptSecret | None:
        if value is not None and others.data.get(str(others.field_name).removesuffix("_file")) is not None:
            raise ValueError("the secret itself is set as well: take one of them away")
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def secret(self, name: str) -> str:
        """Return one of the `SECRETS`, wherever it stands; "" when it isn't set."""
        there: SecretStr | None = getattr(self, name)
        if there is None and (kept := getattr(self, f"{name}_file")) is not None:
            there = kept.value
        return there.get_secret_value().strip() if there is not None else ""

    def secret_files(self) -> Iterator[Path]:
        for name in ("database_password", *SECRETS):
            kept = getattr(self, f"{name}_file")
            if kept is not None:
                yield kept.path
        if self.key_file is not None:
            yield self.key_file

    def outgoing_proxy(self, environment: Mapping[str, str] = os.environ) -> str | None:
        """Return the proxy that leads to Slack; what stands on this machine is reached without."""
        if is_loopback(urlsplit(self.slack_api_url).hostname or ""):
            return None
        return self.proxy_to_the_world(environment)

    def proxy_to_the_world(self, environment: Mapping[str, str] = os.environ) -> str | None:
        if self.proxy is not None:
            return self.proxy.get_secret_value()
        return environment.get("HTTPS_PROXY") or environment.get("https_proxy") or None

    def trust(self) -> "SSLContext":
        """Return whom we trust: the system's certificate authorities, and our own where one is named."""
        return _trust(self.ca_file)


def database_address(typed: str) -> str:
    """Return the address of a database that was given as an address or as the path of a SQLite file.

    Raises ``ValueError`` for an address that none of the program's databases has, such as `sqlite://` with a path.
    """
    text = typed.strip()
    if not _ADDRESS.match(text):
        return f"sqlite:///{Path(text).expanduser().absolute()}"
    scheme, _, rest = text.partition("://")
    address = f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else text
    if not _OURS.match(address):
        raise ValueError("neither sqlite:///path nor postgresql://user@host/name")
    return address


def _trust(own: Path | None) -> "SSLContext":
    import ssl  # a conversation in the terminal needs none

    context = ssl.create_default_context()
    if own is not None:
        context.load_verify_locations(own)
    return context


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_proxy(text: str) -> bool:
    address = urlsplit(text)
    try:
        return address.scheme in ("http", "https") and bool(address.hostname) and address.port != 0
    except ValueError:  # the port is no number
        return False
