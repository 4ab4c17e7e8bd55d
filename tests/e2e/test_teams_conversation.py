"""What people in Teams expect of the coach, from outside: signed activities in, cards out."""

import asyncio
from time import monotonic
from typing import Any

import aiohttp
import pytest
from sqlalchemy import text

from bot.teams.interactions import ANSWER
from storage.engine import open_engine
from storage.unit_of_work import SqlUnitOfWork
from tests.doors.faults import Fault
from tests.teams.connector import Message
from tests.teams.driver import BOT, Place
from tests.teams.fixtures import TeamsStages
from tests.teams.stage import TeamsStage
from tests.teams.town import Member

pytestmark = pytest.mark.e2e

KARIN, BO, EVA = "Karin Ek", "Bo Ström", "Eva Lund"
START = ("starta", "Ljungby kommun", "EU-coachmetoden", "-", "Skola", "-")
TALK = "Fikabrödet är slut sedan i tisdags."


@pytest.fixture
def stage(teams_stages: TeamsStages) -> TeamsStage:
    """Nobody has said anything yet; the coach is in the channel."""
    found = teams_stages([Member(KARIN), Member(BO), Member(EVA)])
    found.day(found.today)
    return found


@pytest.fixture
def group(stage: TeamsStage) -> TeamsStage:
    """Karin leads; Bo is in the group and is known by his account; the first question stands in the channel."""
    for said in START:
        stage.says(KARIN, said)
    stage.says(KARIN, f"ny person: {BO}, arbetsgrupp")
    stage.introduce(BO)
    stage.heard()
    return stage


def inbox(stage: TeamsStage) -> int:
    with stage.kept.engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM inbox")).scalar_one())


def contributions(stage: TeamsStage) -> list[str]:
    kept = stage.journey()
    assert kept is not None
    return [str(one.value) for item in kept[1].items.values() for one in item.contributions]


def card(stage: TeamsStage, number: str = "1.1") -> Message:
    return stage.town.connector.messages[stage.kept.questions(stage.town.room)[number]]


def under(stage: TeamsStage, number: str = "1.1") -> Place:
    return Place(stage.town.room, "channel", card(stage, number).id)


def do(stage: TeamsStage, act: Any) -> Any:
    """Let it happen a moment later, and wait for what comes of it."""
    stage.tick()
    got = stage.town.loop.do(act)
    stage.kept.wait()
    return got


def test_let_into_a_channel_it_says_hello_and_who_is_added_later_is_no_business_of_its(stage: TeamsStage):
    driver, karin, at = stage.town.driver, stage.town.talkers[KARIN], Place(stage.town.room, "channel")

    do(stage, driver.install(karin, at))
    assert len(stage.town.connector.in_room(stage.town.room)) == 1
    before = inbox(stage)
    do(stage, driver.members(karin, at, "membersAdded", {"id": stage.town.talkers[BO].user}))

    assert inbox(stage) == before


def test_in_private_one_may_practise_and_is_told_where_a_group_begins(stage: TeamsStage):
    book = stage.kept.book

    stage.privately(KARIN, "starta")
    assert book.text("start-in-channel.teams", "sv") in stage.heard()
    stage.privately(KARIN, "mina saker")
    assert any(book.text("mine-none", "sv") in one for one in stage.heard())
    assert stage.kept.count("SELECT count(*) FROM journey") == 0

    stage.privately(KARIN, "provkör")
    assert stage.kept.count("SELECT count(*) FROM journey WHERE practice") == 1
    assert any(book.text("how-text.private", "sv") in one for one in stage.heard())


def test_editing_the_message_edits_the_answer_and_deleting_it_withdraws_it(group: TeamsStage):
    driver, bo = group.town.driver, group.town.talkers[BO]
    said = do(group, driver.write(bo, under(group), "Vi vil mer."))
    assert contributions(group) == ["Vi vil mer."]

    do(group, driver.edit(bo, under(group), said, "Vi vill mer & <bättre>."))
    assert contributions(group) == ["Vi vill mer & <bättre>."]

    do(group, driver.delete(bo, under(group), said))
    assert contributions(group) == []


def test_ordinary_talk_is_left_alone_and_kept_nowhere(group: TeamsStage):
    driver, town = group.town.driver, group.town
    calls, stored = len(town.connector.calls), inbox(group)

    root = do(group, driver.write(town.talkers[EVA], Place(town.room, "channel"), TALK))
    thread = Place(town.room, "channel", root)
    reply = do(group, driver.write(town.talkers[BO], thread, TALK))
    do(group, driver.edit(town.talkers[BO], thread, reply, f"{TALK} Nästan."))
    do(group, driver.delete(town.talkers[EVA], Place(town.room, "channel"), root))

    assert [got.status for got in driver.deliveries[-4:]] == [200] * 4
    assert (len(town.connector.calls), inbox(group)) == (calls, stored)


def test_the_same_words_in_the_card_count_once_and_again_when_they_were_taken_back(group: TeamsStage):
    driver, bo = group.town.driver, group.town.talkers[BO]

    def answers() -> Any:
        [action] = [one for one in card(group).actions if one.get("verb") == ANSWER]
        return driver.executed(bo, under(group), card(group).id, action, {ANSWER: "Vi vill mer."})

    activity = answers()
    for number in range(3):  # Teams delivers an invoke again under another id
        got = do(group, driver.deliver({**activity, "id": f"f:{number}"}))
        assert got.json["type"] == "application/vnd.microsoft.activity.message"
    assert contributions(group) == ["Vi vill mer."]

    group.press(BO, "not-this", "1.1")
    assert contributions(group) == []
    do(group, driver.deliver(answers()))
    assert contributions(group) == ["Vi vill mer."]


def test_an_old_client_hands_in_an_answer_and_a_press_as_messages(group: TeamsStage):
    driver, bo = group.town.driver, group.town.talkers[BO]
    written = driver.said(bo, under(group), "") | {"text": "", "attachments": [], "replyToId": card(group).id}

    do(group, driver.deliver({**written, "value": {ANSWER: "Vi vill mer."}}))

    assert contributions(group) == ["Vi vill mer."]


def test_what_is_wrong_in_a_dialog_stands_beside_its_field_and_it_stays_open(stage: TeamsStage):
    stage.says(KARIN, "starta")
    typed = {"organisation": "Ljungby kommun", "method": "EU-coachmetoden", "units": "Skola"}

    stage.fills(KARIN, "start", "", {**typed, "group": "x" * 200})
    assert list(stage.forms[KARIN].wrong) == ["group"]
    assert stage.journey() is None

    stage.hand_in(KARIN, {"group": "Gruppen"})
    assert KARIN not in stage.forms
    assert stage.kept.questions(stage.town.room).keys() == {"1.1"}


def test_rights_come_from_the_database_whatever_the_payload_says(group: TeamsStage):
    """Eva, who is in no group, takes Bo's answer back: by his button, under his name, from elsewhere, made up."""
    driver, eva = group.town.driver, group.town.talkers[EVA]
    group.says(BO, "Vi vill mer.")
    message, button = group.button(BO, "not-this", "1.1")
    theirs = driver.executed(eva, under(group), message.id, button)
    elsewhere = Place("19:annanstans@thread.tacv2", "channel", "1")

    for forged in (
        theirs,
        {**theirs, "from": {**theirs["from"], "name": BO, "id": group.town.talkers[BO].user}},
        driver.executed(eva, elsewhere, message.id, button),
        driver.executed(eva, under(group), message.id, {**button, "data": {"b": "AAAAAAAAAAAAAAAA"}}),
    ):
        assert do(group, driver.deliver(forged)).status == 200

    assert contributions(group) == ["Vi vill mer."]


def test_taken_out_of_the_channel_it_goes_on_in_private_and_comes_back(group: TeamsStage):
    driver, town, karin = group.town.driver, group.town, group.town.talkers[KARIN]
    at = Place(town.room, "channel")
    town.connector.away.add(town.room)
    do(group, driver.install(karin, at, away=True))
    group.privately(BO, "1.1: Vi vill mer.")
    assert contributions(group) == ["Vi vill mer."]
    assert karin.private in [one.room for one in town.connector.heard()]

    town.connector.away.clear()
    do(group, driver.members(karin, at, "membersAdded", BOT))
    town.connector.heard()
    group.says(KARIN, "läget")
    assert town.room in [one.room for one in town.connector.heard()]


@pytest.mark.parametrize("kind", ["limited", "conflict", "unavailable", "slow"])
def test_a_post_that_surely_was_not_taken_is_made_later_and_once(group: TeamsStage, kind: str):
    town = group.town
    rule = town.connector.faults.add(Fault(kind, channel=town.room, times=1))  # type: ignore[arg-type]
    before = len(town.connector.posted)

    town.loop.do(town.driver.write(town.talkers[KARIN], Place(town.room, "channel"), "läget", mention=True))
    town.until(lambda: rule.happened > 0 and (kind == "slow" or bool(_waiting(group))))
    group.later(60)
    group.privately(BO, "läget")  # whatever wakes the delivery

    assert len(town.connector.posted) == before + 2
    assert group.kept.letters("ambiguous", "dead") == []


@pytest.mark.parametrize("kind", ["failed", "reset", "lost"])
def test_a_post_that_nobody_can_tell_of_is_not_made_again_and_is_listed(group: TeamsStage, kind: str):
    town = group.town
    rule = town.connector.faults.add(Fault(kind, channel=town.room, times=1))  # type: ignore[arg-type]

    town.loop.do(town.driver.write(town.talkers[KARIN], Place(town.room, "channel"), "läget", mention=True))
    town.until(lambda: rule.happened > 0 and bool(_waiting(group)))
    group.later(60)
    group.privately(BO, "läget")
    group.says(KARIN, "läget")

    assert len(group.kept.letters("ambiguous")) == 1
    keys = [key for key in town.connector.posted if key]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("kind", ["failed", "lost", "reset"])
def test_a_part_of_a_long_letter_that_nobody_can_tell_of_is_listed_and_the_letter_answered_under(
    group: TeamsStage, kind: str
):
    """What the two have said takes more than one card. The first stands; of the next, nobody knows."""
    town = group.town
    group.says(BO, "Vi vill mer. " * 450)
    group.says(KARIN, "Vi vill annat. " * 380)
    group.heard()
    rule = town.connector.faults.add(Fault(kind, "post", town.room, times=1, after=1))  # type: ignore[arg-type]
    before = len(town.connector.posted)

    do(group, town.driver.write(town.talkers[KARIN], under(group), "visa svar 1.1"))

    assert rule.happened == 1
    assert [why.partition(":")[0] for _, why, _ in group.kept.letters("ambiguous")] == ["part 2 of 2"]
    group.later(3600)
    group.privately(BO, "läget")  # whatever wakes the delivery
    keys = [key for key in town.connector.posted[before:] if key]
    assert len(keys) == len(set(keys))

    [(id, _)] = group.kept.listed("ambiguous", "Vi vill")
    engine = open_engine(group.kept.url)
    with SqlUnitOfWork(engine) as uow:
        assert uow.outbox.retry(id, not_there=True)
        uow.commit()
    engine.dispose()
    group.privately(BO, "läget")
    parts = [key for key in town.connector.posted[before:] if key.rpartition("#")[2] in ("0", "1")]
    first = next(key for key in parts if key.endswith("#1")).removesuffix("#1")
    assert town.connector.posted.count(f"{first}#0") == 1
    assert town.connector.posted.count(f"{first}#1") == (1 if kind == "reset" else 2)
    assert group.kept.letters("ambiguous") == []


def test_after_a_rollover_of_keys_the_next_activity_is_let_in(group: TeamsStage):
    group.town.identity.keys = ["second"]
    group.later(120)
    group.town.driver.key = "second"

    group.says(BO, "Vi vill mer.")

    assert contributions(group) == ["Vi vill mer."]


def test_while_a_key_server_hangs_others_are_answered(group: TeamsStage):
    """An unknown key has to be asked for; meanwhile the health route and whoever comes with a known one are answered."""
    town, bo = group.town, group.town.talkers[BO]
    group.later(120)
    town.identity.hangs = 2.5
    unknown = town.driver.said(bo, Place(bo.private, "personal"), "läget")

    async def meanwhile() -> tuple[float, int]:
        town.driver.key = "third"
        hanging = asyncio.create_task(town.driver.once(unknown))
        await asyncio.sleep(0.2)
        town.driver.key = "first"
        began = monotonic()
        async with aiohttp.ClientSession() as session, session.get(f"{town.bot}/healthz") as answer:
            assert answer.status == 200
        await town.driver.write(bo, Place(bo.private, "personal"), "läget")
        took = monotonic() - began
        return took, (await hanging).status

    took, status = town.loop.do(meanwhile())

    assert took < 1.0
    assert status in (401, 503)


def _waiting(stage: TeamsStage) -> list[str]:
    return [why for _, why, _ in stage.kept.letters("new") if why]
