"""Finds the time zone that somebody meant: by its name, its city, or what the country's time is called."""

from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from dialogs.model.problem import Problem
from dialogs.values.names import fold

_CALLED = {
    "sverige": "Europe/Stockholm",
    "svensk tid": "Europe/Stockholm",
    "sweden": "Europe/Stockholm",
    "finland": "Europe/Helsinki",
    "helsingfors": "Europe/Helsinki",
    "åland": "Europe/Mariehamn",
    "danmark": "Europe/Copenhagen",
    "denmark": "Europe/Copenhagen",
    "köpenhamn": "Europe/Copenhagen",
    "norge": "Europe/Oslo",
    "norway": "Europe/Oslo",
    "island": "Atlantic/Reykjavik",
    "iceland": "Atlantic/Reykjavik",
    "bryssel": "Europe/Brussels",
    "storbritannien": "Europe/London",
    "united kingdom": "Europe/London",
    "utc": "UTC",
}


def read_zone(said: str) -> str | Problem:
    """Return the IANA name of the zone; or what is wrong, with what may have been meant."""
    wanted = fold(said).replace(" ", "_")
    found = _CALLED.get(fold(said)) or _by_name().get(wanted)
    if found is not None:
        return found
    near = get_close_matches(wanted, _by_name(), 3, 0.75)
    names = ", ".join(dict.fromkeys(_by_name()[one] for one in near))
    return Problem("zone-near" if names else "zone-unknown", {"said": said.strip()[:60], "near": names})


@cache
def _by_name() -> dict[str, str]:
    """Return each zone by its whole name and, where no other has the same, by its city, in small letters."""
    zones = sorted(one for one in available_timezones() if "/" in one or one == "UTC")
    named = {zone.casefold(): zone for zone in zones}
    cities: dict[str, list[str]] = {}
    for zone in zones:
        cities.setdefault(zone.rpartition("/")[2].casefold(), []).append(zone)
    return {**{city: of[0] for city, of in cities.items() if len(of) == 1}, **named}
