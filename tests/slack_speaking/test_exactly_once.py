"""Whatever happens on the way, and whenever the program is stopped: each part stands there once, in its order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from random import Random  # noqa: TID251 - drawn by a seed

import pytest

from bot.slack.messenger import SlackMessenger
from dialogs.ports import ClaimedLetter
from dialogs.sending import Later, Outcome, Sent, Unknown
from tests.slack_speaking.letters import a_letter, a_messenger
from tests.slack_speaking.web_api import BEGAN, RESET_AFTER, RESET_BEFORE, Fault, Slack, in_slack, refused

LETTERS = 12
SEEDS = range(12)

LIMITED = Fault(429, {"ok": False, "error": "ratelimited"}, headers={"Retry-After": "1"})
POSTING = (
    None, None, None, RESET_BEFORE, RESET_AFTER, LIMITED, Fault(503, "", "text/plain"),
    Fault(502, "<html>", "text/html", happens=True), Fault(200, "{", happens=True), refused("internal_error"),
    refused("internal_error", happens=True), refused("service_unavailable"),
)  # fmt: skip
LOOKING = (None, None, LIMITED, Fault(500, "", "text/plain"), RESET_BEFORE)

SINCE = datetime.fromtimestamp(BEGAN, UTC)


async def deliver(letter: ClaimedLetter, messenger: Callable[[], SlackMessenger]) -> Sent:
    """Do as a delivery does: after a lost reply ask, and send only what isn't there."""
    for epoch in range(1, 200):
        letter = replace(letter, epoch=epoch)
        outcome: object = None
        if letter.unsure_since is not None:
            outcome = await messenger().find(letter)
            if not isinstance(outcome, Sent | Later | Unknown):
                letter, outcome = replace(letter, unsure_since=None), None
        if outcome is None:
            outcome = await messenger().send(letter)
        if isinstance(outcome, Sent):
            return outcome
        assert isinstance(outcome, Later | Unknown), outcome
        if isinstance(outcome, Unknown):
            letter = replace(letter, unsure_since=SINCE)
    raise AssertionError("never delivered")


@in_slack
@pytest.mark.parametrize("seed", SEEDS)
async def test_every_part_stands_there_once_and_in_order(slack: Slack, seed: int) -> None:
    chance = Random(seed)
    faults = {"chat.postMessage": POSTING, "conversations.history": LOOKING, "conversations.replies": LOOKING}
    for method, kinds in faults.items():
        slack.goes_wrong(method, *(chance.choice(kinds) for _ in range(60)))
    current = [a_messenger(slack)]
    stopped = 0

    def messenger() -> SlackMessenger:
        nonlocal stopped
        if chance.random() < 0.3:  # stopped, and started anew
            stopped += 1
            current[0] = a_messenger(slack)
        return current[0]

    expected: list[str] = []
    sent: list[Outcome] = []
    for number in range(LETTERS):
        parts = [f"{number}.{part}" for part in range(chance.randint(1, 3))]
        expected += parts
        letter = a_letter("\n".join(parts), key=f"letter-{number}")
        sent.append(await deliver(letter, messenger))

    roots = {one["text"]: one["ts"] for one in slack.messages["C1"] if "thread_ts" not in one}
    assert slack.said() == expected
    assert [one.message for one in sent if isinstance(one, Sent)] == list(roots.values())
    assert all(
        one["thread_ts"] == roots[f"{one['text'].partition('.')[0]}.0"]
        for one in slack.messages["C1"]
        if "thread_ts" in one
    )
    assert stopped
    assert slack.called("conversations.history")
