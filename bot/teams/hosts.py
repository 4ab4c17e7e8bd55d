"""Where the bot's token may go: exact hosts over https, and this machine's own where development asks for it.

An activity names the address at which it wants to be answered, and no SDK looks at it. It is looked at here when it
arrives, when it is read from the database, and before each call.
"""

import re
from dataclasses import dataclass
from ipaddress import ip_address

from bot.teams_settings import SERVICE_HOSTS

LONGEST = 300

# One form only. What differs from it in any way may mean something else to whoever connects.
_BEGINS = r"(?P<scheme>https?)://(?P<host>[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[::1\])(?::(?P<port>[1-9][0-9]{0,4}))?"
_ADDRESS = re.compile(rf"{_BEGINS}(?P<path>(?:/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*)/?")


@dataclass(frozen=True, slots=True)
class Hosts:
    """*names* are exact; *loopback* lets in this machine's own addresses, by http too."""

    names: frozenset[str] = SERVICE_HOSTS
    loopback: bool = False

    def allowed(self, url: object) -> str | None:
        """Return the address as it is kept and used, with one slash at its end; None when nothing may be sent there."""
        if not isinstance(url, str) or len(url) > LONGEST:
            return None
        found = _ADDRESS.fullmatch(url)
        if found is None:
            return None
        scheme, host, port = found["scheme"], found["host"], found["port"]
        if self.loopback and is_this_machine(host):
            return f"{url.rstrip('/')}/" if port is None or int(port) < 65536 else None
        if scheme != "https" or port not in (None, "443") or host not in self.names:
            return None
        return f"https://{host}{found['path']}/"


SHAREPOINT = (".sharepoint.com", ".sharepoint.us")
"""Where Teams keeps the files of private chats: each organisation has a host of its own below one of these."""

LONGEST_FILE_ADDRESS = 4000
_FILE_ADDRESS = re.compile(rf"{_BEGINS}(?P<path>/[!$-\[\]_a-z~]*)")


@dataclass(frozen=True, slots=True)
class FileHosts:
    """Where files may be put and fetched. *names* are exact, beside SharePoint's own; *loopback* as for `Hosts`."""

    names: frozenset[str] = frozenset()
    loopback: bool = False

    def allowed(self, url: str) -> bool:
        """Say whether the address, leave to read or write within it, may be used as it stands."""
        found = _FILE_ADDRESS.fullmatch(url) if len(url) <= LONGEST_FILE_ADDRESS else None
        if found is None:
            return False
        host, port = found["host"], found["port"]
        if self.loopback and is_this_machine(host):
            return port is None or int(port) < 65536
        ours = host in self.names or host.endswith(SHAREPOINT)
        return found["scheme"] == "https" and port in (None, "443") and ours


def is_this_machine(host: str) -> bool:
    """Tell whether *host*, as it stands in an address, is the machine itself."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
