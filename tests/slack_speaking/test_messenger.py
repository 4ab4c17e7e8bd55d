"""Letters reach Slack where they belong, whole, and once."""

from dataclasses import replace

import aiohttp
import pytest

from bot.slack.calls import web_client
from bot.slack.messenger import SlackMessenger
from dialogs.messages import Fold, Message, Paragraph, words
from dialogs.sending import Later, Never, NotThere, Sent, Unknown
from tests.slack_speaking.letters import PRIVATE, a_letter, a_messenger, again
from tests.slack_speaking.web_api import ME, RESET_AFTER, RESET_BEFORE, Fault, in_slack, refused

LIMITED = Fault(429, {"ok": False, "error": "ratelimited"}, headers={"Retry-After": "7"})


# ---------------------------------------------------------------------------------------------------- posting


@in_slack
async def test_a_letter_becomes_a_post_that_slack_leaves_as_it_is(slack):
    sent = await a_messenger(slack).send(a_letter("Vilka är med?"))

    [post] = slack.called("chat.postMessage")
    assert sent == Sent(slack.messages["C1"][0]["ts"])
    assert post == {
        "channel": "C1",
        "text": "Vilka är med?",
        "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "Vilka är med?"}}],
        "parse": "none",
        "link_names": False,
        "mrkdwn": False,
        "unfurl_links": False,
        "unfurl_media": False,
        "metadata": {"event_type": "metodcoach_letter", "event_payload": {"key": "letter-1", "part": 0}},
    }


@in_slack
async def test_what_one_post_does_not_hold_follows_in_its_thread(slack):
    sent = await a_messenger(slack).send(a_letter("Ett\nTvå\nTre"))

    assert sent == Sent(slack.messages["C1"][0]["ts"])
    assert [(one["text"], one.get("thread_ts")) for one in slack.messages["C1"]] == [
        ("Ett", None),
        ("Två", sent.message),
        ("Tre", sent.message),
    ]


@in_slack
@pytest.mark.parametrize(
    "where",
    [
        pytest.param({"how": "thread", "edits": "5.5"}, id="under the question's message"),
        pytest.param({"thread": "5.5"}, id="under what somebody said"),
    ],
)
async def test_a_letter_in_a_thread_stands_there_with_all_its_parts(slack, where):
    await a_messenger(slack).send(a_letter("Ett\nTvå", **where))

    assert [one["thread_ts"] for one in slack.messages["C1"]] == ["5.5", "5.5"]


@in_slack
async def test_where_the_thread_is_gone_a_letter_stands_in_the_room_with_its_parts_below(slack):
    slack.gone.add("5.5")
    slack.goes_wrong("chat.postMessage", None, None, RESET_AFTER)
    messenger, letter = a_messenger(slack), a_letter("Ett\nTvå\nTre", thread="5.5")

    assert isinstance(await messenger.send(letter), Unknown)
    sent = await a_messenger(slack).send(again(letter))

    first, *rest = slack.messages["C1"]
    assert sent == Sent(first["ts"])
    assert "thread_ts" not in first
    assert [(one["text"], one["thread_ts"]) for one in rest] == [("Två", sent.message), ("Tre", sent.message)]


@in_slack
async def test_an_edit_takes_the_place_of_what_stood_there(slack):
    stood = slack.put("C1", text="0 av 3 har svarat")

    sent = await a_messenger(slack).send(a_letter("1 av 3 har svarat\nmer", how="edit", edits=stood["ts"]))

    assert sent == Sent(stood["ts"])
    assert slack.said() == ["1 av 3 har svarat"]
    assert [call["parse"] for call in slack.called("chat.update")] == ["none"]


@in_slack
async def test_an_edit_of_a_message_that_somebody_deleted_is_given_up(slack):
    assert await a_messenger(slack).send(a_letter(how="edit", edits="5.5")) == Never("message_not_found")


@in_slack
async def test_an_edit_whose_reply_was_lost_is_made_once_more(slack):
    stood = slack.put("C1", text="0 av 3 har svarat")
    letter = a_letter("1 av 3 har svarat", how="edit", edits=stood["ts"])
    slack.goes_wrong("chat.update", RESET_AFTER)
    messenger = a_messenger(slack)

    outcome = await messenger.send(letter)

    assert isinstance(outcome, Later)
    assert await messenger.find(again(letter)) == NotThere()
    assert await messenger.send(again(letter)) == Sent(stood["ts"])
    assert slack.called("conversations.history") == []


@in_slack
async def test_a_letter_whose_first_part_can_never_be_sent_is_given_up(slack):
    slack.goes_wrong("chat.postMessage", refused("is_archived"))

    assert await a_messenger(slack).send(a_letter("Ett\nTvå")) == Never("is_archived")
    assert slack.said() == []


@in_slack
async def test_a_part_that_slack_refuses_does_not_take_the_others_with_it(slack):
    slack.goes_wrong("chat.postMessage", None, refused("invalid_blocks"))

    sent = await a_messenger(slack).send(a_letter("Ett\nTvå\nTre"))

    assert sent == Sent(slack.messages["C1"][0]["ts"])
    assert slack.said() == ["Ett", "Tre"]


# ---------------------------------------------------------------------------------------------------- exactly once


@in_slack
async def test_a_post_that_arrived_though_its_reply_was_lost_is_found_and_not_repeated(slack):
    slack.goes_wrong("chat.postMessage", RESET_AFTER)
    messenger, letter = a_messenger(slack), a_letter()

    assert isinstance(await messenger.send(letter), Unknown)
    assert await messenger.find(again(letter)) == Sent(slack.messages["C1"][0]["ts"])
    assert len(slack.called("chat.postMessage")) == 1


@in_slack
async def test_a_post_that_never_arrived_is_sent_after_a_look(slack):
    slack.goes_wrong("chat.postMessage", RESET_BEFORE)
    messenger, letter = a_messenger(slack), a_letter()

    assert isinstance(await messenger.send(letter), Unknown)
    assert await messenger.find(again(letter)) == NotThere()
    assert isinstance(await messenger.send(again(letter)), Sent)
    assert slack.said() == ["Vilka är med?"]
    assert len(slack.called("conversations.history")) == 1


@in_slack
@pytest.mark.parametrize("arrived", [0, 1, 2, 3])
@pytest.mark.parametrize("where", [{}, {"thread": "5.5"}], ids=["in the room", "in a thread"])
async def test_after_a_stop_only_the_parts_that_are_missing_are_sent(slack, arrived, where):
    slack.put("C1", ts="5.5")
    letter = a_letter("Ett\nTvå\nTre", at=None, **where)
    slack.goes_wrong("chat.postMessage", *[None] * arrived, RESET_BEFORE)
    await a_messenger(slack).send(letter)
    slack.faults.clear()
    after_the_stop = a_messenger(slack)

    sent = await after_the_stop.send(again(letter))

    assert isinstance(sent, Sent)
    assert sorted(slack.said()) == ["", "Ett", "Tre", "Två"]
    assert await after_the_stop.find(again(again(letter))) == sent


@in_slack
async def test_a_letter_that_is_half_there_is_not_there(slack):
    slack.goes_wrong("chat.postMessage", None, RESET_BEFORE)
    letter = a_letter("Ett\nTvå")
    await a_messenger(slack).send(letter)

    assert await a_messenger(slack).find(again(letter)) == NotThere()


@in_slack
async def test_a_letter_that_was_only_put_off_is_sent_without_a_look(slack):
    slack.goes_wrong("chat.postMessage", None, LIMITED)
    messenger, letter = a_messenger(slack), a_letter("Ett\nTvå")

    assert await messenger.send(letter) == Later(7.0, "ratelimited")
    assert isinstance(await messenger.send(replace(letter, epoch=2)), Sent)
    assert slack.said() == ["Ett", "Två"]
    assert slack.called("conversations.history") == []


@in_slack
async def test_somebody_else_who_gets_a_letter_in_parts_looks_first(slack):
    slack.goes_wrong("chat.postMessage", None, LIMITED)
    letter = a_letter("Ett\nTvå")
    await a_messenger(slack).send(letter)

    assert isinstance(await a_messenger(slack).send(replace(letter, epoch=2)), Sent)
    assert slack.said() == ["Ett", "Två"]


@in_slack
async def test_nothing_is_posted_again_while_nobody_can_look(slack):
    slack.goes_wrong("conversations.history", refused("missing_scope", needed="channels:history"))

    outcome = await a_messenger(slack).send(again(a_letter()))

    assert outcome == Unknown("the app may not read the room's history")
    assert slack.said() == []


@in_slack
async def test_the_client_never_posts_again_by_itself(slack):
    slack.goes_wrong("chat.postMessage", RESET_AFTER, RESET_AFTER)

    await a_messenger(slack).send(a_letter())

    assert len(slack.called("chat.postMessage")) == 1


@in_slack
async def test_an_answer_that_takes_too_long_leaves_it_unknown(slack):
    slack.goes_wrong("chat.postMessage", Fault(happens=True, after=0.5))
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.1)) as hasty:
        slow, slack.web = slack.web, web_client("xoxb-1", hasty, base_url=slack.web.base_url)
        outcome = await a_messenger(slack).send(a_letter())
    slack.web = slow

    assert outcome == Unknown("TimeoutError")
    assert isinstance(await a_messenger(slack).find(again(a_letter())), Sent)


# ---------------------------------------------------------------------------------------------------- asides

AN_ASIDE = {"aside": True, "person": "karin", "accounts": {"karin": "UKARIN"}}


@in_slack
async def test_an_aside_is_shown_to_one_person(slack):
    sent = await a_messenger(slack).send(a_letter("Läget", **AN_ASIDE))

    [shown] = slack.shown
    assert isinstance(sent, Sent)
    assert (shown["channel"], shown["user"], shown["text"]) == ("C1", "UKARIN", "Läget")
    assert "thread_ts" not in shown
    assert slack.said() == []


@in_slack
@pytest.mark.parametrize(("replies", "seen_at"), [(0, None), (1, "5.5")])
async def test_an_aside_stands_in_a_thread_only_where_slack_shows_it(slack, replies, seen_at):
    slack.put("C1", ts="5.5")
    for _ in range(replies):
        slack.put("C1", thread_ts="5.5")

    await a_messenger(slack).send(a_letter(thread="5.5", **AN_ASIDE))

    assert [shown.get("thread_ts") for shown in slack.shown] == [seen_at]


@in_slack
async def test_an_aside_where_the_coach_is_not_goes_to_the_private_room(slack):
    slack.users["UKARIN"] = {}
    slack.away_from.add("C1")

    sent = await a_messenger(slack).send(a_letter("Läget\nMer", **AN_ASIDE))

    assert slack.said("DKARIN") == ["Läget", "Mer"]
    assert sent == Sent(slack.messages["DKARIN"][0]["ts"])


@in_slack
async def test_an_aside_in_a_private_room_is_an_ordinary_post(slack):
    await a_messenger(slack).send(a_letter("Läget", room=PRIVATE, **AN_ASIDE))

    assert slack.said("D1") == ["Läget"]


@in_slack
async def test_an_aside_of_unknown_outcome_is_never_said_again(slack):
    slack.goes_wrong("chat.postEphemeral", RESET_AFTER)
    messenger, letter = a_messenger(slack), a_letter(**AN_ASIDE)

    assert isinstance(await messenger.send(letter), Unknown)
    assert isinstance(await messenger.find(again(letter)), Unknown)
    assert isinstance(await messenger.send(again(letter)), Unknown)
    assert len(slack.shown) == 1


@in_slack
async def test_an_aside_that_was_put_off_goes_on_with_the_part_that_is_missing(slack):
    slack.goes_wrong("chat.postEphemeral", None, LIMITED)
    messenger, letter = a_messenger(slack), a_letter("Ett\nTvå", **AN_ASIDE)

    assert await messenger.send(letter) == Later(7.0, "ratelimited")
    assert isinstance(await messenger.send(replace(letter, epoch=2)), Sent)
    assert [shown["text"] for shown in slack.shown] == ["Ett", "Två"]


@in_slack
async def test_an_aside_to_somebody_without_an_account_here_is_given_up(slack):
    outcome = await a_messenger(slack).send(a_letter(aside=True, person="karin"))

    assert isinstance(outcome, Never)
    assert slack.calls == []


# ---------------------------------------------------------------------------------------------------- private rooms


@in_slack
async def test_a_private_room_is_opened(slack):
    slack.users["UKARIN"] = {}

    assert await a_messenger(slack).open_private("UKARIN", "T1") == "DKARIN"


@in_slack
@pytest.mark.parametrize(
    ("user", "why"),
    [
        ({"deleted": True}, Never("user_disabled", closed=True)), ({"is_bot": True}, Never("cannot_dm_bot")),
        (None, Never("user_not_found")),
    ],
)  # fmt: skip
async def test_no_room_is_opened_with_somebody_who_cannot_read_it(slack, user, why):
    if user is not None:
        slack.users["UKARIN"] = user

    assert await a_messenger(slack).open_private("UKARIN", "T1") == why
    assert slack.called("conversations.open") == []


@in_slack
@pytest.mark.parametrize(
    "fault",
    [
        RESET_AFTER,
        RESET_BEFORE,
        refused("missing_scope"),
        Fault(503, "no", "text/plain"),
        Fault(200, {"ok": True}),
    ],
)
async def test_a_room_that_cannot_be_opened_now_holds_up_no_other(slack, fault):
    slack.users["UKARIN"] = {}
    slack.goes_wrong("conversations.open", fault)

    outcome = await a_messenger(slack).open_private("UKARIN", "T1")

    assert isinstance(outcome, Later)
    assert not outcome.everywhere


# ---------------------------------------------------------------------------------------------------- as it is drawn


@in_slack
async def test_a_letter_as_it_is_really_drawn_arrives_with_its_long_text_in_the_thread(slack):
    long = Fold(
        "Så går det till", tuple(Paragraph(words(f"{number}. Prata två och två.")) for number in range(60))
    )
    question = a_letter(message=Message("Vilka är med?", (Paragraph(words("Vilka är med?")), long)))

    sent = await SlackMessenger(slack.web, ME).send(question)

    first, *rest = slack.messages["C1"]
    assert sent == Sent(first["ts"])
    assert first["text"].startswith("Vilka är med?")
    assert {one["thread_ts"] for one in rest} == {first["ts"]}
    assert "59. Prata två och två." in rest[-1]["text"]
    assert [one["metadata"]["event_payload"]["part"] for one in (first, *rest)] == list(range(1 + len(rest)))


@in_slack
async def test_parts_that_an_older_version_drew_count_for_nothing(slack):
    slack.goes_wrong("chat.postMessage", None, None, RESET_BEFORE)
    await a_messenger(slack).send(a_letter("Ett\nTvå\nTre"))

    assert await a_messenger(slack).find(again(a_letter("Ett"))) == Sent(slack.messages["C1"][0]["ts"])
