"""What Slack knows of people becomes a profile, as far as it can be relied on and comes in time."""

import pytest

from bot.slack.profiles import profile_of, profiles
from dialogs.incoming import Profile
from tests.slack_speaking.web_api import Fault, in_slack, refused

KARIN = {
    "team_id": "T1", "name": "karin", "real_name": "Karin Berg", "tz": "Europe/Stockholm", "locale": "sv-SE",
    "is_email_confirmed": True,
    "profile": {"real_name": "Karin Berg", "display_name": "kb", "email": "karin.berg@example.org"},
}  # fmt: skip
KNOWN = Profile("Karin Berg", "karin.berg@example.org", "sv", "Europe/Stockholm")


def karin(**other):
    return profile_of({**KARIN, **other}, "T1")


@in_slack
async def test_people_are_asked_about_with_their_language(slack):
    slack.users |= {"U1": KARIN, "U2": {"real_name": "Bo", "locale": "en-GB"}}

    assert await profiles(slack.web, ["U1", "U2", "U1"], tenant="T1") == {
        "U1": KNOWN,
        "U2": Profile("Bo", language="en"),
    }
    assert len(slack.calls) == 2


@in_slack
@pytest.mark.parametrize(
    "fault",
    [refused("user_not_visible"), refused("missing_scope"), Fault(503, "", "text/plain"), Fault(200, "null")],
)
async def test_one_who_cannot_be_asked_about_hides_nobody_else(slack, fault):
    slack.users |= {"U1": KARIN, "U2": KARIN}
    slack.goes_wrong("users.info", fault)

    assert len(await profiles(slack.web, ["U1", "U2"], tenant="T1")) == 1


@in_slack
async def test_nobody_is_waited_for_longer_than_a_turn_can_wait(slack):
    slack.users |= {"U1": KARIN, "U2": KARIN}
    slack.goes_wrong("users.info", Fault(after=1.5, happens=True))

    assert len(await profiles(slack.web, ["U1", "U2"], tenant="T1", patience=0.3)) == 1


@in_slack
async def test_nobody_to_ask_about_asks_nothing(slack):
    assert await profiles(slack.web, [], tenant="T1") == {}
    assert slack.calls == []


def test_everything_that_slack_vouches_for_is_kept():
    assert karin() == KNOWN


@pytest.mark.parametrize(
    "stranger",
    [{"team_id": "T2"}, {"is_stranger": True}, {"team_id": "T2", "enterprise_user": {"teams": ["T3"]}}],
)
def test_people_of_other_organisations_are_guests_whose_address_binds_nobody(stranger):
    profile = karin(**stranger)

    assert (profile.guest, profile.email) == (True, "")


@pytest.mark.parametrize("guest", [{"is_restricted": True}, {"is_ultra_restricted": True}])
def test_our_own_guests_have_an_address(guest):
    profile = karin(**guest)

    assert (profile.guest, profile.email) == (True, "karin.berg@example.org")


def test_people_of_another_workspace_of_our_own_organisation_are_ours():
    assert karin(team_id="T2", enterprise_user={"teams": ["T2", "T1"]}) == KNOWN


def test_an_address_that_nobody_has_confirmed_is_left_out():
    assert karin(is_email_confirmed=False).email == ""


@pytest.mark.parametrize("gone", [{"deleted": True}, {"is_bot": True}])
def test_who_cannot_read_is_not_active(gone):
    assert not karin(**gone).active


@pytest.mark.parametrize(
    ("locale", "language"), [("sv-SE", "sv"), ("en-US", "en"), ("fi-FI", ""), ("", ""), (None, "")]
)
def test_the_language_is_one_of_ours_or_none(locale, language):
    assert karin(locale=locale).language == language


@pytest.mark.parametrize(
    ("tz", "zone"),
    [
        ("Europe/Helsinki", "Europe/Helsinki"),
        ("Mars/Olympus", ""),
        ("../../etc/passwd", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_the_zone_is_one_that_exists_or_none(tz, zone):
    assert karin(tz=tz).zone == zone


def test_the_name_is_the_fullest_there_is():
    assert (
        profile_of({"name": "kb", "profile": {"real_name": " ", "display_name": "Karin"}}, "T1").name
        == "Karin"
    )
