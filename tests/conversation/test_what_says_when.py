"""What is written in the conversation changes the days of what is planned, in the same turn."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.conversation.yearly import MEETING, STOP, Year, a_checkpoint, a_meeting, a_trip, a_year, a_yearly
from tests.dialogs.builders import a_question, a_step, options

FOLLOW_UP = a_checkpoint(
    "uppfoljning",
    {"kind": "every", "rhythm": "takt", "paces": [{"option": "manad", "offset": {"months": 1}},
     {"option": "kvartal", "offset": {"months": 3}}], "since": {"question": "start"}},
)  # fmt: skip
PLAN = a_checkpoint("planen", {"kind": "meeting-in", "body": "namnd", "month": 11}, ahead=[{"weeks": 3}])


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Year]:
    """A group that has been asked for its board, a date and a rhythm, and answered nothing yet."""
    pack = a_yearly(PLAN, FOLLOW_UP)
    asks = (
        a_question("namnd", "body"), a_question("start", "date"),
        a_question("takt", "choice", options=options("manad", "kvartal"), settle="direct"),
    )  # fmt: skip
    own = {"register": "resor", "field": "dag"}
    manifest = type(pack.manifest).model_validate(
        {**pack.manifest.model_dump(by_alias=True), "meetings": own}
    )
    pack = pack.model_copy(update={"manifest": manifest, "steps": (a_step("ett", *asks), pack.steps[1])})
    yield from a_year(tmp_path, pack, answers=False)


def planned(year: Year, checkpoint: str) -> list[tuple[str, str]]:
    """Return (day, slot) of what waits to be said about the checkpoint."""
    rows = year.rows(
        "select distinct day, slot from occurrence where state = 'due' and rule = 'checkpoint'"
        f" and about like '{checkpoint}|%' order by day"
    )
    return [(str(day), slot) for day, slot in rows]


def weekly(year: Year) -> list[str]:
    rows = year.rows("select day from occurrence where state = 'due' and rule = 'weekly' order by day")
    return [str(day) for (day,) in rows[:3]]


def test_a_meeting_that_is_entered_moved_or_called_off_moves_what_is_planned(year: Year):
    year.says("Ada", "1.1: Kommunstyrelsen")
    assert ("2026-11-02", "2026-11-02/day") in planned(year, "planen")

    a_meeting(year)
    assert (str(STOP), f"{STOP}/day") in planned(year, "planen")
    assert ("2026-10-20", f"{STOP}/ahead-0") in planned(year, "planen")

    a_meeting(year)  # once more calls it off
    assert {slot[:10] for _, slot in planned(year, "planen")} == {"2026-11-02"}


def test_the_answer_that_names_the_board_says_when(year: Year):
    a_meeting(year)
    assert {slot[:10] for _, slot in planned(year, "planen")} == {"2026-11-02"}

    year.says("Ada", "1.1: Kommunstyrelsen")

    assert {slot[:10] for _, slot in planned(year, "planen")} == {str(STOP)}


def test_a_day_that_is_closed_moves_what_is_planned(year: Year):
    year.says("Ada", "1.1: Kommunstyrelsen")
    a_meeting(year)

    year.says("Ada", f"stängt {STOP}")

    assert {slot[:10] for _, slot in planned(year, "planen")} == {"2026-11-09"}


def test_the_chosen_rhythm_and_its_date_say_when(year: Year):
    year.says("Ada", "1.2: 2026-09-15")
    assert planned(year, "uppfoljning") == []

    year.says("Ada", "1.3: Kvartal")
    assert [day for day, slot in planned(year, "uppfoljning") if slot.endswith("day")] == [
        "2026-12-15", "2027-03-15", "2027-06-15", "2027-09-15",
    ]  # fmt: skip

    year.says("Ada", "ändra 1.2: 2026-09-30")
    assert [day for day, slot in planned(year, "uppfoljning") if slot.endswith("day")][:2] == [
        "2026-12-30", "2027-03-30",
    ]  # fmt: skip


def test_the_weekly_nudge_comes_before_the_groups_own_meeting_once_it_is_entered(year: Year):
    assert weekly(year)[:2] == ["2026-09-07", "2026-09-14"]

    a_trip(year, date(2026, 9, 10), name="Gruppens möte")

    assert weekly(year)[:2] == ["2026-09-09", "2026-09-14"]


def test_whoever_chooses_a_weekday_gets_the_nudge_then(year: Year):
    a_trip(year, date(2026, 9, 10), name="Gruppens möte")

    year.privately("Ada", "knuff fredag 10:00")

    assert weekly(year)[0] == "2026-09-04"
    assert weekly(year)[1] == "2026-09-11"


def test_the_meeting_stands_where_it_stood_when_the_checkpoint_was_opened(year: Year):
    year.says("Ada", "1.1: Kommunstyrelsen")
    a_meeting(year)

    year.on(date(2026, 10, 20))

    [open] = year.opened()
    assert (open.period, open.due, open.meeting) == ("2026", STOP, MEETING)
