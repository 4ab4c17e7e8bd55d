"""Who hears of a checkpoint and when; and the weekly nudge before the group's own meeting."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dialogs.calendar.checkpoints import coming
from dialogs.calendar.ladder import height
from dialogs.calendar.occurrences import occurrences
from dialogs.model.answers import Address, Answer, Item
from dialogs.model.journey import JourneyId, Page
from dialogs.model.people import PersonId
from dialogs.model.terms import Away, Terms
from tests.calendar.cycles import (
    OF_RECORDS,
    WORK,
    a_checkpoint,
    a_cycle,
    a_meeting,
    a_trip,
    a_year,
    opened,
)  # fmt: skip
from tests.dialogs.builders import ADA, BO, CIA, KARL, NOW, ULLA, a_question, with_roles

MEETING = a_meeting(date(2026, 11, 24), date(2026, 11, 13))
TODAY = date(2026, 9, 1)
PLAN = a_checkpoint("meeting-in", body="namnd", month=11, ahead=[{"weeks": 6}, {"working-days": 10}])
ENDS = a_checkpoint("before-date", date=OF_RECORDS, owner="vem", ahead=[{"weeks": 6}])


def said(checkpoint, *records, today=TODAY, terms=None, closed=None, **journey):
    """Return what is to be said about the checkpoints of one kind."""
    pack = a_cycle(checkpoint)
    year = a_year(pack, *records, **journey)
    held = coming(pack, year, [MEETING], WORK, today=today, closed=closed or {})
    found = occurrences(pack, year, terms or {}, WORK, today=today, held=held)
    return sorted(
        (one for one in found if one.rule == "checkpoint"), key=lambda one: (one.day, one.recipient)
    )


def rungs(found):
    return [(one.day, one.slot.rpartition("/")[2], str(one.recipient)) for one in found]


def test_whoever_leads_hears_it_by_the_checkpoints_own_leads_and_then_the_ladder_goes_up():
    assert rungs(said(PLAN)) == [
        (date(2026, 10, 2), "ahead-0", ADA.id),
        (date(2026, 10, 30), "ahead-1", ADA.id),
        (date(2026, 11, 13), "day", ADA.id),
        (date(2026, 11, 16), "late", ADA.id),
        (date(2026, 11, 18), "leader", ADA.id),
        (date(2026, 11, 25), "coach", ADA.id),
        (date(2026, 11, 25), "coach", KARL.id),
    ]


def test_the_role_that_sees_to_it_hears_it_with_its_deputies_and_then_whoever_leads():
    found = said({**PLAN, "who": "ledning"}, members=with_roles(ULLA, "ledning"))

    assert {(rung, who) for _, rung, who in rungs(found)} == {
        ("ahead-0", ULLA.id), ("ahead-1", ULLA.id), ("day", ULLA.id), ("late", ULLA.id), ("leader", ULLA.id),
        ("leader", ADA.id), ("coach", ADA.id), ("coach", KARL.id),
    }  # fmt: skip
    deputy = said({**PLAN, "who": "ledning"}, members=with_roles(ULLA, deputy_for=("ledning",)))
    assert {one.recipient for one in deputy if one.slot.endswith("day")} == {ULLA.id}


def test_a_role_that_nobody_holds_is_whoever_leads():
    assert {one.recipient for one in said({**PLAN, "who": "ledning"}) if one.slot.endswith("day")} == {ADA.id}


@pytest.mark.parametrize(("owner", "who"), [(BO.id, BO.id), ("somebody who left", ADA.id), ("", ADA.id)])
def test_a_records_owner_sees_to_it_as_long_as_they_are_in_the_group(owner, who):
    found = said(ENDS, a_trip(day=date(2026, 12, 1), vem=owner))

    assert {one.recipient for one in found if one.slot.endswith(("ahead-0", "day"))} == {who}
    assert {one.about for one in found} == {"punkt|record:wien|2026-12-01"}


PARTS = [a_question("del", "number", for_each={"members": "grupp"})]


def with_part_of(person, journey, one):
    """Return the journey in which *person* has handed in their part of the open checkpoint."""
    address = Address("del", f"person:{person.id}", one.period)
    answer = Answer(1, 3, person.id, NOW, "direct")
    page = Page({**journey.page(one.page).statuses, address.key: "settled"})
    return replace(journey.with_item(Item(address, answer=answer)), pages={**journey.pages, one.page: page})


def test_those_who_owe_a_part_hear_it_until_they_have_handed_it_in():
    pack = a_cycle({**PLAN, "who": "politik", "questions": PARTS})
    year = a_year(pack)
    [held] = coming(pack, year, [MEETING], WORK, today=TODAY)
    year = with_part_of(BO, a_year(pack, opened=[opened(held)]), opened(held))

    found = occurrences(pack, year, {}, WORK, today=TODAY, held=[held])

    by_rung = {}
    for one in found:
        if one.rule == "checkpoint":
            by_rung.setdefault(one.slot.rpartition("/")[2], set()).add(str(one.recipient))
    assert by_rung == {
        "ahead-0": {"pia", ADA.id, CIA.id}, "ahead-1": {"pia", ADA.id, CIA.id}, "day": {"pia", ADA.id, CIA.id},
        "late": {"pia", ADA.id, CIA.id}, "leader": {"pia", ADA.id}, "coach": {ADA.id, KARL.id},
    }  # fmt: skip


def test_before_it_opens_everybody_owes_their_part():
    found = said({**PLAN, "questions": PARTS})

    assert {one.recipient for one in found if one.slot.endswith("ahead-0")} == {ADA.id, BO.id, CIA.id}


def test_what_is_closed_is_not_spoken_of():
    assert said(PLAN, closed={"punkt||2026": date(2026, 11, 13)}) == []


def test_a_moved_day_makes_new_reminders_about_the_same_checkpoint():
    before = said(ENDS, a_trip(day=date(2026, 12, 1)))
    pack = a_cycle(ENDS)
    [held] = coming(pack, a_year(pack, a_trip(day=date(2026, 12, 1))), [], WORK, today=TODAY)

    after = said(ENDS, a_trip(day=date(2026, 12, 8)), opened=[opened(held)])

    assert {one.about for one in before} == {one.about for one in after}
    assert not {one.key for one in before} & {one.key for one in after}


def test_two_groups_with_one_checkpoint_and_one_person_hear_of_both():
    pack = a_cycle(PLAN)
    mine = a_year(pack)
    theirs = replace(mine, id=JourneyId("den-andra"))
    held = coming(pack, mine, [MEETING], WORK, today=TODAY)

    keys = [
        {one.key for one in occurrences(pack, year, {}, WORK, today=TODAY, held=held)}
        for year in (mine, theirs)
    ]

    assert not keys[0] & keys[1]


def test_whoever_was_away_hears_the_newest_rung_alone_and_it_stands_highest():
    heights = [
        height(f"2026-11-13/{step}")
        for step in ("ahead-0", "ahead-1", "ahead-10", "day", "late", "leader", "coach")
    ]
    of_records = [
        height(f"dag_2026-11-13/{step}") for step in ("ahead-10", "ahead-5", "ahead-3", "day", "late")
    ]

    assert heights == sorted(set(heights))
    assert of_records == sorted(set(of_records))


# ------------------------------------------------------------------------------------------------ the weekly nudge

MONDAY = date(2026, 11, 23)
OWN = {"register": "resor", "field": "dag", "where": {"equals": {"field": "typ", "to": "mote"}}}


def nudged(*days, today=MONDAY, weeks=3, meetings=OWN, scope="group", by=ADA.id, terms=None):
    """Return the days of the first weekly nudges, when the group meets on these days."""
    pack = a_cycle(PLAN, meetings=meetings, register={"scope": scope})
    records = [a_trip(f"m{n}", day, typ="mote", by=by) for n, day in enumerate(days)]
    records.append(a_trip("resa", MONDAY + timedelta(2), typ="resa"))
    known = {PersonId(ADA.id): terms} if terms else {}
    found = occurrences(pack, a_year(pack, *records), known, WORK, today=today)
    return [one.day for one in found if one.rule == "weekly"][:weeks]


@pytest.mark.parametrize(
    ("meets", "first", "second"),
    [
        ([], MONDAY, date(2026, 11, 30)),
        ([date(2026, 11, 26)], date(2026, 11, 25), date(2026, 11, 30)),  # on a Thursday
        ([date(2026, 11, 30)], date(2026, 11, 27), date(2026, 11, 30)),  # next Monday
        ([date(2026, 11, 26), date(2026, 11, 24)], MONDAY, date(2026, 11, 30)),  # the week's first meeting
        ([date(2026, 11, 28)], date(2026, 11, 27), date(2026, 11, 30)),  # a Saturday
        ([date(2026, 11, 26), date(2026, 12, 3)], date(2026, 11, 25), date(2026, 12, 2)),
    ],
)
def test_the_nudge_comes_the_working_day_before_the_groups_own_meeting_else_on_monday(meets, first, second):
    assert nudged(*meets)[:2] == [first, second]


def test_past_christmas_the_working_day_before_may_lie_in_the_week_before():
    found = nudged(date(2026, 12, 28), today=date(2026, 12, 21))

    assert found[:2] == [date(2026, 12, 23), date(2026, 12, 28)]


def test_a_chosen_weekday_wins():
    assert nudged(date(2026, 11, 26), terms=Terms(weekday=1))[0] == MONDAY + timedelta(1)


def test_whoever_leads_and_is_away_that_day_hears_it_the_next_day_of_that_week_or_not_at_all():
    day = date(2026, 11, 25)

    assert nudged(date(2026, 11, 26), terms=Terms(away=(Away(day, day),)))[0] == date(2026, 11, 26)
    assert nudged(date(2026, 11, 26), terms=Terms(away=(Away(day, day + timedelta(4)),)))[0] == date(
        2026, 11, 30
    )


def test_of_a_register_that_others_write_in_too_only_the_groups_own_meetings_count():
    assert nudged(date(2026, 11, 26), scope="organisation", by=BO.id)[0] == date(2026, 11, 25)
    assert nudged(date(2026, 11, 26), scope="organisation", by="somebody else")[0] == MONDAY


def test_a_pack_that_says_nothing_of_meetings_nudges_on_mondays():
    assert nudged(date(2026, 11, 26), meetings=None)[0] == MONDAY


def test_one_nudge_a_week_whatever_the_meetings():
    days = nudged(*(MONDAY + timedelta(3 * n) for n in range(60)), weeks=60)

    weeks = [day.isocalendar()[:2] for day in days]
    assert len(weeks) == len(set(weeks)) > 55
    assert not any(WORK.is_closed(day) for day in days)
