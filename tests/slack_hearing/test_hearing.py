"""What is sent to the door's address is stored, then acknowledged; or else it is neither."""

import asyncio
import json as js
import logging

import pytest

from bot.slack.door import NotLetIn
from dialogs.incoming import Changed, Edited, Incoming, Pressed, Said, Submitted
from dialogs.model.people import Person
from tests.slack import payloads
from tests.slack_hearing.house import A_FORM, ANNA, COACH, NOW, TEAM, Counter, a_house
from tests.slack_hearing.test_inbound import DM, ROOM, THREAD, TS, message
from tests.slack_hearing.test_interactions import TRIGGER, USER, at_home, press, slash

DONE = (200, "")
NOT_STORED = (503, "not stored")


def event(inner, id="Ev1"):
    return payloads.envelope(inner, id, NOW.timestamp())


def mention(text="status", **more):
    return event(message(f"<@{COACH}> {text}", **more))


def the_only(counter):
    [stored] = counter.stored.values()
    return stored


def run(act):
    """Run a test's coroutine function; it gets no longer than a test may take."""
    return asyncio.run(asyncio.wait_for(act(), 30))


# ---------------------------------------------------------------------------------------------- stored, then acknowledged


def test_nothing_is_acknowledged_before_it_is_stored():
    async def act():
        reached, go_on = asyncio.Event(), asyncio.Event()

        async def wait():
            reached.set()
            await go_on.wait()

        async with a_house(Counter(before=wait)) as house:
            answer = asyncio.create_task(house.event(mention()))
            await reached.wait()
            await asyncio.sleep(0.2)
            assert not answer.done()
            assert house.counter.stored == {}

            go_on.set()

            assert await answer == DONE
            assert the_only(house.counter).what == Said("status", TS)

    run(act)


async def failing():
    raise RuntimeError("Anna skrev: status")


def form_in(thread=""):
    view = {
        "id": "V1", "hash": "1.2", "type": "modal", "callback_id": "form",
        "private_metadata": js.dumps({"form": "f1", "room": ROOM, "private": False, "thread": thread, "aside": False}),
    }  # fmt: skip
    values = {"what": {"value": {"type": "plain_text_input", "value": "Vi börjar i mars"}}}
    return payloads.view_submission(USER, view, values, trigger=TRIGGER)


def test_what_cant_be_stored_is_not_acknowledged_and_not_told_of_in_the_log(caplog):
    caplog.set_level(logging.DEBUG)

    async def act():
        async with a_house(Counter(before=failing)) as house:
            assert await house.event(mention()) == NOT_STORED
            assert await house.interaction(press()) == NOT_STORED
            assert await house.interaction(form_in()) == NOT_STORED
            assert await house.command(slash("status")) == NOT_STORED

    run(act)

    assert "Anna" not in caplog.text
    assert "status" not in "".join(
        str(vars(one)) for one in caplog.records if one.name.startswith("bot.slack")
    )


def test_a_store_that_is_too_slow_is_answered_for_in_time_and_goes_on(monkeypatch):
    monkeypatch.setattr("bot.slack.listeners.IN_TIME", 0.2)

    async def act():
        go_on = asyncio.Event()
        async with a_house(Counter(before=lambda: go_on.wait())) as house:
            assert await house.event(mention()) == NOT_STORED
            go_on.set()
            assert await house.event(mention()) == DONE
            assert the_only(house.counter).what == Said("status", TS)

    run(act)


def test_it_is_stored_once_however_often_and_however_it_comes():
    async def act():
        async with a_house() as house:
            said = message(f"<@{COACH}> status")
            for id, one in (("Ev1", said), ("Ev1", said), ("Ev2", payloads.app_mention(said))):
                assert await house.event(event(one, id)) == DONE
            assert the_only(house.counter).what == Said("status", TS)

    run(act)


def test_a_retry_may_be_the_first_that_is_seen():
    async def act():
        async with a_house() as house:
            body = js.dumps(mention()).encode()
            from tests.slack_hearing.house import signed

            headers = signed(body, NOW) | {"X-Slack-Retry-Num": "3", "X-Slack-Retry-Reason": "http_timeout"}
            assert await house.post(body, headers) == DONE
            assert the_only(house.counter).what == Said("status", TS)

    run(act)


# ---------------------------------------------------------------------------------------------- what is kept, and what isn't


def test_talk_in_a_thread_is_kept_only_where_the_coach_follows_it():
    async def act():
        follows = Counter(heard=lambda incoming: incoming.what.thread_of == THREAD)
        async with a_house(follows) as house:
            assert await house.event(event(message("Vi saknar tid", thread=THREAD))) == DONE
            other = replace_ts(message("Ska vi äta?", thread="1763000000.000100"), "1763631001.000100")
            assert await house.event(event(other, "Ev2")) == DONE
            assert the_only(house.counter).what == Said("Vi saknar tid", TS, THREAD, addressed=False)

    run(act)


def replace_ts(inner, ts):
    return {**inner, "ts": ts, "event_ts": ts}


def test_an_edit_of_ordinary_talk_is_never_kept():
    async def act():
        async with a_house() as house:
            assert (
                await house.event(event(payloads.changed(message("lunch?"), "fika?", "1763631100.000200")))
                == DONE
            )
            assert (
                await house.event(event(payloads.deleted(message("lunch?"), "1763631100.000200"), "Ev2"))
                == DONE
            )
            assert house.counter.stored == {}

    run(act)


def test_an_edit_in_private_is_kept():
    async def act():
        async with a_house() as house:
            before = message("tid", room=DM, kind="im")
            assert await house.event(event(payloads.changed(before, "mer tid", "1763631100.000200"))) == DONE
            assert the_only(house.counter).what == Edited(TS, "mer tid")

    run(act)


def test_of_all_accounts_that_change_only_those_the_coach_knows_are_looked_at_again():
    async def act():
        async with a_house(Counter(people={"U0BO": Person("p1", "Bo Ek")})) as house:
            for account in ("U0BO", "U0NYA"):
                changed = {"type": "user_change", "user": {"id": account, "deleted": False}, "event_ts": TS}
                assert await house.event(event(changed, f"Ev{account}")) == DONE
            assert (the_only(house.counter).account, the_only(house.counter).what) == ("U0BO", Changed())

    run(act)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2.1: fråga <@U0BO>", "2.1: fråga Bo Ek"),
        ("2.1: fråga <@U0NYA>", "2.1: fråga Siv Ny"),
        ("2.1: fråga <@U0BORTA>", "2.1: fråga @U0BORTA"),
        ("för <@U0BO>: vi vill mer", "för Bo Ek: vi vill mer"),
        ("ny person: <@U0NYA>, processledare", "ny person: <@U0NYA>, processledare"),
        ("ny person: <@U0BO>", "ny person: Bo Ek"),
    ],
)
def test_who_is_mentioned_is_called_by_their_name(written, kept):
    async def act():
        known = Counter(people={"U0BO": Person("p1", "Bo Ek")})
        async with a_house(known) as house:
            house.slack.people["U0NYA"] = "Siv Ny"
            assert await house.event(mention(written)) == DONE
            assert the_only(house.counter).what == Said(kept, TS)

    run(act)


@pytest.mark.parametrize(
    "inner",
    [
        message("Ska vi äta lunch?"),
        {"type": "reaction_added", "user": ANNA, "reaction": "+1"},
        {"type": "channel_rename", "channel": {"id": ROOM, "name": "nytt"}},
        {"type": "never_heard_of"},
    ],
)
def test_what_is_left_alone_is_acknowledged(inner):
    async def act():
        async with a_house() as house:
            assert await house.event(event(inner)) == DONE
            assert house.counter.stored == {}

    run(act)


@pytest.mark.parametrize(
    "kind", ["view_closed", "shortcut", "message_action", "block_suggestion", "interactive_message"]
)
def test_interactions_that_nobody_listens_for_are_acknowledged(kind):
    async def act():
        async with a_house() as house:
            payload = {
                "type": kind,
                "user": USER,
                "team": payloads.USER_TEAM,
                "callback_id": "x",
                "trigger_id": "1",
            }
            assert await house.interaction(payload) == DONE
            assert await house.interaction(press("somebody_elses")) == DONE
            other = form_in()
            other["view"] |= {"callback_id": "somebody_elses"}
            assert await house.interaction(other) == DONE
            assert house.counter.stored == {}

    run(act)


# ---------------------------------------------------------------------------------------------- forms


def test_a_press_that_needs_no_form_is_handed_in():
    async def act():
        async with a_house() as house:
            assert await house.interaction(press()) == DONE
            assert the_only(house.counter).what == Pressed("b1", TS)
            assert house.slack.asked("views.open") == []

    run(act)


def test_a_press_that_opens_a_form_opens_it_and_stores_nothing():
    async def act():
        async with a_house(Counter(forms={"b1": A_FORM})) as house:
            assert await house.interaction(press("form:b1", thread=THREAD)) == DONE

            [opened] = house.slack.asked("views.open")
            assert opened["trigger_id"] == TRIGGER
            assert js.loads(opened["view"]["private_metadata"]) == {
                "form": "f1", "room": ROOM, "private": False, "thread": THREAD, "aside": False
            }  # fmt: skip
            assert house.counter.stored == {}

    run(act)


@pytest.mark.parametrize(
    "word", ["expired_trigger_id", "exchanged_trigger_id", "invalid_arguments", "ratelimited"]
)
def test_a_form_that_slack_doesnt_open_is_asked_field_by_field(word):
    async def act():
        async with a_house(Counter(forms={"b1": A_FORM})) as house:
            house.slack.refuses["views.open"] = word
            assert await house.interaction(press("form:b1")) == DONE
            assert the_only(house.counter).what == Pressed("b1", TS)

    run(act)


@pytest.mark.e2e
def test_a_form_that_slack_is_slow_to_open_is_asked_field_by_field(monkeypatch):
    monkeypatch.setattr("bot.slack.acting.OPENS_WITHIN", 0.1)

    async def act():
        async with a_house(Counter(forms={"b1": A_FORM})) as house:
            house.slack.slow["views.open"] = 1
            assert await house.interaction(press("form:b1")) == DONE
            assert the_only(house.counter).what == Pressed("b1", TS)

    run(act)


def test_the_modal_speaks_the_persons_language():
    async def act():
        english = Counter(forms={"b1": A_FORM}, people={ANNA: Person("p1", "Anna", "en")})
        for counter in (Counter(forms={"b1": A_FORM}), english):
            async with a_house(counter) as house:
                await house.interaction(press())
                [opened] = house.slack.asked("views.open")
                yield_to.append(opened["view"]["close"]["text"])

    yield_to = []
    run(act)

    assert yield_to[0] != yield_to[1]


def test_a_form_that_can_be_taken_is_stored_and_closed():
    async def act():
        async with a_house() as house:
            assert await house.interaction(form_in(THREAD)) == DONE
            assert the_only(house.counter).what == Submitted("f1", {"what": "Vi börjar i mars"}, THREAD)

    run(act)


def test_a_form_that_cant_be_taken_says_why_and_isnt_stored():
    async def act():
        counter = Counter(problems={"what": "Skriv vad.", "gone": "Det finns inte."})
        async with a_house(counter) as house:
            status, body = await house.interaction(form_in())
            assert status == 200
            assert js.loads(body)["response_action"] == "errors"
            assert set(js.loads(body)["errors"]) == {"what"}  # Slack takes no other than what it shows
            assert counter.stored == {}

            counter.problems = {}
            assert await house.interaction(form_in()) == DONE
            assert the_only(counter).what == Submitted("f1", {"what": "Vi börjar i mars"})

    run(act)


# ---------------------------------------------------------------------------------------------- commands and home


def test_a_command_is_handed_in_or_opens_its_form():
    async def act():
        async with a_house(Counter(forms={"start": A_FORM})) as house:
            assert await house.command(slash("status")) == DONE
            assert await house.command(slash("start")) == DONE

            stored = the_only(house.counter)
            assert (stored.what, stored.room, stored.aside) == (Said("status"), ROOM, True)
            [opened] = house.slack.asked("views.open")
            assert js.loads(opened["view"]["private_metadata"])["aside"] is True

    run(act)


def test_a_command_in_a_chat_with_somebody_else_is_answered_in_ones_own():
    async def act():
        async with a_house() as house:
            assert await house.command(slash("status", room="D0BOOCHANNA")) == DONE
            stored = the_only(house.counter)
            assert (stored.room, stored.private, stored.aside) == (f"D0{ANNA}", True, False)

    run(act)


def test_where_no_private_room_can_be_had_a_command_is_answered_aside():
    async def act():
        async with a_house() as house:
            house.slack.refuses["conversations.open"] = "missing_scope"
            assert await house.command(slash("status", room="D0BOOCHANNA")) == DONE
            stored = the_only(house.counter)
            assert (stored.room, stored.private, stored.aside) == ("D0BOOCHANNA", False, True)

    run(act)


def test_a_press_at_home_is_answered_in_ones_private_room():
    async def act():
        async with a_house() as house:
            assert await house.interaction(at_home()) == DONE
            stored = the_only(house.counter)
            assert (stored.room, stored.private, stored.what) == (f"D0{ANNA}", True, Pressed("b1"))

    run(act)


def test_a_private_room_that_slack_has_named_is_not_asked_for():
    async def act():
        async with a_house() as house:
            opened = {
                "type": "app_home_opened",
                "user": ANNA,
                "channel": DM,
                "tab": "messages",
                "event_ts": TS,
            }
            assert await house.event(event(opened)) == DONE
            assert await house.interaction(at_home()) == DONE
            assert the_only(house.counter).room == DM
            assert house.slack.asked("conversations.open") == []
            assert house.slack.asked("views.publish") == []

    run(act)


def test_a_press_at_home_that_cant_be_answered_anywhere_is_not_acknowledged():
    async def act():
        async with a_house() as house:
            house.slack.refuses["conversations.open"] = "user_disabled"
            assert await house.interaction(at_home()) == NOT_STORED
            assert house.counter.stored == {}

    run(act)


def test_home_is_shown_when_it_is_opened():
    async def act():
        async with a_house() as house:
            opened = {"type": "app_home_opened", "user": ANNA, "channel": DM, "tab": "home", "event_ts": TS}
            assert await house.event(event(opened)) == DONE
            await house.door.stop()
            [published] = house.slack.asked("views.publish")
            assert published["user_id"] == ANNA
            assert ANNA in js.dumps(published["view"])
            assert house.counter.stored == {}

    run(act)


@pytest.mark.e2e
def test_a_home_that_shows_what_was_is_shown_anew_after_a_turn():
    async def act():
        async with a_house() as house:
            house.counter.stale.append(ANNA)
            for wake in house.counter.wakes:
                wake()
            while not house.slack.asked("views.publish"):
                await asyncio.sleep(0.05)
            assert house.slack.asked("views.publish")[0]["user_id"] == ANNA

    run(act)


# ---------------------------------------------------------------------------------------------- starting


def test_before_the_door_knows_who_it_is_nothing_is_heard():
    async def act():
        async with a_house(start=False) as house:
            assert (await house.event(mention()))[0] == 503
            await house.door.start()
            assert await house.event(mention()) == DONE

    run(act)


@pytest.mark.parametrize("word", ["invalid_auth", "account_inactive"])
def test_a_token_that_slack_doesnt_take_is_said(word):
    async def act():
        async with a_house(start=False) as house:
            house.slack.refuses["auth.test"] = word
            with pytest.raises(NotLetIn) as refused:
                await house.door.start()
            assert (refused.value.token, refused.value.why) == ("slack_bot_token", word)

            del house.slack.refuses["auth.test"]
            await house.door.start()
            assert await house.event(mention()) == DONE

    run(act)


def test_people_are_looked_up():
    async def act():
        async with a_house() as house:
            said = Incoming("slack", TEAM, "Ev1", ANNA, "", "C1", False, NOW, Said("hej"))
            assert set(await house.door.look_up(said, [ANNA])) == {ANNA}

    run(act)
