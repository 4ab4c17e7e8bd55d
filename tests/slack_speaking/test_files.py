"""A file reaches Slack after the words it comes with: whole, once, and where they stand."""

from dataclasses import replace

import pytest

from bot.png import with_description
from bot.slack.files import fetch, may_take
from dialogs.files import MOST_BYTES_IN, FileOut, Recipe
from dialogs.incoming import Attached
from dialogs.messages import Message
from dialogs.model.problem import Problem
from dialogs.sending import Later, NotThere, Sent, Unknown
from tests.doors.pictures import a_png
from tests.slack_speaking.letters import PRIVATE, a_letter, a_messenger, again
from tests.slack_speaking.web_api import RESET_AFTER, RESET_BEFORE, Fault, Slack, in_slack, refused

FILE = FileOut(
    "handlingsplan.md",
    "text/markdown",
    "Handlingsplan för Skolan",
    Recipe("document-md", "p1"),
    "Den kom inte.",
)
CONTENT = b"# Handlingsplan\n"
COMPLETE, OFFER = "files.completeUploadExternal", "files.getUploadURLExternal"
LIMITED = Fault(429, {"ok": False, "error": "ratelimited"}, headers={"Retry-After": "7"})


async def make(recipe: Recipe) -> bytes | None:
    assert recipe == FILE.recipe
    return CONTENT


def a_file_letter(text: str = "Här är den.", **what):
    return replace(a_letter(**what), message=Message(text, file=FILE))


def messenger(slack: Slack, **more):
    return a_messenger(slack, **{"make": make, **more})


def files_in(slack: Slack, channel: str = "C1"):
    return [one for one in slack.messages[channel] if one.get("files")]


@in_slack
async def test_in_a_channel_the_file_stands_below_the_words(slack):
    sent = await messenger(slack).send(a_file_letter())

    [file] = files_in(slack)
    assert sent == Sent(slack.messages["C1"][0]["ts"])
    assert file["thread_ts"] == sent.message
    assert file["files"] == [{"id": "F1", "title": FILE.name, "name": FILE.name}]
    assert slack.files["F1"] == {
        "name": FILE.name, "length": len(CONTENT), "alt": FILE.told, "content": CONTENT,
    }  # fmt: skip


@in_slack
async def test_a_picture_says_in_words_what_it_showed_when_it_was_made(slack):
    async def picture(recipe: Recipe) -> bytes:
        return with_description(a_png(2, 2), "Läget: 3 av 10 steg är klara.")

    await messenger(slack, make=picture).send(a_file_letter())

    assert slack.files["F1"]["alt"] == "Läget: 3 av 10 steg är klara."


@in_slack
async def test_in_a_thread_and_in_private_it_stands_where_the_words_do(slack):
    await messenger(slack).send(a_file_letter(thread="5.5"))
    await messenger(slack).send(a_file_letter(room=PRIVATE))

    assert [one["thread_ts"] for one in slack.messages["C1"]] == ["5.5", "5.5"]
    assert ["thread_ts" in one for one in slack.messages["D1"]] == [False, False]


@in_slack
async def test_where_the_thread_is_gone_the_file_stands_in_the_room(slack):
    slack.gone.add("5.5")

    await messenger(slack).send(a_file_letter(thread="5.5"))

    assert len(files_in(slack)) == 1
    assert "thread_ts" not in files_in(slack)[0]


@in_slack
@pytest.mark.parametrize(
    ("method", "fault"),
    [
        (OFFER, LIMITED), (OFFER, RESET_BEFORE), (OFFER, RESET_AFTER), (OFFER, refused("internal_error")),
        (OFFER, Fault(503, "down", "text/plain")), ("upload", Fault(503)), ("upload", RESET_BEFORE),
        ("upload", Fault(404)), ("upload", Fault(302, headers={"Location": "http://127.0.0.1:1/"})),
        (COMPLETE, LIMITED),
    ],
)  # fmt: skip
async def test_what_nobody_has_seen_is_done_again_and_the_words_are_not_said_twice(slack, method, fault):
    slack.goes_wrong(method, fault)
    one, letter = messenger(slack), a_file_letter()

    first = await one.send(letter)
    second = await one.send(replace(letter, epoch=2))

    assert isinstance(first, Later)
    assert not first.everywhere
    assert isinstance(second, Sent)
    assert (slack.said(), len(files_in(slack))) == (["Här är den.", ""], 1)


@in_slack
async def test_after_a_restart_the_words_are_found_and_the_file_is_added(slack):
    slack.goes_wrong(OFFER, LIMITED)
    letter = a_file_letter()
    await messenger(slack).send(letter)

    await messenger(slack).send(replace(letter, epoch=2))

    assert (slack.said(), len(files_in(slack))) == (["Här är den.", ""], 1)


@in_slack
@pytest.mark.parametrize(
    "fault", [RESET_AFTER, RESET_BEFORE, Fault(502), refused("fatal_error", happens=True)]
)
async def test_a_file_of_unknown_outcome_is_not_sent_twice(slack, fault):
    slack.goes_wrong(COMPLETE, fault)
    letter = a_file_letter()

    first = await messenger(slack).send(letter)
    found = await messenger(slack).find(again(letter))

    assert isinstance(first, Unknown)
    assert isinstance(found, Unknown)
    assert found.for_good
    assert len(slack.called(COMPLETE)) == 1


@in_slack
async def test_where_the_words_are_missing_the_file_surely_is_too(slack):
    slack.goes_wrong("chat.postMessage", RESET_BEFORE)
    letter = a_file_letter()

    await messenger(slack).send(letter)
    assert await messenger(slack).find(again(letter)) == NotThere()
    sent = await messenger(slack).send(again(letter))

    assert isinstance(sent, Sent)
    assert len(files_in(slack)) == 1


@in_slack
@pytest.mark.parametrize("word", ["missing_scope", "file_uploads_disabled", "posting_to_channel_denied"])
@pytest.mark.parametrize("method", [OFFER, COMPLETE])
async def test_where_slack_takes_no_file_people_are_told_so_and_others_do_not_wait(slack, method, word):
    slack.goes_wrong(method, refused(word))

    sent = await messenger(slack).send(a_file_letter())

    assert sent == Sent(slack.messages["C1"][0]["ts"])
    assert slack.said() == ["Här är den.", "Den kom inte."]
    assert slack.messages["C1"][1]["thread_ts"] == sent.message


@in_slack
async def test_a_token_that_is_refused_holds_everything_up_as_it_does_elsewhere(slack):
    slack.goes_wrong(OFFER, refused("token_revoked"))

    outcome = await messenger(slack).send(a_file_letter())

    assert isinstance(outcome, Later)
    assert outcome.everywhere


@in_slack
async def test_a_file_that_cant_be_made_is_told_of(slack):
    async def nothing(recipe: Recipe) -> bytes | None:
        return None

    await messenger(slack, make=nothing).send(a_file_letter())

    assert slack.said() == ["Här är den.", "Den kom inte."]
    assert slack.called(OFFER) == []


@in_slack
async def test_bytes_go_to_slack_alone(slack):
    slack.upload_to = "http://files.example.org/"

    await messenger(slack).send(a_file_letter())

    assert slack.said() == ["Här är den.", "Den kom inte."]
    assert slack.called("upload") == []


@in_slack
async def test_nothing_of_the_file_is_logged(slack, caplog):
    caplog.set_level("DEBUG")
    slack.goes_wrong("upload", Fault(503))
    one, letter = messenger(slack), a_file_letter()

    await one.send(letter)
    await one.send(replace(letter, epoch=2))

    assert "Handlingsplan" not in caplog.text
    assert "sig=" not in caplog.text


SLACK = "https://slack.com/api/"


@pytest.mark.parametrize(
    ("url", "base", "taken"),
    [
        ("https://files.slack.com/upload/v1/abc", SLACK, True),
        ("https://files.slack.com:443/upload/v1/abc", SLACK, True),
        ("https://files.slack-gov.com/upload/v1/abc", "https://slack-gov.com/api/", True),
        ("http://files.slack.com/upload", SLACK, False),
        ("https://files.slack.com:8443/upload", SLACK, False),
        ("https://files.slack.com@example.org/upload", SLACK, False),
        ("https://files.slack.com.example.org/upload", SLACK, False),
        ("https://me@files.slack.com/upload", SLACK, False),
        ("https://127.0.0.1/upload", SLACK, False),
        ("https://files.slack.com:x/upload", SLACK, False),
        ("file:///etc/passwd", SLACK, False),
        ("", SLACK, False),
        ("http://127.0.0.1:9/upload", "http://127.0.0.1:8/api/", True),
        ("https://files.slack.com/upload", "http://127.0.0.1:8/api/", False),
        ("http://example.org/upload", "http://127.0.0.1:8/api/", False),
    ],
)
def test_where_bytes_may_go(url, base, taken):
    assert may_take(url, base) is taken


# ------------------------------------------------------------------------------------------------ fetching


def sent_to_us(slack: Slack, url: str = "") -> Attached:
    return Attached(
        "lista.csv", "https://slack/lista", url or slack.web.base_url.replace("/api/", "/download/F1")
    )


@in_slack
async def test_a_files_bytes_are_fetched_with_the_token(slack):
    slack.files["F1"] = {"content": b"organ;datum"}

    assert await fetch(slack.web, sent_to_us(slack)) == b"organ;datum"


@in_slack
@pytest.mark.parametrize(
    "fault", [Fault(403), Fault(404), Fault(302, headers={"Location": "http://127.0.0.1:1/"})]
)
async def test_a_file_that_slack_does_not_give_is_a_slip(slack, fault):
    slack.goes_wrong("download", fault)

    found = await fetch(slack.web, sent_to_us(slack))

    assert isinstance(found, Problem)
    assert found.key == "file-not-fetched"


@in_slack
async def test_a_page_for_signing_in_is_no_file(slack):
    slack.web.token = "xoxb-without-the-scope"

    assert isinstance(await fetch(slack.web, sent_to_us(slack)), Problem)


@in_slack
async def test_a_file_that_is_too_large_is_not_read(slack):
    slack.files["F1"] = {"content": bytes(MOST_BYTES_IN + 1)}

    found = await fetch(slack.web, sent_to_us(slack))

    assert isinstance(found, Problem)
    assert found.key == "file-too-big"


@in_slack
@pytest.mark.parametrize(
    "url", ["https://example.org/lista", "https://files.slack.com/lista", "file:///etc/passwd"]
)
async def test_the_token_goes_to_slack_alone(slack, url):
    assert isinstance(await fetch(slack.web, sent_to_us(slack, url)), Problem)
    assert slack.called("download") == []
