"""Presses, forms and slash commands become what somebody did, with what is needed to answer them at once."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.calls import Myself
from bot.slack.interactions import Act, Place, commanded, pressed, submitted
from bot.usecases.replies import Speaker
from dialogs.incoming import Incoming, Pressed, Said, Submitted
from tests.slack import payloads
from tests.slack_hearing.house import ANNA, COACH, NOW, TEAM
from tests.slack_hearing.test_inbound import json

US = Myself(TEAM, COACH, "B0METODCO")
ROOM, DM, TS, THREAD = "C0GRUPPEN", "D0ANNA", "1763631000.000100", "1763630000.000100"
USER = {"id": ANNA, "username": "anna.berg", "name": "anna.berg", "team_id": TEAM}
ACTED = "1763631010.500000"
TRIGGER = "12321423423.333649436676.d8c1bb837935619ccad0f624c448ffb3"


def press(action_id="press:b1", *, room=ROOM, thread="", ephemeral=False, message=True, **more):
    button = {
        "action_id": action_id,
        "block_id": "x",
        "type": "button",
        "text": {"type": "plain_text", "text": "Ja"},
    }
    container = {"type": "message", "message_ts": TS, "channel_id": room, "is_ephemeral": ephemeral}
    if thread:
        container["thread_ts"] = thread
    shown = {"message": {"ts": TS, **({"thread_ts": thread} if thread else {})}} if message else {}
    return payloads.block_actions(
        USER, button, trigger=TRIGGER, ts=ACTED, container=container, channel={"id": room, "name": "gruppen"},
        more={**shown, **more},
    )  # fmt: skip


def at_home():
    view = {"id": "V1", "type": "home", "callback_id": "", "team_id": TEAM, "private_metadata": ""}
    button = {"action_id": "press:b1", "block_id": "x", "type": "button"}
    container = {"type": "view", "view_id": "V1"}
    return payloads.block_actions(
        USER, button, trigger=TRIGGER, ts=ACTED, container=container, channel=None, more={"view": view}
    )


def did(what, *, room=ROOM, private=False, aside=False, event=f"press:{TRIGGER}"):
    at = datetime.fromtimestamp(float(ACTED), UTC)
    return Incoming("slack", TEAM, event, ANNA, "anna.berg", room, private, at, what, aside)


def test_a_press_is_answered_under_its_message():
    assert pressed(press(), US, NOW) == Act(did(Pressed("b1", TS)), TRIGGER)


def test_a_press_in_a_thread_is_answered_in_it():
    assert pressed(press(thread=THREAD), US, NOW).incoming == did(Pressed("b1", THREAD))


def test_a_button_that_opens_a_form_is_a_press_too():
    assert pressed(press("form:f1"), US, NOW).incoming == did(Pressed("f1", TS))


def test_a_press_in_private_is_answered_in_private():
    assert pressed(press(room=DM), US, NOW).incoming == did(Pressed("b1", TS), room=DM, private=True)


def test_what_only_one_person_sees_is_answered_to_them_alone():
    found = pressed(press(ephemeral=True, message=False), US, NOW)

    assert found.incoming == did(Pressed("b1", ""), aside=True)
    assert found.speaker == Speaker("slack", TEAM, ANNA, "anna.berg", ROOM, private=False, aside=True)


def test_an_aside_in_a_thread_is_answered_in_the_thread():
    found = pressed(press(ephemeral=True, message=False, thread=THREAD), US, NOW)

    assert found.incoming == did(Pressed("b1", THREAD), aside=True)


def test_a_press_at_home_belongs_in_their_private_room():
    found = pressed(at_home(), US, NOW)

    assert found == Act(did(Pressed("b1", ""), room=""), TRIGGER, at_home=True)
    assert found.in_room(DM) == Act(did(Pressed("b1", ""), room=DM, private=True), TRIGGER)


@pytest.mark.parametrize("action", ["press:", "value", "press", "other:b1", ":", ""])
def test_other_peoples_buttons_are_left_alone(action):
    assert pressed(press(action), US, NOW) is None


def test_a_form_comes_back_with_where_it_belongs():
    act = pressed(press("form:b1", thread=THREAD), US, NOW)
    metadata = Place.of("f1", act.incoming).metadata()
    view = {
        "id": "V1",
        "hash": "156772938.18",
        "type": "modal",
        "callback_id": "form",
        "private_metadata": metadata,
    }
    values = {"what": {"value": {"type": "plain_text_input", "value": "Vi börjar\ni mars"}}}

    found = submitted(payloads.view_submission(USER, view, values, trigger=TRIGGER), US, NOW)

    assert metadata == f'{{"form":"f1","room":"{ROOM}","private":false,"thread":"{THREAD}","aside":false}}'
    assert found == Incoming(
        "slack", TEAM, "form:V1:156772938.18", ANNA, "anna.berg", ROOM, False, NOW,
        Submitted("f1", {"what": "Vi börjar\ni mars"}, THREAD),
    )  # fmt: skip


@pytest.mark.parametrize(
    "view",
    [
        {"callback_id": "other", "private_metadata": Place("f1", ROOM, False, "", False).metadata()},
        {"callback_id": "form", "private_metadata": ""},
        {"callback_id": "form", "private_metadata": "[1]"},
        {"callback_id": "form", "private_metadata": '{"form":"f1","room":7}'},
        {"callback_id": "form", "private_metadata": "[" * 5000},
    ],
)
def test_a_form_that_isnt_ours_is_left_alone(view):
    view = {"id": "V1", "hash": "1", "type": "modal", **view}

    assert submitted(payloads.view_submission(USER, view, {}, trigger=TRIGGER), US, NOW) is None


def slash(text, room=ROOM):
    channel = {"id": room, "name": "gruppen"}
    return dict(
        payloads.slash_command(USER, "/metodcoach", text, channel, trigger=TRIGGER, answer_at="https://x")
    )


def command(what, *, room=ROOM, private=False, aside=True):
    return Incoming("slack", TEAM, f"command:{TRIGGER}", ANNA, "anna.berg", room, private, NOW, what, aside)


def test_a_slash_command_is_answered_to_whoever_gave_it():
    found = commanded(slash("mina frågor &amp; svar"), US, NOW)

    assert found == Act(command(Said("mina frågor & svar")), TRIGGER)


def test_in_private_nobody_else_hears_the_answer():
    assert commanded(slash("hjälp", DM), US, NOW).incoming == command(
        Said("hjälp"), room=DM, private=True, aside=False
    )


PARTS = [
    "user",
    "actions",
    "container",
    "message",
    "channel",
    "view",
    "trigger_id",
    "channel_id",
    "user_id",
    "text",
]


@given(st.dictionaries(st.sampled_from(PARTS), json))
def test_whatever_they_hold_they_are_read_or_left_alone(fields):
    for translate in (pressed, submitted, commanded):
        translate(fields, US, NOW)
