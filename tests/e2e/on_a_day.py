"""Runs the program with a clock that was set: `python -m tests.e2e.on_a_day 2026-09-07T07:00:00+00:00 chat …`.

Everything else is the installed command itself, in a process of its own.
"""

import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import bot.wiring
from bot.cli import main
from bot.clock import SystemClock


class SetClock(SystemClock):
    """Goes on from the instant that it was set to."""

    def now(self) -> datetime:
        return super().now() + AHEAD


if __name__ == "__main__":
    AHEAD = datetime.fromisoformat(sys.argv[1]) - SystemClock(ZoneInfo("UTC")).now().astimezone(UTC)
    bot.wiring.SystemClock = SetClock  # type: ignore[misc]
    sys.exit(main(sys.argv[2:]))
