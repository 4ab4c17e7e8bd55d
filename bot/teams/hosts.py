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
_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[::1\])(?::(?P<port>[1-9][0-9]{0,4}))?"
    r"(?P<path>(?:/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*)/?"
)


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


def is_this_machine(host: str) -> bool:
    """Tell whether *host*, as it stands in an address, is the machine itself."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
