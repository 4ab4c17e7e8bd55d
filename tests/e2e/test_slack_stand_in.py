"""What the tests of the Slack door stand on: the stand-in refuses, forgets and breaks as Slack does."""

from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.faults import Fault
from tests.slack.fixtures import Found
from tests.slack.town import Town
from tests.slack.workspace import BOT_TOKEN, BOT_USER, Member

pytestmark = pytest.mark.e2e

METADATA = {"event_type": "metodcoach_letter", "event_payload": {"key": "k", "part": 0}}
PLAIN = {"type": "plain_text", "text": "Formulär", "emoji": False}
INPUT = {"type": "plain_text_input", "action_id": "value", "multiline": False, "max_length": 3000}
VIEW = {
    "type": "modal", "callback_id": "form", "title": PLAIN, "submit": PLAIN, "close": PLAIN, "private_metadata": "{}",
    "blocks": [{"type": "input", "block_id": "namn", "label": PLAIN, "optional": True, "element": INPUT}],
}  # fmt: skip
KARIN = "Karin Ek"


class Hours:
    def __init__(self) -> None:
        self.at = datetime(2026, 9, 1, 7, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def town(found_town: Found, hours: Hours) -> Town:
    return found_town([Member(KARIN), Member("Bo Åström", zone="Europe/Helsinki", locale="en-GB")], hours.now)


@pytest.fixture
def web(town: Town) -> AsyncWebClient:
    return AsyncWebClient(BOT_TOKEN, base_url=f"{town.adapter.url}/api/", retry_handlers=[])


def refused(town: Town, call: object) -> str:
    with pytest.raises(SlackApiError) as error:
        town.loop.do(call)
    return str(error.value.response["error"])


def test_what_is_posted_is_in_the_history_with_its_metadata(town: Town, web: AsyncWebClient):
    posted = town.loop.do(web.chat_postMessage(channel=town.channel, text="Hej", metadata=METADATA))
    before = str(town.now().timestamp() - 1)

    shown = town.loop.do(
        web.conversations_history(channel=town.channel, include_all_metadata=True, oldest=before)
    )
    bare = town.loop.do(web.conversations_history(channel=town.channel))
    later = town.loop.do(web.conversations_history(channel=town.channel, oldest=posted["ts"]))

    assert [(one["ts"], one["metadata"], one["user"]) for one in shown["messages"]] == [
        (posted["ts"], METADATA, BOT_USER)
    ]
    assert "metadata" not in bare["messages"][0]
    assert later["messages"] == []
    assert [one.key for one in town.adapter.posted.newest()] == ["k#0"]


def test_a_call_without_its_scope_is_refused(town: Town, web: AsyncWebClient):
    assert refused(town, web.conversations_create(name="ny")) == "missing_scope"
    assert refused(town, AsyncWebClient("xoxb-other", base_url=web.base_url).auth_test()) == "invalid_auth"


def test_blocks_that_slack_would_not_take_are_refused(town: Town, web: AsyncWebClient):
    blocks = [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151, "emoji": False}}]

    assert (
        refused(town, web.chat_postMessage(channel=town.channel, text="Hej", blocks=blocks))
        == "invalid_blocks"
    )


def test_people_have_a_zone_a_language_and_an_address(town: Town, web: AsyncWebClient):
    bo = town.talkers["Bo Åström"]

    user = town.loop.do(web.users_info(user=bo.id, include_locale=True))["user"]

    assert (user["tz"], user["locale"], user["profile"]["email"]) == (
        "Europe/Helsinki", "en-GB", "bo.astrom@kommunen.example"
    )  # fmt: skip
    assert "locale" not in town.loop.do(web.users_info(user=bo.id))["user"]


def test_a_trigger_opens_one_view_within_three_seconds(town: Town, web: AsyncWebClient, hours: Hours):
    karin = town.talkers[KARIN]
    first, late = (town.loop.do(town.driver.trigger(karin)) for _ in range(2))

    opened = town.loop.do(web.views_open(trigger_id=first, view=VIEW))
    assert refused(town, web.views_open(trigger_id=first, view=VIEW)) == "exchanged_trigger_id"
    hours.at += timedelta(seconds=4)
    town.emulate.stop_clock(hours.at)

    assert refused(town, web.views_open(trigger_id=late, view=VIEW)) == "expired_trigger_id"
    assert town.adapter.views.opened[first]["id"] == opened["view"]["id"]


def test_a_channel_without_the_bot_takes_nothing_from_it(town: Town, web: AsyncWebClient):
    town.adapter.outside.add(town.channel)

    assert refused(town, web.chat_postMessage(channel=town.channel, text="Hej")) == "not_in_channel"


@pytest.mark.parametrize(("kind", "arrives"), [("reset", False), ("lost", True)])
def test_a_connection_breaks_before_or_after_slack_has_the_post(
    town: Town, web: AsyncWebClient, kind: str, arrives: bool
):
    town.adapter.faults.add(Fault(kind, times=1))  # type: ignore[arg-type]

    with pytest.raises(aiohttp.ClientError):
        town.loop.do(web.chat_postMessage(channel=town.channel, text="Hej"))

    assert [one["text"] for one in town.history(town.channel) if one["text"] == "Hej"] == ["Hej"] * arrives
    assert [(call.method, call.accepted) for call in town.adapter.calls] == [("chat.postMessage", arrives)]


def test_what_goes_wrong_is_drawn_by_the_seed(town: Town, web: AsyncWebClient):
    town.adapter.faults.seed = "7"
    town.adapter.faults.add(Fault("limited", share=0.5, retry_after="3"))

    async def post() -> str:
        try:
            return str((await web.chat_postMessage(channel=town.channel, text="Hej")).get("retry"))
        except SlackApiError as error:
            return str(error.response.headers["Retry-After"])

    answers = [town.loop.do(post()) for _ in range(20)]

    assert answers == ["None" if town.adapter.faults._drawn(0, n) >= 0.5 else "3" for n in range(1, 21)]
    assert set(answers) == {"None", "3"}


def test_the_emulator_never_runs_out_of_calls(town: Town, web: AsyncWebClient):
    town.emulate.calls = 4_890

    posted = [town.loop.do(web.chat_postMessage(channel=town.channel, text="Hej"))["ok"] for _ in range(20)]

    assert posted == [True] * 20
