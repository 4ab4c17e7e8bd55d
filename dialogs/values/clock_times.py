"""Reads from when until when something is, as people write it: `09:00–12:00`, `kl. 9 till 12`, `13.30`."""

import re
from datetime import time

_AT = r"(\d{1,2})(?:[.:](\d{2})(?::\d{2})?)?"  # of the seconds, which some tables have, nothing is made
_SPAN = re.compile(rf"\D*?{_AT}(?:\s*(?:-|–|—|till|to|until)\s*{_AT})?\D*", re.IGNORECASE)


def read_span(text: str) -> tuple[time, time | None] | None:
    """Return when it begins and, where that is said, ends (local times); None where *text* says no times."""
    found = _SPAN.fullmatch(text.strip())
    begins = _time(found[1], found[2]) if found else None
    if found is None or begins is None:
        return None
    ends = _time(found[3], found[4]) if found[3] else None
    return (begins, ends) if ends is not None and ends > begins else (begins, None)


def _time(hours: str, minutes: str | None) -> time | None:
    at = int(hours), int(minutes or 0)
    return time(*at) if at[0] < 24 and at[1] < 60 else None
