"""Slack delivers what it has to tell again and again, in any order and twenty at a time: each thing happens once."""

from random import Random  # noqa: TID251 - drawn by a seed
from typing import Any, Literal

import pytest

from tests.proof.deliveries import (
    EVENTS,
    FEWEST,
    FIRST_QUESTION,
    KARIN,
    START,
    Event,
    Post,
    each_happened_once,
    shuffled,
)
from tests.proof.parts import Tell
from tests.proof.sweep import share_of
from tests.slack import payloads
from tests.slack.fixtures import Stages
from tests.slack.ledger import lost_or_doubled
from tests.slack.stage import SlackStage
from tests.slack.workspace import BOT_USER, Member

pytestmark = pytest.mark.proof

CHANNELS = tuple(f"grupp-{number}" for number in range(20))


def groups(stage: SlackStage) -> dict[str, str]:
    """Begin a journey in each channel; return the message of its first question, by channel."""
    town, karin = stage.town, stage.town.talkers[KARIN]
    stage.day(stage.today)
    found = {}
    for name in CHANNELS:
        channel = town.ids[name]
        for said in START:
            words = f"{payloads.mention(BOT_USER)} {said.format(channel=name)}"
            town.loop.do(town.driver.write(karin, channel, words))
            stage.kept.wait()
        [found[channel]] = [
            shown.ts
            for shown in town.adapter.posted.standing.values()
            if shown.channel == channel
            and shown.buttons
            and not shown.thread
            and stage.kept.is_question(shown.ts)
        ]
    return found


def said_in(stage: SlackStage, threads: dict[str, str], count: int) -> list[Event]:
    """Let Karin answer *count* times: under the question, or by its number, which Slack tells twice."""
    driver, karin = stage.town.driver, stage.town.talkers[KARIN]
    events = []
    for number in range(count):
        channel, thread = list(threads.items())[number % len(threads)]
        mentions = number % 5 == 0
        words = f"Vi vill komma längre, del {number}."
        said = payloads.message(
            karin.id,
            channel,
            f"{int(driver.now().timestamp())}.{100_000 + number:06}",
            f"{payloads.mention(BOT_USER)} {FIRST_QUESTION}: {words}" if mentions else words,
            kind="channel",
            thread="" if mentions else thread,
        )
        events.append(Event(words, [driver.event(one) for one in driver.heard_of(said)]))
    return events


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_each_event_happens_once_however_often_it_is_delivered(
    stages: Stages,
    database: Literal["sqlite", "postgresql"],
    sample: str,
    seed: str,
    tell: Tell,
) -> None:
    count = max(FEWEST, round(EVENTS * share_of(sample, EVENTS)))
    stage = stages([Member(KARIN)], database=database, channels=CHANNELS)
    events = said_in(stage, groups(stage), count)
    driver = stage.town.driver

    async def once(payload: dict[str, Any], number: int) -> int:
        return (await (driver.again(payload, number) if number else driver.send(payload))).status

    post = Post(once)
    stage.town.loop.do(post.all(shuffled(events, Random(seed))), patience=3600)
    stage.kept.wait(patience=3600)

    each_happened_once(stage.kept, events, len(CHANNELS) * len(START))
    assert lost_or_doubled(stage.town, stage.kept) == []
    tell(
        f"{database}: {sum(post.answers.values())} deliveries of {count} events, answered {dict(post.answers)}"
        f" (PROOF_SEED={seed})"
    )
