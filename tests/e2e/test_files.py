"""Files from outside, through every door: asked for in the conversation, and read where people find them."""

import re
from base64 import b64decode
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.png import description_of, size_of
from bot.teams.files import CONSENT, INFO
from bot.teams.inbound import FILE
from tests.doors.faults import Fault
from tests.e2e.terminal import Terminal
from tests.slack.fixtures import Stages
from tests.slack.stage import SlackStage
from tests.slack.workspace import Member as SlackMember
from tests.teams.connector import Message
from tests.teams.driver import Place
from tests.teams.fixtures import TeamsStages
from tests.teams.stage import TeamsStage
from tests.teams.town import Member

pytestmark = pytest.mark.e2e

KARIN, BO, EVA = "Karin Ek", "Bo Ström", "Eva Lund"
START = ("starta", "Ljungby kommun", "EU-coachmetoden", "-", "Skola", "-")
TABLE = b"organ;datum;handlingsstopp\nKommunstyrelsen;2026-12-08;2026-11-30\n"
ASKED = "hämta nulägesanalys som text"
PICTURE = "bild läget"
TEXT = "get-file:document-md:sv:nulagesanalys"
SITE = "https://coach.example.org"
LINK = re.compile(rf"{SITE}(/files/[A-Za-z0-9_-]+)")


def days(stage: SlackStage | TeamsStage) -> list[date]:
    """Return the days of the meetings that are entered."""
    kept = stage.journey()
    assert kept is not None
    with stage.kept.uow() as uow:
        return [one.day for one in uow.calendar.meetings(kept[1].organisation, since=stage.today)]


# ------------------------------------------------------------------------------------------ the terminal


def test_in_the_terminal_the_file_lies_beside_the_database(tmp_path: Path):
    database = tmp_path / "coach.db"
    terminal = Terminal(["-m", "bot.cli", "chat"], database)
    terminal.say("/som Karin Ek", *START)

    shown = terminal.say(ASKED, "kalender fil")
    assert terminal.close() == (0, "")

    document, calendar = sorted((tmp_path / "filer").iterdir(), reverse=True)
    assert document.read_text("utf-8").startswith("# Nulägesanalys\n")
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert all(path.name in shown.replace("\n", "").replace(" ", "") for path in (document, calendar))


def test_in_the_terminal_a_file_is_handed_in_by_its_path(tmp_path: Path):
    (tmp_path / "lista.csv").write_bytes(TABLE)
    (tmp_path / "bild.png").write_bytes(b"\x89PNG")
    terminal = Terminal(["-m", "bot.cli", "chat"], tmp_path / "coach.db")
    terminal.say("/som Karin Ek", *START, "ny nämnd: Kommunstyrelsen")

    taken = terminal.say(f"/fil {tmp_path / 'lista.csv'}")
    others = terminal.say(f"/fil {tmp_path / 'bild.png'}", "/fil borta.csv", "sammanträden")
    assert terminal.close() == (0, "")

    assert "2026-12-08" in taken
    assert "bild.png" in others
    assert "borta.csv" in others


def test_in_the_terminal_a_picture_is_a_file_and_the_same_in_words(tmp_path: Path):
    terminal = Terminal(["-m", "bot.cli", "chat"], tmp_path / "coach.db")
    terminal.say("/som Karin Ek", *START)

    shown = terminal.say(PICTURE)
    assert terminal.close() == (0, "")

    [picture] = (tmp_path / "filer").iterdir()
    told = description_of(picture.read_bytes())
    assert told.startswith("Läget för Arbetsgruppen. EU-coachmetoden")
    assert picture.name in shown.replace("\n", "").replace(" ", "")
    assert "gruppen är här" in " ".join(shown.split())


# ------------------------------------------------------------------------------------------ Slack


@pytest.fixture
def slack(stages: Stages) -> SlackStage:
    stage = stages([SlackMember(KARIN), SlackMember(BO), SlackMember(EVA)])
    stage.day(stage.today)
    for said in START:
        stage.says(KARIN, said)
    return stage


def files_in(stage: SlackStage, channel: str) -> list[Mapping[str, object]]:
    return [one for message in stage.town.history(channel) for one in message.get("files") or ()]


def test_slack_gets_the_file_where_it_was_asked_for(slack: SlackStage):
    room = slack.town.private(slack.town.talkers[KARIN])

    slack.says(KARIN, ASKED)
    slack.privately(KARIN, ASKED)
    slack.privately(KARIN, "kalender fil")

    [document] = files_in(slack, slack.town.channel)
    mine, calendar = files_in(slack, room)
    assert document["name"] == mine["name"] == f"nulägesanalys-arbetsgruppen-{slack.today}.md"
    assert document["size"] == mine["size"] != calendar["size"] > 0
    assert calendar["name"] == "kalender-karin-ek.ics"
    [asked] = [one for one in slack.town.history(slack.town.channel) if one.get("files")]
    assert asked["thread_ts"] != asked["ts"]


def test_slack_shows_a_picture_in_the_channel_with_its_alternative_text(slack: SlackStage):
    slack.says(KARIN, PICTURE)

    [picture] = files_in(slack, slack.town.channel)
    assert picture["name"] == f"läget-för-arbetsgruppen-{slack.today}.png"
    assert picture["mimetype"] == "image/png"
    [words] = [one["text"] for one in slack.town.history(slack.town.channel) if "Bilden i ord" in one["text"]]
    assert "Fatta beslut om ert internationella arbete" in words


def test_a_file_that_is_sent_to_slacks_coach_in_private_is_read(slack: SlackStage):
    town, karin = slack.town, slack.town.talkers[KARIN]
    slack.says(KARIN, "ny nämnd: Kommunstyrelsen")
    town.adapter.downloads["lista"] = TABLE
    file = {
        "id": "F1", "name": "lista.csv", "title": "lista.csv", "permalink": "https://slack/lista",
        "url_private_download": f"{town.adapter.url}/download/lista",
    }  # fmt: skip
    room = town.private(karin)

    slack.tick()
    town.loop.do(town.driver.write(karin, room, "", files=[file], subtype="file_share"))
    slack.kept.wait()

    assert days(slack) == [date(2026, 12, 8)]
    assert "2026-12-08" in town.history(room)[-1]["text"]


# ------------------------------------------------------------------------------------------ Teams


@pytest.fixture
def teams(teams_stages: TeamsStages) -> TeamsStage:
    stage = teams_stages([Member(KARIN), Member(BO), Member(EVA)])
    stage.day(stage.today)
    for said in START:
        stage.says(KARIN, said)
    return stage


def test_teams_shows_a_picture_in_the_channel_with_its_alternative_text(teams: TeamsStage):
    teams.says(KARIN, PICTURE)

    [image] = [
        one
        for message in teams.town.connector.in_room(teams.town.room)
        for one in message.card.get("body", ())
        if one["type"] == "Image"
    ]
    content = b64decode(image["url"].removeprefix("data:image/png;base64,"))
    assert image["altText"] == description_of(content)
    assert image["altText"].startswith("Läget för Arbetsgruppen. EU-coachmetoden")
    assert max(size_of(content)) <= 1024


def attached(message: Message) -> Mapping[str, object]:
    found: Mapping[str, object] = message.activity["attachments"][0]
    return found


def private(stage: TeamsStage, who: str) -> Place:
    return Place(stage.town.talkers[who].private, "personal")


def answer(
    stage: TeamsStage, who: str, card: str, offered: Mapping[str, object], where: Mapping[str, str]
) -> int:
    driver, me = stage.town.driver, stage.town.talkers[who]
    stage.tick()
    activity = driver.file_answered(me, private(stage, who), card, offered, dict(where))
    got = stage.town.loop.do(driver.deliver(activity))
    stage.kept.wait()
    return got.status


def where(stage: TeamsStage) -> Mapping[str, str]:
    return {
        "contentUrl": "https://kommunen-my.sharepoint.com/n.md", "name": "n.md", "uniqueId": "u1", "fileType": "md",
        "uploadUrl": f"{stage.town.url}/upload/n",
    }  # fmt: skip


def test_in_private_teams_asks_first_and_then_gets_the_file(teams: TeamsStage):
    connector, room = teams.town.connector, private(teams, KARIN).room
    teams.privately(KARIN, ASKED)
    [card] = [one for one in connector.in_room(room) if attached(one)["contentType"] == CONSENT]

    offered = attached(card)
    statuses = [answer(teams, KARIN, card.id, offered, where(teams)) for _ in range(2)]

    assert statuses == [200, 200]
    assert connector.files["n"].decode().startswith("# Nulägesanalys\n")
    shown = [one for one in connector.in_room(room) if attached(one)["contentType"] == INFO]
    assert len(shown) == 1
    assert connector.messages[card.id].edits == 1


def test_in_private_no_is_no(teams: TeamsStage):
    connector, room = teams.town.connector, private(teams, KARIN).room
    teams.privately(KARIN, ASKED)
    [card] = [one for one in connector.in_room(room) if attached(one)["contentType"] == CONSENT]

    assert answer(teams, KARIN, card.id, attached(card), {}) == 200

    assert connector.files == {}
    assert not [one for one in connector.in_room(room) if attached(one)["contentType"] == INFO]


def fetch(stage: TeamsStage, path: str) -> tuple[int, str]:
    async def ask() -> tuple[int, str]:
        async with ClientSession() as session, session.get(stage.town.bot + path) as got:
            return got.status, await got.text()

    return stage.town.loop.do(ask())


def test_in_a_channel_a_button_gets_each_member_a_link_of_their_own(teams: TeamsStage):
    teams.server.told["public_url"] = SITE  # type: ignore[index]
    teams.restart()
    teams.says(KARIN, ASKED)

    teams.press(EVA, TEXT)
    teams.press(KARIN, TEXT)

    link = LINK.search(
        str([one.activity for one in teams.town.connector.in_room(private(teams, KARIN).room)])
    )
    assert link is not None
    assert not LINK.search(str([one.activity for one in teams.town.connector.in_room(teams.town.room)]))
    assert not LINK.search(
        str([one.activity for one in teams.town.connector.in_room(private(teams, EVA).room)])
    )
    status, text = fetch(teams, link[1])
    assert status == 200
    assert text.startswith("# Nulägesanalys\n")
    assert fetch(teams, f"/files/{'x' * 40}")[0] == 404


def send(stage: TeamsStage, who: str) -> None:
    """Send the table to the coach in private."""
    stage.town.connector.files["lista"] = TABLE
    file = {
        "contentType": FILE, "contentUrl": "https://kommunen-my.sharepoint.com/lista.csv", "name": "lista.csv",
        "content": {"downloadUrl": f"{stage.town.url}/download/lista", "uniqueId": "u2", "fileType": "csv"},
    }  # fmt: skip
    driver, me = stage.town.driver, stage.town.talkers[who]
    stage.tick()
    stage.town.loop.do(driver.write(me, private(stage, who), "", attachments=[file]))
    assert driver.deliveries[-1].status == 200


def test_a_file_that_is_sent_to_teams_coach_in_private_is_read_and_only_of_who_may(teams: TeamsStage):
    teams.says(KARIN, "ny nämnd: Kommunstyrelsen")
    teams.introduce(EVA)

    send(teams, EVA)
    teams.kept.wait()
    assert days(teams) == []
    assert "download" not in [call.method for call in teams.town.connector.calls]

    send(teams, KARIN)
    teams.kept.wait()
    assert days(teams) == [date(2026, 12, 8)]


def test_a_kill_while_the_file_is_fetched_loses_nothing(teams_stages: TeamsStages):
    stage = teams_stages([Member(KARIN)], process=True)
    stage.day(stage.today)
    for said in (*START, "ny nämnd: Kommunstyrelsen"):
        stage.says(KARIN, said)
    stage.town.connector.faults.add(Fault("slow", "download", times=1, seconds=30.0))

    send(stage, KARIN)
    stage.town.until(lambda: "download" in [call.method for call in stage.town.connector.calls])
    stage.restart()
    stage.kept.wait()

    assert days(stage) == [date(2026, 12, 8)]
    assert [call.method for call in stage.town.connector.calls].count("download") == 2
