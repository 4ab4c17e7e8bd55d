"""A method is sent, checked and installed in the chat, at every workplace's door, while the program serves."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from bot.teams.inbound import FILE
from content.new_pack import new_pack
from tests.slack.fixtures import Stages
from tests.slack.stage import SlackStage
from tests.slack.workspace import Member as SlackMember
from tests.teams.driver import Place
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


def installed(stage: SlackStage | TeamsStage) -> list[str]:
    with stage.kept.uow() as uow:
        return [one.version for one in uow.packs.installed() if one.id == ID]


# ------------------------------------------------------------------------------------------ Slack


def to_slack(stage: SlackStage, content: bytes) -> str:
    """Send the file in private; return what the coach says."""
    town, karin = stage.town, stage.town.talkers[KARIN]
    town.adapter.downloads["metod"] = content
    file = {
        "id": "F1", "name": "min-metod.zip", "title": "min-metod.zip", "permalink": "https://slack/metod",
        "url_private_download": f"{town.adapter.url}/download/metod",
    }  # fmt: skip
    room = town.private(karin)
    stage.tick()
    town.loop.do(town.driver.write(karin, room, "", files=[file], subtype="file_share"))
    stage.kept.wait()
    return str(town.history(room)[-1])


def test_in_slack(stages: Stages):
    stage = stages([SlackMember(KARIN)])
    stage.day(stage.today)
    for said in START:
        stage.says(KARIN, said)

    assert "pack.yaml" in to_slack(stage, zipped(broken=True))
    assert installed(stage) == []

    assert "Min metod" in to_slack(stage, zipped())
    assert installed(stage) == []

    stage.press(KARIN, "get-file")
    stage.press(KARIN, "install-pack")
    assert installed(stage) == ["0.1.0"]
    room = stage.town.private(stage.town.talkers[KARIN])
    [drawing] = [one for message in stage.town.history(room) for one in message.get("files") or ()]
    assert drawing["name"] == "min-metod-0.1.0.svg"


# ------------------------------------------------------------------------------------------ Teams


def to_teams(stage: TeamsStage, content: bytes) -> str:
    stage.town.connector.files["metod"] = content
    file = {
        "contentType": FILE, "contentUrl": "https://kommunen-my.sharepoint.com/min-metod.zip", "name": "min-metod.zip",
        "content": {"downloadUrl": f"{stage.town.url}/download/metod", "uniqueId": "u2", "fileType": "zip"},
    }  # fmt: skip
    driver, me = stage.town.driver, stage.town.talkers[KARIN]
    stage.tick()
    stage.town.loop.do(driver.write(me, Place(me.private, "personal"), "kontrollera", attachments=[file]))
    stage.kept.wait()
    return str(stage.town.connector.in_room(me.private)[-1].activity)


def test_in_teams(teams_stages: TeamsStages):
    stage = teams_stages([Member(KARIN)])
    stage.day(stage.today)
    for said in START:
        stage.says(KARIN, said)

    assert "pack.yaml" in to_teams(stage, zipped(broken=True))
    assert installed(stage) == []

    assert "Min metod" in to_teams(stage, zipped())
    stage.press(KARIN, "install-pack")
    assert installed(stage) == ["0.1.0"]
