"""Slack and Teams beside each other: the same conversation leaves the same rows, and one group has members in both."""

import asyncio
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any

import aiohttp
import pytest

from bot.usecases.walk import play
from dialogs.flows.position import number_of
from tests.doors.clocks import StageClock
from tests.doors.faults import Fault
from tests.doors.fixtures import METHOD, the
from tests.doors.kept import Kept
from tests.doors.loop import Loop
from tests.doors.rows import rows, unlike
from tests.doors.served import InProcess
from tests.doors.stage import locale_of, people_of
from tests.slack.fixtures import Found, Stages
from tests.slack.payloads import mention
from tests.slack.stage import SlackStage
from tests.slack.town import Town as SlackTown
from tests.slack.workspace import BOT_USER, TEAM
from tests.slack.workspace import Member as SlackMember
from tests.teams.driver import Place
from tests.teams.fixtures import FoundTeams, TeamsStages
from tests.teams.identity import TENANT
from tests.teams.stage import TeamsStage
from tests.teams.stamped import stamp
from tests.teams.town import Member as TeamsMember
from tests.teams.town import Town as TeamsTown

pytestmark = pytest.mark.e2e


def in_slack(town: SlackTown) -> dict[str, str]:
    """Return what Slack calls what is the same in every door."""
    rooms = {town.private(talker): f"private of {name}" for name, talker in town.talkers.items()}
    return {
        **rooms, town.channel: "CHANNEL", **{one.id: name for name, one in town.talkers.items()}, TEAM: "TENANT",
        "slack": "DOOR",
    }  # fmt: skip


def in_teams(town: TeamsTown) -> dict[str, str]:
    rooms = {talker.private: f"private of {name}" for name, talker in town.talkers.items()}
    accounts = {one.account: name for name, one in town.talkers.items()}
    return {**rooms, town.room: "CHANNEL", **accounts, TENANT: "TENANT", "teams": "DOOR"}


@pytest.mark.parametrize("walkthrough", ["felskrivningar", "steg-3-processledare"])
def test_the_same_conversation_leaves_the_same_rows(
    walkthrough: str, stages: Stages, teams_stages: TeamsStages
):
    names, locale = people_of(the(walkthrough)), locale_of(the(walkthrough))
    here = stages([SlackMember(one, locale=locale) for one in names], the(walkthrough).day)
    emails = {one.name: one.address for one in here.town.members}
    there = teams_stages([TeamsMember(one, emails[one], locale) for one in names], the(walkthrough).day)

    for stage in (here, there):
        assert play(the(walkthrough), stage, method=METHOD).mismatches == []
        stage.close()

    left = rows(here.kept.engine, in_slack(here.town))
    assert list(unlike(left, rows(there.kept.engine, in_teams(there.town)))) == []
    assert len(left["inbox"]) > len(the(walkthrough).scenes) / 2


KARIN, BO, EVA = "Karin Ek", "Bo Ström", "Eva Lund"
START = ("starta", "Ljungby kommun", "EU-coachmetoden", "-", "Skola", "-")


@dataclass
class Both:
    """One program with both doors open. The group's room is in Slack, and Karin leads."""

    slack: SlackStage
    teams: TeamsStage

    def in_teams(self, who: str, text: str) -> str:
        """Return what somebody is told in Teams when they write that to the coach alone."""
        self.teams.write_privately(who, text)
        return "\n".join(self.teams.listen())

    def settled(self, number: str) -> str:
        kept = self.slack.kept.journey()
        assert kept is not None
        [found] = [one for one in kept[1].items if number_of(*kept, one) == number]
        return self.slack.shown(found)


@pytest.fixture
def both(
    found_town: Found, found_teams: FoundTeams, new_database: Callable[[str], str], loop: Loop
) -> Iterator[Both]:
    clock = StageClock()
    clock.begin(date(2026, 9, 1))
    slack = found_town([SlackMember(KARIN), SlackMember(BO), SlackMember(EVA)], clock.now)
    teams = found_teams(
        [TeamsMember(BO, slack.member(BO).address), TeamsMember(EVA, "eva.lund@annan.example")], clock.now
    )
    url = new_database("sqlite")
    server = InProcess(loop, {"database_url": url, "port": 0, **slack.told(), **teams.told()}, prepare=stamp)
    kept = Kept(url)
    there = SlackStage(slack, server, kept, clock)
    there.day(there.today)
    teams.bot = slack.bot
    found = Both(there, TeamsStage(teams, server, kept, clock, running=True))
    for said in START:
        there.says(KARIN, said)
    for name in (BO, EVA):
        there.says(KARIN, f"ny person: {name}, arbetsgrupp")
        there.introduce(name)
    yield found
    there.close()
    kept.close()


def contributions(both: Both) -> list[tuple[str, str]]:
    kept = both.slack.kept.journey()
    assert kept is not None
    names = {member.person.id: member.person.name for member in kept[1].roster.members}
    return [
        (names[one.by], str(one.value))
        for item in kept[1].items.values()
        for one in item.contributions
        if one.by
    ]


def people(both: Both) -> int:
    return both.slack.kept.count("SELECT count(*) FROM person WHERE id IN (SELECT person FROM account)")


def test_whoever_has_the_same_address_in_both_is_one_person(both: Both):
    before = people(both)

    both.in_teams(BO, "1.1: Vi vill mer.")

    assert contributions(both) == [(BO, "Vi vill mer.")]
    assert people(both) == before


def test_an_account_is_tied_by_a_code(both: Both):
    both.slack.heard()
    both.slack.privately(EVA, "länka konto")
    [code] = re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", "\n".join(both.slack.heard()))[:1]
    both.in_teams(EVA, f"kod {code}")

    both.in_teams(EVA, "1.1: Det är roligt.")

    assert contributions(both) == [(EVA, "Det är roligt.")]


def told_in(part: Any) -> Iterator[str]:
    """Yield what a view says, a line or a label each."""
    match part:
        case {
            "type": "rich_text_section" | "rich_text_preformatted" | "rich_text_quote",
            "elements": elements,
        }:
            yield " ".join("".join(one.get("text", "") for one in elements).split())
        case {"type": "plain_text" | "mrkdwn", "text": str(text)}:
            yield " ".join(text.replace("*", "").split())
        case dict():
            for one in part.values():
                yield from told_in(one)
        case list():
            for one in part:
                yield from told_in(one)
        case _:
            return


def test_what_slacks_home_shows_stands_in_teams_on_the_card_of_my_things(both: Both):
    """Bo is one person in both; the same data is shown to him."""
    both.in_teams(BO, "hjälp")
    talker = both.slack.town.talkers[BO]
    town = both.slack.town
    town.loop.do(town.driver.opens_home(talker, town.private(talker)))
    home = town.loop.do(town.home(talker))

    both.teams.listen()
    card = " ".join(both.in_teams(BO, "mina saker").split())

    # The card has the questions themselves in the place of the button that leads to them.
    shown = {*told_in(home)} - {both.slack.kept.book.text("button-mine", "sv")}
    assert len(shown) > 8
    assert [line for line in shown if line not in card] == []


@pytest.mark.parametrize("hangs", ["keys", "token"])
def test_while_entra_or_a_key_server_hangs_slack_and_the_health_route_are_answered(both: Both, hangs: str):
    """Somebody in Teams comes with a key that nobody knows, or is to be written to with a token that has run out."""
    town, slack = both.teams.town, both.slack.town
    both.in_teams(BO, "hjälp")
    both.slack.later(7200)  # Teams' token and keys are to be had anew
    town.identity.hangs = 2.5
    talker = town.talkers[BO]
    asked = len(town.identity.asked)
    said = town.driver.said(talker, Place(talker.private, "personal"), "läget")

    async def meanwhile() -> float:
        if hangs == "keys":
            town.driver.key = "third"
        hanging = asyncio.create_task(town.driver.once(said))
        while len(town.identity.asked) == asked:
            await asyncio.sleep(0.01)
        began = monotonic()
        async with aiohttp.ClientSession() as session, session.get(f"{town.bot}/healthz") as answer:
            assert answer.status == 200
        await slack.driver.write(slack.talkers[KARIN], slack.channel, f"{mention(BOT_USER)} läget")
        took = monotonic() - began
        await hanging
        return took

    assert slack.loop.do(meanwhile()) < 1.0
    assert slack.driver.deliveries[-1].status == 200
    town.identity.hangs, town.driver.key = 0.0, "first"
    both.slack.kept.wait()


def test_what_is_said_in_one_door_is_settled_and_seen_in_the_other(both: Both):
    both.in_teams(BO, "1.1: Vi vill mer.")

    both.slack.says(KARIN, "fastställ 1.1")

    assert "Vi vill mer." in both.settled("1.1")
    assert "Vi vill mer." in both.in_teams(BO, "visa svar 1.1")


def test_a_door_that_is_away_holds_nobody_up_in_the_other(both: Both):
    """While Teams takes nothing, the group goes on in Slack; what was to be said in Teams comes later."""
    both.in_teams(BO, "hjälp")
    fault = both.teams.town.connector.faults.add(Fault("unavailable"))
    town, talker = both.teams.town, both.teams.town.talkers[BO]
    town.loop.do(town.driver.write(talker, Place(talker.private, "personal"), "läget"))
    town.until(lambda: fault.happened > 0)

    slack = both.slack.town
    said = f"{mention(BOT_USER)} läget"
    before = len(slack.adapter.posted.told)
    slack.loop.do(slack.driver.write(slack.talkers[KARIN], slack.channel, said))
    slack.until(lambda: len(slack.adapter.posted.told) > before)

    fault.times = 0
    both.slack.later(600)
    both.teams.listen()
    both.slack.privately(KARIN, "läget")  # whatever wakes the deliveries
    town.until(lambda: not both.slack.kept.to_do())
    assert both.teams.listen()
