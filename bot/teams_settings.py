"""Which of Teams' settings are there, which are missing, and which can't be what they are called."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.settings import Settings, is_loopback
from dialogs.model.borders import Borders

DOOR = "teams"
NAMES: Mapping[str, str] = {
    "teams_app_id": "METODCOACH_TEAMS_APP_ID",
    "teams_app_password": "METODCOACH_TEAMS_APP_PASSWORD",
    "teams_tenant": "METODCOACH_TEAMS_TENANT",
}
NEEDED = tuple(NAMES)
SERVICE_HOSTS = frozenset({"smba.trafficmanager.net"})
KEY_HOSTS = frozenset({"login.botframework.com"})
OPENID = "https://login.botframework.com/v1/.well-known/openidconfiguration"
LOGIN = "https://login.microsoftonline.com"

_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Origins:
    """Where keys and tokens come from: Microsoft, or a stand-in on this machine."""

    openid: str = OPENID
    login: str = LOGIN
    loopback: bool = False

    def may_hold_keys(self, url: str) -> bool:
        try:
            address = urlsplit(url)
        except ValueError:
            return False
        if self.loopback and is_loopback(address.hostname or ""):
            return True
        return address.scheme == "https" and address.netloc in KEY_HOSTS


def origins_of(settings: Settings) -> Origins:
    if not settings.teams_stand_in:
        return Origins()
    base = settings.teams_stand_in.rstrip("/")
    return Origins(f"{base}/openid", f"{base}/login", loopback=True)


def service_hosts(settings: Settings) -> frozenset[str]:
    """Return the exact hosts at which activities may ask to be answered."""
    return SERVICE_HOSTS | frozenset(_listed(settings.teams_service_hosts))


def file_hosts(settings: Settings) -> frozenset[str]:
    """Return the exact hosts where files may be put and fetched, beside SharePoint's."""
    return frozenset(_listed(settings.teams_file_hosts))


def allowed_tenants(settings: Settings) -> Mapping[str, tuple[str, ...]]:
    """Return the tenants that are let in, in small letters, each with the names of its organisations.

    No names mean any organisation that no other tenant names. Where nothing is listed, it is the bot's own tenant.
    """
    found: dict[str, tuple[str, ...]] = {}
    for one in _listed(settings.teams_tenants):
        tenant, _, organisation = one.partition("=")
        names = found.get(tenant.strip().lower(), ())
        found[tenant.strip().lower()] = (*names, organisation.strip()) if organisation.strip() else names
    own = settings.teams_tenant.strip().lower()
    return found or ({own: ()} if own else {})


def borders_of(settings: Settings) -> Borders:
    return Borders({(DOOR, tenant): names for tenant, names in allowed_tenants(settings).items()})


def is_mentioned(settings: Settings) -> bool:
    """Whether anything at all is set for Teams."""
    return any(value_of(settings, name) for name in NAMES)


def is_configured(settings: Settings) -> bool:
    return not missing(settings)


def missing(settings: Settings) -> tuple[str, ...]:
    """Return the settings that Teams' door needs and hasn't."""
    return tuple(NAMES[name] for name in NEEDED if not value_of(settings, name))


def malformed(settings: Settings) -> Iterator[str]:
    """Yield those that are set to something that Microsoft gives nobody under that name."""
    for name in ("teams_app_id", "teams_tenant"):
        value = value_of(settings, name)
        if value and not is_guid(value):
            yield name
    if settings.teams_tenants.strip() and not all(map(is_guid, allowed_tenants(settings))):
        yield "teams_tenants"


def is_guid(text: str) -> bool:
    return bool(_GUID.fullmatch(text.strip().lower()))


def value_of(settings: Settings, name: str) -> str:
    """Return one of `NAMES` as it is set; "" when it isn't."""
    return settings.secret(name) if name == "teams_app_password" else str(getattr(settings, name)).strip()


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]
