"""What Slack people expect of the coach in their channel, from outside: signed requests in, posts out."""

from collections.abc import Sequence
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from content.phrases.book import Phrasebook
from storage.engine import sqlite_file
from tests.slack import payloads
from tests.slack.faults import Fault
from tests.slack.fields import state_of
from tests.slack.fixtures import Stages
from tests.slack.posted import Shown
from tests.slack.stage import SlackStage
from tests.slack.town import COACH
from tests.slack.workspace import BOT_USER, Member

pytestmark = pytest.mark.e2e

KARIN, BO, EVA = "Karin Ek", "Bo Ström", "Eva Lund"
START = ("starta", "Ljungby kommun", "EU-coachmetoden", "-", "Skola", "-")
SECRET_TALK = "Fikabrödet är slut sedan i tisdags."


@pytest.fixture
def stage(stages: Stages) -> SlackStage:
    """Nobody has said anything yet; the coach is in the channel."""
    found = stages([Member(KARIN), Member(BO), Member(EVA)])
    found.day(found.today)
    return found


@pytest.fixture
def group(stage: SlackStage) -> SlackStage:
    """Karin leads; Bo is in the group and is known by his account; the first question stands in the channel."""
    for said in START:
        stage.says(KARIN, said)
    stage.says(KARIN, f"ny person: {BO}, arbetsgrupp")
    stage.privately(BO, "hjälp")
    stage.heard()
    return stage


def inbox(stage: SlackStage) -> int:
    with stage.kept.engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM inbox")).scalar_one())


def contributions(stage: SlackStage) -> list[str]:
    """Return what has been said to the first question."""
    kept = stage.journey()
    assert kept is not None
    return [str(one.value) for item in kept[1].items.values() for one in item.contributions]


def posted_in(stage: SlackStage, channel: str) -> Sequence[Shown]:
    return [one for one in stage.town.adapter.posted.told if one.channel == channel]


def thread(stage: SlackStage, number: str = "1.1") -> str:
    return stage.kept.questions(stage.town.channel)[number]


# ------------------------------------------------------------------------------------------ words in the channel


def test_slack_sees_that_the_address_is_ours(stage: SlackStage):
    got = stage.town.loop.do(
        stage.town.driver.verify_url("3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P")
    )

    assert (got.status, got.body) == (200, b"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P")


def test_a_mention_comes_twice_and_happens_once(stage: SlackStage):
    stage.says(KARIN, "hjälp")

    assert len(stage.town.driver.deliveries) == 2
    assert [got.status for got in stage.town.driver.deliveries] == [200, 200]
    assert inbox(stage) == 1
    assert len([one for one in posted_in(stage, stage.town.channel) if one.thread]) == 1


def test_an_event_that_is_first_heard_as_a_retry_happens_once(group: SlackStage):
    driver, loop, before = group.town.driver, group.town.loop, inbox(group)
    said = loop.do(
        driver.write(
            group.town.talkers[BO], group.town.channel, "Vi vill mer.", thread=thread(group), told=False
        )
    )
    event = driver.event(said)

    answers = [loop.do(driver.again(event, number)).status for number in (1, 2, 3)]
    group.kept.wait()

    assert answers == [200, 200, 200]
    assert inbox(group) == before + 1
    assert contributions(group) == ["Vi vill mer."]


def test_editing_the_message_edits_the_answer_and_deleting_it_withdraws_it(group: SlackStage):
    driver, loop, bo = group.town.driver, group.town.loop, group.town.talkers[BO]
    said = loop.do(driver.write(bo, group.town.channel, "Vi vil mer.", thread=thread(group)))
    group.kept.wait()
    assert contributions(group) == ["Vi vil mer."]

    loop.do(driver.edit(bo, said, "Vi vill mer &amp; bättre."))
    group.kept.wait()
    assert contributions(group) == ["Vi vill mer & bättre."]

    loop.do(driver.delete(bo, said))
    group.kept.wait()
    assert contributions(group) == []


def test_ordinary_talk_is_left_alone_and_kept_nowhere(group: SlackStage):
    driver, loop, town = group.town.driver, group.town.loop, group.town
    calls, stored = len(town.adapter.calls), inbox(group)

    root = loop.do(driver.write(town.talkers[EVA], town.channel, SECRET_TALK))
    reply = loop.do(driver.write(town.talkers[BO], town.channel, SECRET_TALK, thread=root["ts"]))
    loop.do(driver.edit(town.talkers[BO], reply, f"{SECRET_TALK} Nästan."))
    loop.do(driver.delete(town.talkers[EVA], root))
    group.kept.wait()

    assert [got.status for got in driver.deliveries[-4:]] == [200] * 4
    assert (len(town.adapter.calls), inbox(group)) == (calls, stored)
    group.close()
    file = sqlite_file(group.kept.url)
    assert file is not None
    for one in file.parent.glob(f"{file.name}*"):
        assert SECRET_TALK.encode() not in Path(one).read_bytes()


def test_the_coach_does_not_hear_itself_or_other_apps(group: SlackStage):
    driver, loop, town, before = group.town.driver, group.town.loop, group.town, inbox(group)
    of_its_own = payloads.message(
        BOT_USER, town.channel, "1.000001", "Hej", kind="channel", thread=thread(group)
    )
    of_an_app = payloads.message(
        town.talkers[EVA].id, town.channel, "1.000002", "Hej", kind="channel", thread=thread(group),
        bot_id="B0ANOTHER", subtype="bot_message",
    )  # fmt: skip

    for one in (of_its_own, of_an_app):
        loop.do(driver.deliver(one))

    assert inbox(group) == before


def test_a_reply_of_only_a_file_is_asked_for_a_sentence(group: SlackStage):
    driver, loop, town = group.town.driver, group.town.loop, group.town
    link = "https://kommunen.slack.com/files/U1/F1/visionen.pdf"
    file = payloads.shared_file("visionen.pdf", link, town.talkers[BO].id)
    share: dict[str, Any] = {"subtype": "file_share", "files": [file]}

    loop.do(driver.write(town.talkers[BO], town.channel, "", thread=thread(group), **share))
    group.kept.wait()
    assert contributions(group) == []
    asked = group.heard()
    assert asked

    loop.do(driver.write(town.talkers[BO], town.channel, "Se visionen.", thread=thread(group), **share))
    group.kept.wait()
    assert any("Se visionen." in one for one in contributions(group))
    kept = group.journey()
    assert kept is not None
    assert link in repr(kept[1])


# ------------------------------------------------------------------------------------------ buttons and forms


def test_a_form_opens_within_three_seconds_and_is_asked_in_words_after_that(stage: SlackStage):
    driver, loop, town = stage.town.driver, stage.town.loop, stage.town
    karin = town.talkers[KARIN]

    got, trigger = loop.do(driver.command(karin, "starta", town.channel))
    stage.kept.wait()
    assert (got.status, list(town.adapter.views.opened)) == (200, [trigger])
    assert inbox(stage) == 0

    late = loop.do(driver.trigger(karin))
    stage.tick()
    got, _ = loop.do(driver.command(karin, "starta", town.channel, trigger=late))
    stage.kept.wait()
    assert [call.answer.get("error") for call in town.adapter.of("views.open")] == [
        None,
        "expired_trigger_id",
    ]
    assert (got.status, inbox(stage)) == (200, 1)
    assert stage.heard()


def test_a_strangers_form_speaks_the_language_of_their_slack(stages: Stages):
    stage = stages([Member(KARIN, locale="en-GB")])
    stage.day(stage.today)
    driver, loop, town, book = stage.town.driver, stage.town.loop, stage.town, Phrasebook.load()

    _, trigger = loop.do(driver.command(town.talkers[KARIN], "start", town.channel))

    view = town.adapter.views.opened[trigger]
    assert view["submit"]["text"] == book.text("slack-send", "en")
    assert book.text("field-units", "en") in str(view)
    assert book.text("field-units", "sv") not in str(view)


def test_what_is_wrong_in_a_form_stands_beside_its_fields_and_it_stays_open(stage: SlackStage):
    driver, loop, town = stage.town.driver, stage.town.loop, stage.town
    karin = town.talkers[KARIN]
    _, trigger = loop.do(driver.command(karin, "starta", town.channel))
    view = town.adapter.views.opened[trigger]
    typed = {
        "organisation": "Ljungby kommun",
        "method": "EU-coachmetoden",
        "group": "x" * 200,
        "units": "Skola",
    }

    wrong = loop.do(driver.submit(karin, view, state_of(view, typed, str)))
    assert wrong.json["response_action"] == "errors"
    assert list(wrong.json["errors"]) == ["group"]
    assert stage.journey() is None

    right = loop.do(driver.submit(karin, view, state_of(view, {**typed, "group": "Gruppen"}, str)))
    stage.kept.wait()
    assert (right.status, right.json) == (200, {})
    assert stage.kept.questions(town.channel).keys() == {"1.1"}


def test_a_press_that_is_delivered_twice_happens_once(group: SlackStage):
    driver, loop = group.town.driver, group.town.loop
    group.says(BO, "Vi vill mer.")
    shown, button = group.button(BO, "not-this", "1.1")
    payload = loop.do(driver.pressed(group.town.talkers[BO], shown, button))
    before = inbox(group)

    answers = [loop.do(driver.interact(payload)).status for _ in range(3)]
    group.kept.wait()

    assert (answers, inbox(group)) == ([200] * 3, before + 1)
    assert contributions(group) == []


def test_rights_come_from_the_database_whatever_the_payload_says(group: SlackStage):
    """Eva, who is in no group, takes Bo's answer back: by his button, under his name, from elsewhere, made up."""
    driver, loop, town = group.town.driver, group.town.loop, group.town
    group.says(BO, "Vi vill mer.")
    shown, button = group.button(BO, "not-this", "1.1")
    eva = town.talkers[EVA]

    def forged(**more: Any) -> dict[str, Any]:
        return {**loop.do(driver.pressed(eva, shown, button)), **more}

    payloads_of_hers = [
        forged(),
        forged(user={**eva.user, "username": town.talkers[BO].handle, "name": town.talkers[BO].handle}),
        forged(channel={"id": "C0ELSEWHERE", "name": "annanstans"}),
        loop.do(driver.pressed(eva, shown, {**button, "action_id": "press:AAAAAAAAAAAAAAAA"})),
    ]
    answers = [loop.do(driver.interact(one)).status for one in payloads_of_hers]
    group.kept.wait()

    assert answers == [200] * len(payloads_of_hers)
    assert contributions(group) == ["Vi vill mer."]


# ------------------------------------------------------------------------------------------ alone with the coach


def test_a_private_answer_is_an_answer(group: SlackStage):
    group.privately(BO, "1.1: Vi vill mer.")

    assert contributions(group) == ["Vi vill mer."]
    assert all(one.channel != group.town.channel or not one.thread for one in group.town.adapter.posted.told)


def test_a_slash_command_is_answered_to_one_person_alone(group: SlackStage):
    driver, loop, town = group.town.driver, group.town.loop, group.town
    before = len(town.history(town.channel))

    got, _ = loop.do(driver.command(town.talkers[BO], "läget", town.channel))
    group.kept.wait()

    assert got.status == 200
    assert {one.to for one in town.adapter.posted.news()} == {town.talkers[BO].id}
    assert len(town.history(town.channel)) == before


@pytest.mark.parametrize(
    ("asked", "key"),
    [("status", "status-late-nothing"), ("help", "help-intro"), ("my questions", "mine-are")],
)
def test_somebody_who_speaks_english_is_answered_in_english_by_a_slash_command(
    stages: Stages, asked: str, key: str
):
    eva = Member(EVA, locale="en-GB")
    stage = stages([Member(KARIN), eva])
    stage.day(stage.today)
    for said in START:
        stage.says(KARIN, said)
    stage.says(KARIN, f"ny person: {EVA}, arbetsgrupp")
    stage.privately(EVA, "help")
    stage.heard()
    driver, loop, town = stage.town.driver, stage.town.loop, stage.town
    before = len(town.history(town.channel))

    got, _ = loop.do(driver.command(town.talkers[EVA], asked, town.channel))
    stage.kept.wait()

    told = town.adapter.posted.news()
    assert got.status == 200
    assert {(one.channel, one.to) for one in told} == {(town.channel, town.talkers[EVA].id)}
    assert len(town.history(town.channel)) == before
    text, book = "\n".join(unescape(one.text) for one in told), Phrasebook.load()
    assert book.text(key, "en") in text
    assert book.text(key, "sv") not in text


def test_the_home_tab_shows_the_group_and_is_renewed(group: SlackStage):
    driver, loop, town = group.town.driver, group.town.loop, group.town
    bo = town.talkers[BO]

    assert loop.do(driver.opens_home(bo, town.private(bo), tab="messages")).status == 200
    assert loop.do(driver.opens_home(bo, town.private(bo))).status == 200
    first = loop.do(town.home(bo))
    group.says(BO, "Vi vill mer.")
    group.says(KARIN, "fastställ 1.1: Vi vill mer.")
    renewed = loop.do(town.home(bo, unlike=first))

    assert "Arbetsgruppen" in str(first)
    assert "1.2" in str(renewed)
    assert town.adapter.views.published.count(bo.id) >= 2


def test_a_stranger_reads_the_home_tab_in_the_language_of_their_slack(stages: Stages):
    stage = stages([Member(KARIN), Member(EVA, locale="en-GB")])
    stage.day(stage.today)
    driver, loop, town, book = stage.town.driver, stage.town.loop, stage.town, Phrasebook.load()
    shown = {}
    for who in (KARIN, EVA):
        talker = town.talkers[who]
        loop.do(driver.opens_home(talker, town.private(talker)))
        shown[who] = str(loop.do(town.home(talker)))

    assert book.text("no-groups-yet", "sv") in shown[KARIN]
    assert book.text("no-groups-yet", "en") in shown[EVA]
    assert stage.kept.count("SELECT count(*) FROM person") == 0  # that somebody looked makes nobody known


def test_a_button_of_the_home_tab_is_answered_in_private(group: SlackStage):
    driver, loop, town = group.town.driver, group.town.loop, group.town
    bo = town.talkers[BO]
    loop.do(driver.opens_home(bo, town.private(bo)))
    view = loop.do(town.home(bo))
    buttons = [
        button for block in view["blocks"] if block["type"] == "actions" for button in block["elements"]
    ]

    got, trigger = loop.do(driver.press_at_home(bo, buttons[0]))
    group.kept.wait()

    assert got.status == 200
    told = {one.channel for one in town.adapter.posted.news()}
    assert told == {town.private(bo)} or trigger in town.adapter.views.opened


# ------------------------------------------------------------------------------------------ what goes wrong


def test_the_coach_is_taken_out_of_the_channel_and_let_in_again(group: SlackStage):
    driver, loop, town = group.town.driver, group.town.loop, group.town
    town.adapter.outside.add(town.channel)
    loop.do(driver.moves("member_left_channel", COACH, town.channel))
    group.kept.wait()
    told = [one.channel for one in town.adapter.posted.news()]
    group.privately(BO, "1.1: Vi vill mer.")
    assert contributions(group) == ["Vi vill mer."]
    assert town.private(town.talkers[KARIN]) in told

    town.adapter.outside.clear()
    loop.do(driver.moves("member_joined_channel", COACH, town.channel))
    group.kept.wait()
    town.adapter.posted.news()
    group.says(KARIN, "läget")
    assert town.channel in [one.channel for one in town.adapter.posted.news()]


@pytest.mark.parametrize("kind", ["lost", "reset", "unavailable", "limited"])
def test_a_post_that_goes_wrong_is_made_once(group: SlackStage, kind: str):
    town = group.town
    town.adapter.faults.add(Fault(kind, channel=town.channel, times=1, retry_after="1"))  # type: ignore[arg-type]

    group.town.loop.do(
        town.driver.write(town.talkers[KARIN], town.channel, f"{payloads.mention(BOT_USER)} läget")
    )
    town.until(lambda: bool(town.adapter.faults.happened()))
    # What became of it is told before the clock goes on: the stage's time stands still by itself.
    town.until(lambda: any(why for _, why, _ in group.kept.letters("new", "ambiguous")))
    group.later(60)
    group.privately(BO, "läget")  # whatever wakes the delivery

    found = [Shown(town.channel, one["ts"], one).key for one in town.history(town.channel)]
    keys = [key for key in found if key]
    assert sorted(keys) == sorted(set(keys))
    assert group.kept.letters("ambiguous", "dead") == []
