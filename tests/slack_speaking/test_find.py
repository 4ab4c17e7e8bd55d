"""What was posted is found by what it carries, among everything else that stands in a room."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.slack.find import EARLIER
from dialogs.sending import Later, NotThere, Sent, Unknown
from tests.slack_speaking.letters import PRIVATE, a_letter, a_messenger, again
from tests.slack_speaking.web_api import BEGAN, ME, RESET_BEFORE, Fault, in_slack, refused


def ours(key: str = "letter-1", part: int = 0, **more):
    carried = {"event_type": "metodcoach_letter", "event_payload": {"key": key, "part": part}}
    return {"user": ME.user, "bot_id": ME.bot, "metadata": carried, **more}


@in_slack
async def test_it_is_found_on_a_later_page(slack):
    slack.page_size = 2
    there = slack.put("C1", **ours())
    for _ in range(9):
        slack.put("C1")

    assert await a_messenger(slack).find(again(a_letter())) == Sent(there["ts"])
    assert len(slack.called("conversations.history")) == 5


@in_slack
@pytest.mark.parametrize(
    "other",
    [
        pytest.param(ours(key="letter-2"), id="another letter of ours"),
        pytest.param(ours() | {"user": "UOTHER", "bot_id": "BOTHER"}, id="another app with our key"),
        pytest.param(ours() | {"metadata": {"event_type": "else", "event_payload": {"key": "letter-1", "part": 0}}},
                     id="another kind of event"),
        pytest.param({"user": "U9", "text": "Hej"}, id="ordinary talk"),
    ],
)  # fmt: skip
async def test_nothing_else_is_taken_for_it(slack, other):
    slack.put("C1", **other)

    assert await a_messenger(slack).find(again(a_letter())) == NotThere()


@in_slack
async def test_a_private_room_is_looked_through_too(slack):
    there = slack.put("D1", **ours())

    assert await a_messenger(slack).find(again(a_letter(room=PRIVATE))) == Sent(there["ts"])


@in_slack
async def test_a_letter_in_a_thread_is_looked_for_there(slack):
    slack.put("C1", ts="5.5")
    there = slack.put("C1", thread_ts="5.5", **ours())

    found = await a_messenger(slack).find(again(a_letter(how="thread", edits="5.5")))

    assert found == Sent(there["ts"])
    assert slack.called("conversations.history") == []


@in_slack
async def test_a_letter_whose_thread_is_gone_is_looked_for_in_the_room(slack):
    there = slack.put("C1", **ours())

    assert await a_messenger(slack).find(again(a_letter(thread="5.5"))) == Sent(there["ts"])


@in_slack
async def test_only_what_came_after_the_letter_was_written_is_read(slack):
    written = datetime.fromtimestamp(BEGAN, UTC) + timedelta(days=3)

    await a_messenger(slack).find(again(a_letter(at=written)))

    [looked] = slack.called("conversations.history")
    assert float(looked["oldest"]) == (written - EARLIER).timestamp()


@in_slack
async def test_a_room_with_too_much_in_it_leaves_it_unknown(slack):
    slack.page_size = 1
    for _ in range(12):
        slack.put("C1")

    assert isinstance(await a_messenger(slack).find(again(a_letter())), Unknown)


@in_slack
async def test_where_posts_do_not_show_what_they_carry_it_stays_unknown(slack):
    slack.put("C1", **ours())
    slack.shows_metadata = False

    assert isinstance(await a_messenger(slack).find(again(a_letter())), Unknown)


@in_slack
async def test_where_the_coach_is_not_any_more_there_is_nothing_of_it(slack):
    slack.away_from.add("C1")

    assert await a_messenger(slack).find(again(a_letter())) == NotThere()


@in_slack
@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        pytest.param(refused("missing_scope"), Unknown, id="it may not look"),
        pytest.param(refused("invalid_arguments"), Unknown, id="it asks wrongly"),
        pytest.param(refused("token_revoked"), Later, id="the token is refused"),
        pytest.param(Fault(429, {"ok": False, "error": "ratelimited"}), Later, id="too fast"),
        pytest.param(Fault(500, "", "text/plain"), Later, id="Slack is ill"),
        pytest.param(RESET_BEFORE, Later, id="reset"),
    ],
)
async def test_a_look_that_fails_is_no_answer(slack, fault, kind):
    slack.goes_wrong("conversations.history", fault, fault)  # a read is asked once more when it is cut off

    assert isinstance(await a_messenger(slack).find(again(a_letter())), kind)


@in_slack
async def test_who_we_are_is_asked_once_and_only_to_look(slack):
    messenger = a_messenger(slack, me=None)
    await messenger.send(a_letter())
    assert slack.called("auth.test") == []

    await messenger.find(again(a_letter()))
    await messenger.find(again(a_letter()))

    assert len(slack.called("auth.test")) == 1
