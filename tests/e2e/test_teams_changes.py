"""What becomes of a group in Teams when its place, its people or its cards change: it is told, and nothing is lost."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.teams.interactions import ANSWER
from content.checks import check_upgrade
from content.pack import Pack
from storage.engine import open_engine
from storage.unit_of_work import SqlUnitOfWork
from tests.dialogs.builders import NOW
from tests.dialogs.next_versions import rename
from tests.doors.faults import Fault
from tests.e2e.test_teams_conversation import BO, KARIN, card, contributions, do, group, stage, under
from tests.teams.connector import Message
from tests.teams.driver import BOT, Place
from tests.teams.stage import TeamsStage

__all__ = ["group", "stage"]  # fixtures
pytestmark = pytest.mark.e2e


def told(stage: TeamsStage, who: str, key: str, **args: object) -> bool:
    """Say whether somebody was told that in private since it was last asked."""
    said = stage.kept.book.text(key, "sv", **args)
    heard = stage.town.connector.heard()
    return any(said in one.text for one in heard if one.room == stage.town.talkers[who].private)


def in_channel(stage: TeamsStage) -> Place:
    return Place(stage.town.room, "channel")


def group_name(stage: TeamsStage) -> str:
    kept = stage.journey()
    assert kept is not None
    return kept[1].group_name


def goes_on(stage: TeamsStage) -> Sequence[Message]:
    """Return what is said in the channel once somebody asks there."""
    stage.town.connector.heard()
    stage.says(KARIN, "läget")
    return [one for one in stage.town.connector.heard() if one.room == stage.town.room]


def test_a_team_that_is_archived_and_opened_again(group: TeamsStage):
    driver, karin = group.town.driver, group.town.talkers[KARIN]

    do(group, driver.happens(karin, in_channel(group), "teamArchived"))
    assert told(group, KARIN, "room-archived", group=group_name(group))
    group.privately(BO, "1.1: Vi vill mer.")
    assert not [one for one in group.town.connector.heard() if one.room == group.town.room]

    do(group, driver.happens(karin, in_channel(group), "teamUnarchived"))

    shown = [one for one in group.town.connector.heard() if one.room == group.town.room]
    assert any(group.kept.book.text("room-back", "sv") in one.text for one in shown)
    assert any(one.id == card(group).id for one in shown), "the edit that waited"
    assert contributions(group) == ["Vi vill mer."]


@pytest.mark.parametrize(
    ("status", "code", "key"),
    [(403, "BotNotInConversationRoster", "room-removed"), (404, "ConversationNotFound", "room-deleted")],
)
def test_a_channel_that_turns_out_to_be_closed_is_told_of_and_what_was_to_be_said_there_waits(
    group: TeamsStage, status: int, code: str, key: str
):
    """Nobody has told us: the connector refuses what is to be said."""
    town = group.town
    fault = town.connector.faults.add(Fault("refused", channel=town.room, error=code, status=status))

    group.privately(BO, "1.1: Vi vill mer.")

    assert told(group, KARIN, key, group=group_name(group))
    assert group.kept.letters("dead") == []
    fault.times = 0
    town.loop.do(town.driver.members(town.talkers[KARIN], in_channel(group), "membersAdded", BOT))
    group.later(3600)
    assert any(one.room == town.room for one in goes_on(group))
    assert group.kept.letters("new", "ambiguous", "dead") == []
    assert contributions(group) == ["Vi vill mer."]


def test_what_was_for_a_private_chat_without_the_app_is_listed_and_the_next_comes_when_it_is_back(
    group: TeamsStage,
):
    driver, bo, connector = group.town.driver, group.town.talkers[BO], group.town.connector
    private = Place(bo.private, "personal")
    do(
        group,
        driver.deliver(driver.activity(bo, private) | {"type": "installationUpdate", "action": "remove"}),
    )
    connector.away.add(bo.private)

    group.says(KARIN, f"för {BO} 1.1: Vi vill mer.")
    assert [why for _, why, _ in group.kept.letters("dead")] == ["BotNotInConversationRoster"]

    connector.away.clear()
    do(group, driver.members(bo, private, "membersAdded", BOT))
    connector.heard()
    group.says(KARIN, f"för {BO} 1.1: Vi vill annat.")
    assert any("Vi vill annat." in one.text for one in connector.heard() if one.room == bo.private)


def test_a_card_whose_question_is_settled_says_so_and_keeps_what_was_written(group: TeamsStage):
    driver, bo = group.town.driver, group.town.talkers[BO]
    [action] = [one for one in card(group).actions if one.get("verb") == ANSWER]
    old = card(group).id
    group.says(BO, "Vi vill mer.")
    group.says(KARIN, "fastställ 1.1")
    group.town.connector.heard()

    assert do(group, driver.execute(bo, under(group), old, action, {ANSWER: "Vi vill annat."})).status == 200

    assert group.shown(next(iter(group.journey()[1].items))) == "Vi vill mer."  # type: ignore[index]
    heard = group.town.connector.heard()
    assert any(one.thread == old and "1.1" in one.text for one in heard), "Bo is told what became of it"
    assert any(one.room == group.town.talkers[KARIN].private and BO in one.text for one in heard)


def test_a_card_whose_buttons_nobody_knows_any_more_is_answered_kindly(group: TeamsStage):
    """As after a restore, or when the question went away with an upgrade of the method."""
    driver, bo = group.town.driver, group.town.talkers[BO]
    gone: dict[str, Any] = {"type": "Action.Execute", "verb": "press", "data": {"b": "AAAAAAAAAAAAAAAA.0"}}
    group.town.connector.heard()

    assert do(group, driver.execute(bo, under(group), card(group).id, gone)).status == 200
    assert do(group, driver.fetch(bo, under(group), card(group).id, gone)).status == 200

    said = [one.text for one in group.town.connector.heard()]
    assert said.count(group.kept.book.text("old-button", "sv")) == 2


def test_an_edit_of_what_is_settled_and_a_deletion_of_it_change_nothing_in_silence(group: TeamsStage):
    driver, bo = group.town.driver, group.town.talkers[BO]
    said = do(group, driver.write(bo, under(group), "Vi vill mer."))
    group.says(KARIN, "fastställ 1.1")
    group.town.connector.heard()

    do(group, driver.edit(bo, under(group), said, "Vi vill annat."))
    edited = group.town.connector.heard()
    do(group, driver.delete(bo, under(group), said))
    deleted = group.town.connector.heard()

    assert group.shown(next(iter(group.journey()[1].items))) == "Vi vill mer."  # type: ignore[index]
    assert edited
    assert deleted


def go_over(stage: TeamsStage, *, asks_still: bool) -> None:
    """Install a version in which question 1.1 has another id, or is left out, and let the group go over to it."""
    kept = stage.journey()
    assert kept is not None
    pack = kept[0]
    files: dict[str, Any] = pack.model_dump(mode="json", by_alias=True)
    first = files["steps"][0]["questions"][0]
    old = first["id"]
    if asks_still:
        rename(files, old, "under-nytt-namn")
        first["was"] = [old]
    else:
        first.clear()
        first |= {
            "id": "nagot-annat",
            "kind": "text",
            "ask": {"sv": "Vad annat?", "en": "What else?"},
            "why": {"sv": "!", "en": "!"},
        }
        rename(files, old, "nagot-annat")
        files["manifest"]["gone"] = [f"question:{old}"]
    files["manifest"]["version"] = "9.0.0"
    new = Pack.model_validate(files)
    assert check_upgrade(pack, new) == ()
    engine = open_engine(stage.kept.url)
    with SqlUnitOfWork(engine) as uow:
        uow.packs.put(new, "next", by="test", at=NOW)
        uow.commit()
    engine.dispose()
    stage.says(KARIN, "byt version")
    stage.town.connector.heard()


def test_an_old_card_answers_its_question_after_an_upgrade_of_the_method(group: TeamsStage):
    driver, bo = group.town.driver, group.town.talkers[BO]
    [action] = [one for one in card(group).actions if one.get("verb") == ANSWER]
    place, old = under(group), card(group).id
    go_over(group, asks_still=True)

    assert do(group, driver.execute(bo, place, old, action, {ANSWER: "Vi vill mer."})).status == 200

    assert contributions(group) == ["Vi vill mer."]
    assert [one.question for one in group.journey()[1].items] == ["under-nytt-namn"]  # type: ignore[index]


def test_an_old_card_whose_question_is_gone_says_so_and_changes_nothing(group: TeamsStage):
    driver, bo = group.town.driver, group.town.talkers[BO]
    [action] = [one for one in card(group).actions if one.get("verb") == ANSWER]
    place, old = under(group), card(group).id
    go_over(group, asks_still=False)

    assert do(group, driver.execute(bo, place, old, action, {ANSWER: "Vi vill mer."})).status == 200

    assert contributions(group) == []
    assert group.town.connector.heard(), "Bo is told"
