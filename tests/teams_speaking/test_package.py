"""The app package holds what Teams takes, is the same bytes each time, and asks for what the program uses."""

import copy
import json
import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.cli import main
from bot.teams.icons import ACCENT
from bot.teams.package import english, manifest, package
from content.phrases.book import Phrasebook
from content.words import words
from tools.teams_package import APP, FOLDER, SITE, content, outdated

SCRIPT = Path(__file__).with_name("manifest.mjs")
HEAD = 13  # bytes of a picture's IHDR


def text(key, language):
    return Phrasebook.load().text(key, language)


@pytest.fixture
def app():
    return copy.deepcopy(manifest(APP, SITE, "1.2.3", text))


@pytest.fixture
def languages():
    return dict(english(text))


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run a command in an empty folder, set up for Teams; return its exit code, what it said and complained about."""
    for name in [name for name in os.environ if name.startswith("METODCOACH_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("METODCOACH_TEAMS_APP_ID", APP)

    def run(*arguments):
        return main(arguments), *capsys.readouterr()

    return run


# ---------------------------------------------------------------------------------------------------- what is inside


def test_it_holds_a_manifest_its_english_and_two_icons():
    with ZipFile(BytesIO(package(APP, SITE, "1.2.3", text))) as zipped:
        assert zipped.testzip() is None
        assert sorted(zipped.namelist()) == ["color.png", "en.json", "manifest.json", "outline.png"]
        said = json.loads(zipped.read("manifest.json"))

    assert (said["id"], said["bots"][0]["botId"], said["version"]) == (APP, APP, "1.2.3")
    assert said["developer"]["websiteUrl"] == SITE


def test_the_same_package_is_the_same_bytes():
    assert package(APP, SITE, "1.2.3", text) == package(APP, SITE, "1.2.3", text)


def test_what_lies_in_deploy_is_what_is_written_today():
    assert list(outdated()) == [], "python -m tools.teams_package"


def test_a_file_that_has_changed_is_missing_or_is_nobodys_is_named(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "teams")
    (tmp_path / "teams" / "en.json").write_bytes(b"{}\n")
    (tmp_path / "teams" / "outline.png").write_bytes((FOLDER / "color.png").read_bytes())
    (tmp_path / "teams" / "color.png").unlink()
    (tmp_path / "teams" / "more.json").write_bytes(b"{}\n")

    assert list(outdated(tmp_path / "teams")) == ["color.png", "more.json", "en.json", "outline.png"]


def test_each_command_says_what_the_program_hears(app, languages):
    offered = [one["title"] for one in app["bots"][0]["commandLists"][0]["commands"]]
    in_english = [value for name, value in languages.items() if name.endswith(".title")]
    meant = {word: command.id for word, command in words()}

    assert [meant[one] for one in offered] == [meant[one] for one in in_english]


def test_english_has_each_text_of_the_manifest_and_nothing_else(app, languages):
    there = {
        f"bots[0].commandLists[0].commands[{number}].{part}"
        for number, one in enumerate(app["bots"][0]["commandLists"][0]["commands"])
        for part in one
    }
    for group in ("name", "description"):
        there |= {f"{group}.{part}" for part in app[group]}

    assert languages.keys() - {"$schema"} == there


# ---------------------------------------------------------------------------------------------------- the icons


def pixels(name, side):
    """Return the four values of each pixel of a picture of that size, with eight bits a value."""
    held = content((FOLDER / name).read_bytes())
    wide, high = int.from_bytes(held[:4], "big"), int.from_bytes(held[4:8], "big")
    assert (wide, high, *held[8:HEAD]) == (side, side, 8, 6, 0, 0, 0)
    rows = [held[HEAD + y * (4 * side + 1) :][: 4 * side + 1] for y in range(side)]
    assert all(row[0] == 0 for row in rows)  # unfiltered
    return [tuple(row[1 + 4 * x : 5 + 4 * x]) for row in rows for x in range(side)]


def test_the_outline_is_white_on_nothing():
    drawn = pixels("outline.png", 32)

    assert {one[:3] for one in drawn} == {(255, 255, 255)}
    assert {one[3] for one in (drawn[0], drawn[31], drawn[-32], drawn[-1])} == {0}
    assert 0.1 < sum(one[3] for one in drawn) / (255 * len(drawn)) < 0.5


def test_the_coloured_one_is_whole_and_of_the_accent_colour(app):
    drawn = pixels("color.png", 192)

    assert {one[3] for one in drawn} == {255}
    assert drawn[0] == (*ACCENT, 255)
    assert (255, 255, 255, 255) in drawn
    assert app["accentColor"] == "#{:02X}{:02X}{:02X}".format(*ACCENT)


# ---------------------------------------------------------------------------------------------------- the command


def test_the_command_writes_it_where_it_is_told(run, tmp_path):
    code, said, complained = run(
        "teams", "package", "--site", "https://exempelby.se/coach", "--to", "ours.zip"
    )

    assert (code, complained) == (0, "")
    assert "ours.zip" in said
    with ZipFile(tmp_path / "ours.zip") as zipped:
        assert (
            json.loads(zipped.read("manifest.json"))["developer"]["privacyUrl"]
            == "https://exempelby.se/coach"
        )


def test_the_site_can_be_the_servers_own(run, tmp_path, monkeypatch):
    monkeypatch.setenv("METODCOACH_PUBLIC_URL", "https://coach.exempelby.se")

    assert run("teams", "package")[0] == 0
    assert (tmp_path / "metodcoach-teams.zip").exists()


@pytest.mark.parametrize("app", ["", " ", "metodcoach", APP[:-1], f"{APP}0"])
def test_without_the_bots_id_it_is_refused(run, tmp_path, monkeypatch, app):
    monkeypatch.setenv("METODCOACH_TEAMS_APP_ID", app)

    refused(run("teams", "package", "--site", SITE), tmp_path)


@pytest.mark.parametrize(
    "site",
    ["", "coach.example.org", "http://coach.example.org", "https://", "https:// a", "https://a.b\nc",
     f"https://{'a' * 2048}.org", "javascript:alert(1)", "https:///about", "https://user:word@coach.example.org"],
)  # fmt: skip
def test_a_site_that_is_none_is_refused(run, tmp_path, site):
    refused(run("teams", "package", "--site", site), tmp_path)


def test_where_it_cannot_be_written_that_is_said(run, tmp_path):
    code, said, complained = run(
        "teams", "package", "--site", SITE, "--to", str(tmp_path / "nowhere" / "a.zip")
    )

    assert (code, said) == (1, "")
    assert complained.count("\n") == 1


def refused(ended, folder):
    code, said, complained = ended
    assert (code, said) == (2, "")
    assert complained.count("\n") == 1
    assert list(folder.iterdir()) == []


# ---------------------------------------------------------------------------------------------------- Microsoft's schemas


@pytest.fixture
def judged():
    """Let Microsoft's schemas look at a manifest and at its English; return what they say of each."""
    modules = Path(os.environ.get("METODCOACH_NPM", Path(__file__).parents[2] / ".venv/npm")) / "node_modules"
    needed = ("@microsoft/app-manifest", "ajv-draft-04")
    if not shutil.which("node") or not all((modules / name).is_dir() for name in needed):
        said = (
            "Microsoft's schemas aren't here: install Node 20 or later with npm, then `make npm` fetches them"
        )
        if os.environ.get("NPM_REQUIRED"):
            pytest.fail(said)
        pytest.skip(said)

    def judge(app, languages):
        done = subprocess.run(
            ["node", SCRIPT, modules],
            input=json.dumps({"manifest": app, "languages": languages}),
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return judge


@pytest.mark.e2e
def test_the_schemas_take_the_manifest_and_its_english(app, languages, judged):
    assert judged(app, languages) == {"manifest": [], "languages": []}


@pytest.mark.e2e
@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda app: app.pop("icons"), id="no icons"),
        pytest.param(lambda app: app["name"].update(short="M" * 31), id="a long name"),
        pytest.param(lambda app: app["bots"][0]["scopes"].append("everywhere"), id="no scope"),
        pytest.param(lambda app: app.update(accentColor="green"), id="no colour"),
        pytest.param(lambda app: app["developer"].update(privacyUrl="coach.example.org"), id="no address"),
        pytest.param(lambda app: app.update(surprise=1), id="no such field"),
    ],
)
def test_the_schemas_refuse_what_teams_would(app, languages, judged, spoil):
    spoil(app)

    said = judged(app, languages)

    assert said["manifest"] != []
    assert said["languages"] == []


@pytest.mark.e2e
def test_the_schemas_refuse_english_for_what_is_not_there(app, languages, judged):
    said = judged(app, languages | {"name.middle": "Coach"})

    assert said["manifest"] == []
    assert said["languages"] != []
