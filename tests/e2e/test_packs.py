"""A method is sent, checked, installed and rehearsed in the chat, at every door, while the program serves."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.packs.on_disk import built_in_packs
from bot.teams.files import CONSENT
from content.new_pack import new_pack
from tests.e2e.sending import to_slack, to_teams
from tests.e2e.terminal import BUTTON, Terminal
from tests.slack.fixtures import Stages
from tests.slack.stage import SlackStage
from tests.slack.workspace import Member as SlackMember
from tests.teams.fixtures import TeamsStages
from tests.teams.stage import TeamsStage
from tests.teams.town import Member

pytestmark = pytest.mark.e2e

KARIN = "Karin Ek"
START = ("starta", "Ljungby kommun", "EU-coachmetoden", "-", "Skola", "-")
ID = "min-metod"


def zipped(*, broken: bool = False) -> bytes:
    files = new_pack(ID, title="Min metod", languages=("sv",), remarks="sv")
    if broken:
        files["pack.yaml"] += b"extra: 1\n"
    content = BytesIO()
    with ZipFile(content, "w") as opened:
        for name, one in files.items():
            opened.writestr(f"{ID}/{name}", one)
    return content.getvalue()


def next_coached() -> bytes:
    """Return the next version of the method that the group goes by."""
    files = dict(built_in_packs()["eu-coachmetoden"])
    files["pack.yaml"] = re.sub(rb"(?m)^version: .*$", b"version: 9.0.0", files["pack.yaml"])
    content = BytesIO()
    with ZipFile(content, "w") as opened:
        for name, one in files.items():
            opened.writestr(name, one)
    return content.getvalue()


def version(stage: SlackStage | TeamsStage) -> str:
    kept = stage.journey()
    assert kept is not None
    return kept[1].version


def installed(stage: SlackStage | TeamsStage) -> list[str]:
    with stage.kept.uow() as uow:
        return [one.version for one in uow.packs.installed() if one.id == ID]


# ------------------------------------------------------------------------------------------ Slack


def test_in_slack(stages: Stages):
    stage = stages([SlackMember(KARIN)])
    stage.day(stage.today)
    for said in START:
        stage.says(KARIN, said)

    assert "pack.yaml" in to_slack(stage, KARIN, "min-metod.zip", zipped(broken=True))
    assert installed(stage) == []

    assert "Min metod" in to_slack(stage, KARIN, "min-metod.zip", zipped())
    assert installed(stage) == []

    stage.press(KARIN, "get-file")
    stage.press(KARIN, "install-pack")
    assert installed(stage) == ["0.1.0"]
    assert names(stage) == ["min-metod-0.1.0.svg"]

    stage.privately(KARIN, "repetera min-metod 2027")
    assert names(stage) == ["min-metod-0.1.0.svg", "min-metod-0.1.0-2027.html"]
    room = stage.town.private(stage.town.talkers[KARIN])
    said = "\n".join(message["text"] for message in stage.town.history(room))
    assert re.search(r"\d{2,} meddelanden skulle ha gått ut", said)


def names(stage: SlackStage) -> list[str]:
    """Return what the files are called that were handed out in private."""
    room = stage.town.private(stage.town.talkers[KARIN])
    return [str(one["name"]) for message in stage.town.history(room) for one in message.get("files") or ()]


def test_a_group_is_asked_in_slack(stages: Stages):
    stage = stages([SlackMember(KARIN)])
    stage.day(stage.today)
    for said in START:
        stage.says(KARIN, said)
    to_slack(stage, KARIN, "min-metod.zip", next_coached())
    stage.press(KARIN, "install-pack")

    stage.press(KARIN, "show-groups")
    stage.press(KARIN, "ask-groups")
    said = [str(one["text"]) for one in stage.town.history(stage.town.private(stage.town.talkers[KARIN]))]
    assert "1 grupp har fått frågan nu" in said[-1]
    stage.press(KARIN, "change-version")

    assert version(stage) == "9.0.0"


# ------------------------------------------------------------------------------------------ Teams


def test_in_teams(teams_stages: TeamsStages):
    stage = teams_stages([Member(KARIN)])
    stage.day(stage.today)
    for said in START:
        stage.says(KARIN, said)

    assert "pack.yaml" in to_teams(stage, KARIN, "min-metod.zip", zipped(broken=True), "kontrollera")
    assert installed(stage) == []

    assert "Min metod" in to_teams(stage, KARIN, "min-metod.zip", zipped(), "kontrollera")
    stage.press(KARIN, "install-pack")
    assert installed(stage) == ["0.1.0"]

    stage.privately(KARIN, "rehearse min-metod 2027")
    room, connector = stage.town.talkers[KARIN].private, stage.town.connector
    cards = [one.activity.get("attachments") or [{}] for one in connector.in_room(room)]
    [page] = [one for [one] in cards if one.get("contentType") == CONSENT]
    assert page["name"] == "min-metod-0.1.0-2027.html"
    assert page["content"]["sizeInBytes"] > 10_000


def test_a_group_is_asked_in_teams(teams_stages: TeamsStages):
    stage = teams_stages([Member(KARIN)])
    stage.day(stage.today)
    for said in START:
        stage.says(KARIN, said)
    to_teams(stage, KARIN, "min-metod.zip", next_coached(), "kontrollera")
    stage.press(KARIN, "install-pack")

    stage.privately(KARIN, "ask the groups")
    stage.press(KARIN, "ask-groups")
    stage.press(KARIN, "change-version")

    assert version(stage) == "9.0.0"


# ------------------------------------------------------------------------------------------ the terminal


def button(shown: str, label: str) -> str:
    return next(number for number, said in BUTTON.findall(shown) if said == label)


def test_in_the_terminal_a_year_that_was_killed_is_played_by_the_next(tmp_path: Path):
    (tmp_path / "min-metod.zip").write_bytes(zipped())
    first = Terminal(["-m", "bot.cli", "chat"], tmp_path / "coach.db")
    shown = first.say("/som Karin Ek", *START, f"/fil {tmp_path / 'min-metod.zip'}")
    first.say(f"/{button(shown, 'Installera')}")
    first.say_until("/privat repetera min-metod 2027", "Jag spelar 2027 med Min metod")
    first.kill()

    again = Terminal(["-m", "bot.cli", "chat"], tmp_path / "coach.db")
    shown = again.say("/som Karin Ek")
    assert again.close() == (0, "")

    told = re.search(r"(\d{2,}) meddelanden skulle ha gått ut", shown)
    assert told is not None
    [page] = (tmp_path / "filer").iterdir()
    assert page.name == "min-metod-0.1.0-2027.html"
    assert page.read_text("utf-8").count("<article>") == int(told[1])
