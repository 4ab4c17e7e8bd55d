"""Two municipalities' Teams in one program: each meets its own organisation's groups, and nothing of the other's."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from storage.engine import open_engine
from storage.unit_of_work import SqlUnitOfWork
from tests.teams.connector import Message
from tests.teams.driver import Driver, Place
from tests.teams.fixtures import TeamsStages
from tests.teams.identity import TENANT
from tests.teams.stage import TeamsStage
from tests.teams.town import Member

pytestmark = pytest.mark.e2e

KARIN, BO, RUT = "Karin Ek", "Bo Ström", "Rut Lind"
OURS, THEIRS = "Ljungby kommun", "Region Kronoberg"
OTHER = "99999999-bbbb-cccc-dddd-eeeeeeeeeeee"
START = ("starta", OURS, "EU-coachmetoden", "Hemliga gruppen", "Skola", "-")
THEIR_ROOM = Place("19:deras@thread.tacv2", "channel")


@pytest.fixture
def stage(teams_stages: TeamsStages) -> TeamsStage:
    """Karin leads a group in our tenant, with Bo; Rut is in the other."""
    tenants = f"{TENANT}={OURS}, {OTHER}={THEIRS}"
    found = teams_stages(
        [Member(KARIN), Member(BO), Member(RUT, more={"tenantId": OTHER})],
        settings={"teams_tenants": tenants},
    )
    found.day(found.today)
    for said in START:
        found.says(KARIN, said)
    found.says(KARIN, f"ny person: {BO}, arbetsgrupp")
    found.introduce(BO)
    found.heard()
    return found


def theirs(stage: TeamsStage) -> Driver:
    return replace(stage.town.driver, tenant=OTHER)


def do(stage: TeamsStage, act: Any) -> Sequence[Message]:
    """Let it happen; return what was said of it, in all rooms of both tenants."""
    stage.tick()
    stage.town.connector.heard()
    stage.town.loop.do(act)
    stage.kept.wait()
    return stage.town.connector.heard()


def test_a_group_begins_for_the_tenants_own_organisation_alone(stage: TeamsStage):
    driver, rut = theirs(stage), stage.town.talkers[RUT]

    do(stage, driver.write(rut, THEIR_ROOM, "starta", mention=True))
    [told] = do(stage, driver.write(rut, THEIR_ROOM, OURS, mention=True))[-1:]

    assert THEIRS in told.text
    assert "Hemliga" not in told.text
    assert stage.kept.count("SELECT count(*) FROM journey") == 1


def test_a_card_of_ours_that_is_pressed_there_does_and_shows_nothing(stage: TeamsStage):
    driver, rut = theirs(stage), stage.town.talkers[RUT]
    cards = stage.town.connector.in_room(stage.town.room)
    pressed = 0
    for card in cards:
        for action in card.actions:
            if action["type"] == "Action.ToggleVisibility" or not action.get("data", {}).get("b"):
                continue
            pressed += 1
            for at in (THEIR_ROOM, Place(rut.private, "personal")):
                opened = do(stage, driver.fetch(rut, at, card.id, action))
                done = do(stage, driver.execute(rut, at, card.id, action))
                for message in (*opened, *done):
                    assert message.room != stage.town.room
                    assert "Hemliga" not in str(message.activity)
                    assert OURS not in str(message.activity)
    assert pressed > 2


def test_a_letter_about_ours_never_leaves_for_the_other_tenant(stage: TeamsStage):
    """Somebody tied an account there to Bo while the settings were others, and he spoke there last."""
    engine = open_engine(stage.kept.url)
    with SqlUnitOfWork(engine) as uow:
        bo = uow.people.by_account("teams", TENANT, stage.town.talkers[BO].account)
        assert bo is not None
        uow.people.tie("teams", OTHER, stage.town.talkers[RUT].account, bo.id)
        uow.commit()
    engine.dispose()
    rut = stage.town.talkers[RUT]
    told = do(stage, theirs(stage).write(rut, Place(rut.private, "personal"), "mina saker"))
    assert told
    assert all("Hemliga" not in str(one.activity) and "1.1" not in one.text for one in told)

    stage.says(KARIN, f"för {BO} 1.1: Vår hemliga vision.")

    assert all(one.room != rut.private for one in stage.town.connector.heard())
    assert [why for _, why, _ in stage.kept.letters("dead")] == ["it may not be seen in this tenant"]
