"""Teams delivers what it has to tell again and again, in any order and twenty at a time: each thing happens once."""

from random import Random  # noqa: TID251 - drawn by a seed
from typing import Any, Literal

import pytest

from bot.teams.interactions import ANSWER
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
from tests.teams.connector import Message
from tests.teams.driver import Place
from tests.teams.fixtures import TeamsStages
from tests.teams.ledger import lost_or_doubled
from tests.teams.stage import TeamsStage
from tests.teams.town import Member

pytestmark = pytest.mark.proof

CHANNELS = tuple(f"19:grupp-{number}@thread.tacv2" for number in range(20))


def groups(stage: TeamsStage) -> list[Message]:
    """Begin a journey in each channel; return the messages of the first questions."""
    town, karin = stage.town, stage.town.talkers[KARIN]
    stage.day(stage.today)
    found = []
    for number, channel in enumerate(CHANNELS):
        for said in START:
            words = said.format(channel=f"grupp-{number}")
            town.loop.do(town.driver.write(karin, Place(channel, "channel"), words, mention=True))
            stage.kept.wait()
        found += [
            one
            for one in town.connector.in_room(channel)
            if not one.thread and stage.kept.is_question(one.id)
        ]
    assert len(found) == len(CHANNELS)
    return found


def said_in(stage: TeamsStage, questions: list[Message], count: int) -> list[Event]:
    """Let Karin answer *count* times: under the question, by its number, or in its card."""
    driver, karin = stage.town.driver, stage.town.talkers[KARIN]
    events = []
    for number in range(count):
        card = questions[number % len(questions)]
        words = f"Vi vill komma längre, del {number}."
        thread = Place(card.room, "channel", card.id)
        match number % 5:
            case 0:
                room = Place(card.room, "channel")
                told = driver.said(karin, room, f"{FIRST_QUESTION}: {words}", mention=True)
            case 1:
                [action] = [one for one in card.actions if one.get("verb") == ANSWER]
                told = driver.executed(karin, thread, card.id, action, {ANSWER: words})
            case _:
                told = driver.said(karin, thread, words)
        events.append(Event(words, [told]))
    return events


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_each_event_happens_once_however_often_it_is_delivered(
    teams_stages: TeamsStages,
    database: Literal["sqlite", "postgresql"],
    sample: str,
    seed: str,
    tell: Tell,
) -> None:
    count = max(FEWEST, round(EVENTS * share_of(sample, EVENTS)))
    stage = teams_stages([Member(KARIN)], database=database)
    events = said_in(stage, groups(stage), count)
    driver = stage.town.driver

    async def once(payload: dict[str, Any], number: int) -> int:
        """Deliver it; an invoke has another id each time."""
        again = {**payload, "id": f"f:{driver.new_id()}"} if payload["type"] == "invoke" else payload
        return (await driver.once(again)).status

    post = Post(once)
    stage.town.loop.do(post.all(shuffled(events, Random(seed))), patience=3600)
    stage.kept.wait(patience=3600)

    each_happened_once(stage.kept, events, len(CHANNELS) * len(START))
    assert lost_or_doubled(stage.town, stage.kept) == []
    assert stage.kept.letters("ambiguous", "dead") == []
    tell(
        f"{database}: {sum(post.answers.values())} deliveries of {count} events, answered {dict(post.answers)}"
        f" (PROOF_SEED={seed})"
    )
