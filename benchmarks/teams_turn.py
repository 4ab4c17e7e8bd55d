"""Measures a turn through Teams' door against the SDK's own echo, which keeps nothing and posts once.

Signed activity in, answer, reply posted: 1, 8 and 32 at once, on loopback, both apps in one run, turn about, with
authentication on in both. Each turn is an answer in a question's thread: its token is checked, it is stored, answered,
heard, projected, written to the outbox, committed; then the receipt is posted and the question's card edited. All of it
durable, on SQLite.
"""

import asyncio
import sys

from _doors import Comparison, DoorStore, Places, Talk, a_town, running
from _figures import Figures
from _teams_stand_in import APP, PASSWORD, TENANT, account_of, stand_in

AT_LEAST = 3.0  # times the echo's turns per second, with 8 at once
PATH = "/teams/messages"


async def compare(figures: Figures, database: str, places: Places) -> None:
    async with stand_in() as teams:
        told = (teams.url, APP, PASSWORD, TENANT)
        async with (
            running("echo", "_teams_echo.py", PATH, *told) as echo,
            running("coach", "_teams_coach.py", PATH, *told, database=database) as coach,
        ):
            await Comparison(figures, "teams", AT_LEAST).run(teams, echo, coach, Talk(places, account_of))


def store(url: str) -> DoorStore:
    """Open a store whose people talk in Teams."""
    return DoorStore(url, door="teams", tenant=TENANT, account=account_of, id="17100{:08}".format)


def main() -> int:
    figures = Figures()
    with a_town(store, "'19:' || lower(hex(external)) || '@thread.tacv2'") as (database, places):
        asyncio.run(compare(figures, database, places))
    return figures.code()


if __name__ == "__main__":
    sys.exit(main())
