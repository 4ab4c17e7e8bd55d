"""Measures a turn through Slack's door against a bare bolt echo that posts as much and keeps nothing.

Signed event in, acknowledgement, reply posted: 1, 8 and 32 at once, on loopback, both apps in one run, turn about.
Each turn is an answer in a question's thread: stored, acknowledged, heard, projected, written to the outbox, committed;
then the receipt is posted and the question's message edited. All of it durable, on SQLite.

What is compared: both post one message and edit one for each turn, which is counted and said; each over one session of
its own, kept open. Each is a process by itself, and they are never at work at the same time: the one that is has the
machine with the stand-in, which signs, takes the posts and measures. That costs less than either app, and is said too.
The echo answers Slack as bolt does by default, before it has posted; the coach when it has stored. Its posts are
plain text, the coach's are blocks.
"""

import asyncio
import sys

from _doors import Comparison, DoorStore, Places, Talk, a_town, running
from _figures import Figures
from _slack_stand_in import SECRET, TEAM, TOKEN, stand_in

AT_LEAST = 0.35  # of the echo's turns per second, with 8 at once
PATH = "/slack/events"


async def compare(figures: Figures, database: str, places: Places) -> None:
    async with stand_in() as slack:
        told = (slack.url, SECRET, TOKEN)
        async with (
            running("echo", "_slack_echo.py", PATH, *told) as echo,
            running("coach", "_slack_coach.py", PATH, *told, database=database) as coach,
        ):
            await Comparison(figures, "slack", AT_LEAST).run(slack, echo, coach, Talk(places, account))


def store(url: str) -> DoorStore:
    """Open a store whose people talk in Slack."""
    return DoorStore(url, door="slack", tenant=TEAM, account=account, id="1710000000.{:06}".format)


def account(who: str) -> str:
    return f"U{who.upper()}"


def main() -> int:
    figures = Figures()
    with a_town(store, "'C' || hex(external)") as (database, places):
        asyncio.run(compare(figures, database, places))
    return figures.code()


if __name__ == "__main__":
    sys.exit(main())
