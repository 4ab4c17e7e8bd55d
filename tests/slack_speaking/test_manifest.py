"""The app's manifest asks for what the program uses, no more, and is as Slack's own types have it."""

import copy
import os
import shutil
import subprocess

import pytest

from bot.slack.inbound import EVENTS
from tests.slack.emulate import npm_folders
from tools.slack_manifest import HEARD_BESIDE, main, manifest, problems, sources, typescript

HEARD = (*EVENTS, *HEARD_BESIDE)


@pytest.fixture
def app():
    return copy.deepcopy(manifest())


def found(app, *, code=None, heard=HEARD):
    return list(problems(app, code or sources(), heard))


def test_the_manifest_and_the_program_fit_each_other(capsys):
    assert main([]) == 0, capsys.readouterr().out


def test_a_scope_that_nothing_uses_is_found(app):
    app["oauth_config"]["scopes"]["bot"].append("reactions:write")

    assert found(app) == ["scope reactions:write: is in the manifest, and nothing uses it"]


def test_a_scope_that_is_missing_is_found(app):
    app["oauth_config"]["scopes"]["bot"].remove("chat:write")

    assert found(app) == ["scope chat:write: is used, and the manifest doesn't have it"]


def test_an_event_that_nobody_hears_is_found(app):
    assert found(app, heard=[one for one in HEARD if one != "app_mention"]) == [
        "event app_mention: is in the manifest, and nothing uses it",
        "scope app_mentions:read: is in the manifest, and nothing uses it",
    ]


def test_an_event_that_is_not_subscribed_to_is_found(app):
    app["settings"]["event_subscriptions"]["bot_events"].remove("message.im")

    assert found(app) == ["event message.im: is used, and the manifest doesn't have it"]


def test_a_method_that_is_called_no_more_is_found_with_its_scopes(app):
    code = {name: text.replace("OPEN_PRIVATE", "OPEN_NOTHING") for name, text in sources().items()}

    assert found(app, code=code) == [
        "OPEN_PRIVATE: the method is declared and not used",
        "scope im:write: is in the manifest, and nothing uses it",
    ]


def test_a_call_past_the_table_is_found(app):
    code = {**sources(), "new.py": "async def act(web):\n    await web.reactions_add(name='ok')\n"}

    assert found(app, code=code) == ["new.py:2: calls reactions_add past bot/slack/calls.py"]


def test_an_address_where_nobody_answers_is_found(app):
    app["settings"]["interactivity"]["request_url"] = "http://elsewhere.example.org/slack"

    assert found(app) == [
        "http://elsewhere.example.org/slack: is no https address",
        "http://elsewhere.example.org/slack: the program doesn't answer there",
        "the addresses name more than one server",
    ]


def test_texts_stay_within_slacks_limits(app):
    about = app["display_information"]

    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 175 <= len(about["long_description"]) <= 4000


# ---------------------------------------------------------------------------------------------------- Slack's types


@pytest.fixture
def compiled(tmp_path):
    """Let `tsc` look at a manifest; return what it says."""
    folders = [one / "node_modules" for one in npm_folders()]
    there = next(
        (one for one in folders if (one / "@slack" / "web-api").exists() and (one / "typescript").exists()),
        None,
    )
    if there is None or not shutil.which("node"):
        said = "Slack's types aren't here: install Node 20 or later with npm, then `make npm` fetches them"
        if os.environ.get("NPM_REQUIRED"):
            pytest.fail(said)
        pytest.skip(said)
    (tmp_path / "node_modules").symlink_to(there)
    (tmp_path / "package.json").write_text('{"type": "module"}')

    def look(app) -> str:
        (tmp_path / "manifest.ts").write_text(typescript(app), encoding="utf-8")
        compiler = there / "typescript" / "bin" / "tsc"
        options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--types", "node"]
        done = subprocess.run(
            ["node", compiler, *options, "manifest.ts"],
            cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert (done.returncode == 0) == (done.stdout == "")
        return done.stdout

    return look


@pytest.mark.e2e
def test_slacks_types_take_the_manifest(app, compiled):
    assert compiled(app) == ""


@pytest.mark.e2e
@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda app: app["oauth_config"]["scopes"]["bot"].append("chat:shout"), id="no scope"),
        pytest.param(
            lambda app: app["settings"]["event_subscriptions"]["bot_events"].append("app_home"), id="no event"
        ),
        pytest.param(lambda app: app["features"]["app_home"].update(home_tab=True), id="no such field"),
        pytest.param(lambda app: app["display_information"].pop("name"), id="no name"),
    ],
)
def test_slacks_types_refuse_what_slack_would(app, compiled, spoil):
    spoil(app)

    assert "error TS" in compiled(app)
