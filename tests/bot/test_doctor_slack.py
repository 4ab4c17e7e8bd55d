"""What the doctor says of Slack: what is missing or malformed, what Slack answers, and never a secret."""

import asyncio
import threading
from contextlib import contextmanager

import pytest

from bot.doctor.slack import needed_scopes, online_findings, settings_findings
from bot.settings import Settings
from tests.bot.test_settings import nothing_is_set  # noqa: F401 - for every test here
from tests.e2e.served import APP_TOKEN, SECRET, TOKEN, Slack
from tests.slack.workspace import Manifest

RIGHT = {"slack_bot_token": TOKEN, "slack_signing_secret": SECRET}


def found(**given) -> list[tuple[str, str]]:
    return [(one.weight, one.key) for one in settings_findings(Settings(**given), lambda key: key)]


def test_whoever_has_set_nothing_wants_no_slack():
    assert found() == []


def test_what_is_set_rightly_is_fine():
    assert found(**RIGHT) == []
    assert found(slack_bot_token=TOKEN, slack_app_token=APP_TOKEN) == []


@pytest.mark.parametrize(
    ("given", "keys"),
    [
        ({"slack_bot_token": TOKEN}, ["doctor-slack-no-way-in"]),
        ({"slack_signing_secret": SECRET}, ["doctor-slack-missing"]),
        ({**RIGHT, "slack_bot_token": "xoxp-1"}, ["doctor-slack-form"]),
        ({**RIGHT, "slack_signing_secret": SECRET[:-1]}, ["doctor-slack-form"]),
        ({**RIGHT, "slack_app_token": TOKEN}, ["doctor-slack-form"]),
    ],
)
def test_what_is_missing_or_malformed_is_an_error(given, keys):
    assert found(**given) == [("error", key) for key in keys]


def test_a_secret_that_others_can_read_is_a_warning(tmp_path):
    file = tmp_path / "token"
    file.write_text(TOKEN)
    file.chmod(0o640)
    given = {"slack_bot_token_file": file, "slack_signing_secret": SECRET}

    assert found(**given) == [("warning", "doctor-secret")]
    file.chmod(0o400)
    assert found(**given) == []


def test_a_stand_in_and_open_figures_are_warnings():
    assert found(**RIGHT, slack_api_url="http://127.0.0.1:1/api/") == [("warning", "doctor-stand-in")]
    assert found(**RIGHT, host="0.0.0.0") == [("warning", "doctor-metrics-open")]  # noqa: S104 - it is what we warn of
    assert found(**RIGHT, host="0.0.0.0", metrics="off") == []  # noqa: S104
    assert found(**RIGHT, host="0.0.0.0", metrics_token="t") == []  # noqa: S104


# ---------------------------------------------------------------------------------------------------- online


@contextmanager
def answering(slack: Slack):
    """Let Slack answer on a thread of its own; yield the settings that lead there."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(slack.start(), loop).result(10)
    try:
        yield {**RIGHT, "slack_api_url": slack.url}
    finally:
        asyncio.run_coroutine_threadsafe(slack.stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def asked(slack: Slack, **more) -> list:
    with answering(slack) as settings:
        return list(online_findings(Settings(**settings, **more)))


def test_slack_lets_us_in():
    [fine] = asked(Slack(scopes=",".join(needed_scopes())), slack_app_token=APP_TOKEN)

    assert (fine.weight, fine.key, fine.args) == ("note", "doctor-slack-fine", {"team": "Kommunen"})


def test_scopes_that_are_missing_are_named():
    scopes = sorted(needed_scopes() - {"im:write", "users:read"})

    first = asked(Slack(scopes=", ".join(scopes)))[0]

    assert (first.weight, first.key) == ("error", "doctor-slack-scopes")
    assert first.args == {"scopes": "im:write, users:read"}


def test_the_scopes_are_the_manifests():
    assert needed_scopes() == set(Manifest.read().scopes)


@pytest.mark.parametrize(
    ("method", "name"),
    [("auth.test", "METODCOACH_SLACK_BOT_TOKEN"), ("apps.connections.open", "METODCOACH_SLACK_APP_TOKEN")],
)
def test_a_token_that_is_refused_is_named_with_slacks_word_for_it(method, name):
    refused = asked(Slack(refuse={method: "invalid_auth"}), slack_app_token=APP_TOKEN)[-1]

    assert (refused.weight, refused.key) == ("error", "doctor-slack-refused")
    assert (refused.args["name"], refused.args["why"]) == (name, "invalid_auth")


def test_a_slack_that_does_not_answer_is_told():
    with answering(Slack()) as settings:
        pass

    [away] = online_findings(Settings(**settings))

    assert (away.weight, away.key) == ("error", "doctor-slack-unreachable")


@pytest.mark.parametrize(("off", "weight"), [(30, None), (-120, "warning"), (301, "error")])
def test_a_clock_that_is_off_is_told(monkeypatch, off, weight):
    from datetime import timedelta

    from bot.clock import SystemClock

    now = SystemClock.now
    monkeypatch.setattr(SystemClock, "now", lambda clock: now(clock) + timedelta(seconds=off))

    found = [one for one in asked(Slack()) if one.key == "doctor-slack-clock"]

    assert [one.weight for one in found] == ([weight] if weight else [])
