"""Whatever goes wrong is told apart by one question: has Slack got it?"""

import logging
import socket

import pytest

from bot.slack.calls import open_connections, web_client
from bot.slack.outcomes import FOR_EVER, LONG, NOT_NOW, PAUSE, PERHAPS_DONE, SET_UP_WRONGLY, retry_after
from dialogs.sending import Later, Never, Unknown
from tests.slack_speaking.letters import a_letter, a_messenger
from tests.slack_speaking.web_api import RESET_AFTER, RESET_BEFORE, Fault, in_slack, refused

WORDS = (
    *((word, Later(LONG, word, everywhere=True)) for word in sorted(SET_UP_WRONGLY)),
    *((word, Later(seconds, word, everywhere)) for word, (seconds, everywhere) in sorted(NOT_NOW.items())),
    *((word, Unknown(word)) for word in sorted(PERHAPS_DONE)),
    *((word, Never(word)) for word in sorted(FOR_EVER - {"cannot_reply_to_message"})),
    ("a_word_of_tomorrow", Never("a_word_of_tomorrow")),
)

ANSWERS = {
    "limited, with seconds": (
        Fault(429, {"ok": False, "error": "ratelimited"}, headers={"Retry-After": "3"}),
        3.0,
    ),
    "limited, without seconds": (Fault(429, {"ok": False, "error": "ratelimited"}), PAUSE),
    "limited, with nonsense": (Fault(429, "", headers={"Retry-After": "soon"}), PAUSE),
    "limited, by a page": (Fault(429, "<html>", "text/html", {"Retry-After": "9"}), 9.0),
    "limited, under 200": (refused("ratelimited"), PAUSE),
}

PERHAPS = {
    "reset before": RESET_BEFORE,
    "reset after": RESET_AFTER,
    "500": Fault(500, "oops", "text/plain"),
    "502, a page": Fault(502, "<html>", "text/html"),
    "503, empty": Fault(503, "", "text/html"),
    "504, JSON without a word": Fault(504, {}),
    "503, half an object": Fault(503, '{"ok": tr'),
    "408": Fault(408, "", "text/plain"),
    "200, a page": Fault(200, "<html>", "text/html"),
    "200, half an object": Fault(200, '{"ok": tr'),
    "200, a list": Fault(200, [1]),
    "200, null": Fault(200, "null"),
    "200, text": Fault(200, "ok", "text/plain"),
    "200, an empty object": Fault(200, {}),
    "200, ok without an id": Fault(200, {"ok": True}),
}

REFUSED = {
    "413": (Fault(413, "", "text/plain"), Never("status 413")),
    "403, a page": (Fault(403, "<html>", "text/html"), Later(LONG, "status 403", everywhere=True)),
    "404": (Fault(404, "", "text/plain"), Later(LONG, "status 404", everywhere=True)),
    "503 in Slack's words": (
        refused("service_unavailable", status=503), Later(30.0, "service_unavailable", everywhere=True),
    ),
    "500 in Slack's words": (refused("internal_error", status=500), Unknown("internal_error")),
}  # fmt: skip


@in_slack
@pytest.mark.parametrize(("word", "outcome"), WORDS, ids=[word for word, _ in WORDS])
async def test_each_refusal_means_one_thing(slack, word, outcome):
    slack.goes_wrong("chat.postMessage", refused(word))

    assert await a_messenger(slack).send(a_letter()) == outcome


@in_slack
@pytest.mark.parametrize(("fault", "seconds"), ANSWERS.values(), ids=ANSWERS.keys())
async def test_whoever_posts_too_fast_waits_as_long_as_slack_says(slack, fault, seconds):
    slack.goes_wrong("chat.postMessage", fault)

    assert await a_messenger(slack).send(a_letter()) == Later(seconds, "ratelimited")


@in_slack
@pytest.mark.parametrize("fault", PERHAPS.values(), ids=PERHAPS.keys())
async def test_an_answer_that_says_nothing_leaves_it_unknown(slack, fault):
    slack.goes_wrong("chat.postMessage", fault)

    assert isinstance(await a_messenger(slack).send(a_letter()), Unknown)


@in_slack
@pytest.mark.parametrize(("fault", "outcome"), REFUSED.values(), ids=REFUSED.keys())
async def test_an_answer_in_slacks_place_is_read_by_its_status(slack, fault, outcome):
    slack.goes_wrong("chat.postMessage", fault)

    assert await a_messenger(slack).send(a_letter()) == outcome


@in_slack
@pytest.mark.parametrize("where", ["nobody listens", "no such name", "no TLS"])
async def test_where_no_connection_was_made_nothing_was_sent(slack, where):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = {
            "nobody listens": f"http://127.0.0.1:{unused.getsockname()[1]}/api/",
            "no such name": "http://slack.invalid/api/",
            "no TLS": slack.web.base_url.replace("http:", "https:"),
        }[where]
        async with open_connections() as connections:
            slack.web = web_client("xoxb-1", connections, base_url=url)
            outcome = await a_messenger(slack).send(a_letter())

    assert isinstance(outcome, Later)
    assert outcome.everywhere
    assert slack.calls == []


@in_slack
async def test_a_token_that_is_refused_is_told_loudly_and_without_itself(slack, caplog):
    slack.goes_wrong("chat.postMessage", refused("missing_scope", needed="chat:write"))

    with caplog.at_level(logging.DEBUG):
        await a_messenger(slack).send(a_letter("En hemlighet"))

    [record] = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert (record.error, record.needed) == ("missing_scope", "chat:write")
    assert "En hemlighet" not in caplog.text
    assert "xoxb" not in caplog.text


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("30", 30.0), ("0", 1.0), ("1.5", 1.5), ("999999", 3600.0), ("inf", 3600.0),
        ("", PAUSE), ("-5", PAUSE), ("nan", PAUSE), ("Sun, 22 Nov 2026 10:00:00 GMT", PAUSE), (None, PAUSE),
    ],
)  # fmt: skip
def test_the_wait_is_what_slack_says_within_reason(said, seconds):
    assert retry_after({"retry-after": said}) == seconds


def test_the_kinds_of_refusals_are_told_apart():
    kinds = (SET_UP_WRONGLY, frozenset(NOT_NOW), PERHAPS_DONE, FOR_EVER)

    assert sum(map(len, kinds)) == len(frozenset().union(*kinds))
