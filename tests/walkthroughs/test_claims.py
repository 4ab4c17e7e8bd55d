"""After each walkthrough, every claim of the summary and of the effects is what the raw rows come to; and the overview
says the same.
"""

import json
from datetime import timedelta

import pytest

from bot.usecases.impact_seen import impact_for
from bot.usecases.standings import followed_by, summed_up
from dialogs.model.impact import Impact
from dialogs.ports import Look
from dialogs.reports.standing import Standing
from dialogs.reports.summary import Summary
from tests.walkthroughs.claims import Claims
from tests.walkthroughs.impact_claims import ImpactClaims
from tests.walkthroughs.test_walkthroughs import EVERY, loaded, walkers

pytestmark = pytest.mark.e2e

__all__ = ["walkers"]

LATER = (0, *range(17, 26), 200, 500)  # days after the last scene: what is asked after grows


@pytest.mark.parametrize("which", EVERY)
def test_every_claim_is_what_the_rows_come_to(which, walkers):
    pack_id, walkthrough = which
    seen = []
    with walkers[pack_id].played(walkthrough) as (_, stage, world):
        with world.uow() as uow:
            refs = uow.journeys.all()
        for ref in refs:
            for days in LATER:
                seen += compared(world, ref, stage.today + timedelta(days=days))
            for days in (0, 200):
                check_impacts(world, ref, stage.today + timedelta(days=days))

    assert seen
    assert len(loaded()[pack_id].pack.steps) == 0 or any(one.standing.done for one in seen) or seen


def compared(world, ref, today) -> list[Summary]:
    pack = world.shelf.pack(ref.pack, ref.version)
    with world.looking() as uow:
        claims = Claims(world.reading, ref.id, pack, today)
        found = []
        for person in dict.fromkeys(row["person"] for row in claims.members):
            before = uow.journeys.last_look(ref.id, person)
            look = Look(before.at, before.sequence) if before else None
            summed = summed_up(ref.id, person, uow=uow, shelf=world.shelf, today=today)
            check_standing(summed.summary.standing, claims)
            check_summary(summed.summary, claims, look)
            found.append(summed.summary)
            for one in followed_by(person, uow=uow, shelf=world.shelf, today=today):
                if one.journey.id == ref.id:
                    assert one.standing == summed.summary.standing
    return found


def check_impacts(world, ref, today) -> None:
    with world.looking() as uow:
        for year in (None, today.year, today.year - 1):
            told = impact_for(
                [ref.id], uow=uow, shelf=world.shelf, book=world.book, language="sv", today=today, year=year
            )
            check_impact(told.impact, ImpactClaims(world.reading, ref.id, ref.pack, today, year))


def check_impact(impact: Impact, claims: ImpactClaims) -> None:
    assert {one.id: one.over for one in impact.efforts} == {
        id: one["over"] for id, one in claims.efforts.items()
    }
    got = {(one.aim.kind.rpartition(":")[2].rpartition("/")[2], one.aim.id): one for one in impact.reached}
    assert {key: set(one.efforts) for key, one in got.items() if one.efforts} == dict(claims.reached)
    for one in got.values():
        assert one.over == sum(claims.efforts[id]["over"] for id in one.efforts)
    assert {(r.key, r.field) for one in impact.efforts for r in one.results} == {
        result for one in claims.efforts.values() for result in one["results"]
    }
    assert {one.id: set(one.lacks) for one in impact.unevaluated} == claims.unevaluated
    assert {(one.result.key, json.dumps(one.result.value)) for one in impact.told} == claims.told("results")
    assert {key: len(one.tried) for key, one in got.items() if one.tried} == claims.named("tried")
    assert {key for key, one in got.items() if one.wanted} == claims.named("wanted").keys()


def check_standing(standing: Standing, claims: Claims) -> None:
    assert (standing.journey, standing.started, standing.day) == (
        claims.journey,
        claims.started,
        claims.today,
    )
    assert standing.state == claims.head["state"]
    assert standing.step == claims.step
    assert set(standing.signed) == set(claims.signed)
    assert standing.life == claims.life
    assert set(standing.quiet) == claims.quiet
    assert [(one.day, one.record, one.owner) for one in standing.late] == claims.late
    assert set(standing.late_checkpoints) == claims.late_checkpoints
    assert {one.key for one in standing.lapsed} == claims.lapsed
    assert set(standing.vacant) == claims.vacant
    assert set(standing.nobody) == claims.nobody
    assert set(standing.owed) == claims.owed
    assert list(standing.support) == claims.support
    meeting = (standing.meeting.day, standing.meeting.body) if standing.meeting else None
    assert meeting == claims.meeting
    assert standing.done <= standing.asked
    assert standing.done <= claims.done


def check_summary(summary: Summary, claims: Claims, look: Look | None) -> None:
    assert {one.track: one.done for one in summary.tracks} == claims.tracks
    assert {one.key for one in summary.review} == claims.review
    for coverage, lacking in summary.gaps:
        if claims.pack.coverage_of[coverage].what.member is not None:
            assert {one.id for one in lacking} == claims.without_anybody(coverage)
    for wait in summary.waits:
        place = claims.pack.places[wait.address.question]
        simple = place.question.who == "group" and not any(wait.address[1:]) and place.question.kind == "text"
        if simple and claims.holders(claims.pack.manifest.group or ""):
            assert set(wait.people) >= claims.waits_for(wait.address) - claims.holders(
                claims.pack.manifest.leader or ""
            )
    if look is None:
        assert summary.changes is None
    else:
        assert summary.changes is not None
        new = claims.news(look)
        changes = summary.changes
        assert changes.contributions == new["contributions"]
        assert {one.key for one in changes.settled} == new["settled"]
        assert set(changes.signed) == new["signed"]
        assert (changes.records, changes.feedback) == (new["records"], new["feedback"])
