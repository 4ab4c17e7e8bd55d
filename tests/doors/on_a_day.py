"""Runs the program with a clock that was set: `python -m tests.doors.on_a_day 2026-09-07T07:00:00+00:00 0 serve`.

The second argument is how many seconds a room rests after a letter. Everything else is the installed command.
"""

import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import bot.serve
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
    bot.serve.PACE = float(sys.argv[2])
    sys.exit(main(sys.argv[3:]))
