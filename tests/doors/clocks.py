"""What time it is on a stage, for the people, for the platform and, where it can be told, for the program."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.clock import SystemClock
from dialogs.time import HOME

_machine = SystemClock(ZoneInfo("UTC"))


class KeepsTime(Protocol):
    """A stand-in in a process of its own, with a clock of its own."""

    def stop_clock(self, at: datetime) -> None: ...
    def run_ahead(self, seconds: float) -> None: ...


def morning(day: date) -> datetime:
    return datetime.combine(day, time(9), HOME).astimezone(UTC)


@dataclass
class StageClock:
    """Nine in the morning of the scene's day, and five seconds more with each thing that somebody does."""

    today_is: date = date(2026, 1, 1)
    acts: int = 0

    def now(self) -> datetime:
        return morning(self.today_is) + timedelta(seconds=5 * self.acts)

    def begin(self, day: date) -> None:
        self.today_is = day

    def tick(self, *others: KeepsTime) -> None:
        self.acts += 1
        for one in others:
            one.stop_clock(self.now())


@dataclass
class RunningClock:
    """From nine in the morning of the scene's day, as long as it takes: a process of its own keeps its own time."""

    today_is: date = date(2026, 1, 1)
    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        return _machine.now() + self.ahead

    def begin(self, day: date) -> None:
        self.today_is, self.ahead = day, morning(day) - _machine.now()

    def tick(self, *others: KeepsTime) -> None:
        for one in others:
            one.run_ahead(self.ahead.total_seconds())
