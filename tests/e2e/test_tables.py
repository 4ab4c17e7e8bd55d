"""A register's table is sent, told line by line and entered in the chat, at every workplace's door, while the program serves."""

import pytest

from bot.teams.inbound import FILE
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
HEADING = "Vad heter samarbetet;Form;Gäller till och med\n"
FINE = f"{HEADING}Skogsnätverket;Nätverk;2031-12-31\nVänorten;Vänort;\n".encode()
WRONG = f"{HEADING}Skogsnätverket;Klubb;\n".encode()


def names(stage: SlackStage | TeamsStage) -> list[object]:
    kept = stage.journey()
    assert kept is not None
    return [one.fields["namn"] for one in kept[1].records_in("samarbeten")]


# ------------------------------------------------------------------------------------------ Slack


def to_slack(stage: SlackStage, content: bytes) -> str:
    """Send the file in private; return what the coach says."""
    town, karin = stage.town, stage.town.talkers[KARIN]
    town.adapter.downloads["lista"] = content
    file = {
        "id": "F1", "name": "lista.csv", "title": "lista.csv", "permalink": "https://slack/lista",
        "url_private_download": f"{town.adapter.url}/download/lista",
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

    assert "Klubb" in to_slack(stage, WRONG)
    assert "Samarbeten" in to_slack(stage, FINE)
    assert names(stage) == []

    stage.press(KARIN, "enter-table")
    assert names(stage) == ["Skogsnätverket", "Vänorten"]

    stage.privately(KARIN, "exportera samarbeten")
    room = stage.town.private(stage.town.talkers[KARIN])
    [book] = [one for message in stage.town.history(room) for one in message.get("files") or ()]
    assert book["name"].endswith(".xlsx")


# ------------------------------------------------------------------------------------------ Teams


def to_teams(stage: TeamsStage, content: bytes) -> str:
    stage.town.connector.files["lista"] = content
    file = {
        "contentType": FILE, "contentUrl": "https://kommunen-my.sharepoint.com/lista.csv", "name": "lista.csv",
        "content": {"downloadUrl": f"{stage.town.url}/download/lista", "uniqueId": "u2", "fileType": "csv"},
    }  # fmt: skip
    driver, me = stage.town.driver, stage.town.talkers[KARIN]
    stage.tick()
    stage.town.loop.do(driver.write(me, Place(me.private, "personal"), "", attachments=[file]))
    stage.kept.wait()
    return str(stage.town.connector.in_room(me.private)[-1].activity)


def test_in_teams(teams_stages: TeamsStages):
    stage = teams_stages([Member(KARIN)])
    stage.day(stage.today)
    for said in START:
        stage.says(KARIN, said)

    assert "Klubb" in to_teams(stage, WRONG)
    assert "Samarbeten" in to_teams(stage, FINE)
    stage.press(KARIN, "enter-table")
    assert names(stage) == ["Skogsnätverket", "Vänorten"]
