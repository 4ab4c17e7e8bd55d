"""Sends the coach a file in a private chat, as people do; returns what it says."""

from bot.teams.inbound import FILE
from tests.slack.stage import SlackStage
from tests.teams.driver import Place
from tests.teams.stage import TeamsStage


def to_slack(stage: SlackStage, who: str, name: str, content: bytes) -> str:
    town, talker = stage.town, stage.town.talkers[who]
    town.adapter.downloads["file"] = content
    file = {
        "id": "F1", "name": name, "title": name, "permalink": f"https://slack/{name}",
        "url_private_download": f"{town.adapter.url}/download/file",
    }  # fmt: skip
    room = town.private(talker)
    stage.tick()
    town.loop.do(town.driver.write(talker, room, "", files=[file], subtype="file_share"))
    stage.kept.wait()
    return str(town.history(room)[-1])


def to_teams(stage: TeamsStage, who: str, name: str, content: bytes, words: str = "") -> str:
    stage.town.connector.files["file"] = content
    file = {
        "contentType": FILE, "contentUrl": f"https://kommunen-my.sharepoint.com/{name}", "name": name,
        "content": {
            "downloadUrl": f"{stage.town.url}/download/file", "uniqueId": "u2", "fileType": name.rpartition(".")[2],
        },
    }  # fmt: skip
    driver, me = stage.town.driver, stage.town.talkers[who]
    stage.tick()
    stage.town.loop.do(driver.write(me, Place(me.private, "personal"), words, attachments=[file]))
    stage.kept.wait()
    return str(stage.town.connector.in_room(me.private)[-1].activity)
