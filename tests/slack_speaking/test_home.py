"""App Home shows what is so, to everybody who has opened it, whatever Slack makes of it."""

import asyncio
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.slack.home import Homes
from bot.slack.outcomes import harmless
from dialogs.messages import Message
from tests.slack_speaking.web_api import RESET_AFTER, Fault, Slack, in_slack, refused


class Database:
    """What each page would show now, and what it was last looked up as."""

    def __init__(self, **now: str) -> None:
        self.now = now
        self.looked_up: dict[str, str] = {}
        self.away = 0

    async def page(self, account: str) -> Message:
        self.looked_up[account] = self.now[account]
        return Message(self.now[account])

    async def stale(self) -> list[str]:
        if self.away:
            self.away -= 1
            raise OSError
        return [one for one, shown in self.looked_up.items() if self.now[one] != shown]


def drawn(message: Message) -> dict[str, str]:
    return {"type": "home", "shows": message.text}


def shows(slack: Slack) -> dict[str, str]:
    return {account: view["shows"] for account, view in slack.pages.items()}


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():
            await asyncio.sleep(0.005)


def soon(outcome):
    return replace(harmless(outcome), seconds=0.01)


@asynccontextmanager
async def kept(slack, database):
    homes = Homes(slack.web, database.page, database.stale, draw=drawn, gathers=0.01, pace=0.0)
    running = asyncio.create_task(homes.run())
    try:
        yield homes
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@in_slack
async def test_whoever_opens_the_page_sees_what_is_so(slack):
    homes = Homes(slack.web, Database(U1="ett").page, Database().stale, draw=drawn)

    await homes.opened("U1")

    assert shows(slack) == {"U1": "ett"}


@in_slack
async def test_a_page_that_has_become_stale_is_renewed_and_no_other(slack):
    database = Database(U1="ett", U2="två")
    async with kept(slack, database) as homes:
        await homes.opened("U1")
        await homes.opened("U2")

        database.now["U1"] = "nytt"
        homes.wake()

        await until(lambda: shows(slack) == {"U1": "nytt", "U2": "två"})
    assert len(slack.called("views.publish")) == 3


@in_slack
async def test_at_the_start_the_pages_are_looked_at(slack):
    database = Database(U1="efter")
    database.looked_up["U1"] = "före"

    async with kept(slack, database):
        await until(lambda: shows(slack) == {"U1": "efter"})


@in_slack
async def test_many_changes_at_once_are_one_look(slack):
    database = Database(U1="ett")
    async with kept(slack, database) as homes:
        await homes.opened("U1")
        await asyncio.sleep(0.05)
        for number in range(20):
            database.now["U1"] = str(number)
            homes.wake()

        await until(lambda: shows(slack) == {"U1": "19"})
    assert len(slack.called("views.publish")) == 2


@in_slack
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(RESET_AFTER, id="reset"),
        pytest.param(Fault(500, "", "text/plain"), id="Slack is ill"),
        pytest.param(Fault(429, {"ok": False, "error": "ratelimited"}), id="too fast"),
    ],
)
async def test_a_page_that_could_not_be_published_is_published_later(slack, fault, monkeypatch):
    monkeypatch.setattr("bot.slack.home.harmless", soon)
    slack.goes_wrong("views.publish", fault)
    async with kept(slack, Database(U1="ett")) as homes:
        await homes.opened("U1")

        await until(lambda: shows(slack) == {"U1": "ett"} and len(slack.called("views.publish")) == 2)


@in_slack
async def test_a_page_that_slack_refuses_keeps_nobody_elses_from_being_shown(slack):
    database = Database(U1="ett", U2="två")
    database.looked_up |= {"U1": "", "U2": ""}
    slack.goes_wrong("views.publish", refused("user_not_found"))

    async with kept(slack, database):
        await until(lambda: shows(slack) == {"U2": "två"})


@in_slack
async def test_a_store_that_is_away_is_asked_again(slack, monkeypatch):
    monkeypatch.setattr("bot.slack.home.PAUSE", 0.01)
    database = Database(U1="ett")
    database.looked_up["U1"], database.away = "", 2

    async with kept(slack, database):
        await until(lambda: shows(slack) == {"U1": "ett"})


@in_slack
async def test_a_page_that_cannot_be_made_is_left_as_it_was(slack):
    async with kept(slack, Database()) as homes:
        await homes.opened("U-unknown")

    assert slack.calls == []


@in_slack
async def test_of_two_pages_of_one_person_the_newer_is_shown_last(slack):
    database = Database(U1="ett")
    slack.goes_wrong("views.publish", Fault(before=0.1, happens=True))
    homes = Homes(slack.web, database.page, database.stale, draw=drawn)
    first = asyncio.create_task(homes.opened("U1"))
    await until(lambda: bool(slack.called("views.publish")))
    database.now["U1"] = "två"

    await homes.opened("U1")
    await first

    assert shows(slack) == {"U1": "två"}
    assert len(slack.called("views.publish")) == 2
