"""A whole conversation through a bad Teams: what it surely took stands once, what nobody can tell is listed."""

import asyncio
from collections import Counter
from typing import Literal

import pytest

from tests.doors.faults import Fault, Kind
from tests.proof.parts import Tell
from tests.teams.driver import Place
from tests.teams.fixtures import TeamsStages
from tests.teams.ledger import lost_or_doubled
from tests.teams.town import Member

pytestmark = pytest.mark.proof

ROOMS, EACH = 20, 10
AT_ONCE = 5  # events in a row before the clock goes on
KINDS: tuple[Kind, ...] = ("limited", "conflict", "unavailable", "failed", "reset", "lost", "slow")
KARIN = "Karin Ek"


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_what_teams_took_stands_once_and_what_nobody_can_tell_is_listed(
    teams_stages: TeamsStages,
    database: Literal["sqlite", "postgresql"],
    seed: str,
    tell: Tell,
) -> None:
    stage = teams_stages([Member(KARIN)], database=database)
    stage.day(stage.today)
    town, kept = stage.town, stage.kept
    faults = town.connector.faults
    faults.seed = seed
    for kind in KINDS:
        faults.add(Fault(kind, share=0.06, seconds=0.05))
    karin = town.talkers[KARIN]

    for number in range(ROOMS * EACH):
        at = Place(f"19:grupp-{number % ROOMS}@thread.tacv2", "channel")
        town.loop.do(town.driver.write(karin, at, "hjälp", mention=True))
        if number % AT_ONCE == 0:
            stage.later(60)
    for _ in range(60):  # as often as it takes until the last one has been tried again
        if not kept.to_do():
            break
        stage.later(600)
        town.loop.do(town.driver.write(karin, Place(karin.private, "personal"), "hjälp"))
        town.loop.do(asyncio.sleep(0.1))
    happened = {rule.kind: rule.happened for rule in faults.happened()}
    faults.rules = []
    stage.later(3600)
    town.loop.do(town.driver.write(karin, Place(karin.private, "personal"), "hjälp"))
    kept.wait()

    assert lost_or_doubled(town, kept) == []
    unsure, sent = kept.letters("ambiguous"), kept.letters("sent")
    assert kept.letters("dead") == []
    assert 0 < len(unsure) < len(sent)
    tell(
        f"{database}: {len(sent)} letters stand once, {len(unsure)} nobody can tell; calls"
        f" {Counter(call.status for call in town.connector.calls)} {happened} (PROOF_SEED={seed})"
    )
