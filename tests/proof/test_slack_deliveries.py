"""Slack delivers what it has to tell again and again, in any order and twenty at a time: each thing happens once."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from random import Random  # noqa: TID251 - drawn by a seed
from typing import Any, Literal

import pytest
from sqlalchemy import text

from tests.proof.sweep import share_of
from tests.slack import payloads
from tests.slack.driver import Driver
from tests.slack.fixtures import Stages
from tests.slack.ledger import lost_or_doubled
from tests.slack.stage import SlackStage
from tests.slack.workspace import BOT_USER, Member

pytestmark = pytest.mark.proof

EVENTS, DELIVERIES = 4_000, 10_000
FEWEST = 200  # events, however small the sample
CHANNELS = tuple(f"grupp-{number}" for number in range(20))
AT_ONCE = 20
KARIN = "Karin Ek"
START = ("starta", "{channel} kommun", "-", "Skola", "-", f"ny person: {KARIN}, arbetsgrupp")
FIRST_QUESTION = "1.1"


@dataclass
class Event:
    """Something that happened in Slack once; `payloads` are the one or two events that it brings."""

    words: str
    payloads: list[dict[str, Any]]


@dataclass
class Post:
    """Delivers, as Slack does: what isn't acknowledged comes again."""

    driver: Driver
    answers: Counter[int] = field(default_factory=Counter)

    async def deliver(self, payload: dict[str, Any], number: int) -> None:
        while True:
            got = await (self.driver.again(payload, number) if number else self.driver.send(payload))
            self.answers[got.status] += 1
            if got.acked:
                return
            number += 1

    async def all(self, deliveries: list[tuple[dict[str, Any], int]]) -> None:
        waiting = iter(deliveries)

        async def worker() -> None:
            for payload, number in waiting:
                await self.deliver(payload, number)

        await asyncio.gather(*(worker() for _ in range(AT_ONCE)))


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


def shuffled(events: list[Event], count: int, draw: Random) -> list[tuple[dict[str, Any], int]]:
    """Return *count* deliveries with their numbers: each event at least once, a tenth of them never as the first."""
    deliveries = []
    for event in events:
        unheard = draw.random() < 0.1
        deliveries += [(payload, 1 if unheard else 0) for payload in event.payloads]
    while len(deliveries) < count:
        deliveries.append((draw.choice(draw.choice(events).payloads), draw.randint(1, 3)))
    draw.shuffle(deliveries)
    return deliveries


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_each_event_happens_once_however_often_it_is_delivered(
    stages: Stages,
    database: Literal["sqlite", "postgresql"],
    sample: str,
    seed: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    draw = Random(seed)
    count = max(FEWEST, round(EVENTS * share_of(sample, EVENTS)))
    stage = stages([Member(KARIN)], database=database, channels=CHANNELS)
    threads = groups(stage)
    events = said_in(stage, threads, count)
    deliveries = shuffled(events, count * DELIVERIES // EVENTS, draw)
    post = Post(stage.town.driver)

    stage.town.loop.do(post.all(deliveries), patience=3600)
    stage.kept.wait(patience=3600)

    with stage.kept.uow() as uow:
        refs = uow.journeys.all()
        journeys = [uow.journeys.whole(ref.id) for ref in refs]
        happened = [
            event for ref in refs for event in uow.journeys.events(ref.id) if event.kind == "contributed"
        ]
    said = [
        one.value for journey in journeys for item in journey.items.values() for one in item.contributions
    ]
    assert len(happened) == count
    assert sorted(said) == sorted(event.words for event in events)
    with stage.kept.engine.connect() as connection:
        states = dict(
            map(tuple, connection.execute(text("SELECT state, count(*) FROM inbox GROUP BY state")))
        )
    assert states == {"done": count + len(CHANNELS) * len(START)}
    assert lost_or_doubled(stage.town, stage.kept) == []
    with capsys.disabled():
        print(
            f"\n{database}: {sum(post.answers.values())} deliveries of {count} events, answered {dict(post.answers)}"
            f" (PROOF_SEED={seed})"
        )
