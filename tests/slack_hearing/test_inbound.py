"""Events become what somebody did, or nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.calls import Myself
from bot.slack.inbound import heard
from dialogs.incoming import (
    Attached,
    Changed,
    Deleted,
    Edited,
    Gone,
    Incoming,
    Joined,
    Left,
    Reopened,
    Said,
    Uninstalled,
)
from tests.slack import payloads
from tests.slack_hearing.house import ANNA, COACH, NOW, TEAM

US = Myself(TEAM, COACH, "B0METODCO")
ROOM, DM, TS, THREAD = "C0GRUPPEN", "D0ANNA", "1763631000.000100", "1763630000.000100"


def told(event, id="Ev1"):
    """Return what the event means, delivered at half past nine."""
    return heard(payloads.envelope(event, id, NOW.timestamp()), US, NOW + timedelta(seconds=2))


def message(text, *, room=ROOM, kind="channel", thread="", user=ANNA, **more):
    return payloads.message(user, room, TS, text, kind=kind, thread=thread, **more)


def said(what, *, room=ROOM, private=False):
    at = datetime.fromtimestamp(float(TS), UTC)
    return Incoming("slack", TEAM, f"said:{room}:{TS}", ANNA, "", room, private, at, what)


def happened(what, *, room=ROOM, account="", name="", private=False):
    at = datetime.fromtimestamp(int(NOW.timestamp()), UTC)
    return Incoming("slack", TEAM, "Ev1", account, name, room, private, at, what)


def test_a_mention_is_put_to_the_coach():
    assert told(message(f"<@{COACH}> status")) == said(Said("status", TS))


def test_both_events_of_a_mention_are_one_and_the_same():
    written = message(f"<@{COACH}> status", thread=THREAD)

    assert told(payloads.app_mention(written), "Ev2") == told(written) == said(Said("status", TS, THREAD))


def test_ordinary_talk_is_left_alone():
    assert told(message("Ska vi äta lunch?")) is None
    assert told(message("Ska vi äta lunch?", kind="group")) is None
    assert told(message("Ska vi äta lunch?", kind="mpim")) is None


def test_words_in_a_thread_are_put_to_nobody():
    assert told(message("Vi saknar tid", thread=THREAD)) == said(
        Said("Vi saknar tid", TS, THREAD, addressed=False)
    )


def test_everything_in_private_is_put_to_the_coach():
    assert told(message("hjälp", room=DM, kind="im")) == said(Said("hjälp", TS), room=DM, private=True)


def test_a_group_of_several_is_a_channel_like_others():
    found = told(message(f"<@{COACH}> status", room="G0FLERA", kind="mpim"))

    assert found == said(Said("status", TS), room="G0FLERA")


def test_the_first_message_of_a_thread_stands_under_none():
    assert told(message(f"<@{COACH}> hej", thread_ts=TS)) == said(Said("hej", TS))


@pytest.mark.parametrize("subtype", ["thread_broadcast", "me_message", "file_share"])
def test_other_ways_of_writing_are_words_too(subtype):
    assert told(message("ja", thread=THREAD, subtype=subtype)) == said(
        Said("ja", TS, THREAD, addressed=False)
    )


def test_a_file_is_kept_by_its_name_and_where_it_lies():
    file = payloads.shared_file(
        "Plan &amp; budget.pdf", "https://kommunen.slack.com/files/U0ANNA/F1/plan.pdf", ANNA
    )
    gone = {"id": "F2", "mode": "tombstone"}

    found = told(message("", thread=THREAD, subtype="file_share", files=[file, gone]))

    link = Attached("Plan & budget.pdf", "https://kommunen.slack.com/files/U0ANNA/F1/plan.pdf")
    assert found == said(Said("", TS, THREAD, addressed=False, attached=(link,)))


@pytest.mark.parametrize(
    "more",
    [
        {"user": COACH},
        {"bot_id": "B1"},
        {"bot_id": "B1", "subtype": "bot_message", "user": ""},
        {"user": "USLACKBOT"},
        {"subtype": "channel_join"},
        {"subtype": "channel_topic"},
        {"subtype": "huddle_thread"},
        {"subtype": "assistant_app_thread"},
        {"subtype": "message_replied"},
        {"ts": None},
        {"channel": 7},
    ],
)
def test_what_no_person_says_is_left_alone(more):
    event = {**message(f"<@{COACH}> status", thread=THREAD), **more}

    assert told(event) is None


def test_an_edited_message_edits_the_answer():
    before = message("Vi saknar tid", thread=THREAD)

    found = told(payloads.changed(before, f"<@{COACH}> Vi saknar tid &amp; pengar", "1763631100.000200"))

    assert found == happened(Edited(TS, "Vi saknar tid & pengar"), account=ANNA)


def test_what_hangs_on_an_edited_message_hangs_on_it_still():
    link = "https://kommunen.slack.com/files/U0ANNA/F1/plan.pdf"
    file = payloads.shared_file("Planen", link, ANNA)
    before = message("Planen", thread=THREAD, subtype="file_share", files=[file])

    found = told(payloads.changed(before, "Vår plan", "1763631100.000200"))

    assert found == happened(Edited(TS, "Vår plan", (Attached("Planen", link),)), account=ANNA)


def test_a_link_that_slack_unfolds_is_no_edit():
    before = message("Se <https://kommunen.se>", thread=THREAD)

    assert told(payloads.changed(before, before["text"], "1763631100.000200")) is None


def test_the_coachs_own_edits_are_left_alone():
    ours = message("3 av 5 har svarat", user=COACH, bot_id="B0METODCO")

    assert told(payloads.changed(ours, "4 av 5 har svarat", "1763631100.000200")) is None


def test_a_deleted_message_is_withdrawn():
    found = told(payloads.deleted(message("Vi saknar tid", thread=THREAD), "1763631100.000200"))

    assert found == happened(Deleted(TS), account=ANNA)


def test_a_message_deleted_above_its_thread_is_withdrawn():
    before = message("Vi saknar tid")
    event = payloads.changed(before, "This message was deleted.", "1763631100.000200")
    event["message"] |= {"subtype": "tombstone", "user": "USLACKBOT", "hidden": True}

    assert told(event) == happened(Deleted(TS), account=ANNA)


def test_a_private_message_is_edited_in_private():
    before = message("tid", room=DM, kind="im")

    found = told(payloads.changed(before, "mer tid", "1763631100.000200"))

    assert found == happened(Edited(TS, "mer tid"), account=ANNA, room=DM, private=True)


@pytest.mark.parametrize(
    ("event", "what", "account"),
    [
        (
            {"type": "member_joined_channel", "user": COACH, "inviter": ANNA, "channel_type": "C"},
            Joined(),
            ANNA,
        ),
        ({"type": "member_joined_channel", "user": COACH, "channel_type": "C"}, Joined(), ""),
        ({"type": "member_left_channel", "user": COACH, "channel_type": "C"}, Left("removed"), ""),
        ({"type": "member_left_channel", "user": ANNA, "channel_type": "C"}, Gone((ANNA,)), ""),
        ({"type": "channel_left", "actor_id": ANNA}, Left("removed"), ""),
        ({"type": "group_left"}, Left("removed"), ""),
        ({"type": "channel_archive", "user": ANNA}, Left("archived"), ""),
        ({"type": "group_archive", "user": ANNA}, Left("archived"), ""),
        ({"type": "channel_unarchive", "user": ANNA}, Reopened(), ""),
        ({"type": "group_unarchive", "user": ANNA}, Reopened(), ""),
        ({"type": "channel_deleted"}, Left("deleted"), ""),
        ({"type": "group_deleted"}, Left("deleted"), ""),
    ],
)
def test_what_becomes_of_a_room(event, what, account):
    assert told({**event, "channel": ROOM, "event_ts": TS}) == happened(what, account=account)


@pytest.mark.parametrize(
    "event",
    [
        {"type": "member_joined_channel", "user": ANNA, "channel": ROOM, "channel_type": "C"},
        {"type": "channel_rename", "channel": {"id": ROOM, "name": "nytt", "created": 1763631000}},
        {
            "type": "reaction_added",
            "user": ANNA,
            "reaction": "+1",
            "item": {"type": "message", "channel": ROOM},
        },
        {"type": "team_join", "user": {"id": ANNA}},
        {"type": "tokens_revoked", "tokens": {"oauth": [ANNA], "bot": []}},
        {"type": "channel_archive"},
        {"type": "something_new", "channel": ROOM},
    ],
)
def test_what_is_none_of_the_coachs_business(event):
    assert told(event) is None


def test_a_changed_account_is_looked_at_again():
    user = {
        "id": ANNA,
        "team_id": TEAM,
        "name": "anna.berg",
        "deleted": False,
        "real_name": "Anna Berg",
        "is_bot": False,
    }

    found = told({"type": "user_change", "user": user, "cache_ts": 1763631000, "event_ts": TS})

    assert found == happened(Changed(), room="", account=ANNA, name="Anna Berg")


def test_a_deactivated_account_can_read_no_more():
    user = {"id": ANNA, "name": "anna.berg", "deleted": True, "profile": {"real_name": "Anna Berg"}}

    found = told({"type": "user_change", "user": user, "event_ts": TS})

    assert found == happened(Changed(active=False), room="", account=ANNA, name="Anna Berg")


@pytest.mark.parametrize("user", [{"id": COACH}, {"id": "U1", "is_bot": True}, {}])
def test_accounts_of_machines_are_left_alone(user):
    assert told({"type": "user_change", "user": user, "event_ts": TS}) is None


@pytest.mark.parametrize(
    "event",
    [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [COACH]}}],
)
def test_the_app_is_taken_away(event):
    assert told(event) == happened(Uninstalled(), room="")


def test_a_time_that_is_none_is_now():
    event = {"type": "channel_archive", "channel": ROOM}
    body = payloads.envelope(event, "Ev1", 0) | {"event_time": 10**30}

    assert heard(body, US, NOW).at == NOW


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KINDS = [
    "message",
    "app_mention",
    "member_joined_channel",
    "user_change",
    "tokens_revoked",
    "channel_archive",
]
FIELDS = [
    "channel",
    "user",
    "text",
    "ts",
    "thread_ts",
    "subtype",
    "message",
    "previous_message",
    "files",
    "tokens",
]
SUBTYPES = ["message_changed", "message_deleted", "file_share"]


@given(
    kind=st.sampled_from(KINDS),
    subtype=st.sampled_from(SUBTYPES) | json,
    fields=st.dictionaries(st.sampled_from(FIELDS), json | st.sampled_from([COACH, ROOM, TS])),
    time=json,
)
def test_whatever_an_event_holds_it_is_heard_or_left_alone(kind, subtype, fields, time):
    event = {**fields, "type": kind, "subtype": subtype}

    found = heard({"event": event, "event_id": "Ev1", "event_time": time}, US, NOW)

    assert found is None or found.tenant == TEAM
