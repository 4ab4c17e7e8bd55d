"""Socket Mode hears the same as the door's address, and comes back when its connection dies."""

import asyncio
import logging

import pytest

from bot.slack import socket
from bot.slack.door import NotLetIn
from dialogs.incoming import Pressed, Said
from tests.slack_hearing.house import TEAM, Counter, a_house
from tests.slack_hearing.test_hearing import failing, form_in, mention, run, the_only
from tests.slack_hearing.test_inbound import TS
from tests.slack_hearing.test_interactions import press, slash

TOKEN = "xapp-1-hemlig"


def envelope(payload, kind="events_api", id="e1"):
    return {
        "type": kind,
        "envelope_id": id,
        "payload": payload,
        "accepts_response_payload": kind != "events_api",
    }


async def say(house, *envelopes):
    link = await asyncio.wait_for(house.slack.sockets.get(), 10)
    for one in envelopes:
        await link.send_json(one)
    return link


async def acked(house):
    return await asyncio.wait_for(house.slack.acked.get(), 10)


def test_an_event_is_stored_then_acknowledged():
    async def act():
        async with a_house(app_token=TOKEN) as house:
            await say(house, envelope(mention()))
            assert await acked(house) == {"envelope_id": "e1"}
            assert the_only(house.counter).what == Said("status", TS)

    run(act)


def test_what_cant_be_stored_is_not_acknowledged():
    async def act():
        async with a_house(Counter(before=failing), app_token=TOKEN) as house:
            await say(
                house, envelope(mention()), envelope({**mention(), "event": {"type": "other"}}, id="e2")
            )
            assert await acked(house) == {"envelope_id": "e2"}
            assert house.slack.acked.empty()

    run(act)


def test_interactions_and_commands_come_the_same_way():
    async def act():
        async with a_house(Counter(problems={"what": "Skriv vad."}), app_token=TOKEN) as house:
            await say(house, envelope(press(), "interactive"))
            await acked(house)
            assert the_only(house.counter).what == Pressed("b1", TS)

    run(act)


def test_a_forms_problems_are_in_the_answer():
    async def act():
        async with a_house(Counter(problems={"what": "Skriv vad."}), app_token=TOKEN) as house:
            link = await say(house, envelope(form_in(), "interactive"))
            answer = await acked(house)
            assert answer["payload"] == {"response_action": "errors", "errors": {"what": "Skriv vad."}}
            await link.send_json(envelope(slash("status"), "slash_commands", "e2"))
            assert await acked(house) == {"envelope_id": "e2"}

    run(act)


def test_what_is_no_payload_of_slacks_is_left_alone(caplog):
    caplog.set_level(logging.DEBUG)

    async def act():
        async with a_house(app_token=TOKEN) as house:
            await say(
                house,
                envelope([1, "hemligt"]),
                envelope("hemligt", id="e2"),
                envelope(
                    {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": "hemligt"},
                    id="e3",
                ),
                envelope({**mention(), "authorizations": [{"team_id": "T9ANDRA"}]}, id="e4"),
                envelope(mention(), id="e5"),
            )
            assert await acked(house) == {"envelope_id": "e5"}

    run(act)

    for secret in ("hemligt", TOKEN, "secret-ticket", "status"):
        assert secret not in "".join(f"{one.getMessage()}{one.exc_info}" for one in caplog.records)


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(socket, "LOOKS_EVERY", 0.05)
    monkeypatch.setattr(socket, "PATIENCE", 0.3)
    monkeypatch.setattr(socket, "PINGS_EVERY", 60.0)  # Slack's own client notices nothing


@pytest.mark.usefixtures("impatient")
@pytest.mark.e2e
def test_a_dead_connection_is_replaced_by_a_new_client():
    async def act():
        async with a_house(app_token=TOKEN) as house:
            link = await say(house, envelope(mention()))
            await acked(house)
            house.slack.refuses["apps.connections.open"] = "internal_error"  # its own mending fails
            await link.close()
            await asyncio.sleep(0.5)
            del house.slack.refuses["apps.connections.open"]

            await say(house, envelope(press(), "interactive", "e2"))
            assert await acked(house) == {"envelope_id": "e2"}
            assert len(house.counter.stored) == 2

    run(act)


def test_an_app_token_that_slack_doesnt_take_is_said():
    async def act():
        async with a_house(app_token=TOKEN, start=False) as house:
            house.slack.refuses["apps.connections.open"] = "invalid_auth"
            with pytest.raises(NotLetIn) as refused:
                await house.door.start()
            assert (refused.value.token, refused.value.why) == ("slack_app_token", "invalid_auth")

    run(act)


def test_nothing_is_left_running_when_it_stops():
    async def act():
        async with a_house(app_token=TOKEN) as house:
            await say(house, envelope(mention()))
            await acked(house)
            await house.door.stop()
            ours = [one for one in asyncio.all_tasks() if "socket" in repr(one.get_coro()).lower()]
            assert [one for one in ours if "SocketMode" in repr(one)] == []

    run(act)
