"""A register's table is sent, told line by line and entered in the chat, at every workplace's door, while the program serves."""

import pytest

from tests.e2e.sending import to_slack, to_teams
from tests.slack.fixtures import Stages
from tests.slack.stage import SlackStage
from tests.slack.workspace import Member as SlackMember
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


def test_in_slack(stages: Stages):
    stage = stages([SlackMember(KARIN)])
    stage.day(stage.today)
    for said in START:
        stage.says(KARIN, said)

    assert "Klubb" in to_slack(stage, KARIN, "lista.csv", WRONG)
    assert "Samarbeten" in to_slack(stage, KARIN, "lista.csv", FINE)
    assert names(stage) == []

    stage.press(KARIN, "enter-table")
    assert names(stage) == ["Skogsnätverket", "Vänorten"]

    stage.privately(KARIN, "exportera samarbeten")
    room = stage.town.private(stage.town.talkers[KARIN])
    [book] = [one for message in stage.town.history(room) for one in message.get("files") or ()]
    assert book["name"].endswith(".xlsx")


# ------------------------------------------------------------------------------------------ Teams


def test_in_teams(teams_stages: TeamsStages):
    stage = teams_stages([Member(KARIN)])
    stage.day(stage.today)
    for said in START:
        stage.says(KARIN, said)

    assert "Klubb" in to_teams(stage, KARIN, "lista.csv", WRONG)
    assert "Samarbeten" in to_teams(stage, KARIN, "lista.csv", FINE)
    stage.press(KARIN, "enter-table")
    assert names(stage) == ["Skogsnätverket", "Vänorten"]
