"""The clock: the one place in the project that knows what time it is."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


class SystemClock:
    """The machine's clock; *zone* is where the organisation is."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return self.now().astimezone(self._zone).date()


@dataclass(frozen=True, slots=True)
class StoppedClock:
    """Shows one instant, for a rehearsal: what would be said then."""

    at: datetime
    zone: ZoneInfo

    def now(self) -> datetime:
        return self.at.astimezone(UTC)

    def today(self) -> date:
        return self.at.astimezone(self.zone).date()
