"""A day that changes for a whole organisation: few journeys are planned at once, the others one by one, none is lost."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.usecases.meetings import AT_ONCE
from bot.usecases.plan import replan_one
from tests.conversation.yearly import MEETING, PLAN, STOP, Year, a_meeting, a_yearly, begun

pytestmark = pytest.mark.e2e

GROUPS = AT_ONCE + 3


@pytest.fixture
def year(engine, url: str, tmp_path: Path) -> Iterator[Year]:
    """An organisation with some more groups than are planned at once."""
    talk = Year(tmp_path / "unused.db", url=url)
    begun(talk, a_yearly(PLAN))
    for number in range(1, GROUPS):
        for line in ("starta", "Kommunen", f"Grupp {number}", "-", "-"):
            talk.says("Ada", line, room=f"rum{number}")
        talk.says("Ada", "ny person: Ada, ledare", room=f"rum{number}")
        talk.says("Ada", "1.1: Kommunstyrelsen", room=f"rum{number}")
    talk.on(date(2026, 9, 2))
    yield talk
    talk.close()


def planned_for(year: Year, day: date) -> int:
    """Return how many journeys have reminders about a checkpoint that is due on the day."""
    [[count]] = year.rows(
        "select count(distinct journey) from occurrence where state = 'due' and rule = 'checkpoint' and slot like :slot",
        slot=f"{day}/%",
    )
    return int(str(count))


def test_a_meeting_is_planned_for_by_the_next_look_in_all_groups_and_by_few_at_once(year: Year):
    a_meeting(year)

    assert planned_for(year, STOP) == AT_ONCE
    year.on(date(2026, 9, 2), seconds=60)
    assert planned_for(year, STOP) == GROUPS
    assert year.rows("select * from unplanned") == []


@pytest.mark.parametrize("number", [1, GROUPS - 1])
def test_the_group_in_which_it_is_entered_is_planned_at_once(year: Year, number: int):
    a_meeting(year, room=f"rum{number}")

    [[waits]] = year.rows(
        "select count(*) from unplanned u join journey j on j.id = u.journey join working_group g on g.id = j.group_id"
        " where g.name = :group", group=f"Grupp {number}",
    )  # fmt: skip
    assert waits == 0


def test_what_is_said_before_a_group_is_planned_anew_goes_by_the_new_days(year: Year):
    """The old day's reminder waits in the rows of a group that is marked; it isn't said any more."""
    a_meeting(year)
    year.on(date(2026, 9, 3))
    a_meeting(year, MEETING, date(2026, 11, 20))

    assert planned_for(year, STOP) == GROUPS - AT_ONCE
    waiting = [str(row[0]) for row in year.rows("select journey from unplanned")]
    year.clock.day = date(2026, 10, 20)  # on which the old day's checkpoint would have been opened
    for journey in waiting:
        year.desk.remind(journey)

    assert planned_for(year, STOP) == 0
    assert year.rows("select * from checkpoint") == []
    assert year.rows("select * from occurrence where state = 'said' and rule = 'checkpoint'") == []


def test_a_mark_that_comes_while_a_journey_is_planned_stays(year: Year):
    a_meeting(year)
    [first, *_] = [str(row[0]) for row in year.rows("select journey from unplanned order by at, journey")]
    with year.uow() as uow:
        uow.calendar.unmark(first)
        uow.calendar.mark([first], year.clock.now())
        uow.commit()

    assert first in {str(row[0]) for row in year.rows("select journey from unplanned")}
    desk = year.desk
    replan_one(first, uow=desk.uow, shelf=desk.shelf, clock=year.clock, book=year.book)
    assert first not in {str(row[0]) for row in year.rows("select journey from unplanned")}
